import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMember, contains, functionLength, type FunctionNode, isFunction, memberName, type Node, paramName, parametersOf, unwrap } from '../ast/nodes.js';
import { unitsWithin } from '../ast/tree.js';
import { referenceOf } from './elsewhere.js';
import { importKey } from './imports.js';
import type { ExpressModel } from './model.js';
import { plainWrappers } from './vocabulary.js';

/** A call of a function that does nothing for a handler but hand its rejections on, which Express 5 does by itself. */
export interface RedundantWrapper {
  readonly call: TSESTree.CallExpression;
  /** Whether it is registered in place, so that nobody but Express gets hold of what the wrapper returns. */
  readonly isRegistered: boolean;
}

/**
 * Finds the wrappers that Express 5 makes superfluous; none where another Express, or none that is known, runs the file.
 * @param names more functions that do nothing else
 */
export function redundantWrappers(express: ExpressModel, names: ReadonlySet<string>): RedundantWrapper[] {
  const { file } = express;
  if (file.major !== 5 || !express.isServed) return [];
  const registered = new Map<Node, boolean>();
  for (const { handlers, receiver } of express.registrations) for (const handler of handlers) registered.set(unwrap(handler), receiver.raw);
  return file.tree.calls.flatMap((call): RedundantWrapper[] => {
    if (call.type !== 'CallExpression' || call.arguments.length !== 1 || !mayTake(express, call)) return [];
    const raw = registered.get(call);
    const isPlain = isPlainPackage(express, call, names) || (raw === true && isPlainFunction(express, call));
    return isPlain && raw !== false ? [{ call, isRegistered: raw === true }] : [];
  });
}

/** Whether the argument may be a handler, and is no error middleware: what a wrapper does to that is another matter. */
function mayTake(express: ExpressModel, { arguments: [handler] }: TSESTree.CallExpression): boolean {
  if (!handler || handler.type === 'SpreadElement') return false;
  const inner = unwrap(handler);
  if (!isFunction(inner) && inner.type !== 'Identifier' && inner.type !== 'MemberExpression' && inner.type !== 'CallExpression') return false;
  return express.file.values.of(inner).every((value) => {
    if (value.kind === 'function') return functionLength(value.node) - value.bound !== 4 && !value.node.generator;
    const reference = referenceOf(value, express.file.values);
    return !reference || express.file.elsewhere.shapeOf(reference)?.length !== 4;
  });
}

function isPlainPackage(express: ExpressModel, call: TSESTree.CallExpression, names: ReadonlySet<string>): boolean {
  const callee = unwrap(call.callee);
  const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : undefined;
  if (name !== undefined && names.has(name)) return true;
  const origin = express.file.values.importOf(callee);
  return origin !== undefined && plainWrappers.has(importKey(origin));
}

function isPlainFunction(express: ExpressModel, call: TSESTree.CallExpression): boolean {
  const { values, elsewhere } = express.file;
  return values.of(call.callee).every((value) => {
    if (value.kind === 'function') return onlyForwards(express, value.node);
    const reference = referenceOf(value, values);
    return reference !== undefined && elsewhere.onlyForwards(reference);
  });
}

/**
 * Whether a function returns one that calls the first parameter, hands its rejections to `next`, and does nothing else: no
 * other call, no `throw`, nothing written.
 */
export function onlyForwards(express: ExpressModel, wrapper: FunctionNode): boolean {
  const { tree, values, scopes } = express.file;
  const [handler, ...others] = parametersOf(wrapper);
  const [made, ...more] = values.returnsOf(wrapper);
  const unit = tree.units.get(wrapper);
  if (!unit || handler?.type !== 'Identifier' || others.length > 0 || made?.kind !== 'function' || more.length > 0 || !contains(wrapper, made.node)) return false;
  if (express.rejections.ofParameter(wrapper, 0) !== 'forwards') return false;
  const variable = scopes.variableAt(handler);
  const isHandler = (node: Node): boolean => {
    const inner = unwrap(node);
    return inner.type === 'Identifier' && scopes.variableAt(inner) === variable;
  };
  const isAllowed = (call: CallNode): boolean => {
    if (isHandler(call.callee)) return true;
    if (express.answers.roleOf(call.callee) === 'next') return call.arguments.length === 1 && isCaught(call.arguments[0]);
    const member = calledMember(call);
    const name = member && memberName(member);
    if (name === 'call' || name === 'apply') return member !== undefined && isHandler(member.object);
    if (name === 'at' || name === 'slice' || name === 'pop') return true;
    return name === 'catch' || name === 'then' || (name === 'resolve' && values.globalOf(call.callee)?.join('.') === 'Promise.resolve');
  };
  /** `next(err)` with what a `catch` was given, and nothing made of it. */
  const isCaught = (argument: Node | undefined): boolean => {
    const inner = argument && unwrap(argument);
    const definition = inner?.type === 'Identifier' ? scopes.variableAt(inner)?.defs[0] : undefined;
    return definition?.type === 'CatchClause' || definition?.type === 'Parameter';
  };
  const units = unitsWithin(unit);
  if (units.some(({ throws }) => throws.length > 0) || unit.calls.length > 0) return false;
  if (tree.memberWrites.some((write) => contains(wrapper, write))) return false;
  return units.every(({ calls }) => calls.every(isAllowed)) && parametersOf(made.node).every((param) => param.type === 'RestElement' || paramName(param) !== undefined);
}
