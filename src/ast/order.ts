import { contains, isFunction, type Node } from './nodes.js';

/**
 * Whether `later` may run after `earlier`, which stands before it in the same function: they are in no different branches,
 * and nothing surely leaves in between.
 */
export function leadsTo(earlier: Node, later: Node): boolean {
  for (let child = earlier, parent = earlier.parent; parent; child = parent, parent = parent.parent) {
    if (contains(parent, later)) {
      const branches = parent.type === 'IfStatement' || parent.type === 'ConditionalExpression' ? [parent.consequent, parent.alternate] : parent.type === 'TryStatement' ? [parent.block, parent.handler] : [];
      return !(branches.some((branch) => branch && contains(branch, child)) && branches.some((branch) => branch && contains(branch, later)));
    }
    if (isFunction(parent)) return false;
    const body: readonly Node[] = parent.type === 'BlockStatement' ? parent.body : parent.type === 'SwitchCase' ? parent.consequent : [];
    if (/^(?:Return|Throw|Break|Continue)Statement$/.test(body.at(-1)?.type ?? '') || /^(?:Return|Throw)Statement$/.test(child.type)) return false;
  }
  return true;
}
