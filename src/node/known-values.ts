import type { TSESTree } from '@typescript-eslint/utils';

import { type FunctionNode, memberName, type Node, paramPattern, parametersOf, staticString, unwrap } from '../ast/nodes.js';
import type { SourceFile } from '../express/file.js';

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
      return inner.name === 'undefined' ? { value: undefined } : identifier(file, inner, frame, depth);
    default:
      return undefined;
  }
}

function compared(operator: string, left: Known | undefined, right: Known | undefined): Known | undefined {
  if (!left || !right) return undefined;
  const loosely = (left.value ?? null) === (right.value ?? null);
  switch (operator) {
    case '===':
      return { value: left.value === right.value };
    case '!==':
      return { value: left.value !== right.value };
    case '==':
      return left.value === null || left.value === undefined || right.value === null || right.value === undefined ? { value: loosely } : undefined;
    case '!=':
      return left.value === null || left.value === undefined || right.value === null || right.value === undefined ? { value: !loosely } : undefined;
    default:
      return undefined;
  }
}

function memberOf(file: SourceFile, node: TSESTree.MemberExpression, frame: Frame | undefined, depth: number): Known | undefined {
  const name = memberName(node);
  if (name === undefined) return undefined;
  if (name === 'NODE_ENV' && file.values.globalOf(node.object)?.join('.') === 'process.env') return { value: 'production' };
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
  const definition = file.scopes.variableAt(node)?.defs[0];
  const declarator = definition?.node as Node | undefined;
  if (declarator?.type === 'VariableDeclarator' && declarator.parent.kind === 'const' && declarator.init && declarator.id.type === 'Identifier') {
    return knownValue(file, declarator.init, frame, depth + 1);
  }
  const found = argumentOf(file, node, frame);
  if (!found || found.argument === 'unknown') return undefined;
  if (found.argument === 'truthy') return truthy;
  if (found.argument === undefined) return found.default ? knownValue(file, found.default, found.frame, depth + 1) : { value: undefined };
  return knownValue(file, found.argument, found.frame.outer, depth + 1);
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
