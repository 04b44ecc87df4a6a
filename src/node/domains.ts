import type { TSESTree } from '@typescript-eslint/utils';

import { calledName, type Node, staticString, unwrap } from '../ast/nodes.js';
import type { SourceFile } from '../express/file.js';

/** What the module exports. Source: Node's documentation; `createDomain` and `active` are left over from older versions. */
const members: ReadonlySet<string> = new Set(['create', 'createDomain', 'Domain', 'active', 'default']);

/** One cheap test on the text: whether a file can load the module at all. */
export function mentionsDomain(text: string): boolean {
  return /['"`](?:node:)?domain['"`]/.test(text);
}

/** The places where a file loads Node's `domain` module: `import`, `require` and `import()`, in source order. Types are none. */
export function domainLoads(file: SourceFile): Node[] {
  const imports = file.tree.moduleItems.filter((item) => {
    switch (item.type) {
      case 'ImportDeclaration':
        return item.importKind !== 'type' && isDomain(item.source) && takesValues(item.specifiers, item.source.value);
      case 'TSImportEqualsDeclaration':
        return item.importKind !== 'type' && item.moduleReference.type === 'TSExternalModuleReference' && isDomain(item.moduleReference.expression);
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        return item.source?.value === 'node:domain';
      default:
        return false;
    }
  });
  const calls = file.tree.calls.filter((call) => {
    const [module] = call.arguments;
    if (call.type !== 'CallExpression' || !module || !isDomain(module)) return false;
    const callee = unwrap(call.callee);
    if (calledName(call) === 'require' && callee.type === 'Identifier') return file.scopes.isGlobal(callee);
    return file.values.of(call).some((value) => value.kind === 'import' && value.module === 'domain' && value.path.length === 0);
  });
  const awaited = [...file.tree.units.values()].flatMap(({ awaits }) => awaits.map(({ argument }) => unwrap(argument)).filter((node) => node.type === 'ImportExpression' && isDomain(node.source)));
  return [...imports, ...calls, ...awaited].sort((a, b) => a.range[0] - b.range[0]);
}

function isDomain(node: Node): boolean {
  return /^(?:node:)?domain$/.test(staticString(node) ?? '');
}

/** A project's folder may be called `domain` (`baseUrl` in tsconfig.json), but has not these exports. */
function takesValues(specifiers: readonly TSESTree.ImportClause[], module: string): boolean {
  const values = specifiers.filter((specifier) => specifier.type !== 'ImportSpecifier' || specifier.importKind !== 'type');
  if (values.length === 0) return specifiers.length === 0;
  return module === 'node:domain' || values.every((specifier) => specifier.type !== 'ImportSpecifier' || (specifier.imported.type === 'Identifier' && members.has(specifier.imported.name)));
}
