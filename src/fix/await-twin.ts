import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { type FunctionNode, isFunction, memberName, type Node, unwrap } from '../ast/nodes.js';
import type { Unit } from '../ast/tree.js';
import type { Values } from '../ast/values.js';
import type { ExpressModel } from '../express/model.js';
import type { BlockingUse } from '../node/blocked.js';
import type { AsyncTwin } from '../node/blocking.js';
import { canonical } from '../node/modules.js';
import { importPathsOf } from '../node/uses.js';
import { expressionFor } from './bindings.js';
import { continuesStatement, holdsComment, isInBody, isParenthesized, mayAwait, needsParentheses } from './edits.js';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** A way to write a blocking call so that it does not block. */
export interface TwinRepair {
  /** What is called instead, as it is written. */
  readonly twin: string;
  /** `awaitTwin`: in a function that is async already. `makeAsync`: in a handler that becomes async. */
  readonly how: 'awaitTwin' | 'makeAsync';
  /** Whether nothing else changes, so that no person has to look. */
  readonly sure: boolean;
  readonly fix: TSESLint.ReportFixFunction;
}

/**
 * Looks for the asynchronous twin of a blocking call, and how to await it where the call stands; undefined where that is not possible.
 * @param unit the function around the call
 * @param beside all that blocks in that function: what is read and written in one go may be read by two requests before either writes
 */
export function awaitTwin(use: BlockingUse, unit: Unit, beside: readonly BlockingUse[], express: ExpressModel, sourceCode: SourceCode): TwinRepair | undefined {
  const { node: fn } = unit;
  const isAsync = mayAwait(use.node, fn);
  if (!isAsync && !(isFunction(fn) && isInBody(use.node, fn) && mayBecomeAsync(fn, express))) return undefined;
  const found = twinOf(use, sourceCode, express.file.values);
  if (!found) return undefined;
  if (!isAsync) return { twin: found.text, how: 'makeAsync', sure: false, fix: (fixer) => [fixer.insertTextBefore(fn, 'async '), ...awaitEdits(fixer, found, sourceCode)] };
  const sure = found.sure && !isReadModifyWrite(found.call) && !beside.some(({ fact }) => fact.twin?.mutates);
  return { twin: found.text, how: 'awaitTwin', sure, fix: (fixer) => awaitEdits(fixer, found, sourceCode) };
}

/** A handler that is written in its registration, where Express 5 looks after the promise that it returns. */
function mayBecomeAsync(fn: FunctionNode, { handlers, file }: ExpressModel): boolean {
  if (file.major !== 5 || fn.async || fn.generator || (fn.parent.type !== 'CallExpression' && fn.parent.type !== 'ArrayExpression')) return false;
  const handler = handlers.find((one) => one.fn === fn);
  return handler !== undefined && handler.kind !== 'callback' && handler.uses.length > 0 && handler.uses.every(({ protection }) => protection === 'none');
}

interface Twin {
  readonly call: TSESTree.CallExpression;
  readonly text: string;
  readonly sure: boolean;
}

function twinOf(use: BlockingUse, sourceCode: SourceCode, values: Values): Twin | undefined {
  const { call, how, fact } = use;
  const { twin } = fact;
  if (!twin || how !== 'called' || call.type !== 'CallExpression' || twin.result !== 'same') return undefined;
  if (call.optional || call.typeArguments || holdsComment(sourceCode, call.callee) || !takesArguments(twin, call, values)) return undefined;
  const callee = unwrap(call.callee);
  if (isOptional(callee)) return undefined;
  const text = onSameObject(callee, twin, sourceCode, values) ?? (twin.path.includes('prototype') ? undefined : expressionFor(twin, call, sourceCode, values));
  if (text === undefined) return undefined;
  const sure = twin.mutates !== true;
  if (twin.kind === 'promise') return continues(call, sourceCode) ? undefined : { call, text, sure };
  const promisify = expressionFor({ module: 'util', path: ['promisify'] }, call, sourceCode, values);
  return promisify === undefined || continues(call, sourceCode) ? undefined : { call, text: `${promisify}(${text})`, sure: false };
}

/** `fs?.readFileSync`: may not be called at all. */
function isOptional(callee: Node): boolean {
  let current = callee;
  for (; current.type === 'MemberExpression'; current = unwrap(current.object)) if (current.optional) return true;
  return false;
}

const continues = (call: Node, sourceCode: SourceCode): boolean => needsParentheses(call) && continuesStatement(sourceCode, call);

function takesArguments(twin: AsyncTwin, { arguments: args }: TSESTree.CallExpression, values: Values): boolean {
  if (args.some((arg) => arg.type === 'SpreadElement') || args.length < (twin.minArguments ?? 0)) return false;
  const [first, ...rest] = args;
  if (twin.refuseDescriptor && first && maybeDescriptor(first, values)) return false;
  const { refuseOptions = [] } = twin;
  if (refuseOptions.length === 0) return true;
  return rest.every((arg) => {
    const options = unwrap(arg);
    return options.type === 'ObjectExpression' && options.properties.every((property) => property.type === 'Property' && !refuseOptions.includes(memberName(property) ?? refuseOptions[0] ?? ''));
  });
}

function maybeDescriptor(node: Node, values: Values): boolean {
  const inner = unwrap(node);
  const name = inner.type === 'Identifier' ? inner.name : inner.type === 'MemberExpression' ? memberName(inner) : undefined;
  if (name !== undefined && /^_*(?:fd|fileDescriptor|descriptor|handle)$|Fd$|FileDescriptor$/.test(name)) return true;
  return values.of(inner).some((value) => {
    if (value.kind === 'literal') return value.node.type === 'Literal' && typeof value.node.value === 'number';
    return value.kind === 'call' && value.callee.kind === 'import' && value.callee.path.at(-1) === 'openSync';
  });
}

/** `fs.readFileSync` → `fs.promises.readFile`: the twin behind the object that the blocking function was taken from. */
function onSameObject(callee: Node, twin: AsyncTwin, sourceCode: SourceCode, values: Values): string | undefined {
  if (!twin.access) return undefined;
  const [own, ...more] = importPathsOf(values, callee);
  if (!own || more.length > 0) return undefined;
  const key = own.path.slice(own.path.lastIndexOf('prototype') + 1);
  let object = callee;
  for (const _ of key) {
    if (object.type !== 'MemberExpression' || object.optional) return undefined;
    object = unwrap(object.object);
  }
  if (key.length === 0) return undefined;
  const [from] = importPathsOf(values, object);
  const rest = own.path.slice(0, own.path.length - key.length);
  if (!from || canonical(from.module, from.path).path.join('.') !== rest.join('.')) return undefined;
  const text = sourceCode.getText(object);
  return [isParenthesized(sourceCode, object) ? `(${text})` : text, ...twin.access].join('.');
}

/** `total += fs.statSync(f).size`: the left side is read before the wait and written after it. */
function isReadModifyWrite(call: Node): boolean {
  let current: Node | undefined = call;
  while (current && !/Statement$|Declaration$|Function/.test(current.type)) {
    if (current.type === 'AssignmentExpression' && current.operator !== '=') return true;
    current = current.parent;
  }
  return false;
}

function awaitEdits(fixer: TSESLint.RuleFixer, { call, text }: Twin, sourceCode: SourceCode): TSESLint.RuleFix[] {
  const callee = fixer.replaceText(call.callee, text);
  if (call.parent.type === 'AwaitExpression') return [callee];
  if (!needsParentheses(call) || isParenthesized(sourceCode, call)) return [fixer.insertTextBefore(call, 'await '), callee];
  return [fixer.insertTextBefore(call, '(await '), callee, fixer.insertTextAfter(call, ')')];
}
