import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMethod, contains, type FunctionNode, isFunction, memberName, type Node, parentOf, unwrap } from '../ast/nodes.js';
import { type Unit, unitAround } from '../ast/tree.js';
import type { Timing } from '../node/timing.js';
import type { Answers } from './answers.js';
import type { SourceFile } from './file.js';

/** A call that answers or hands the request on, and another one that surely runs after it, for the same request. */
export interface SecondAnswer {
  readonly first: CallNode;
  readonly second: CallNode;
  readonly does: 'response' | 'next';
  /** What `second` does. */
  readonly then: 'response' | 'next';
  /** The call whose callback `first` stands in: a `return` there leaves only that. */
  readonly loop: CallNode | undefined;
}

/**
 * Where a piece of code leads.
 * - `answers`: whichever way it takes, it answers; `falls`: it goes on behind, having answered or not
 * - `breaks`: it goes on behind the loop or switch around it; `leaves`: it returns
 * - `open`: it throws, or it may be more than one of these
 */
type Course = { readonly kind: 'answers'; readonly by: CallNode } | { readonly kind: 'falls' | 'breaks' | 'leaves' | 'open' };

const falls: Course = { kind: 'falls' };
const open: Course = { kind: 'open' };
const mostDepth = 30;
/** What tells that a response is on its way already. */
const guards = /^(?:headersSent|_headerSent|finished|writableEnded|writableFinished|headerSent)$/;

/** Finds the answers that are given after another answer. */
export class SecondAnswers {
  #asked: readonly Node[] | undefined;

  constructor(
    private readonly file: SourceFile,
    private readonly answers: Answers,
    private readonly timing: Timing,
  ) {}

  /** Those whose first call stands in `unit` itself. */
  in(unit: Unit): SecondAnswer[] {
    return unit.calls.flatMap((first): SecondAnswer[] => {
      const does = this.answers.sends(first);
      if (!does) return [];
      const found = this.#after(first, undefined);
      const then = found && this.answers.sends(found.second);
      // `res.json(all); next();`: what runs after an answer may be meant to.
      const isMeant = found && does === 'response' && then === 'next' && found.second.arguments.length === 0 && listOf(first) === listOf(found.second);
      return found && then && !isMeant ? [{ first, does, then, ...found }] : [];
    });
  }

  /** The answer that surely follows where `node` has run. */
  #after(node: Node, loop: CallNode | undefined): Pick<SecondAnswer, 'second' | 'loop'> | undefined {
    let breaking = false;
    for (let child = node, parent = parentOf(node); parent.type !== 'Program'; child = parent, parent = parentOf(parent)) {
      if (isFunction(parent)) return this.#afterCallback(parent);
      if (parent.type === 'ReturnStatement' || parent.type === 'ThrowStatement') {
        const fn = functionAround(parent);
        return fn && parent.type === 'ReturnStatement' ? this.#afterCallback(fn) : undefined;
      }
      if (breaking) {
        if (/^(?:For|While|DoWhile|Switch)/.test(parent.type)) breaking = false;
        continue;
      }
      const course = this.#behind(child, parent);
      if (course.kind === 'answers') return { second: course.by, loop };
      if (course.kind === 'leaves') {
        const fn = functionAround(parent);
        return fn && this.#afterCallback(fn);
      }
      if (course.kind === 'breaks') breaking = true;
      else if (course.kind !== 'falls') return undefined;
    }
    return undefined;
  }

  /** Behind the call of `list.forEach(…)`, whose callback a `return` leaves, and nothing else. */
  #afterCallback(fn: FunctionNode): Pick<SecondAnswer, 'second' | 'loop'> | undefined {
    const taken = fn.async ? undefined : this.timing.ofFunction(fn);
    return taken?.runs === 'now' && iterates.has(calledMethod(taken.call) ?? '') ? this.#after(taken.call, taken.call) : undefined;
  }

  /** What runs in `parent` once `child` is through. */
  #behind(child: Node, parent: Node): Course {
    switch (parent.type) {
      case 'BlockStatement':
        return this.#sequence(parent.body.slice(parent.body.findIndex((one) => one === child) + 1));
      case 'SwitchCase': {
        const { cases } = parent.parent;
        const rest = cases.slice(cases.indexOf(parent) + 1).flatMap(({ consequent }) => consequent);
        return this.#sequence([...parent.consequent.slice(parent.consequent.findIndex((one) => one === child) + 1), ...rest]);
      }
      case 'TryStatement':
        return parent.finalizer && parent.finalizer !== child ? this.#statement(parent.finalizer, 0) : falls;
      default:
        return falls;
    }
  }

  #sequence(statements: readonly Node[], depth = 0): Course {
    for (const statement of statements) {
      const course = this.#statement(statement, depth + 1);
      if (course.kind !== 'falls') return course;
    }
    return falls;
  }

  #statement(statement: Node, depth: number): Course {
    if (depth > mostDepth) return open;
    switch (statement.type) {
      case 'BlockStatement':
        return this.#sequence(statement.body, depth);
      case 'ReturnStatement':
        return statement.argument ? this.#returned(statement.argument, depth) : { kind: 'leaves' };
      case 'ThrowStatement':
        return open;
      case 'BreakStatement':
      case 'ContinueStatement':
        return { kind: 'breaks' };
      case 'ExpressionStatement':
        return this.#expression(statement.expression, depth);
      case 'IfStatement':
        return this.#condition(statement, depth);
      case 'TryStatement':
        return this.#try(statement, depth);
      case 'SwitchStatement':
      case 'ForStatement':
      case 'ForOfStatement':
      case 'ForInStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'LabeledStatement':
        return this.#mayLeave(statement) ? open : falls;
      default:
        return falls;
    }
  }

  #returned(argument: Node, depth: number): Course {
    const course = this.#expression(argument, depth);
    return course.kind === 'answers' ? course : { kind: 'leaves' };
  }

  #condition({ test, consequent, alternate }: TSESTree.IfStatement, depth: number): Course {
    if (this.#asksForAnswer(test)) return open;
    const yes = this.#statement(consequent, depth);
    const no = alternate ? this.#statement(alternate, depth) : falls;
    if (yes.kind === no.kind) return yes;
    // One way answers and the other goes on: all ways answer if what follows does.
    const goesOn = (course: Course): boolean => course.kind === 'answers' || course.kind === 'falls';
    return goesOn(yes) && goesOn(no) ? falls : open;
  }

  #try({ block, handler, finalizer }: TSESTree.TryStatement, depth: number): Course {
    const last = finalizer ? this.#statement(finalizer, depth) : falls;
    if (last.kind !== 'falls') return last;
    const course = this.#statement(block, depth);
    return handler && course.kind !== 'answers' && course.kind !== 'falls' ? open : course;
  }

  /** `if (!res.headersSent)` */
  #asksForAnswer(test: Node): boolean {
    this.#asked ??= this.file.tree.members.filter((member) => guards.test(memberName(member) ?? ''));
    return this.#asked.some((member) => contains(test, member));
  }

  #mayLeave(statement: Node): boolean {
    const { returns, throws } = unitAround(this.file.tree, statement);
    return [...returns, ...throws].some((one) => contains(statement, one));
  }

  #expression(expression: Node, depth: number): Course {
    if (depth > mostDepth) return open;
    const inner = unwrap(expression);
    if (inner.type === 'AwaitExpression') return this.#expression(inner.argument, depth);
    if (inner.type === 'UnaryExpression' && inner.operator === 'void') return this.#expression(inner.argument, depth);
    if (inner.type !== 'CallExpression') return falls;
    // A second `end()` without anything to send does no harm.
    if (this.answers.sends(inner)) return calledMethod(inner) === 'end' && inner.arguments.length === 0 ? falls : { kind: 'answers', by: inner };
    return this.#callback(inner, depth);
  }

  /** `User.findOne(query, (err, user) => { … })`, whose callback answers whichever way it takes. */
  #callback(call: TSESTree.CallExpression, depth: number): Course {
    const last = call.arguments.at(-1);
    const fn = last && unwrap(last);
    if (!isFunction(fn) || fn.async) return falls;
    const taken = this.timing.ofFunction(fn);
    if (!taken?.errorFirst && !(taken?.runs === 'promise' && calledMethod(call) === 'then')) return falls;
    const course = fn.body.type === 'BlockStatement' ? this.#sequence(fn.body.body, depth + 1) : this.#expression(fn.body, depth + 1);
    return course.kind === 'answers' ? course : falls;
  }
}

const iterates: ReadonlySet<string> = new Set(['forEach', 'map', 'each', 'some', 'every', 'filter', 'forIn', 'forOwn']);

function functionAround(node: Node): FunctionNode | undefined {
  for (let current = node.parent; current; current = current.parent) if (isFunction(current)) return current;
  return undefined;
}

/** The statements among which the one with `node` stands. */
function listOf(node: Node): Node {
  let current = node;
  while (!/(?:Statement|Declaration)$/.test(current.type)) current = parentOf(current);
  return parentOf(current);
}
