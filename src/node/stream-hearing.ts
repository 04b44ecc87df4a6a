import { type CallNode, calledMember, calledMethod, type FunctionNode, isFunction, memberName, type Node, parametersOf, unwrap, wrapped } from '../ast/nodes.js';
import { leadsTo } from '../ast/order.js';
import type { Unit } from '../ast/tree.js';
import type { Value } from '../ast/values.js';
import type { ExpressModel } from '../express/model.js';
import { isLogMethod } from '../promises/catching.js';
import { callbackSink } from '../promises/sinks.js';
import { attachesErrorListener, consumingMethods, type EmitterFact, type ListenerFact } from './emitters.js';
import { importPathOf } from './paths.js';
import type { StreamUse } from './stream-flow.js';

/**
 * What becomes of a stream's 'error'.
 * - `heard`: somebody listens and does something about it, or what does cannot be looked into
 * - `unheard`: nobody listens
 * - `late`: listens only after the stream may have failed
 * - `rethrown`: the listener throws it again; `logged`: the listener only writes it down
 * - `unknown`: the stream goes where this file does not show who listens
 */
export type Hearing =
  | { readonly kind: 'heard' | 'unheard' | 'unknown' }
  | { readonly kind: 'late' | 'rethrown' | 'logged'; readonly by: Node };

/** Functions that take anything and keep nothing. */
const bystanders = /^(?:console|String|Boolean|Number|JSON|Object\.keys|util\.inspect)\b/;

/** Tells who listens for the 'error' of a stream. */
export class StreamHearing {
  constructor(private readonly express: ExpressModel) {}

  /**
   * What becomes of the 'error' of a stream with these uses.
   * @param fact what is known of the stream
   * @param making the call that makes it
   */
  of(uses: readonly StreamUse[], fact: EmitterFact | undefined, making: CallNode): Hearing {
    if (fact && this.#handlesItself(fact, uses, making)) return { kind: 'heard' };
    const listeners = uses.filter((use) => this.#listens(use));
    const timely = listeners.filter((use) => fact === undefined || !this.#isLate(use, fact, uses));
    const [first] = timely;
    if (first) return timely.map((use) => this.#outcome(use)).find(({ kind }) => kind === 'heard') ?? this.#outcome(first);
    if (uses.some((use) => use.kind === 'escapes' || (use.kind === 'given' && !this.#isBystander(use.call) && !this.#fact(use.call)))) return { kind: 'unknown' };
    return listeners[0] ? { kind: 'late', by: nodeOf(listeners[0]) } : { kind: 'unheard' };
  }

  /** Whether a call takes a callback, as far as can be seen; `undefined` where it cannot be told. */
  hasCallback(call: CallNode): boolean | undefined {
    const last = call.arguments.at(-1);
    if (!last || last.type === 'SpreadElement') return last ? undefined : false;
    const inner = unwrap(last);
    if (isFunction(inner)) return true;
    const role = this.express.answers.roleOf(inner);
    if (role) return role === 'next';
    const verdicts = this.express.file.values.of(inner).map((value) => this.#isFunctionValue(value));
    return verdicts.every((verdict) => verdict === verdicts[0]) ? verdicts[0] : undefined;
  }

  /** What listens behind a callee; a promisified function is told by what it was made of. */
  #fact(call: CallNode): ListenerFact | undefined {
    for (const value of this.express.file.values.of(call.callee)) {
      const path = importPathOf(value);
      const fact = path && attachesErrorListener(path.module, path.path);
      if (fact) return fact;
      const promisified = this.#promisified(value);
      if (promisified) return { ...promisified, to: 'promise', needsCallback: undefined };
    }
    return undefined;
  }

  #promisified(value: Value): ListenerFact | undefined {
    if (value.kind !== 'call' || importPathOf(value.callee)?.path.at(-1) !== 'promisify') return undefined;
    const [original] = value.node.arguments;
    for (const inner of original ? this.express.file.values.of(original) : []) {
      const path = importPathOf(inner);
      const fact = path && attachesErrorListener(path.module, path.path);
      if (fact) return fact;
    }
    return undefined;
  }

  #isFunctionValue(value: Value): boolean | undefined {
    switch (value.kind) {
      case 'function':
        return true;
      case 'object':
      case 'array':
      case 'literal':
      case 'instance':
        return false;
      case 'call':
        // `fs.createWriteStream(…)` is none; what another function gives may be one.
        return importPathOf(value) ? false : undefined;
      case 'global':
        return value.path.join('.') === 'undefined' || value.path[0] === 'process' ? false : undefined;
      default:
        return undefined;
    }
  }

  #isBystander(call: CallNode): boolean {
    // `res.send(file)` in another branch
    const member = calledMember(call);
    if (member && this.express.answers.roleOf(member.object) === 'response') return true;
    const path = this.express.file.values.of(call.callee).map((value) => importPathOf(value));
    return path.some((one) => one && bystanders.test([...(one.module ? [one.module] : []), ...one.path].join('.')));
  }

  #listens(use: StreamUse): boolean {
    if (use.kind === 'listener' || use.kind === 'looped') return true;
    if (use.kind === 'method') return consumingMethods.has(use.name);
    if (use.kind !== 'given') return false;
    const fact = this.#fact(use.call);
    if (!fact) return false;
    // Without a callback it throws in its caller, which is a finding of its own.
    const [key, ...rest] = use.path;
    if (fact.unlessFalse !== undefined && use.call.arguments.some((arg) => setsFalse(this.express, arg, fact.unlessFalse ?? ''))) return false;
    if (key === undefined) return fact.args === 'all' || fact.args.includes(use.index);
    if (rest.length > 0) return false;
    return fact.args === 'all' ? /^\d+$/.test(key) : (fact.options?.includes(key) ?? false);
  }

  /** Whether the way the stream is made or used takes care of its errors. */
  #handlesItself(fact: EmitterFact, uses: readonly StreamUse[], making: CallNode): boolean {
    return (fact.selfHandled ?? []).some((way) => {
      switch (way.by) {
        case 'callback':
          return making.arguments.length > 0 && this.hasCallback(making) !== false && (making.arguments.length > 1 || this.hasCallback(making) === true);
        case 'method':
          return uses.some((use) => use.kind === 'method' && way.names.includes(use.name));
        case 'method-callback':
          return uses.some((use) => use.kind === 'method' && way.names.includes(use.name) && this.hasCallback(use.call) !== false);
        case 'promise':
          return isAwaited(making) || uses.some((use) => use.kind === 'method' && /^(?:then|catch)$/.test(use.name));
      }
    });
  }

  /** Whether the stream may fail before `use`: a real wait lies between, or `use` stands in a callback that runs later. */
  #isLate(use: StreamUse, fact: EmitterFact, uses: readonly StreamUse[]): boolean {
    const started = fact.failsUnused ? use.since : uses.find((one) => (one.kind === 'piped' || one.kind === 'fed') && one.since === use.since)?.at;
    if (!started) return false;
    const unit = this.express.unitOf(started);
    const place = this.#placeIn(unit, use.at);
    if (place === 'later') return true;
    if (!place) return false;
    return [...unit.awaits, ...unit.asyncLoops].some(
      (wait) => wait.range[0] >= started.range[1] && wait.range[1] <= place.range[0] && this.#isRealWait(wait) && leadsTo(wait, place),
    );
  }

  /** The node of `unit` itself in which `node` runs; `later` when a callback that runs in another turn lies between. */
  #placeIn(unit: Unit, node: Node): Node | 'later' | undefined {
    let place = node;
    for (let current = this.express.unitOf(node); current !== unit; current = this.express.unitOf(place)) {
      if (!isFunction(current.node)) return undefined;
      const call = wrapped(current.node).parent;
      if (call?.type === 'CallExpression' && call.callee !== current.node) {
        const kind = callbackSink(this.express.file, call, wrapped(current.node))?.kind;
        const isPromise = kind === 'follows' && /^(?:then|catch|finally)$/.test(calledMethod(call) ?? '');
        if (kind === 'listener' || kind === 'timer' || isPromise) return 'later';
      }
      place = current.node;
    }
    return place;
  }

  #isRealWait(wait: Node): boolean {
    if (wait.type !== 'AwaitExpression') return true;
    const inner = unwrap(wait.argument);
    if (inner.type === 'Literal') return false;
    const member = inner.type === 'CallExpression' ? calledMember(inner) : undefined;
    return !(member && memberName(member) === 'resolve' && this.express.rejections.promises.isPromiseClass(member.object));
  }

  /** What a listener does with the error. */
  #outcome(use: StreamUse): Hearing {
    if (use.kind !== 'listener' || !use.handler) return { kind: 'heard' };
    const handler = unwrap(use.handler);
    if (isLogMethod(handler) && this.express.answers.roleOf(handler) === undefined) return { kind: 'logged', by: handler };
    const values = this.express.file.values.of(handler);
    const functions = this.express.file.values.functionsOf(handler);
    if (functions.length === 0 || functions.length !== values.length) return { kind: 'heard' };
    const by = isFunction(handler) ? handler : use.call;
    if (functions.every((fn) => this.#throws(fn))) return { kind: 'rethrown', by };
    return functions.every((fn) => onlyLogs(fn)) ? { kind: 'logged', by } : { kind: 'heard' };
  }

  /** Whether a listener throws, rejects, or hands the error to the response, which nobody listens on. */
  #throws(fn: FunctionNode): boolean {
    const unit = this.express.file.tree.units.get(fn);
    if (!unit) return false;
    if (fn.async) return this.express.rejections.escapes(fn).some(({ how }) => how === 'throw');
    if (unit.throws.some((statement) => !isCaught(statement, fn))) return true;
    return unit.calls.some((call) => {
      const member = calledMember(call);
      const [event] = call.arguments;
      return member !== undefined && memberName(member) === 'emit' && this.express.answers.roleOf(member.object) === 'response' && event?.type === 'Literal' && event.value === 'error' && parametersOf(fn).length > 0;
    });
  }
}

function nodeOf(use: StreamUse): Node {
  return 'call' in use ? use.call : use.at;
}

/** A call that is awaited or returned, so that the promise it also is has somebody. */
function isAwaited(call: Node): boolean {
  const { parent } = wrapped(call);
  return parent?.type === 'AwaitExpression' || parent?.type === 'ReturnStatement' || (parent?.type === 'ArrowFunctionExpression' && parent.body === wrapped(call));
}

function isCaught(node: Node, fn: FunctionNode): boolean {
  for (let child = node, parent = node.parent; parent && child !== fn; child = parent, parent = parent.parent) {
    if (parent.type === 'TryStatement' && parent.handler && parent.block === child) return true;
  }
  return false;
}

/** Whether all that a function does is to write something to a log. */
function onlyLogs(fn: FunctionNode): boolean {
  return fn.body.type === 'BlockStatement' ? fn.body.body.every(isLogging) : isLogCall(fn.body);
}

function isLogging(statement: Node): boolean {
  if (statement.type === 'IfStatement') return isLogging(statement.consequent) && (!statement.alternate || isLogging(statement.alternate));
  if (statement.type === 'BlockStatement') return statement.body.every(isLogging);
  return statement.type === 'ExpressionStatement' && isLogCall(statement.expression);
}

function isLogCall(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'CallExpression' && isLogMethod(inner.callee);
}

function setsFalse(express: ExpressModel, arg: Node, option: string): boolean {
  return express.file.values.of(arg).some((value) => value.kind === 'object' && express.file.values.member(value, option, value.node).some((set) => set.kind === 'literal' && set.node.type === 'Literal' && set.node.value === false));
}
