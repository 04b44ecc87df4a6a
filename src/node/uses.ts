import { type CallNode, calledMember, memberName, type Node, unwrap } from '../ast/nodes.js';
import type { Unit } from '../ast/tree.js';
import type { Values } from '../ast/values.js';
import { canonical, type ImportPath } from './modules.js';
import { importPathOf } from './paths.js';

/** A place where a function runs, or is handed to something that runs it. */
export interface Use {
  /** What a message is about: the whole call, or the function that is handed over. */
  readonly node: Node;
  /** The call that runs it or takes it. */
  readonly call: CallNode;
  /** `applied`: through `.call()` or `.apply()`, so the arguments are not those of the function. */
  readonly how: 'called' | 'applied' | 'handed';
  /** The expression that stands for the function. */
  readonly callee: Node;
}

/** Takes a function without running it. */
const keeps = /^(?:bind|promisify|callbackify|promisifyAll)$/;

/** The functions that a unit runs itself: calls, constructions, and callbacks that it hands over by name. */
export function* usesIn(unit: Unit): Iterable<Use> {
  for (const call of unit.calls) {
    const member = calledMember(call);
    const method = member && memberName(member);
    if (member && (method === 'call' || method === 'apply')) yield { node: call, call, how: 'applied', callee: unwrap(member.object) };
    yield { node: call, call, how: 'called', callee: unwrap(call.callee) };
    const name = method ?? (call.callee.type === 'Identifier' ? call.callee.name : '');
    if (keeps.test(name)) continue;
    for (const arg of call.arguments) {
      const inner = unwrap(arg);
      if (inner.type === 'Identifier' || inner.type === 'MemberExpression' || isBind(inner)) yield { node: arg, call, how: 'handed', callee: inner };
    }
  }
}

function isBind(node: Node): boolean {
  const member = node.type === 'CallExpression' ? calledMember(node) : undefined;
  return member !== undefined && memberName(member) === 'bind';
}

/** The import paths that an expression surely stands for, in the tables' spelling; empty where it may be anything else. */
export function importPathsOf(values: Values, node: Node): readonly ImportPath[] {
  const found: ImportPath[] = [];
  for (const value of values.of(node)) {
    const path = importPathOf(value);
    if (!path) return [];
    found.push(canonical(path.module, path.path));
  }
  return found;
}
