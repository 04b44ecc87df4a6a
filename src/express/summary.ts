import { type FunctionNode, functionName, parametersOf } from '../ast/nodes.js';
import { shortText } from '../ast/text.js';
import { blockingUses } from '../node/blocked.js';
import { consoleUses } from '../node/console.js';
import { type ProcessEnd, ProcessEnds } from '../node/process-end.js';
import type { ExpressModel } from './model.js';

/** Something that a function does, and where: a line of its file, counted from 1. */
export interface Deed {
  readonly what: string;
  readonly line: number;
}

/**
 * What a function does, as far as its own file shows: plain data without a tree, so that it can be kept for a file that is
 * not being linted. Functions written inside it count as its own; those it calls are followed within the file.
 */
export interface FunctionSummary {
  readonly name: string | undefined;
  readonly line: number;
  /** Whether calling it gives a promise for sure. */
  readonly returnsPromise: boolean;
  /** The ways in which that promise can reject; empty when it cannot. */
  readonly rejects: readonly (Deed & { readonly how: 'await' | 'throw' | 'return' })[];
  /** Calls that hold the thread. */
  readonly blocks: readonly Deed[];
  /** Calls of the console. */
  readonly logs: readonly Deed[];
  /** Whether it answers a request, or hands it on with `next`. */
  readonly answers: boolean;
  /** Which of its parameters are handlers whose rejections it forwards: it is a wrapper. */
  readonly forwards: readonly number[];
  /** Whether it ends the process, called as a listener is: its last argument is an error. */
  readonly ends: ProcessEnd['ends'];
}

const noExtras: ReadonlySet<string> = new Set();

/** Summarises one function of a file. Recursion counts once. */
export function summarise(model: ExpressModel, fn: FunctionNode): FunctionSummary {
  const { file, rejections } = model;
  const reached = model.reachedFrom(fn);
  const deeds = <T extends { node: { loc: { start: { line: number } } } }>(uses: Iterable<T>, what: (use: T) => string): Deed[] =>
    [...uses].map((use) => ({ what: what(use), line: use.node.loc.start.line }));
  return {
    name: functionName(fn),
    line: fn.loc.start.line,
    returnsPromise: rejections.promises.returnsPromise(fn),
    rejects: rejections.escapes(fn).map(({ node, how }) => ({ what: shortText(node), line: node.loc.start.line, how })),
    blocks: reached.flatMap((one) => deeds(blockingUses(file, one, noExtras), (use) => use.fact.name)),
    logs: reached.flatMap((one) => deeds(consoleUses(file.values, one), (use) => `console.${use.method}`)),
    answers: model.answers.answersWithin(...fn.body.range),
    forwards: parametersOf(fn).flatMap((_param, index) => (rejections.ofParameter(fn, index) === 'forwards' ? [index] : [])),
    ends: new ProcessEnds(file).of(fn).ends,
  };
}
