import type { TSESTree } from '@typescript-eslint/utils';

import type { VisitorKeys } from '../ast/tree.js';
import { isRecord } from './load.js';

/** Adds the lists that typescript-eslint's scope analysis walks, and parsers of plain JavaScript leave out. */
export function addMissingLists(program: TSESTree.Program, visitorKeys: VisitorKeys): void {
  const nodes: unknown[] = [program];
  while (nodes.length > 0) {
    const node = nodes.pop();
    if (!isRecord(node) || typeof node.type !== 'string') continue;
    if (Array.isArray(node.params)) for (const parameter of node.params) addList(parameter, 'decorators');
    if (/^(?:Class|MethodDefinition$|PropertyDefinition$)/.test(node.type)) {
      addList(node, 'decorators');
      addList(node, 'implements');
    }
    for (const key of visitorKeys[node.type] ?? []) {
      const child: unknown = node[key];
      if (Array.isArray(child)) for (const item of child) nodes.push(item);
      else nodes.push(child);
    }
  }
}

function addList(node: unknown, name: string): void {
  if (isRecord(node)) node[name] ??= [];
}
