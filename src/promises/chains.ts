import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMember, type FunctionNode, memberName, type Node, parentOf, unwrap, wrapped } from '../ast/nodes.js';
import type { Unit } from '../ast/tree.js';

interface Link {
  readonly call: TSESTree.CallExpression;
  readonly method: 'then' | 'catch' | 'finally';
  readonly base: Node;
}

/** The link of a promise chain that `node` is: `p.then(…)`, `p.catch(…)`, `p.finally(…)`. */
export function chainLink(node: Node): Link | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const member = calledMember(node);
  const method = member && memberName(member);
  if (!member || (method !== 'then' && method !== 'catch' && method !== 'finally')) return undefined;
  return { call: node, method, base: member.object };
}

/** Whether `node` is a call or a construction. */
export function isCallLike(node: Node): node is CallNode {
  return node.type === 'CallExpression' || node.type === 'NewExpression';
}

/** Where a promise comes from: `load()` in `load().then(a).catch(b)`. */
export function baseOf(call: Node): Node {
  let current = unwrap(call);
  for (let link = chainLink(current); link; link = chainLink(current)) current = unwrap(link.base);
  return current;
}

/** The innermost link of the chain that ends in `start`. */
export function firstLink(start: Node): Node | undefined {
  let current = unwrap(start);
  let first: Node | undefined;
  for (let link = chainLink(current); link; link = chainLink(current)) {
    first = current;
    current = unwrap(link.base);
    if (isCallLike(current) && !chainLink(current)) break;
  }
  return first;
}

/** `fn(…)`, `fn.call(…)` or `fn.apply(…)`, given the name `fn`. */
export function callThrough(identifier: Node): TSESTree.CallExpression | undefined {
  const outer = wrapped(identifier);
  const parent = parentOf(outer);
  if (parent.type === 'CallExpression' && parent.callee === outer) return parent;
  if (parent.type === 'MemberExpression' && parent.object === outer && /^(?:call|apply)$/.test(memberName(parent) ?? '')) {
    const call = parentOf(wrapped(parent));
    return call.type === 'CallExpression' && unwrap(call.callee) === parent ? call : undefined;
  }
  return undefined;
}

/** What a function returns: the arguments of its `return` statements, or the body of an arrow function. */
export function returned(fn: FunctionNode, unit: Unit): Node[] {
  if (fn.body.type !== 'BlockStatement') return [fn.body];
  return unit.returns.flatMap((statement) => statement.argument ?? []);
}

/** The expressions whose value `node` may have: both sides of a condition. */
export function leaves(node: Node): Node[] {
  const inner = unwrap(node);
  if (inner.type === 'ConditionalExpression') return [...leaves(inner.consequent), ...leaves(inner.alternate)];
  if (inner.type === 'LogicalExpression') return [...leaves(inner.left), ...leaves(inner.right)];
  if (inner.type === 'SequenceExpression') return leaves(inner.expressions.at(-1) ?? inner);
  return [inner];
}
