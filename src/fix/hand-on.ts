import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { contains, type FunctionNode, isFunction, type Node } from '../ast/nodes.js';
import { within } from '../ast/tree.js';
import type { ExpressModel } from '../express/model.js';
import type { LostError } from '../node/callback-errors.js';
import { appendStatement } from './append.js';
import { returnThrown } from './hand-thrown.js';
import { takerAt } from './taker.js';

/** An edit that hands an error on. */
export interface HandedOn {
  /** What the error is handed to: `next`, `callback`, `reject`. */
  readonly to: string;
  /** Whether it only turns a crash into an error answer. */
  readonly sure: boolean;
  readonly fix: TSESLint.ReportFixFunction;
}

type Source = Readonly<TSESLint.SourceCode>;

/** Hands the error of a callback on, where it is lost. */
export function handOn(express: ExpressModel, lost: LostError, sourceCode: Source): HandedOn | undefined {
  const { callback, error, kind, node, branch } = lost;
  const taker = takerAt(express, callback);
  if (!taker || !error) return undefined;
  const edit = kind === 'thrown' ? (node.type === 'ThrowStatement' && !callback.async && functionAround(node) === callback ? returnThrown(node, taker.name, sourceCode) : undefined) : handOver(lost, branch, `return ${taker.name}(${error.name});`, sourceCode);
  if (!edit) return undefined;
  const fix: TSESLint.ReportFixFunction = (fixer) => [...taker.declare(fixer), ...edit(fixer)];
  return { to: taker.name, sure: (kind === 'thrown' || (kind === 'early' && lost.taken.errorFirst === 'known')) && !isAnsweredOutside(express, callback), fix };
}

type Edit = (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[];

function handOver({ callback, kind, error }: LostError, branch: Node | undefined, statement: string, sourceCode: Source): Edit | undefined {
  const guard = `if (${error?.name ?? ''}) ${statement}`;
  if (kind === 'partial') return branch && ((fixer) => [fixer.insertTextAfter(branch, `\n${indentOf(branch, sourceCode)}${guard}`)]);
  if (kind === 'ignored' || kind === 'early' || kind === 'late') return atStart(callback, guard, sourceCode);
  const append = branch?.type === 'BlockStatement' ? appendStatement(branch, statement, sourceCode) : undefined;
  return append && ((fixer) => listOf(append(fixer)));
}

function listOf(edits: ReturnType<TSESLint.ReportFixFunction>): TSESLint.RuleFix[] {
  if (!edits) return [];
  return 'range' in edits ? [edits] : [...edits];
}

/** Puts a statement before all others of a function. */
function atStart({ body }: FunctionNode, statement: string, sourceCode: Source): Edit | undefined {
  if (body.type !== 'BlockStatement') {
    const before = sourceCode.getTokenBefore(body);
    // An object in parentheses is part of the text between the arrow and the end.
    return before?.value === '=>' ? (fixer) => [fixer.insertTextBefore(body, `{ ${statement} return `), fixer.insertTextAfter(body, '; }')] : undefined;
  }
  const [first] = body.body;
  const open = sourceCode.getFirstToken(body);
  if (!first || !open || (first.type === 'ExpressionStatement' && typeof first.directive === 'string')) return undefined;
  const ownLine = first.loc.start.line > open.loc.end.line;
  return (fixer) => [ownLine ? fixer.insertTextAfter(open, `\n${indentOf(first, sourceCode)}${statement}`) : fixer.insertTextAfter(open, ` ${statement}`)];
}

function functionAround(node: Node): Node | undefined {
  let current = node.parent;
  while (current && !isFunction(current)) current = current.parent;
  return current;
}

/** Whether the handler around a callback answers outside of it, so that the request may have its answer already. */
function isAnsweredOutside(express: ExpressModel, callback: FunctionNode): boolean {
  const handler = express.handlerAround(callback);
  if (!handler) return false;
  return within(express.answers.answering, ...handler.fn.body.range).some((call) => !contains(callback, call) && !contains(call, callback));
}

function indentOf(node: { readonly loc: TSESTree.SourceLocation }, sourceCode: Source): string {
  return /^\s*/.exec(sourceCode.lines[node.loc.start.line - 1] ?? '')?.[0] ?? '';
}
