import { type CallNode, calledMember, contains, isFunction, memberName, type Node, unwrap, wrapped } from '../ast/nodes.js';
import type { Unit } from '../ast/tree.js';
import type { SourceFile } from '../express/file.js';
import { isMemoised } from '../express/memo.js';
import { importPathsOf } from './uses.js';

/** A thread or process that a function starts anew each time it runs. */
export interface WorkerStart {
  readonly node: CallNode;
  readonly kind: 'thread' | 'process';
}

/** The threads and Node processes that a unit starts and does not keep: neither in a variable outside of it, nor in a collection. */
export function workerStarts(file: SourceFile, unit: Unit): WorkerStart[] {
  if (isFunction(unit.node) && isMemoised(file, unit.node)) return [];
  return unit.calls.flatMap((node): WorkerStart[] => {
    const kind = kindOf(file, node);
    return kind && !isKept(file, unit, node) ? [{ node, kind }] : [];
  });
}

function kindOf(file: SourceFile, node: CallNode): WorkerStart['kind'] | undefined {
  const paths = importPathsOf(file.values, node.callee);
  const is = (module: string, member: string): boolean => paths.length > 0 && paths.every((path) => path.module === module && path.path.join('.') === member);
  if (node.type === 'NewExpression') return is('worker_threads', 'Worker') ? 'thread' : undefined;
  return is('child_process', 'fork') ? 'process' : undefined;
}

/** `worker ??= new Worker(…)`, `this.worker = …`, `pool.push(new Worker(…))`, also by way of a variable: there for the next request too. */
function isKept(file: SourceFile, unit: Unit, node: Node, depth = 0): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  switch (parent?.type) {
    case 'AssignmentExpression':
      return parent.right === outer && (unwrap(parent.left).type === 'MemberExpression' || !isLocal(file, unit, unwrap(parent.left)) || isKept(file, unit, parent, depth));
    case 'LogicalExpression':
    case 'ConditionalExpression':
    case 'AwaitExpression':
      return isKept(file, unit, parent, depth);
    case 'CallExpression': {
      const member = parent.callee === outer ? undefined : calledMember(parent);
      return member !== undefined && /^(?:push|add|set|unshift)$/.test(memberName(member) ?? '');
    }
    case 'VariableDeclarator': {
      if (parent.id.type !== 'Identifier' || depth > 2) return true;
      return file.scopes.variableAt(parent.id)?.references.some((reference) => reference.isRead() && isKept(file, unit, reference.identifier, depth + 1)) ?? false;
    }
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
    case 'Property':
      // Whoever gets it may keep it.
      return true;
    default:
      return false;
  }
}

function isLocal(file: SourceFile, unit: Unit, target: Node): boolean {
  const variable = target.type === 'Identifier' ? file.scopes.variableAt(target) : undefined;
  return variable?.defs.every((def) => contains(unit.node, def.name)) ?? false;
}
