import type { TSESLint } from '@typescript-eslint/utils';

import type { Node } from '../ast/nodes.js';
import { addImport, visibleVariables } from './bindings.js';

/**
 * Uses `compression` in the statement behind the one that makes an app, and imports it.
 * @param made the call that makes the app, the value of a variable
 * @returns undefined where the name is taken, or something stands behind the statement on its line
 */
export function useCompression(made: Node, app: string, sourceCode: Readonly<TSESLint.SourceCode>): TSESLint.ReportFixFunction | undefined {
  const statement = made.parent?.parent;
  if (statement?.type !== 'VariableDeclaration' || !/^(?:Program|BlockStatement)$/.test(statement.parent.type)) return undefined;
  if (visibleVariables(sourceCode, made).some(({ name }) => name === 'compression')) return undefined;
  const line = sourceCode.lines[statement.loc.start.line - 1] ?? '';
  const rest = sourceCode.lines[statement.loc.end.line - 1]?.slice(statement.loc.end.column) ?? '';
  if (rest.trim() !== '') return undefined;
  const end = sourceCode.getLastToken(statement)?.value === ';' ? ';' : '';
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  return (fixer) => [addImport(fixer, 'compression', 'compression', sourceCode), fixer.insertTextAfter(statement, `\n${indent}${app}.use(compression())${end}`)];
}
