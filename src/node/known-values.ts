import type { TSESTree } from '@typescript-eslint/utils';

import { calledMethod, type FunctionNode, memberName, type Node, paramPattern, parametersOf, staticString, unwrap } from '../ast/nodes.js';
import type { Variable } from '../ast/scope.js';
import type { SourceFile } from '../express/file.js';
import { importPathOf } from './paths.js';

/** What a call hands over: an expression of the caller, something that is truthy for sure, or nobody knows. */
export type Argument = Node | 'truthy' | 'unknown';

/** One call of a function of the file. */
export interface Frame {
  readonly fn: FunctionNode;
  /** Undefined when nothing is known about the call; a list says everything, so that what is missing is `undefined`. */
  readonly args: readonly Argument[] | undefined;
  /** The call in which the arguments are written. */
  readonly outer: Frame | undefined;
}

/** A value that is known; an object stands for every truthy value. */
export interface Known {
  readonly value: unknown;
}

const truthy: Known = { value: {} };
const production: Known = { value: 'production' };
const mostDepth = 20;

/**
 * The value of an expression, given the arguments of the call it runs in: literals, constants, parameters, options in an
 * object, comparisons, and what `NODE_ENV` is in production.
 * @returns undefined when it depends on anything else
 */
export function knownValue(file: SourceFile, node: Node, frame: Frame | undefined, depth = 0): Known | undefined {
  if (depth > mostDepth) return undefined;
  const inner = unwrap(node);
  const of = (other: Node): Known | undefined => knownValue(file, other, frame, depth + 1);
  switch (inner.type) {
    case 'Literal':
      return { value: inner.value };
    case 'TemplateLiteral': {
      const text = staticString(inner);
      return text === undefined ? undefined : { value: text };
    }
    case 'ObjectExpression':
    case 'ArrayExpression':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return truthy;
    case 'UnaryExpression': {
      const argument = of(inner.argument);
      if (inner.operator === 'void') return { value: undefined };
      if (!argument) return undefined;
      if (inner.operator === '!') return { value: !argument.value };
      return inner.operator === '-' && typeof argument.value === 'number' ? { value: -argument.value } : undefined;
    }
    case 'LogicalExpression': {
      const left = of(inner.left);
      if (!left) {
        // Whatever the left side is, `code || 1` is truthy and `x && false` is not.
        const right = inner.operator === '??' ? undefined : of(inner.right);
        return right && Boolean(right.value) === (inner.operator === '||') ? right : undefined;
      }
      const stays = inner.operator === '??' ? left.value !== null && left.value !== undefined : Boolean(left.value) === (inner.operator === '||');
      return stays ? left : of(inner.right);
    }
    case 'ConditionalExpression': {
      const test = of(inner.test);
      return test && of(test.value ? inner.consequent : inner.alternate);
    }
    case 'BinaryExpression':
      return inner.left.type === 'PrivateIdentifier' ? undefined : compared(inner.operator, of(inner.left), of(inner.right));
    case 'MemberExpression':
      return memberOf(file, inner, frame, depth);
    case 'Identifier':
      if (inner.name === 'undefined') return { value: undefined };
      return namesEnvironment(file, inner) ? production : identifier(file, inner, frame, depth);
    case 'CallExpression':
      // `app.get('env')` is NODE_ENV too, unless the app sets it to something else.
      return calledMethod(inner) === 'get' && inner.arguments.length === 1 && staticString(inner.arguments[0]) === 'env' ? production : undefined;
    default:
      return undefined;
  }
}

/** Whether `node` is `process.env.NODE_ENV`, under whatever name. */
function namesEnvironment(file: SourceFile, node: Node): boolean {
  const values = file.values.of(node);
  const path = values.length === 1 && values[0] ? importPathOf(values[0]) : undefined;
  return path !== undefined && [...(path.module === '' ? [] : [path.module]), ...path.path].join('.') === 'process.env.NODE_ENV';
}

function compared(operator: string, left: Known | undefined, right: Known | undefined): Known | undefined {
  if (!left || !right) return undefined;
  const loosely = (left.value ?? null) === (right.value ?? null);
  const nullish = left.value === null || left.value === undefined || right.value === null || right.value === undefined;
  const isKnown = nullish || (typeof left.value === typeof right.value && typeof left.value !== 'object');
  switch (operator) {
    case '===':
      return { value: left.value === right.value };
    case '!==':
      return { value: left.value !== right.value };
    case '==':
      return isKnown ? { value: loosely } : undefined;
    case '!=':
      return isKnown ? { value: !loosely } : undefined;
    default:
      return undefined;
  }
}

function memberOf(file: SourceFile, node: TSESTree.MemberExpression, frame: Frame | undefined, depth: number): Known | undefined {
  const name = memberName(node);
  if (name === undefined) return undefined;
  if (name === 'NODE_ENV' && namesEnvironment(file, node)) return production;
  const object = unwrap(node.object);
  if (object.type !== 'Identifier') return undefined;
  const found = argumentOf(file, object, frame);
  if (!found?.argument || typeof found.argument === 'string') return undefined;
  const options = unwrap(found.argument);
  if (options.type !== 'ObjectExpression' || options.properties.some((property) => property.type === 'SpreadElement' || memberName(property) === undefined)) return undefined;
  const property = options.properties.find((one) => one.type === 'Property' && memberName(one) === name);
  return property?.type === 'Property' ? knownValue(file, property.value, found.frame.outer, depth + 1) : { value: undefined };
}

function identifier(file: SourceFile, node: TSESTree.Identifier, frame: Frame | undefined, depth: number): Known | undefined {
  const variable = file.scopes.variableAt(node);
  const declarator = variable?.defs[0]?.node as Node | undefined;
  // Whoever writes `let` means to change it, perhaps in code that is still to be written.
  if (declarator?.type === 'VariableDeclarator' && declarator.parent.kind !== 'let' && declarator.init && declarator.id.type === 'Identifier' && variable && isConstant(variable)) {
    return knownValue(file, declarator.init, frame, depth + 1);
  }
  const found = argumentOf(file, node, frame);
  if (!found || found.argument === 'unknown') return undefined;
  if (found.argument === 'truthy') return truthy;
  if (found.argument === undefined) return found.default ? knownValue(file, found.default, found.frame, depth + 1) : { value: undefined };
  return knownValue(file, found.argument, found.frame.outer, depth + 1);
}

/** Whether a variable keeps the value that it is declared with. */
function isConstant(variable: Variable): boolean {
  return variable.defs.length === 1 && variable.references.every((reference) => reference.init === true || !reference.isWrite());
}

interface FoundArgument {
  readonly argument: Argument | undefined;
  readonly default: Node | undefined;
  readonly frame: Frame;
}

/** What the parameter `node` is given, in this call or in one around the function it is written in. */
function argumentOf(file: SourceFile, node: TSESTree.Identifier, frame: Frame | undefined): FoundArgument | undefined {
  const variable = file.scopes.variableAt(node);
  const definition = variable?.defs[0];
  if (definition?.type !== 'Parameter' || variable?.references.some((reference) => reference.isWrite() && !reference.init)) return undefined;
  for (let current = frame; current; current = current.outer) {
    if (current.fn !== (definition.node as Node)) continue;
    if (!current.args) return undefined;
    for (const [index, param] of parametersOf(current.fn).entries()) {
      if (paramPattern(param) !== (definition.name as Node)) continue;
      return { argument: current.args[index], default: param.type === 'AssignmentPattern' ? param.right : undefined, frame: current };
    }
    return undefined;
  }
  return undefined;
}
