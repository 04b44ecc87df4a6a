import { type CallNode, calledMember, calledName, memberName, type Node, staticString, unwrap } from '../ast/nodes.js';
import { memberPath } from '../express/apps.js';
import type { SourceFile } from '../express/file.js';

/** What a function does with the promise that a callback returns. */
export interface CallbackSink {
  /** The function's name, as a person would write it. */
  readonly name: string;
  /**
   * `array`, `timer`, `listener`, `executor`, `callback`: thrown away;
   * `collects`: put into an array that is returned (`map`); `follows`: looked at
   */
  readonly kind: 'array' | 'timer' | 'listener' | 'executor' | 'callback' | 'collects' | 'follows';
}

/** Array methods that throw the results of their callback away, or only ask whether they are truthy, as a promise always is. */
const discarding = new Set(['forEach', 'filter', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'sort']);
const timers = new Set(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'process.nextTick']);
const listening = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);
/** Libraries whose functions of those names await their callbacks. */
const awaiting = new Set(['async', 'bluebird', 'p-map', 'p-each-series', 'aigle', 'modern-async', 'rxjs']);

/**
 * What `call` does with the promise of its argument `callback`.
 * @returns undefined when it is not known
 */
export function callbackSink(file: SourceFile, call: CallNode, callback: Node): CallbackSink | undefined {
  if (call.type === 'NewExpression') {
    const name = call.callee.type === 'Identifier' ? call.callee.name : undefined;
    return name === 'Promise' && call.arguments[0] === callback ? { name: 'new Promise', kind: 'executor' } : undefined;
  }
  const plain = calledName(call);
  if (plain !== undefined && timers.has(plain) && call.arguments[0] === callback) return { name: plain, kind: 'timer' };
  const member = calledMember(call);
  const name = member && memberName(member);
  if (!member || name === undefined) return undefined;
  if (memberPath(member) === 'process.nextTick') return { name: 'process.nextTick', kind: 'timer' };
  if (name === 'then' || name === 'catch' || name === 'finally') return { name, kind: 'follows' };
  const object = unwrap(member.object);
  const origin = file.values.importOf(object);
  if (origin && awaiting.has(origin.module)) return { name, kind: 'follows' };
  if (discarding.has(name) && call.arguments[0] === callback) {
    // Database cursors have a forEach that awaits; `find(filter)` of a model takes no function.
    return /cursor|collection|stream|snapshot/i.test(memberPath(object) ?? '') || object.type === 'CallExpression' && isQuery(object) ? undefined : { name, kind: 'array' };
  }
  if (name === 'map' || name === 'flatMap') return call.arguments[0] === callback ? { name, kind: 'collects' } : undefined;
  if (listening.has(name) && staticString(call.arguments[0]) !== undefined && call.arguments[1] === callback) return { name: `.${name}`, kind: 'listener' };
  return undefined;
}

/** Whether a value is what a query gives: `Model.find().cursor()`, `collection.find({})`: a query, whose `forEach` may await. */
export function isQuery(node: Node): boolean {
  for (let current = unwrap(node); current.type === 'CallExpression'; ) {
    const member = calledMember(current);
    if (!member) return false;
    const name = memberName(member);
    if (name !== undefined && /^(?:find|aggregate|cursor|stream|query|collection|eachAsync|select|where|from)$/.test(name)) return true;
    current = unwrap(member.object);
  }
  return false;
}
