import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../ast/nodes.js';
import type { ExpressModel, LateThrow } from '../express/model.js';
import { hasComments } from './next.js';
import { takerAt } from './taker.js';

type Source = Readonly<TSESLint.SourceCode>;
type Edit = (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[];

/** An edit by which what a callback throws reaches somebody. */
export interface Caught {
  /** What it is handed to: `next`, `callback`, `reject`. */
  readonly to: string;
  /** Whether a `try` is put around the callback's code, rather than a `return` in place of the `throw`. */
  readonly by: 'try' | 'return';
  readonly fix: TSESLint.ReportFixFunction;
}

/** Hands on what is thrown in a callback that runs later. */
export function handThrown(express: ExpressModel, { node, callback }: LateThrow, sourceCode: Source): Caught | undefined {
  const taker = takerAt(express, callback);
  if (!taker || callback.async) return undefined;
  const own = express.unitOf(node).node === callback && node.type === 'ThrowStatement' ? returnThrown(node, taker.name, sourceCode) : undefined;
  const edit = own ?? tryIn(callback, taker.name, sourceCode);
  return edit && { to: taker.name, by: own ? 'return' : 'try', fix: (fixer) => [...taker.declare(fixer), ...edit(fixer)] };
}

/** `throw error` as `return next(error)`. */
export function returnThrown(node: TSESTree.ThrowStatement, name: string, sourceCode: Source): Edit | undefined {
  const { argument } = node;
  if (argument.type === 'SequenceExpression' || hasComments(sourceCode, node.range[0], argument.range[0])) return undefined;
  if (sourceCode.getTokenBefore(argument)?.value === '(') return undefined;
  return (fixer) => [fixer.replaceTextRange([node.range[0], argument.range[0]], `return ${name}(`), fixer.insertTextAfter(argument, ')')];
}

/** Puts all of a function's code into a `try`. */
function tryIn({ body }: FunctionNode, name: string, sourceCode: Source): Edit | undefined {
  const caught = name === 'error' ? 'err' : 'error';
  const end = `catch (${caught}) { ${name}(${caught}); }`;
  if (body.type !== 'BlockStatement') {
    if (sourceCode.getTokenBefore(body)?.value !== '=>') return undefined;
    return (fixer) => [fixer.insertTextBefore(body, '{ try { return '), fixer.insertTextAfter(body, `; } ${end} }`)];
  }
  const [first] = body.body;
  const open = sourceCode.getFirstToken(body);
  const close = sourceCode.getLastToken(body);
  if (!open || !close || (first?.type === 'ExpressionStatement' && typeof first.directive === 'string')) return undefined;
  return (fixer) => [fixer.insertTextAfter(open, ' try {'), fixer.insertTextBefore(close, `} ${end} `)];
}
