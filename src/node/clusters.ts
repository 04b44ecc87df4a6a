import { type CallNode, calledMember, isFunction, memberName, type Node, staticString, unwrap, wrapped } from '../ast/nodes.js';
import type { Unit } from '../ast/tree.js';
import type { Value } from '../ast/values.js';
import type { SourceFile } from '../express/file.js';
import { isProjectModule, originOf } from '../express/imports.js';
import { CallGraph } from '../express/reach.js';
import { consoleUses } from './console.js';
import { isProcess, listenerMethods, processMember } from './process-calls.js';
import { usesIn } from './uses.js';

/** A listener for the end of a worker. */
export interface ExitListener {
  readonly call: CallNode;
  /** The function, where it is written in place. */
  readonly inline: Node | undefined;
  /** Whether it forks another worker; where it ends the primary process, a process manager does that. */
  readonly forks: boolean;
  readonly logs: boolean;
}

/** The workers that a file forks with Node's `cluster`, and who hears of their end. */
export interface Workers {
  /** Where the first ones are forked, in source order; never empty. */
  readonly forks: readonly CallNode[];
  readonly listeners: readonly ExitListener[];
}

/** One cheap test on the text: whether a file can fork workers at all. */
export function mentionsCluster(text: string): boolean {
  return /['"`](?:node:)?cluster['"`]/.test(text) && text.includes('fork');
}

/** What a file does about the workers that it forks; undefined where it forks none, or where another file may care for them. */
export function workersOf(file: SourceFile): Workers | undefined {
  const units = [...file.tree.units.values()];
  const forking = new Set(units.filter((unit) => forksIn(file, unit).length > 0));
  if (forking.size === 0 || escapes(file)) return undefined;
  const graph = new CallGraph(file);
  const found: ExitListener[] = [];
  const respawning = new Set<Unit>();
  for (const call of file.tree.calls) {
    const listener = listenerIn(file, call);
    if (!listener) continue;
    const functions = file.values.functionsOf(listener);
    if (functions.length === 0) return undefined;
    const reached = reachedFrom(graph, functions.flatMap((fn) => file.tree.units.get(fn) ?? []));
    const forks = reached.some((unit) => forking.has(unit) || mayDoElsewhere(file, unit));
    for (const unit of reached) respawning.add(unit);
    found.push({ call, inline: isFunction(listener) ? listener : undefined, forks, logs: reached.some((unit) => logs(file, unit)) });
  }
  // A function that forks the first workers may fork the later ones too.
  const started = [...forking].filter((unit) => !respawning.has(unit) || isCalled(file, unit, respawning)).flatMap((unit) => forksIn(file, unit));
  return started.length > 0 ? { forks: started.sort((a, b) => a.range[0] - b.range[0]), listeners: found } : undefined;
}

function isCluster(value: Value): boolean {
  return value.kind === 'import' && value.module === 'cluster' && value.path.length === 0;
}

function isFork(value: Value): boolean {
  return value.kind === 'import' && value.module === 'cluster' && value.path.join('.') === 'fork';
}

function forksIn(file: SourceFile, unit: Unit): CallNode[] {
  return [...usesIn(unit)].filter(({ callee }) => file.values.of(callee).some(isFork)).map(({ call }) => call);
}

/** The listener that a call adds for the end of a worker: on `cluster`, on a worker, or on what may be one. */
function listenerIn(file: SourceFile, call: CallNode): Node | undefined {
  const member = calledMember(call);
  const [event, listener] = call.arguments;
  if (!member || !event || !listener || !listenerMethods.has(memberName(member) ?? '')) return undefined;
  const name = staticString(event);
  if (name !== undefined && name !== 'exit' && name !== 'disconnect') return undefined;
  return file.values.of(member.object).some((value) => !isProcess(value) && isOfCluster(value)) ? listener : undefined;
}

function isOfCluster(value: Value): boolean {
  const origin = originOf(value);
  if (origin) return origin.module === 'cluster';
  return value.kind === 'param' || value.kind === 'unknown' || value.kind === 'member';
}

/** Whether `cluster`, or a worker, is given to code that cannot be looked into. */
function escapes(file: SourceFile): boolean {
  const handedOver = file.tree.calls.some((call) => {
    const outside = file.values.of(call.callee).some((value) => value.kind !== 'function' && !isOfPackage(value));
    return outside && call.arguments.some((arg) => file.values.of(arg).some((value) => isCluster(value) || (value.kind === 'call' && isFork(value.callee))));
  });
  return handedOver || file.scopes.topLevel.some((variable) => file.values.ofVariable(variable).some(isCluster) && variable.references.some(({ identifier }) => isExported(identifier)));
}

function isOfPackage(value: Value): boolean {
  if (value.kind === 'global') return true;
  // `workers.push(worker)`
  if (value.kind === 'member') return /^(?:push|add|set|unshift)$/.test(value.name ?? '');
  const origin = originOf(value);
  return origin !== undefined && !isProjectModule(origin.module);
}

function isExported(identifier: Node): boolean {
  const { parent } = wrapped(identifier);
  return parent?.type === 'ExportSpecifier' || parent?.type === 'ExportDefaultDeclaration' || parent?.type === 'AssignmentExpression' || parent?.type === 'Property';
}

function reachedFrom(graph: CallGraph, start: readonly Unit[]): Unit[] {
  const found = [...start];
  const seen = new Set(found);
  // The list grows while it is walked.
  for (const unit of found) {
    for (const next of graph.from(unit)) {
      if (seen.has(next.unit)) continue;
      seen.add(next.unit);
      found.push(next.unit);
    }
  }
  return found;
}

/** Whether what a listener does besides may fork a worker, or end the process so that all are started anew. */
function mayDoElsewhere(file: SourceFile, unit: Unit): boolean {
  return [...usesIn(unit)].some(({ callee, call, how }) => {
    // `logger.error(worker.id)` runs nothing but the logger.
    if (isTelling(unwrap(call.callee))) return false;
    return file.values.of(callee).some((value) => {
      if (/^(?:exit|abort|kill|emit)$/.test(processMember(value) ?? '')) return true;
      const origin = originOf(value);
      if (origin) return origin.module === 'cluster' ? origin.path.length > 0 && !/^(?:on|once)$/.test(origin.path.at(-1) ?? '') : isProjectModule(origin.module);
      return how !== 'handed' && (value.kind === 'unknown' || (value.kind === 'param' && value.path.length === 0));
    });
  });
}

/** Whether some other code than `units` calls a function. */
function isCalled(file: SourceFile, unit: Unit, units: ReadonlySet<Unit>): boolean {
  const { node } = unit;
  if (!isFunction(node)) return true;
  return [...file.tree.units.values()].some((other) => !units.has(other) && other.calls.some((call) => file.values.calleesOf(call).includes(node)));
}

function logs(file: SourceFile, unit: Unit): boolean {
  return !consoleUses(file.values, unit)[Symbol.iterator]().next().done || [...usesIn(unit)].some(({ callee }) => isTelling(callee));
}

const telling = /^(?:log|error|warn|warning|info|debug|notice|fatal|verbose|trace|write|print|report|notify|capture|alert|send)|log$|logger$/i;

function isTelling(callee: Node): boolean {
  const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : undefined;
  return name !== undefined && telling.test(name);
}
