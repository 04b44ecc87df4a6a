import { contains, type FunctionNode, type Node, unwrap } from '../ast/nodes.js';
import { memberPath } from './apps.js';
import type { SourceFile } from './file.js';

/** How far down a function looks whether it has its result already. */
const mostStatements = 3;

/**
 * Whether a function does its work once and keeps the result: `if (config) return config;` at its start, with a `config` of
 * the module or of `this` that it sets itself. What it does is not done for each request.
 */
export function isMemoised(file: SourceFile, fn: FunctionNode): boolean {
  if (fn.body.type !== 'BlockStatement') return false;
  return fn.body.body.slice(0, mostStatements).some((statement) => {
    if (statement.type !== 'IfStatement') return false;
    const { consequent } = statement;
    const [first] = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
    return first?.type === 'ReturnStatement' && isKept(file, fn, tested(statement.test));
  });
}

/** What a condition asks for: `x` in `x !== null`. */
function tested(test: Node): Node {
  const inner = unwrap(test);
  return inner.type === 'BinaryExpression' && inner.left.type !== 'PrivateIdentifier' ? unwrap(inner.left) : inner;
}

function isKept({ scopes, tree }: SourceFile, fn: FunctionNode, kept: Node): boolean {
  if (kept.type === 'Identifier') {
    const variable = scopes.variableAt(kept);
    const outside = variable?.defs.every((def) => !contains(fn, def.name)) ?? false;
    return outside && (variable?.references.some((reference) => reference.isWrite() && contains(fn, reference.identifier)) ?? false);
  }
  const path = kept.type === 'MemberExpression' ? memberPath(kept) : undefined;
  return path !== undefined && tree.memberWrites.some((write) => contains(fn, write) && memberPath(write.left) === path);
}
