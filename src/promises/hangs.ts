import type { TSESTree } from '@typescript-eslint/utils';

import { contains, type FunctionNode, isFunction, type Node, unwrap } from '../ast/nodes.js';
import { type Unit, within } from '../ast/tree.js';
import type { Answers } from '../express/answers.js';
import type { Handler } from '../express/handlers.js';
import { baseOf } from './chains.js';
import { Silence } from './silence.js';

/** Tells for a rejection that is caught whether the request is left without an answer: success would answer, and nothing else does. */
export class Hangs {
  readonly #silence: Silence;

  constructor(
    private readonly answers: Answers,
    private readonly handlerOf: ReadonlyMap<FunctionNode, Handler>,
  ) {
    this.#silence = new Silence((node) => answers.passesOnWithin(node));
  }

  /**
   * The catch clause of `statement`, or its finally that returns, when it keeps what is thrown at `at` to itself and leaves the
   * client waiting. A rethrow is a throw of its own.
   */
  caught(statement: TSESTree.TryStatement, clause: TSESTree.CatchClause | TSESTree.BlockStatement, at: Node, unit: Unit): Node | undefined {
    if (!isFunction(unit.node)) return undefined;
    if (this.handlerOf.get(unit.node)?.called !== false) return undefined;
    if (!this.#isSilent(clause, unit)) return undefined;
    // `await authenticate(context)`, with the response in it: what fails may have answered first.
    const awaited = at.type === 'AwaitExpression' ? unwrap(at.argument) : at;
    if (this.answers.answering.some((call) => call === awaited)) return undefined;
    if (!this.answers.answersWithin(at.range[0], statement.block.range[1]) && !this.#answerAround(at, statement.block)) return undefined;
    if (this.#answeredBefore(statement.block.body, at) || this.#answeredAround(statement, unit.node)) return undefined;
    return clause;
  }

  #isSilent(clause: TSESTree.CatchClause | TSESTree.BlockStatement, unit: Unit): boolean {
    if (clause.type === 'CatchClause') return this.#silence.within(clause);
    if (unit.throws.some((thrown) => contains(clause, thrown)) || unit.returns.some((one) => contains(clause, one) && one.argument)) return false;
    return !this.answers.passesOnWithin(clause);
  }

  /** `res.json(await load())`: the answer is around the await. */
  #answerAround(at: Node, block: Node): boolean {
    return within(this.answers.answering, block.range[0], at.range[0] + 1).length > 0 || this.answers.answering.some((call) => contains(block, call) && contains(call, at));
  }

  /** Whether a statement of `body` before `at` answers whatever happens. */
  #answeredBefore(body: readonly Node[], at: Node): boolean {
    return body.some((statement) => statement.type === 'ExpressionStatement' && statement.range[1] <= at.range[0] && this.answers.answersWithin(...statement.range));
  }

  /** Whether anything around `node`, up to the function, answers after it or for sure before it. */
  #answeredAround(node: Node, fn: FunctionNode): boolean {
    let child = node;
    let parent = node.parent;
    while (parent && child !== fn) {
      if (parent.type === 'BlockStatement' || parent.type === 'SwitchCase') {
        const body: readonly Node[] = parent.type === 'BlockStatement' ? parent.body : parent.consequent;
        const index = body.indexOf(child);
        if (body.slice(index + 1).some((statement) => statement.type === 'ThrowStatement' || this.answers.passesOnWithin(statement))) return true;
        if (this.#answeredBefore(body.slice(0, index), node)) return true;
      }
      if (parent.type === 'TryStatement' && parent.finalizer && this.answers.passesOnWithin(parent.finalizer)) return true;
      if (/^(?:For|While|Do)/.test(parent.type)) return true;
      child = parent;
      parent = parent.parent;
    }
    const own = node.type === 'TryStatement' ? node.finalizer : null;
    return own !== null && this.answers.passesOnWithin(own);
  }

  /** The catch of a chain, when it answers nothing although the success of the chain would have, and nothing else does. */
  chain(catcher: Node, chain: Node, unit: Unit): Node | undefined {
    if (!isFunction(unit.node)) return undefined;
    const inner = unwrap(chain);
    const answers = within(this.answers.answering, inner.range[0], inner.range[1]).filter((call) => !contains(catcher, call) && contains(inner, call));
    // The call that makes the chain may be handed the response itself.
    const base = baseOf(inner);
    if (!answers.some((call) => call !== base && !contains(base, call))) return undefined;
    if (!this.#belongsToHandler(unit)) return undefined;
    return this.#answeredAround(chain, unit.node) ? undefined : catcher;
  }

  #belongsToHandler(unit: Unit): boolean {
    for (let current: Unit | undefined = unit; current; current = current.parent) {
      if (isFunction(current.node) && this.handlerOf.get(current.node)?.called === false) return true;
    }
    return false;
  }
}
