import type { TSESLint } from '@typescript-eslint/utils';

import { functionLength, type FunctionNode, isFunction, type Node, parametersOf, unwrap } from '../ast/nodes.js';
import { hasComments } from './next.js';

type Source = Readonly<TSESLint.SourceCode>;

/** An edit of a function's parameters. */
export interface ParameterEdit {
  /** Whether it surely means what its author meant. */
  readonly isSure: boolean;
  readonly fix: TSESLint.ReportFixFunction;
}

/**
 * Appends `next` to `(err, req, res)`, so that Express takes it for error middleware. Whoever calls the function with three
 * arguments does not notice.
 * @param bound how many leading arguments `.bind()` fills in
 * @returns undefined where `next` means something already, or the parameters are others
 */
export function appendNext(fn: FunctionNode, bound: number, sourceCode: Source): ParameterEdit | undefined {
  const params = parametersOf(fn);
  const last = params.at(-1);
  if (params.length !== bound + 3 || last?.type !== 'Identifier' || last.optional || functionLength(fn) !== params.length) return undefined;
  if (sourceCode.getTokens(fn).some((token, index, tokens) => token.value === 'next' && token.type === 'Identifier' && !/^\??\.$/.test(tokens[index - 1]?.value ?? ''))) return undefined;
  const isTyped = params.some((param) => param.type === 'Identifier' && param.typeAnnotation !== undefined);
  const hasType = isTyped && sourceCode.scopeManager?.globalScope?.childScopes.some((scope) => scope.set.has('NextFunction')) === true;
  return { isSure: !isTyped || hasType, fix: (fixer) => fixer.insertTextAfter(last, `, next${hasType ? ': NextFunction' : ''}`) };
}

/** Removes the default value of the fourth parameter, which keeps it from being counted. */
export function removeDefault(fn: FunctionNode, bound: number, sourceCode: Source): TSESLint.ReportFixFunction | undefined {
  const params = parametersOf(fn);
  const last = params.at(-1);
  if (params.length !== bound + 4 || last?.type !== 'AssignmentPattern' || functionLength(fn) !== bound + 3) return undefined;
  if (hasComments(sourceCode, last.left.range[1], last.range[1])) return undefined;
  return (fixer) => fixer.removeRange([last.left.range[1], last.range[1]]);
}

/** Writes the only argument of a call in the call's place: `handler` for `wrap(handler)`. */
export function unwrapCall(node: Node, sourceCode: Source): TSESLint.ReportFixFunction | undefined {
  const call = unwrap(node);
  // Type arguments say what the handler's own types would have to say.
  if (call.type !== 'CallExpression' || call.arguments.length !== 1 || call.typeArguments || !takesAnything.test(call.parent.type)) return undefined;
  const [inner] = call.arguments;
  if (!inner || inner.type === 'SpreadElement') return undefined;
  if (!isFunction(inner) && inner.type !== 'Identifier' && inner.type !== 'MemberExpression') return undefined;
  if (hasComments(sourceCode, call.range[0], inner.range[0]) || hasComments(sourceCode, inner.range[1], call.range[1])) return undefined;
  return (fixer) => [fixer.removeRange([call.range[0], inner.range[0]]), fixer.removeRange([inner.range[1], call.range[1]])];
}

/** Where an arrow function needs no parentheses, and a function expression becomes no declaration. */
const takesAnything = /^(?:CallExpression|ArrayExpression|VariableDeclarator|AssignmentExpression|Property|PropertyDefinition|ReturnStatement)$/;
