import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { calledName, isCall, memberName, type Node, staticString, unwrap } from '../ast/nodes.js';
import type { Scopes } from '../ast/scope.js';
import type { LoggerStyle } from '../express/loggers.js';
import { isErrorName } from '../express/vocabulary.js';

type Arg = TSESTree.CallExpressionArgument;

/** The arguments of a console call as a logger takes them. */
export interface LogArguments {
  /** Absent: as they are. */
  readonly text?: string;
  /** Whether the logger prints all that the console would. */
  readonly sure: boolean;
}

const asTheyAre: LogArguments = { sure: true };
const unsure: LogArguments = { sure: false };

/** Puts the arguments of a console call into the order a logger of the style wants; undefined where something would be lost. */
export function logArguments(args: readonly Arg[], style: LoggerStyle, sourceCode: Readonly<TSESLint.SourceCode>, scopes: Scopes): LogArguments | undefined {
  if (style === 'console' || style === 'debug') return args.length > 0 ? asTheyAre : undefined;
  const [first, ...rest] = args;
  if (!first || args.some((arg) => arg.type === 'SpreadElement')) return undefined;
  const text = (node: Node): string => sourceCode.getText(node);
  const isText = isString(first);
  if (rest.length === 0) return style === 'pino' || isText ? asTheyAre : onlyArgument(first, scopes, text);
  const places = isText ? placesIn(first) : 0;
  if (places > 0) return places === rest.length ? { sure: style === 'pino' } : undefined;
  if (!isText) return errorAndText(first, rest, style, scopes, text);
  const fields = fieldsOf(rest, scopes, text);
  if (fields === undefined) return undefined;
  const [only] = rest;
  const isError = rest.length === 1 && only !== undefined && isErrorLike(only, scopes);
  if (style === 'pino') return { text: `${fields}, ${text(first)}`, sure: true };
  // Without its splat format winston prints of the rest no more than an error's message.
  return isError ? asTheyAre : { text: `${text(first)}, ${fields}`, sure: false };
}

/** winston writes its level into an object that it is given alone, and drops an error's stack. */
function onlyArgument(node: Arg, scopes: Scopes, text: (node: Node) => string): LogArguments | undefined {
  if (isErrorLike(node, scopes)) return unsure;
  const field = fieldOf(node, text);
  return field ? { text: `'${field.key}', { ${field.text} }`, sure: false } : undefined;
}

/** `console.error(err, 'while saving')` */
function errorAndText(first: Arg, rest: readonly Arg[], style: LoggerStyle, scopes: Scopes, text: (node: Node) => string): LogArguments | undefined {
  const [second, ...more] = rest;
  if (!second || more.length > 0 || !isString(second) || placesIn(second) > 0 || !(isErrorLike(first, scopes) || unwrap(first).type === 'ObjectExpression')) return undefined;
  return style === 'pino' ? asTheyAre : { text: `${text(second)}, ${text(first)}`, sure: isErrorLike(first, scopes) };
}

/** What goes beside the message: an error or an object as it is, anything that has a name under its name. */
function fieldsOf(args: readonly Arg[], scopes: Scopes, text: (node: Node) => string): string | undefined {
  const [only] = args;
  if (args.length === 1 && only) {
    if (isErrorLike(only, scopes) || unwrap(only).type === 'ObjectExpression') return text(only);
  }
  const fields = args.map((arg) => (isErrorLike(arg, scopes) && !isNamed(arg, 'err') ? { key: 'err', text: `err: ${text(arg)}` } : fieldOf(arg, text)));
  const keys = new Set(fields.map((field) => field?.key));
  if (keys.has(undefined) || keys.size < fields.length) return undefined;
  return `{ ${fields.map((field) => field?.text ?? '').join(', ')} }`;
}

/** Fields that the loggers write themselves: pino, bunyan and winston. */
const reserved = /^(?:level|time|msg|pid|hostname|name|v|timestamp|splat)$/;

function fieldOf(node: Arg, text: (node: Node) => string): { readonly key: string; readonly text: string } | undefined {
  const inner = unwrap(node);
  const key = inner.type === 'Identifier' ? inner.name : inner.type === 'MemberExpression' && !inner.computed ? memberName(inner) : undefined;
  if (key === undefined || reserved.test(key) || !/^[A-Za-z_$][\w$]*$/.test(key) || key === 'undefined') return undefined;
  return { key, text: inner === node && inner.type === 'Identifier' ? key : `${key}: ${text(node)}` };
}

function isNamed(node: Node, name: string): boolean {
  const inner = unwrap(node);
  return inner.type === 'Identifier' && inner.name === name;
}

/** Whether the expression is text for sure. */
function isString(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'TemplateLiteral' || staticString(inner) !== undefined) return true;
  // `err.stack`
  if (inner.type === 'MemberExpression') return memberName(inner) === 'stack';
  return inner.type === 'BinaryExpression' && inner.operator === '+' && (isString(inner.left) || isString(inner.right));
}

/** How many values a printf-style message takes. */
function placesIn(node: Node): number {
  const inner = unwrap(node);
  if (inner.type === 'BinaryExpression') return placesIn(inner.left) + placesIn(inner.right);
  const parts = inner.type === 'TemplateLiteral' ? inner.quasis.map((quasi) => quasi.value.raw) : [staticString(inner) ?? ''];
  return parts.join(' ').match(/%[sdifjoOc]/g)?.length ?? 0;
}

/** Whether the expression is an error: caught, made here, or named so. */
function isErrorLike(node: Node, scopes: Scopes): boolean {
  const inner = unwrap(node);
  if (isCall(inner)) return /^(?:[A-Z]\w*)?Error$/.test(calledName(inner) ?? '');
  if (inner.type !== 'Identifier') return false;
  const definition = scopes.variableAt(inner)?.defs[0];
  if (definition?.type === 'CatchClause') return true;
  return isErrorName(inner.name) && (inner.name.length > 1 || isCatchCallback(definition?.node));
}

function isCatchCallback(node: Node | undefined): boolean {
  const parent = node?.parent;
  return parent?.type === 'CallExpression' && parent.callee.type === 'MemberExpression' && memberName(parent.callee) === 'catch';
}
