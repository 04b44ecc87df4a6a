import type { TSESLint } from '@typescript-eslint/utils';

import { type CallNode, parentOf, wrapped } from '../ast/nodes.js';

/** Puts `return` before a call that is a statement of its own; undefined where it is part of another one. */
export function returnFirst(call: CallNode): TSESLint.ReportFixFunction | undefined {
  const statement = parentOf(wrapped(call));
  if (statement.type !== 'ExpressionStatement') return undefined;
  return (fixer) => fixer.insertTextBefore(statement, 'return ');
}
