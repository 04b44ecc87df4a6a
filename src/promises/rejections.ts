import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMember, contains, type FunctionNode, isFunction, memberName, type Node, parametersOf, parentOf, unwrap, wrapped } from '../ast/nodes.js';
import { readsOf, type Variable } from '../ast/scope.js';
import { type Unit, unitAround } from '../ast/tree.js';
import type { Answers } from '../express/answers.js';
import type { SourceFile } from '../express/file.js';
import type { Handler } from '../express/handlers.js';
import { type Reference, referenceOf } from '../express/elsewhere.js';
import { importKey, isProjectModule } from '../express/imports.js';
import { forwardingWrappers } from '../express/vocabulary.js';
import { baseOf, callThrough, chainLink, firstLink, isCallLike, leaves, returned } from './chains.js';
import { Callbacks } from './callbacks.js';
import { Catching, type Outcome } from './catching.js';
import { ClientInput } from './client-input.js';
import { Hangs } from './hangs.js';
import { anyDoubt, type Doubt, Promises, type Sure } from './promises.js';
import type { CallbackSink } from './sinks.js';

/** A place where a rejection or a throw leaves a function through the promise it returns. */
export interface Escape {
  readonly node: Node;
  /** `await` without a try, `throw` in an async function, a promise that is returned. */
  readonly how: 'await' | 'throw' | 'return';
  /** It throws only where a client left something out, which a middleware before the handler may have refused. */
  readonly onMissingInput?: true;
  /** What it takes for it to be one, where only other files can tell. */
  readonly given?: Given;
}

/** What it takes for a rejection to be one: that all of `promises` give promises, and that any of what is in `doubt` fails. */
export interface Given {
  readonly promises: readonly Reference[];
  readonly doubt: true | readonly Reference[];
}

/** What becomes of the rejections of a function that another one is given. */
export type ParameterFate = 'forwards' | 'passes' | 'drops' | 'unknown';

/** A rejection that reaches nobody. */
export interface Leak {
  /**
   * - `floating`: nobody looks at the promise
   * - `late`: it is created before another await and looked at after it; a rejection in between crashes the process
   * - `discarded`: an async callback, whose promise its caller throws away
   * - `swallowed`: caught, but the request is never answered
   */
  readonly kind: 'floating' | 'late' | 'discarded' | 'swallowed';
  /** What to report: where the promise comes from, or the callback. */
  readonly node: Node;
  /** The catch clause, the finally that returns, or the function given to `.catch`, that swallows it. */
  readonly catcher?: Node;
  /** The last link of the chain that floats, to which a catch can be added; where a promise is looked at too late. */
  readonly chain?: Node;
  /** Who throws the callback's promise away, as a person would name it. */
  readonly sink?: CallbackSink;
  /** What it takes for it to be one, where only other files can tell. */
  readonly given?: Given;
}

/** Whether a rejection that reaches nobody ends the process whoever runs the code, and is nothing that only events and timers start. */
export function endsProcess({ kind, sink }: Leak): boolean {
  return kind === 'floating' || kind === 'late' || (kind === 'discarded' && (sink?.kind === 'executor' || sink?.kind === 'array'));
}

type Fate =
  | { readonly kind: 'handled' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'floating'; readonly chain: Node; readonly swallowedBy?: Node }
  | { readonly kind: 'late'; readonly at: Node }
  | { readonly kind: 'escapes'; readonly escape: Escape }
  | { readonly kind: 'swallowed'; readonly by: Node };

/** Functions that call each other deeper than this are not followed: generated code is deeper than the stack. */
const mostDepth = 100;
const handled: Fate = { kind: 'handled' };
const unknown: Fate = { kind: 'unknown' };
const combinators = new Set(['all', 'race', 'any', 'allSettled', 'resolve', 'map', 'each', 'try', 'props', 'join', 'settle']);

/** Follows rejections through one file: where they come from, where they go, and which of them reach nobody. */
export class Rejections {
  readonly promises: Promises;
  readonly #escapes = new Map<FunctionNode, readonly Escape[]>();
  readonly #running = new Set<FunctionNode>();
  readonly #proving = new Set<Node>();
  /** `p = p.then(…)`: a variable may hold what is made of itself. */
  readonly #holding = new Set<Variable>();
  readonly #handlerOf: ReadonlyMap<FunctionNode, Handler>;
  readonly #hangs: Hangs;
  readonly #callbacks: Callbacks;
  readonly #catching: Catching;
  readonly #input: ClientInput;

  constructor(
    private readonly file: SourceFile,
    private readonly answers: Answers,
    handlers: readonly Handler[],
  ) {
    this.#handlerOf = new Map(handlers.map((handler) => [handler.fn, handler]));
    this.#input = new ClientInput(file, answers);
    this.#hangs = new Hangs(answers, this.#handlerOf);
    const rejects = (fn: FunctionNode): Pick<Escape, 'given'> | undefined => {
      const escapes = this.escapes(fn);
      const [first] = escapes;
      const given = escapes.some((escape) => !escape.given) ? undefined : first?.given;
      return first && (given ? { given } : {});
    };
    this.promises = new Promises(file, (fn): Doubt => anyDoubt(this.escapes(fn).map(({ given }) => given?.doubt ?? true)));
    this.#callbacks = new Callbacks(file, answers, this.promises, (fn) => this.#handlerOf.has(fn), rejects);
    this.#catching = new Catching(file, answers, this.promises, (fn) => (fn.async ? this.escapes(fn).some((escape) => escape.how === 'throw') : this.#throwsAloud(fn)));
  }

  /** The ways in which the promise that `fn` returns can reject; empty when it returns none or it cannot. Recursion counts once. */
  escapes(fn: FunctionNode): readonly Escape[] {
    const known = this.#escapes.get(fn);
    if (known) return known;
    if (this.#running.has(fn) || this.#running.size > mostDepth) return [];
    this.#running.add(fn);
    const found = this.#findEscapes(fn);
    this.#running.delete(fn);
    this.#escapes.set(fn, found);
    return found;
  }

  /** The rejections in one function that reach nobody; those inside functions within it are theirs. */
  leaks(unit: Unit): Leak[] {
    const found: Leak[] = [];
    for (const call of unit.calls) {
      if (this.#mapsToRejections(call) && this.#oneByOne(call).kind === 'late') found.push({ kind: 'late', node: call });
      const sure = this.promises.sure(call);
      if (!sure || this.#continuesPromise(call)) continue;
      const base = baseOf(call);
      const fate = this.#settle(call, this.promises.mayReject(base), base);
      const given = fate.kind === 'floating' || fate.kind === 'late' ? givenOf(sure, this.promises.doubt(call)) : {};
      if (fate.kind === 'floating') {
        const isLoose = unwrap(fate.chain) === unwrap(base);
        const isUnsent = isLoose && this.promises.isLazy(base);
        if (!isUnsent && !this.#isDeliberate(base, fate.chain) && !(isLoose && this.promises.isDispatch(base))) found.push({ kind: 'floating', node: base, chain: fate.chain, ...(fate.swallowedBy && { catcher: fate.swallowedBy }), ...given });
      } else if (fate.kind === 'late') found.push({ kind: 'late', node: base, chain: fate.at, ...given });
      else if (fate.kind === 'swallowed') found.push({ kind: 'swallowed', node: base, catcher: fate.by });
    }
    for (const awaited of unit.awaits) {
      if (!this.promises.mayReject(awaited.argument)) continue;
      const fate = this.#thrown(awaited, unit);
      if (fate.kind === 'swallowed') found.push({ kind: 'swallowed', node: awaited, catcher: fate.by });
    }
    for (const child of unit.children) {
      const leak = this.#callbacks.leak(child);
      if (leak) found.push(leak);
    }
    for (const call of unit.calls) found.push(...this.#callbacks.named(call));
    return dedupe(found);
  }

  /**
   * What becomes of the rejections of a function given to `wrapper` as its parameter `index`.
   * @returns `forwards`: they all reach `next` or an answer; `passes`: what `wrapper` returns hands them to its own caller, or is
   * the function itself; `drops`: its promise is thrown away
   */
  ofParameter(wrapper: FunctionNode, index: number): ParameterFate {
    const param = parametersOf(wrapper)[index];
    if (!param || this.#proving.has(param)) return 'unknown';
    this.#proving.add(param);
    const result = this.#provedOf(wrapper, param);
    this.#proving.delete(param);
    return result;
  }

  #provedOf(wrapper: FunctionNode, param: TSESTree.Parameter): ParameterFate {
    const variable = this.file.scopes.variableAt((param.type === 'AssignmentPattern' ? param.left : param) as TSESTree.Identifier);
    if (!variable) return 'unknown';
    let calls = 0;
    let passes = false;
    for (const reference of readsOf(variable)) {
      const call = callThrough(reference.identifier);
      if (!call) {
        // `typeof fn`, `fn.length`, `fn.name`: no call of it
        // In types and in code that never runs, a name stands in nothing.
        const taker = parentOf(reference.identifier);
        if (taker.type === 'ReturnStatement' || (taker.type === 'ArrowFunctionExpression' && taker.body === reference.identifier)) {
          if (unitAround(this.file.tree, reference.identifier).node === wrapper) {
            passes = true;
            calls++;
          }
          continue;
        }
        if (taker.type !== 'CallExpression') continue;
        if (!this.#forwardsArgument(taker, reference.identifier)) return 'unknown';
        calls++;
        continue;
      }
      calls++;
      const fate = this.#settle(call, true, call);
      if (this.#isSwallowed(call)) return 'unknown';
      if (fate.kind === 'escapes' && fate.escape.how === 'return' && this.#isReturnedBy(wrapper, unitAround(this.file.tree, call))) passes = true;
      else if (fate.kind === 'floating' && !fate.swallowedBy) return 'drops';
      else if (fate.kind !== 'handled') return 'unknown';
    }
    if (calls === 0) return 'unknown';
    return passes ? 'passes' : 'forwards';
  }

  /** `(fn) => asyncHandler(fn)`: what it is handed to forwards its rejections. */
  #forwardsArgument(call: TSESTree.CallExpression, argument: Node): boolean {
    const index = call.arguments.findIndex((arg) => arg === argument);
    const { values, elsewhere } = this.file;
    return values.of(call.callee).every((value) => {
      if (value.kind === 'import' && forwardingWrappers.has(importKey(value))) return index === 0;
      if (value.kind === 'function') return this.ofParameter(value.node, index) === 'forwards';
      const reference = referenceOf(value, values);
      return reference !== undefined && elsewhere.ofParameter(reference, index) === 'forwards';
    });
  }

  /** Whether a catch around a call, or at the end of its chain, keeps the error to itself. */
  #isSwallowed(call: Node): boolean {
    for (let node = wrapped(call), parent = parentOf(node); !isFunction(parent) && parent.type !== 'Program'; node = parent, parent = parentOf(node)) {
      const link = chainLink(parent);
      const handler = link?.method === 'catch' ? link.call.arguments[0] : link?.method === 'then' ? link.call.arguments[1] : undefined;
      if (handler && unwrap(link?.call.callee ?? parent) === node && this.#catching.outcome(handler) === 'swallows') return true;
      if (parent.type !== 'TryStatement' || parent.block !== node || !parent.handler) continue;
      const clause = parent.handler;
      const unit = unitAround(this.file.tree, parent);
      return !this.answers.passesOnWithin(clause) && !unit.throws.some((statement) => contains(clause, statement));
    }
    return false;
  }

  #isReturnedBy(wrapper: FunctionNode, { node }: Unit): boolean {
    return this.file.values.returnsOf(wrapper).some((value) => value.kind === 'function' && value.node === node);
  }

  /** Whether the chain answers the request when it succeeds, so that nothing does when it fails. */
  carriesAnswer(chain: Node): boolean {
    return this.answers.answersWithin(...unwrap(chain).range);
  }

  #findEscapes(fn: FunctionNode): Escape[] {
    const unit = this.file.tree.units.get(fn);
    if (!unit || fn.generator) return [];
    const found: Escape[] = [];
    const add = (fate: Fate): void => {
      if (fate.kind === 'escapes' && !this.#isLastResort(fate.escape.node, unit)) found.push(fate.escape);
    };
    if (fn.async) {
      for (const awaited of unit.awaits) {
        const doubt = this.promises.doubt(awaited.argument);
        if (doubt) add(this.#thrown(awaited, unit, awaited, 'await', givenOf([], doubt)));
      }
      for (const loop of unit.asyncLoops) add(this.#thrown(loop.right, unit, loop));
      for (const statement of unit.throws) add(this.#thrown(statement, unit, statement, 'throw'));
      for (const call of unit.calls) if (this.promises.throwsOnInput(call) || this.promises.readsDisk(call) || this.#throwsWhenCalled(call)) add(this.#thrown(call, unit, call, 'throw'));
      for (const read of this.#input.uncheckedReads(unit)) {
        const fate = this.#thrown(read, unit, read, 'throw');
        if (fate.kind === 'escapes') found.push({ ...fate.escape, onMissingInput: true });
      }
      for (const call of unit.calls) {
        const fate = this.promises.answersTwice(call) ? this.#thrown(call, unit, call, 'throw') : handled;
        if (fate.kind === 'escapes') found.push(fate.escape);
      }
    }
    for (const value of returned(fn, unit)) {
      for (const promise of leaves(value)) {
        const inner = unwrap(promise);
        const sure = inner.type === 'AwaitExpression' ? false : this.promises.sure(inner);
        if (sure && this.#chainRejects(inner) && !this.#isLastResort(inner, unit)) found.push({ node: inner, how: 'return', ...givenOf(sure, this.promises.doubt(inner)) });
      }
    }
    return found;
  }

  /** `catch (error) { await sendError(res, error); }`: what answers an error is relied on. */
  #isLastResort(node: Node, unit: Unit): boolean {
    const call = node.type === 'AwaitExpression' ? unwrap(node.argument) : node;
    if (!isCallLike(call) || !this.answers.answering.includes(call)) return false;
    for (let current: Node | undefined = node; current && current !== unit.node; current = current.parent) if (current.type === 'CatchClause') return true;
    return false;
  }

  /** `validate(req.body)`, where `validate` throws. */
  #throwsWhenCalled(call: CallNode): boolean {
    if (call.type !== 'CallExpression') return false;
    return this.file.values.of(call.callee).every((value) => {
      if (value.kind === 'function') return this.#throwsAloud(value.node);
      const reference = referenceOf(value, this.file.values);
      return reference !== undefined && this.file.elsewhere.throws(reference);
    });
  }

  /** Whether a promise expression, handlers in its own chain included, can still reject. */
  #chainRejects(node: Node): boolean {
    const inner = unwrap(node);
    const link = chainLink(inner);
    if (!link) return this.promises.mayReject(inner);
    const base = this.#chainRejects(link.base);
    const [first, second] = link.call.arguments;
    if (link.method === 'finally') return base || (first !== undefined && this.#callbackRejects(first));
    if (link.method === 'catch') return base && this.#stillRejects(this.#catching.outcome(first), first);
    const success = first !== undefined && this.#callbackRejects(first);
    if (second) return (base && this.#stillRejects(this.#catching.outcome(second), second)) || success;
    return base || success;
  }

  #stillRejects(outcome: Outcome, handler: Node | undefined): boolean {
    if (outcome === 'passes' || outcome === 'rethrows') return true;
    return handler !== undefined && this.file.values.functionsOf(handler).some((fn) => fn.async && this.escapes(fn).length > 0);
  }

  /** Whether a success callback can reject the promise it makes: it throws, or returns a promise that rejects. */
  #callbackRejects(callback: Node): boolean {
    return this.file.values.functionsOf(callback).some((fn) => this.escapes(fn).length > 0 || this.#throwsAloud(fn));
  }

  #throwsAloud(fn: FunctionNode): boolean {
    const unit = this.file.tree.units.get(fn);
    return !!unit && !fn.async && unit.throws.some((statement) => this.#thrown(statement, unit, statement, 'throw').kind === 'escapes');
  }

  /**
   * `void load()`: its author says that nobody needs to look. Believed where nothing in this file says otherwise: where only
   * other calls of `load` tell that it gives a promise, or where all it can fail by is a function of another file.
   */
  #isDeliberate(base: Node, chain: Node): boolean {
    if (parentOf(chain).type !== 'UnaryExpression' || base.type !== 'CallExpression') return false;
    if (this.promises.isPromiseByUse(base)) return true;
    const callees = this.file.values.calleesOf(base);
    return callees.length > 0 && callees.every((fn) => this.escapes(fn).every((escape) => escape.how === 'await' && this.#isElsewhere(escape.node)));
  }

  #isElsewhere(awaited: Node): boolean {
    const call = awaited.type === 'AwaitExpression' ? unwrap(awaited.argument) : awaited;
    if (call.type !== 'CallExpression') return false;
    const origin = this.file.values.importOf(call.callee);
    return origin !== undefined && isProjectModule(origin.module);
  }

  /** Whether `call` is a link on a promise that is looked at already. */
  #continuesPromise(call: CallNode): boolean {
    const link = chainLink(call);
    if (!link) return false;
    const base = unwrap(link.base);
    return chainLink(base) !== undefined || (isCallLike(base) && this.promises.isPromise(base));
  }

  /** Follows a promise outwards from where it is made. `rejects` says whether it can. */
  #settle(start: Node, canReject: boolean, base: Node): Fate {
    let node = wrapped(start);
    let rejects = canReject;
    let swallow: Node | undefined;
    if (chainLink(unwrap(start))) {
      // The links up to `start` count as well.
      const first = firstLink(start);
      if (first) node = wrapped(unwrap(chainLink(unwrap(first))?.base ?? start));
    }
    for (let steps = 0; steps < 2000; steps++) {
      const parent = parentOf(node);
      switch (parent.type) {
        case 'MemberExpression': {
          if (parent.object !== node) return unknown;
          const link = chainLink(unwrap(parentOf(wrapped(parent))));
          if (!link || unwrap(link.call.callee) !== parent) return unknown;
          const [first, second] = link.call.arguments;
          const rejection = link.method === 'catch' ? first : link.method === 'then' ? second : undefined;
          const success = link.method === 'then' ? first : undefined;
          if (link.method === 'catch' || second) {
            const outcome = this.#catching.outcome(rejection);
            if (rejects && outcome === 'swallows' && rejection) swallow = rejection;
            rejects = rejects && this.#stillRejects(outcome, rejection);
          }
          if (success && !rejects) rejects = this.#callbackRejects(success) || (swallow === undefined && this.#answersAgain(link.call, success, base));
          if (link.method === 'finally' && first) {
            rejects ||= this.#callbackRejects(first);
            if (swallow && this.answers.passesOnWithin(first)) swallow = undefined;
          }
          if (success && swallow && swallow !== rejection && this.answers.passesOnWithin(success)) swallow = undefined;
          node = wrapped(link.call);
          continue;
        }
        case 'AwaitExpression': {
          const unit = unitAround(this.file.tree, parent);
          if (rejects) return this.#thrown(parent, unit);
          return this.#swallowed(swallow && this.#hangs.chain(swallow, node, unit));
        }
        case 'ReturnStatement':
        case 'ArrowFunctionExpression': {
          if (parent.type === 'ArrowFunctionExpression' && parent.body !== node) return unknown;
          if (rejects) return { kind: 'escapes', escape: { node, how: 'return' } };
          return this.#swallowed(swallow && this.#hangs.chain(swallow, node, unitAround(this.file.tree, node)));
        }
        case 'ExpressionStatement':
          if (rejects) return { kind: 'floating', chain: node, ...(swallow && { swallowedBy: swallow }) };
          return this.#swallowed(swallow && this.#hangs.chain(swallow, node, unitAround(this.file.tree, node)));
        case 'UnaryExpression':
          if (parent.operator !== 'void') return unknown;
          return rejects ? { kind: 'floating', chain: node } : handled;
        case 'SequenceExpression':
          if (parent.expressions.at(-1) !== node) return rejects ? { kind: 'floating', chain: node } : handled;
          node = wrapped(parent);
          continue;
        case 'ConditionalExpression':
          if (parent.test === node) return unknown;
          node = wrapped(parent);
          continue;
        case 'LogicalExpression':
          node = wrapped(parent);
          continue;
        case 'ArrayExpression':
          // The first one is awaited first; nothing looks at the others until then.
          if (!this.#combinator(parent)) return rejects && parent.elements[0] !== node ? this.#oneByOne(parent) : unknown;
          node = parent;
          continue;
        case 'CallExpression': {
          const method = this.#combinator(node);
          // A promise given to a function is that function's business.
          if (!method) return unknown;
          if (method === 'allSettled' || method === 'settle') rejects = false;
          node = wrapped(parent);
          continue;
        }
        case 'ForOfStatement':
          if (parent.right !== node || !parent.await) return unknown;
          return rejects ? this.#thrown(node, unitAround(this.file.tree, parent), parent) : handled;
        case 'VariableDeclarator':
          return parent.id.type === 'Identifier' && rejects ? this.#held(parent.id, node) : unknown;
        case 'AssignmentExpression':
          if (parent.left.type !== 'Identifier' || parent.operator !== '=') return unknown;
          return rejects ? this.#held(parent.left, node) : handled;
        default:
          return unknown;
      }
    }
    return unknown;
  }

  /** After `.catch(next)`, a `.then` that answers runs although the error was answered: its answer throws. */
  #answersAgain(call: TSESTree.CallExpression, success: Node, base: Node): boolean {
    if (!this.promises.mayReject(base)) return false;
    const earlier = chainLink(unwrap(chainLink(call)?.base ?? call));
    if (earlier?.method !== 'catch') return false;
    const [handler] = earlier.call.arguments;
    return handler !== undefined && this.#catching.outcome(handler) === 'answers' && isFunction(unwrap(success)) && this.answers.answersWithin(...unwrap(success).range);
  }

  /** The combinator (`Promise.all` …) that `node` is an argument of. */
  #combinator(node: Node): string | undefined {
    const call = parentOf(node);
    if (call.type !== 'CallExpression' || !call.arguments.includes(node as TSESTree.Expression)) return undefined;
    const member = calledMember(call);
    const name = member && memberName(member);
    if (!member || name === undefined || !combinators.has(name)) return undefined;
    return this.promises.isPromiseClass(member.object) ? name : undefined;
  }

  /** A promise held in a variable: who looks at it, and when? */
  #held(identifier: TSESTree.Identifier, at: Node): Fate {
    const variable = this.file.scopes.variableAt(identifier);
    if (!variable || variable.defs[0]?.type === 'Parameter' || this.#holding.has(variable)) return unknown;
    this.#holding.add(variable);
    const fate = this.#heldBy(variable, at);
    this.#holding.delete(variable);
    return fate;
  }

  #heldBy(variable: Variable, at: Node): Fate {
    const unit = unitAround(this.file.tree, at);
    const reads = readsOf(variable).map((reference) => reference.identifier);
    if (reads.length === 0) return variable.scope.type === 'module' || variable.scope.type === 'global' ? unknown : { kind: 'floating', chain: at };
    const awaitsBetween = (read: Node): boolean =>
      unit.awaits.some((other) => other.range[0] >= at.range[1] && other.range[1] <= read.range[0] && !contains(other, read) && !inOtherBranch(other, read));
    let late: Node | undefined;
    for (const read of reads) {
      if (unitAround(this.file.tree, read) !== unit || read.range[0] < at.range[0]) return unknown;
      const fate = this.#readFate(read);
      if (fate === 'unknown') return unknown;
      if (fate === 'no') continue;
      if (!awaitsBetween(read)) return this.#settle(read, true, read);
      late ??= read;
    }
    return late ? { kind: 'late', at: late } : unknown;
  }

  /** An array of promises: awaited one after the other, those further down reject while nobody looks at them. */
  #oneByOne(list: Node): Fate {
    const outer = wrapped(list);
    const holder = parentOf(outer);
    let read = outer;
    if (holder.type === 'VariableDeclarator' && holder.id.type === 'Identifier' && holder.init === outer) {
      const variable = this.file.scopes.variableAt(holder.id);
      const reads = variable ? readsOf(variable) : [];
      if (reads.length !== 1 || !reads[0]) return unknown;
      read = reads[0].identifier;
    }
    const loop = parentOf(read);
    if (loop.type !== 'ForOfStatement' || loop.right !== read) return unknown;
    const [declared] = loop.left.type === 'VariableDeclaration' ? loop.left.declarations : [];
    const item = declared?.id.type === 'Identifier' ? this.file.scopes.variableAt(declared.id) : undefined;
    const awaited = loop.await || (item !== undefined && readsOf(item).some(({ identifier }) => parentOf(identifier).type === 'AwaitExpression'));
    return awaited && unitAround(this.file.tree, loop) === unitAround(this.file.tree, list) ? { kind: 'late', at: loop } : unknown;
  }

  /** `list.map(load)`, where `load` gives a promise that can reject. */
  #mapsToRejections(call: CallNode): boolean {
    const member = calledMember(call);
    const [callback] = call.arguments;
    if (!member || !callback || memberName(member) !== 'map' || this.promises.isPromiseClass(member.object)) return false;
    const functions = this.file.values.functionsOf(callback);
    return functions.length > 0 && functions.every((fn) => this.escapes(fn).some((escape) => fn.async || escape.how === 'return'));
  }

  /** What reading a held promise does to it. */
  #readFate(read: Node): 'follows' | 'no' | 'unknown' {
    const outer = wrapped(read);
    const parent = parentOf(outer);
    if (parent.type === 'AwaitExpression' || parent.type === 'ReturnStatement') return 'follows';
    if (parent.type === 'MemberExpression' && parent.object === outer) {
      return chainLink(unwrap(parentOf(wrapped(parent)))) ? 'follows' : 'unknown';
    }
    if (parent.type === 'ArrayExpression' || parent.type === 'CallExpression') return this.#combinator(parent.type === 'ArrayExpression' ? parent : outer) ? 'follows' : 'unknown';
    if (parent.type === 'IfStatement' || parent.type === 'UnaryExpression') return 'no';
    return 'unknown';
  }

  #swallowed(by: Node | undefined): Fate {
    return by ? { kind: 'swallowed', by } : handled;
  }

  /** Where something thrown at `at` goes inside `unit`. */
  #thrown(at: Node, unit: Unit, node: Node = at, how: Escape['how'] = 'await', given: Pick<Escape, 'given'> = {}): Fate {
    let child: Node = at;
    let parent = at.parent;
    while (parent && child !== unit.node) {
      if (parent.type === 'TryStatement') {
        if (parent.finalizer && parent.finalizer !== child && alwaysReturns(parent.finalizer)) return this.#swallowed(this.#hangs.caught(parent, parent.finalizer, at, unit));
        if (parent.handler && parent.block === child) return this.#swallowed(this.#hangs.caught(parent, parent.handler, at, unit));
      }
      child = parent;
      parent = parent.parent;
    }
    if (!isFunction(unit.node)) return handled;
    return { kind: 'escapes', escape: { node, how, ...given } };
  }
}

/** What a rejection depends on; nothing where this file alone shows it. */
function givenOf(sure: Sure, doubt: Doubt): { readonly given?: Given } {
  const promises = sure || [];
  return promises.length > 0 || typeof doubt === 'object' ? { given: { promises, doubt: doubt || true } } : {};
}

function alwaysReturns(block: TSESTree.BlockStatement): boolean {
  return block.body.some((statement) => statement.type === 'ReturnStatement');
}

/** Whether two nodes lie in different branches of the same condition. */
function inOtherBranch(a: Node, b: Node): boolean {
  for (let child: Node = a, parent = a.parent; parent; child = parent, parent = parent.parent) {
    if (!contains(parent, b)) continue;
    if (parent.type !== 'IfStatement' && parent.type !== 'ConditionalExpression') return false;
    return (contains(parent.consequent, child) && !contains(parent.consequent, b)) || (parent.alternate !== null && contains(parent.alternate, child) && !contains(parent.alternate, b));
  }
  return false;
}

/** One leak for one chain, and one for a catch, however many promises lead into it. */
function dedupe(leaks: Leak[]): Leak[] {
  const found = new Map<Node, Leak>();
  for (const leak of leaks) {
    const key = leak.catcher ?? leak.chain ?? leak.node;
    const known = found.get(key);
    if (!known || isNearer(leak, known)) found.set(key, leak);
  }
  return [...found.values()];
}

/** Whether `a` says better than `b` what their chain starts from: `Promise.all()` rather than a promise in it, the branch `p.then()` rather than where `p` comes from. */
function isNearer({ node, chain }: Leak, b: Leak): boolean {
  return chain !== undefined && contains(chain, node) && (!contains(chain, b.node) || (node !== b.node && contains(node, b.node)));
}
