import { isFunction, memberName, type Node, unwrap, wrapped } from '../ast/nodes.js';
import { type Unit, unitAround } from '../ast/tree.js';
import type { SourceFile } from '../express/file.js';
import { isMemoised } from '../express/memo.js';
import { importPathsOf } from './uses.js';

/** A place where a variable of the environment is read. */
export interface EnvironmentRead {
  /** `process.env.PORT`; where several are taken at once, `process.env`. */
  readonly node: Node;
  /** The names of the variables; `…` for one that is computed. */
  readonly names: readonly string[];
}

/** One cheap test on the text: whether a file can read the environment at all. */
export function mentionsEnvironment(text: string): boolean {
  return text.includes('env');
}

/** The reads of the environment, by the function or module that makes them. Writing and deleting a variable, handing all of them on, and what a function does once and keeps, are none. */
export function environmentReads(file: SourceFile): ReadonlyMap<Unit, readonly EnvironmentRead[]> {
  const found = new Map<Unit, EnvironmentRead[]>();
  for (const node of file.tree.members) {
    const names = namesRead(file, node);
    if (names.length === 0) continue;
    const unit = unitAround(file.tree, node);
    if (isFunction(unit.node) && isMemoised(file, unit.node)) continue;
    const reads = found.get(unit);
    if (reads) reads.push({ node, names });
    else found.set(unit, [{ node, names }]);
  }
  return found;
}

function namesRead(file: SourceFile, node: SourceFile['tree']['members'][number]): string[] {
  const object = unwrap(node.object);
  if (object.type === 'Identifier' || object.type === 'MemberExpression') {
    if (isEnvironment(file, object)) return isWritten(node) ? [] : [memberName(node) ?? '…'];
  }
  return memberName(node) === 'env' && isEnvironment(file, node) ? namesTaken(node) : [];
}

function isEnvironment(file: SourceFile, node: Node): boolean {
  const paths = importPathsOf(file.values, node);
  return paths.length > 0 && paths.every(({ module, path }) => module === 'process' && path.length === 1 && path[0] === 'env');
}

function isWritten(node: Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (parent?.type === 'AssignmentExpression') return parent.left === outer;
  return parent?.type === 'UpdateExpression' || (parent?.type === 'UnaryExpression' && parent.operator === 'delete');
}

/** `const { PORT, HOST = 'localhost' } = process.env`. What is left over (`...rest`) is no variable of its own. */
function namesTaken(node: Node): string[] {
  const outer = wrapped(node);
  const { parent } = outer;
  const pattern = parent?.type === 'VariableDeclarator' && parent.init === outer ? parent.id : parent?.type === 'AssignmentExpression' && parent.right === outer ? parent.left : undefined;
  if (pattern?.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((property) => (property.type === 'Property' ? [memberName(property) ?? '…'] : []));
}
