import { type CallNode, calledMember, calledMethod, calledName, type FunctionNode, isFunction, memberName, type Node, paramName, parametersOf, parentOf, staticString, unwrap, wrapped } from '../ast/nodes.js';
import { readsOf } from '../ast/scope.js';
import { memberPath } from '../express/apps.js';
import type { Answers } from '../express/answers.js';
import type { SourceFile } from '../express/file.js';
import { originOf } from '../express/imports.js';
import { isErrorName } from '../express/vocabulary.js';
import { isQuery } from '../promises/sinks.js';
import { type CallbackFact, callbackFact, conductors, eventMethods, iterationModules, laterEvents, promiseMethods, queryMethods, synchronousCallbackMethods, synchronousIterations } from './callbacks.js';
import { importPathOf } from './paths.js';

/** When a function runs that another one is given, and who sees what it throws. */
export interface Taken {
  /**
   * `now`: before the call returns, so that a throw lands in the caller; `later`: in a later turn, where nobody catches;
   * `promise`: in a chain, where a throw is a rejection; `either`: now or later, as what it waits for does; `unknown`: it cannot
   * be told
   */
  readonly runs: 'now' | 'later' | 'promise' | 'either' | 'unknown';
  /** Whether its first parameter is an error: `known` by the function that takes it, `named` by that parameter. */
  readonly errorFirst: 'known' | 'named' | undefined;
  /** The call that takes it. */
  readonly call: CallNode;
}

const mostDepth = 6;
/** Methods whose function argument is no callback for a result, whatever it calls its first parameter. */
const noCallback = /^(?:use|param|all|subscribe|forEach|each|tap|bind|call|apply|emit)$|error|err$|reject|fail|catch|retry|format/i;
/** Methods that call back at once, or when they have to wait: `res.render` with most engines, `schema.validate`. */
const eitherWay = /^(?:render|renderFile|verify|validate|parse|parseString|compile|transform|authenticate|traverse|walk|waterfall|series|parallel|auto|whilst|each\w*|map\w*|queue|nextTick)$/i;
const sessionMethods = /^(?:save|destroy|regenerate|reload|touch)$/;
const requestMethods = /^(?:log_?[io]n|log_?out)$/i;
const fileMethods = /^(?:send_?file|download)$/i;

/** Tells when callbacks run. */
export class Timing {
  #depth = 0;

  constructor(
    private readonly file: SourceFile,
    private readonly answers: Answers,
  ) {}

  /** How a function is taken that stands in the call that takes it, alone or behind `.bind()`; undefined where it stands elsewhere. */
  ofFunction(fn: FunctionNode): Taken | undefined {
    const outer = wrapped(fn);
    const parent = parentOf(outer);
    if (parent.type === 'MemberExpression' && parent.object === outer && memberName(parent) === 'bind') {
      const bound = parentOf(wrapped(parent));
      return bound.type === 'CallExpression' && bound.arguments.length === 1 ? this.#taken(wrapped(bound), fn) : undefined;
    }
    return this.#taken(outer, fn);
  }

  /** How the functions that `name` stands for are taken where it is read. */
  ofName(name: Node, fn: FunctionNode): Taken | undefined {
    return this.#taken(wrapped(name), fn);
  }

  #taken(argument: Node, fn: FunctionNode): Taken | undefined {
    const call = parentOf(argument);
    if ((call.type !== 'CallExpression' && call.type !== 'NewExpression') || call.callee === argument) return undefined;
    const index = call.arguments.findIndex((arg) => arg === argument);
    return index < 0 ? undefined : { ...this.#in(call, index, fn), call };
  }

  #in(call: CallNode, index: number, fn: FunctionNode): Omit<Taken, 'call'> {
    const isLast = index === call.arguments.length - 1;
    const fact = this.#fact(call, index, isLast);
    if (fact) return { runs: fact.runs === 'event' ? 'later' : fact.runs, errorFirst: fact.errorFirst ? 'known' : undefined };
    const isPromise = call.callee.type === 'Identifier' && call.callee.name === 'Promise';
    if (call.type === 'NewExpression') return { runs: isPromise && index === 0 ? 'promise' : 'unknown', errorFirst: undefined };
    const [first, second] = parametersOf(fn);
    // With another function before it, it is what runs when that one does not: `signin(user, onSuccess, onFail)`.
    const isAlone = call.arguments.slice(0, index).every((arg) => this.file.values.functionsOf(arg).length === 0);
    // `db.find(query, once(function (err, all) { … }))`: what is made of it may look at the error.
    const isMade = parentOf(wrapped(call)).type === 'CallExpression';
    const named = isLast && isAlone && !isMade && first?.type === 'Identifier' && isErrorName(paramName(first));
    const method = calledMethod(call);
    const known = method === undefined ? undefined : this.#method(call, method, index, isLast, named && second !== undefined, named);
    if (known) return known;
    const errorFirst = named && !noCallback.test(method ?? '') ? 'named' : undefined;
    return { runs: this.#runs(call, index, method, errorFirst !== undefined), errorFirst };
  }

  #fact(call: CallNode, index: number, isLast: boolean): CallbackFact | undefined {
    const facts = this.file.values.of(call.callee).map((value) => {
      const path = importPathOf(value);
      return path && callbackFact(path.module, path.path);
    });
    const [fact] = facts;
    if (!fact || facts.some((one) => one !== fact)) return undefined;
    if (call.type === 'NewExpression') return undefined;
    return fact.position === 'last' ? (isLast && index > -1 ? fact : undefined) : fact.position === index ? fact : undefined;
  }

  #method(call: CallNode, method: string, index: number, isLast: boolean, hasResult: boolean, named: boolean): Omit<Taken, 'call'> | undefined {
    const member = calledMember(call);
    if (!member) return undefined;
    if (promiseMethods.has(method)) return { runs: 'promise', errorFirst: undefined };
    const role = this.answers.roleOf(member.object);
    if (eventMethods.has(method)) {
      const event = staticString(call.arguments[0]);
      if (index !== 1) return { runs: 'unknown', errorFirst: undefined };
      return { runs: event !== undefined && (laterEvents.has(event) || role === 'request' || role === 'response') ? 'later' : 'unknown', errorFirst: undefined };
    }
    if (role === 'response' && fileMethods.test(method) && isLast) return { runs: 'later', errorFirst: 'known' };
    if (role === 'response' && method === 'render' && isLast) return { runs: 'unknown', errorFirst: 'known' };
    if (role === 'request' && requestMethods.test(method) && isLast) return { runs: 'later', errorFirst: 'known' };
    const owner = unwrap(member.object);
    if (owner.type === 'MemberExpression' && memberName(owner) === 'session' && sessionMethods.test(method) && isLast) return { runs: 'later', errorFirst: 'known' };
    const origin = this.file.values.of(owner).map(originOf);
    if (origin.some((one) => one && iterationModules.test(one.module))) return { runs: synchronousIterations.has(method) ? 'now' : 'unknown', errorFirst: undefined };
    // `Model.find((err, all) => …)` is no method of a list.
    if (isLast && queryMethods.has(method)) return { runs: 'later', errorFirst: named ? 'named' : undefined };
    if (index === 0 && synchronousCallbackMethods.has(method) && !(method === 'find' && hasResult)) {
      return { runs: isQuery(owner) || /cursor|collection|stream|snapshot/i.test(memberPath(owner) ?? '') ? 'unknown' : 'now', errorFirst: undefined };
    }
    return undefined;
  }

  #runs(call: CallNode, index: number, method: string | undefined, isErrorFirst: boolean): Taken['runs'] {
    const { values } = this.file;
    const callees = values.calleesOf(call);
    if (callees.length > 0) {
      if (callees.length < values.of(call.callee).length) return 'unknown';
      const verdicts = new Set(callees.map((fn) => this.#parameter(fn, index)));
      const [only = 'unknown'] = verdicts;
      return verdicts.size === 1 ? only : 'unknown';
    }
    if (values.of(call.callee).every((value) => conductors.test(originOf(value)?.module ?? ''))) return 'either';
    // A middleware that is called by hand may be waited for, and so may what is awaited.
    const [request] = call.arguments;
    if (!isErrorFirst || parentOf(wrapped(call)).type === 'AwaitExpression' || (index === 2 && request && this.answers.roleOf(request) === 'request')) return 'unknown';
    // By convention a callback with an error as first parameter never runs before its function has returned.
    return eitherWay.test(method ?? calledName(call) ?? '') ? 'unknown' : 'later';
  }

  /** When a function of this file calls what it is given as its parameter `index`. */
  #parameter(fn: FunctionNode, index: number): Taken['runs'] {
    const param = parametersOf(fn)[index];
    const variable = param?.type === 'Identifier' ? this.file.scopes.variableAt(param) : undefined;
    if (!variable || fn.async || fn.generator || this.#depth > mostDepth) return 'unknown';
    this.#depth++;
    const verdicts = new Set(readsOf(variable).map(({ identifier }) => this.#use(identifier, fn)));
    this.#depth--;
    verdicts.delete(undefined);
    const [only = 'unknown'] = verdicts;
    return verdicts.size === 1 ? only : 'unknown';
  }

  /** When a read of a parameter of `fn` calls it; undefined for a read that calls nothing. */
  #use(read: Node, fn: FunctionNode): Taken['runs'] | undefined {
    const outer = wrapped(read);
    const parent = parentOf(outer);
    if (parent.type === 'IfStatement' || parent.type === 'UnaryExpression' || parent.type === 'LogicalExpression') return undefined;
    if (parent.type !== 'CallExpression') return 'unknown';
    if (parent.callee !== outer) return this.#taken(outer, fn)?.runs ?? 'unknown';
    for (let current: Node | undefined = parent.parent; current; current = current.parent) {
      if (current === fn) return 'now';
      if (!isFunction(current)) continue;
      const runs = this.ofFunction(current)?.runs;
      if (runs !== 'now') return runs ?? 'unknown';
    }
    return 'unknown';
  }
}
