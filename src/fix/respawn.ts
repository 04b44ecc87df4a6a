import type { TSESLint } from '@typescript-eslint/utils';

import { type CallNode, calledMember, isFunction, type Node } from '../ast/nodes.js';
import type { SourceFile } from '../express/file.js';
import { appendStatement } from './append.js';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Lets a listener that is written in place fork another worker, as the first ones are forked. */
export function forkAgain(listener: Node | undefined, fork: CallNode, file: SourceFile, sourceCode: SourceCode): TSESLint.ReportFixFunction | undefined {
  const again = forkText(fork, sourceCode);
  if (!isFunction(listener) || listener.body.type !== 'BlockStatement' || again === undefined) return undefined;
  // Below an early return, it would not run every time.
  if ((file.tree.units.get(listener)?.returns.length ?? 0) > 0) return undefined;
  return appendStatement(listener.body, `${again};`, sourceCode);
}

/** Adds a listener that writes down which worker ended, and forks another one, below the statement that forks the first ones. */
export function addExitListener(fork: CallNode, sourceCode: SourceCode): TSESLint.ReportFixFunction | undefined {
  const again = forkText(fork, sourceCode);
  const statement = statementOf(fork);
  if (again === undefined || !statement || sourceCode.getTokenAfter(statement)?.loc.start.line === statement.loc.end.line) return undefined;
  if (sourceCode.getCommentsAfter(statement).some(({ loc }) => loc.start.line === statement.loc.end.line)) return undefined;
  const indent = /^\s*/.exec(sourceCode.lines[statement.loc.start.line - 1] ?? '')?.[0] ?? '';
  const lines = [
    `${again.slice(0, -'.fork()'.length)}.on('exit', (worker, code, signal) => {`,
    '  console.error(`Worker ${worker.process.pid} ended (${signal || code}), forking another one`);',
    `  ${again};`,
    '});',
  ];
  return (fixer) => fixer.insertTextAfter(statement, lines.map((line) => `\n${indent}${line}`).join(''));
}

/** `cluster.fork()`; a worker with an environment of its own cannot be forked again without knowing which it was. */
function forkText(fork: CallNode, sourceCode: SourceCode): string | undefined {
  const member = calledMember(fork);
  return member?.object.type === 'Identifier' && fork.arguments.length === 0 ? `${sourceCode.getText(member.object)}.fork()` : undefined;
}

/** The statement around `node`, loops included, that stands in a block of its own: not one that a condition stands in front of. */
function statementOf(node: Node): Node | undefined {
  for (let current = node, { parent } = node; parent && !isFunction(current); current = parent, { parent } = parent) {
    if (parent.type === 'Program') return current;
    if (/^(?:If|Try|Switch|Labeled|With)Statement$|^(?:Conditional|Logical)Expression$|^SwitchCase$/.test(parent.type)) return undefined;
    if (parent.type === 'BlockStatement' && !/^(?:For|ForOf|ForIn|While|DoWhile)Statement$/.test(parent.parent.type)) return current;
  }
  return undefined;
}
