import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Node } from '../ast/nodes.js';

/**
 * Appends a statement to a block, in the block's own layout and after its last comment.
 * @returns nothing when the block's last statement leaves it, so that the new one would never run
 */
export function appendStatement(block: TSESTree.BlockStatement, statement: string, sourceCode: Readonly<TSESLint.SourceCode>): TSESLint.ReportFixFunction | undefined {
  const last: Node | undefined = block.body.at(-1);
  if (last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement') return undefined;
  const closing = sourceCode.getLastToken(block);
  const before = closing && sourceCode.getTokenBefore(closing, { includeComments: true });
  if (!closing || !before) return undefined;
  const { lines } = sourceCode;
  const ownLine = /^\s*$/.test(lines[closing.loc.start.line - 1]?.slice(0, closing.loc.start.column) ?? '');
  if (ownLine) {
    const indent = last ? indentOf(last, lines) : `${indentOf(closing, lines)}  `;
    return (fixer) => fixer.insertTextAfter(before, `\n${indent}${statement}`);
  }
  const lastToken = last && sourceCode.getLastToken(last);
  const needsSemicolon = lastToken !== undefined && lastToken !== null && lastToken.value !== ';' && lastToken.value !== '}';
  return (fixer) => fixer.insertTextAfter(before, `${needsSemicolon ? ';' : ''} ${statement}${before.range[1] === closing.range[0] ? ' ' : ''}`);
}

function indentOf(node: { readonly loc: TSESTree.SourceLocation }, lines: readonly string[]): string {
  return /^\s*/.exec(lines[node.loc.start.line - 1] ?? '')?.[0] ?? '';
}
