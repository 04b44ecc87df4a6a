import type { TSESLint } from '@typescript-eslint/utils';

import { type FunctionNode, type Node, paramName, parametersOf } from '../ast/nodes.js';
import type { ExpressModel } from '../express/model.js';

/** A name by which code can hand an error on, and the edit that makes it exist. */
export interface NextName {
  readonly name: string;
  /** Adds the parameter; nothing when it is there already. */
  readonly declare: (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[];
}

/**
 * The `next` that code at `node` can call, through the closure of the handler around it.
 * A parameter is added to a handler written as `(req, res)` only: where it is registered inline, where nothing else calls
 * it, and where the name is free on the whole way, so that the function keeps its meaning.
 * @returns undefined when there is none and none can be added safely
 */
export function nextAt(express: ExpressModel, node: Node): NextName | undefined {
  const handler = express.handlerAround(node);
  if (!handler || handler.kind === 'callback') return undefined;
  const { fn } = handler;
  const params = parametersOf(fn);
  const index = handler.bound + (handler.kind === 'error' ? 3 : 2);
  const param = params[index];
  if (param) {
    const name = paramName(param);
    if (name === undefined || param.type !== 'Identifier' || isShadowed(express, name, node, fn)) return undefined;
    return { name, declare: () => [] };
  }
  if (handler.kind !== 'request' || index !== params.length || handler.bound > 0 || handler.uses.length === 0) return undefined;
  if (fn.params.some((one) => one.type !== 'Identifier' && one.type !== 'ObjectPattern')) return undefined;
  // A function with a name may be called by others with other arguments.
  if (!isInline(fn) || usesArguments(express, fn) || isTaken(express, 'next', node)) return undefined;
  const last = params.at(-1);
  if (!last || handler.uses.some((use) => use.registration.method === 'param')) return undefined;
  return { name: 'next', declare: (fixer) => [fixer.insertTextAfter(last, ', next')] };
}

/** Whether the function is an argument, not something with a name. */
function isInline(fn: FunctionNode): boolean {
  return fn.type !== 'FunctionDeclaration' && !fn.id && (fn.parent).type === 'CallExpression';
}

function usesArguments(express: ExpressModel, fn: FunctionNode): boolean {
  return express.file.tree.calls.some((call) => call.arguments.some((arg) => arg.type === 'Identifier' && arg.name === 'arguments' && arg.range[0] > fn.range[0] && arg.range[1] < fn.range[1]));
}

/** Whether a function between `node` and the handler declares the same name again. */
function isShadowed(express: ExpressModel, name: string, node: Node, handler: FunctionNode): boolean {
  const variable = express.file.scopes.variableInScope(node, name);
  return variable?.defs[0]?.node !== handler;
}

/** Whether a name already means something at `node`. */
function isTaken(express: ExpressModel, name: string, node: Node): boolean {
  const variable = express.file.scopes.variableInScope(node, name);
  return variable !== undefined && variable.defs.length > 0;
}

/** Whether anything between two positions is a comment that an edit would lose. */
export function hasComments(sourceCode: Readonly<TSESLint.SourceCode>, start: number, end: number): boolean {
  return sourceCode.getAllComments().some((comment) => comment.range[0] < end && comment.range[1] > start);
}

