import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMember, calledName, contains, type FunctionNode, isFunction, memberName, type Node, staticString, unwrap } from '../ast/nodes.js';
import type { Value } from '../ast/values.js';
import type { SourceFile } from '../express/file.js';
import { isProcess, listenerMethods, processMember } from './process-calls.js';
import { type ProcessEnd, ProcessEnds } from './process-end.js';

/** What ends the process unless somebody listens. */
export type FatalEvent = 'uncaughtException' | 'unhandledRejection';

/** A place where a file takes an exception or a rejection that would have ended the process. */
export interface ExceptionListener {
  readonly node: CallNode;
  readonly event: FatalEvent;
  /** As a person would write it: `process.on('uncaughtException')`. */
  readonly name: string;
  /** Whether it hears only the first one. */
  readonly once: boolean;
  /** The literal that names the event, where it is one. */
  readonly eventNode: Node | undefined;
  /** The listener, where it is written in place. */
  readonly inline: FunctionNode | undefined;
  readonly end: ProcessEnd;
  /** Whether it sets `process.exitCode`, which ends nothing. */
  readonly setsExitCode: boolean;
}

/** A logger that catches exceptions and is told to go on after them. */
export interface CatchingLogger {
  readonly node: CallNode;
  /** The option that says so. */
  readonly option: Node;
}

const captureMethods = new Set(['setUncaughtExceptionCaptureCallback', 'addUncaughtExceptionCaptureCallback']);
const fatalEvents: ReadonlySet<string> = new Set<FatalEvent>(['uncaughtException', 'unhandledRejection']);
const mentions = /ncaughtException|unhandledRejection|exitOnError/;

/** One cheap test on the text: whether a file can take exceptions from Node at all. */
export function mentionsFatalEvents(text: string): boolean {
  return mentions.test(text);
}

/** Finds every listener for uncaught exceptions and unhandled rejections, in source order; one a call and event. */
export function exceptionListeners(file: SourceFile): ExceptionListener[] {
  const ends = new ProcessEnds(file);
  const parameters = new Parameters(file);
  const found = file.tree.calls.flatMap((call) => {
    const [first, second] = call.arguments;
    if (!first || call.type !== 'CallExpression') return [];
    const method = methodOfProcess(file, call);
    if (method === undefined) return [];
    if (captureMethods.has(method)) return captures(file, method, first) ? [listenerOf(ends, call, { method, event: 'uncaughtException', listeners: [first], eventNode: undefined })] : [];
    if (!listenerMethods.has(method) || !second) return [];
    const listeners = parameters.expressionsOf(second);
    return parameters.namesOf(first).map((event) =>
      listenerOf(ends, call, { method, event, listeners, eventNode: staticString(first) === undefined ? undefined : unwrap(first) }),
    );
  });
  const forRejections = found.find(({ event }) => event === 'unhandledRejection')?.end.ends;
  return forRejections === undefined ? found : found.map((listener) => withListenerForRejections(listener, forRejections));
}

/** Where the file listens for rejections as well, those of an async listener go there, and not around in a circle. */
function withListenerForRejections(listener: ExceptionListener, ends: ProcessEnd['ends']): ExceptionListener {
  if (listener.event === 'unhandledRejection' || !listener.end.rejects) return listener;
  const survives = ends === 'never' || ends === 'sometimes';
  return { ...listener, end: { ...listener.end, rejects: false, ends: survives ? listener.end.ends : 'unknown' } };
}

interface Found {
  readonly method: string;
  readonly event: FatalEvent;
  readonly listeners: readonly Node[];
  readonly eventNode: Node | undefined;
}

function listenerOf(ends: ProcessEnds, node: CallNode, { method, event, listeners, eventNode }: Found): ExceptionListener {
  const functions = listeners.flatMap((listener) => ends.file.values.functionsOf(listener));
  const inline = node.arguments.map(unwrap).find(isFunction);
  return {
    node,
    event,
    name: captureMethods.has(method) ? `process.${method}()` : `process.${method}('${event}')`,
    once: method === 'once' || method === 'prependOnceListener',
    eventNode,
    inline,
    end: merged(listeners.map((listener) => ends.of(listener))),
    setsExitCode: functions.some((fn) => ends.setsExitCode(fn)),
  };
}

function merged(all: readonly ProcessEnd[]): ProcessEnd {
  const kinds = new Set(all.map(({ ends }) => ends));
  const [only] = kinds;
  const ends = kinds.size === 1 && only ? only : kinds.has('unknown') || kinds.size === 0 ? 'unknown' : 'sometimes';
  return { ends, asSuccess: all.length > 0 && all.every(({ asSuccess }) => asSuccess), rejects: all.some(({ rejects }) => rejects) };
}

/** The method of `process` that a call calls; a member that is computed may be any of its literals. */
function methodOfProcess(file: SourceFile, call: CallNode): string | undefined {
  const member = calledMember(call);
  if (!member || memberName(member) !== undefined) return first(file.values.of(call.callee), processMember);
  if (!file.values.of(member.object).some(isProcess)) return undefined;
  return first(file.values.of(member.property), (value) => (value.kind === 'literal' ? staticString(value.node) : undefined));
}

function first<T>(values: readonly Value[], read: (value: Value) => T | undefined): T | undefined {
  for (const value of values) {
    const found = read(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a capture callback keeps the exception: the added ones only with `true`; and `null` takes one away. */
function captures(file: SourceFile, method: string, callback: Node): boolean {
  const functions = file.values.functionsOf(callback);
  if (method === 'setUncaughtExceptionCaptureCallback') return functions.length > 0 || isTelling(callback);
  return functions.some((fn) => file.values.returnsOf(fn).some((value) => value.kind === 'literal' && value.node.type === 'Literal' && value.node.value === true));
}

function isTelling(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'MemberExpression' && inner.object.type === 'Identifier' && inner.object.name === 'console';
}

/** Follows parameters to what the calls in the file, and the lists they are iterated over, give for them. */
class Parameters {
  #calls: Map<FunctionNode, CallNode[]> | undefined;

  constructor(private readonly file: SourceFile) {}

  /** The fatal events that `node` may name. */
  namesOf(node: Node): FatalEvent[] {
    const names = this.expressionsOf(node).flatMap((one) => this.file.values.of(one).map((value) => (value.kind === 'literal' ? staticString(value.node) : undefined)));
    return [...new Set(names)].filter(isFatal);
  }

  /** The expressions that a parameter stands for; anything else stands for itself. */
  expressionsOf(node: Node, depth = 0): Node[] {
    const given = this.file.values.of(node).flatMap((value) => (value.kind === 'param' && value.path.length === 0 ? this.#given(value.fn, value.index) : []));
    return given.length && depth < 4 ? given.flatMap((one) => this.expressionsOf(one, depth + 1)) : [node];
  }

  #given(fn: FunctionNode, index: number): Node[] {
    const called = this.#callsOf(fn).flatMap((call) => call.arguments[index] ?? []);
    const parent = fn.parent;
    if (index > 0 || parent.type !== 'CallExpression' || !contains(parent, fn)) return called;
    const member = calledMember(parent);
    if (!member || !/^(?:forEach|map)$/.test(memberName(member) ?? '')) return called;
    return called.concat(this.file.values.of(member.object).flatMap((value) => (value.kind === 'array' ? value.node.elements.flatMap((element) => element ?? []) : [])));
  }

  #callsOf(fn: FunctionNode): readonly CallNode[] {
    if (!this.#calls) {
      this.#calls = new Map();
      for (const call of this.file.tree.calls) {
        for (const callee of this.file.values.calleesOf(call)) this.#calls.set(callee, [...(this.#calls.get(callee) ?? []), call]);
      }
    }
    return this.#calls.get(fn) ?? [];
  }
}

function isFatal(name: string | undefined): name is FatalEvent {
  return name !== undefined && fatalEvents.has(name);
}

/** Finds winston loggers that handle exceptions and do not exit on them. Run with winston 2 and 3: `handleExceptions` counts on a transport only. */
export function catchingLoggers(file: SourceFile): CatchingLogger[] {
  return file.tree.calls.flatMap((node) => {
    const [options] = node.arguments;
    if (!options || !isWinston(file, node)) return [];
    return file.values.of(options).flatMap((value) => {
      if (value.kind !== 'object') return [];
      const option = optionOf(value.node, 'exitOnError');
      return option && isLiteral(option.value, false) && (handlesExceptions(file, value.node) || isToldToHandle(file, node)) ? [{ node, option }] : [];
    });
  });
}

/** `winston.createLogger()`, `new winston.Logger()`, `winston.configure()`. */
function isWinston(file: SourceFile, call: CallNode): boolean {
  return file.values.of(call.callee).some((value) => {
    if (value.kind !== 'import' || value.module !== 'winston') return false;
    const name = value.path.at(-1) ?? calledName(call);
    return call.type === 'NewExpression' ? name === 'Logger' : name === 'createLogger' || name === 'configure';
  });
}

function handlesExceptions(file: SourceFile, options: TSESTree.ObjectExpression): boolean {
  const handlers = optionOf(options, 'exceptionHandlers');
  if (handlers && elementsOf(file, handlers.value).some((element) => element.type !== 'SpreadElement')) return true;
  const transports = optionOf(options, 'transports');
  return transports !== undefined && elementsOf(file, transports.value).some((transport) => transportHandles(file, transport));
}

/** `logger.exceptions.handle(transport)`, and `logger.handleExceptions()` of older versions. */
function isToldToHandle(file: SourceFile, logger: CallNode): boolean {
  return file.tree.calls.some((call) => {
    const member = calledMember(call);
    const method = member && memberName(member);
    if (!member || (method !== 'handle' && method !== 'handleExceptions')) return false;
    const object = unwrap(member.object);
    const owner = method === 'handle' && object.type === 'MemberExpression' && memberName(object) === 'exceptions' ? object.object : object;
    return file.values.of(owner).some((value) => (value.kind === 'call' || value.kind === 'instance') && value.node === logger);
  });
}

function transportHandles(file: SourceFile, transport: Node): boolean {
  return file.values.of(transport).some((value) => {
    if (value.kind !== 'instance' || value.node.type !== 'NewExpression') return false;
    return value.node.arguments.some((arg) => file.values.of(arg).some((options) => options.kind === 'object' && isLiteral(optionOf(options.node, 'handleExceptions')?.value, true)));
  });
}

function elementsOf(file: SourceFile, node: Node): Node[] {
  return file.values.of(node).flatMap((value) => (value.kind === 'array' ? value.node.elements.flatMap((element) => element ?? []) : value.kind === 'instance' ? [node] : []));
}

function optionOf(options: TSESTree.ObjectExpression, name: string): TSESTree.Property | undefined {
  return options.properties.find((property): property is TSESTree.Property => property.type === 'Property' && memberName(property) === name);
}

function isLiteral(node: Node | undefined, value: boolean): boolean {
  const inner = node && unwrap(node);
  return inner?.type === 'Literal' && inner.value === value;
}
