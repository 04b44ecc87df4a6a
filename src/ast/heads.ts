import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from './nodes.js';

/** The part of a function that names it, without its body: what an editor should underline. */
export function functionHead(fn: FunctionNode, sourceCode: Readonly<TSESLint.SourceCode>): TSESTree.SourceLocation {
  const parent = fn.parent;
  const start = parent.type === 'MethodDefinition' || (parent.type === 'Property' && parent.method) ? parent.loc.start : fn.loc.start;
  if (fn.type === 'ArrowFunctionExpression') {
    const arrow = sourceCode.getTokenBefore(fn.body, (token) => token.value === '=>');
    return { start, end: arrow?.loc.end ?? fn.body.loc.start };
  }
  const before = sourceCode.getTokenBefore(fn.body);
  return { start, end: before?.loc.end ?? fn.body.loc.start };
}
