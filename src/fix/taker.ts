import { type FunctionNode, isFunction, type Node, paramName, parametersOf } from '../ast/nodes.js';
import type { ExpressModel } from '../express/model.js';
import { type NextName, nextAt } from './next.js';

/**
 * Who takes the error of a callback, as it can be named in it: the `reject` of the promise that is made around it, the callback that a function around it
 * was given, or the `next` of the handler.
 * @returns undefined where nobody does, or the nearest one cannot be named there
 */
export function takerAt(express: ExpressModel, callback: FunctionNode): NextName | undefined {
  const found = takerAround(express, callback);
  return found && !isShadowed(express, found, callback) ? found : undefined;
}

function takerAround(express: ExpressModel, node: Node): NextName | undefined {
  for (let current = node.parent; current; current = current.parent) {
    if (!isFunction(current)) continue;
    if (express.handlerOf(current)) return nextAt(express, node);
    const name = takerOf(express, current);
    if (name === 'none') return undefined;
    if (name !== undefined) return express.file.scopes.variableInScope(node, name)?.defs[0]?.node === current ? { name, declare: () => [] } : undefined;
  }
  return undefined;
}

function takerOf(express: ExpressModel, fn: FunctionNode): string | undefined {
  const params = parametersOf(fn);
  const made = fn.parent;
  if (made.type === 'NewExpression' && made.arguments[0] === fn && express.rejections.promises.isPromiseClass(made.callee)) return paramName(params[1]) ?? 'none';
  const last = params.at(-1);
  const name = last?.type === 'Identifier' ? last.name : undefined;
  if (name !== undefined && /^(?:cb|callback|done|next)$/.test(name)) return name;
  // What is awaited has nobody to call.
  return fn.async ? 'none' : undefined;
}

function isShadowed(express: ExpressModel, { name }: NextName, callback: FunctionNode): boolean {
  const inside = express.file.scopes.variableInScope(callback.body, name);
  const outside = express.file.scopes.variableInScope(callback.parent, name);
  return inside !== outside;
}
