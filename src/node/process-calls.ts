import { type CallNode, calledMember, calledMethod, memberName, type Node, staticString, unwrap } from '../ast/nodes.js';
import type { Value } from '../ast/values.js';
import type { SourceFile } from '../express/file.js';
import { isProjectModule, originOf } from '../express/imports.js';

/** Methods of `process`, as of every emitter, that add a listener; they return `process` again. */
export const listenerMethods: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

/** Whether a value is Node's `process`, under whatever name. */
export function isProcess(value: Value): boolean {
  if (value.kind === 'global') return value.path.length === 1 && value.path[0] === 'process';
  if (value.kind === 'import') return value.module === 'process' && value.path.length === 0;
  return value.kind === 'call' && listenerMethods.has(processMember(value.callee) ?? '');
}

/** The member of `process` that a value is: `exit` for `process.exit`; undefined for anything else. */
export function processMember(value: Value): string | undefined {
  switch (value.kind) {
    case 'global':
      return value.path.length === 2 && value.path[0] === 'process' ? value.path[1] : undefined;
    case 'import':
      return value.module === 'process' && value.path.length === 1 ? value.path[0] : undefined;
    case 'member':
      return isProcess(value.object) ? value.name : undefined;
    default:
      return undefined;
  }
}

/** Whether the name `process` means Node's where `node` stands. */
export function namesProcess(file: SourceFile, node: Node): boolean {
  const variable = file.scopes.variableInScope(node, 'process');
  return !variable || variable.defs.length === 0 || file.values.ofVariable(variable).every(isProcess);
}

const levels = /^(?:log|error|warn|warning|info|debug|trace|verbose|silly|notice|crit|critical|alert|emerg|fatal|http|print|write|emit|inc)$/;
const tellingVerbs = /^(?:log|print|write|capture|report|notify|track|record|send|mail|alert|emit|flush|increment|format|stringify|inspect|serialize|parse|save|store|to|get|is|has|create|make|build|set|add|push)(?![a-z])/;
const endingNames = /exit|shut_?down|terminat|kill|^die|abort|quit|crash|^bail|panic|graceful|teardown|restart|halt|^stop|destroy|fatal/i;
const handlingNames = /handle|callback|^cb$|hook|listener|dispatch|^run|^exec/i;

/** Whether a function of this name only tells somebody something, or looks something up: no such function ends a process. */
function tells(name: string, isMethod: boolean): boolean {
  return tellingVerbs.test(name) || /Log(?:ger)?$/.test(name) || (isMethod ? levels.test(name) : /^(?:log|debug|warn|print|logger)$/.test(name));
}

/** Whether a call that cannot be looked into may end the process. Packages and globals do so only under a name that says it. */
export function mayEndProcess(file: SourceFile, call: CallNode): boolean {
  if (call.type === 'NewExpression') return false;
  // `lifecycle.emit('shutdown')`: somebody listens.
  if (/^(?:emit|send|publish)$/.test(calledMethod(call) ?? '') && endingNames.test(staticString(call.arguments[0]) ?? '')) return true;
  return file.values.of(call.callee).some((value) => mayEnd(value, unwrap(call.callee)));
}

/** Whether a function that cannot be looked into, handed over under the name `node`, may end the process when it is called. */
export function handlerMayEnd(file: SourceFile, node: Node): boolean {
  return file.values.of(node).some((value) => mayEnd(value, unwrap(node)));
}

function mayEnd(value: Value, named: Node): boolean {
  const isMethod = named.type === 'MemberExpression';
  const name = isMethod ? memberName(named) : named.type === 'Identifier' ? named.name : undefined;
  const member = processMember(value);
  // `process.emit('SIGTERM')` runs the listeners of that signal.
  if (member !== undefined) return member === 'emit';
  if (name !== undefined && tells(name, isMethod)) return false;
  const origin = originOf(value);
  if (origin) return isProjectModule(origin.module) || endingNames.test(name ?? '') || (origin.module === 'cluster' && name === 'disconnect');
  if (value.kind === 'global') return value.path[0] !== 'console' && endingNames.test(name ?? '');
  if (value.kind === 'literal' || value.kind === 'object' || value.kind === 'array') return false;
  return isMethod ? name === undefined || endingNames.test(name) || handlingNames.test(name) : true;
}

/** Whether `node` is a function that only logs, by its name: `console.error`, `logger.error.bind(logger)`. */
export function isTellingMethod(node: Node): boolean {
  let inner = unwrap(node);
  if (inner.type === 'CallExpression') {
    const member = calledMember(inner);
    if (!member || memberName(member) !== 'bind') return false;
    inner = unwrap(member.object);
  }
  return inner.type === 'MemberExpression' && tells(memberName(inner) ?? '', true);
}
