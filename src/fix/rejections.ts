import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { contains, isFunction, type Node, paramName, parametersOf, parentOf, unwrap } from '../ast/nodes.js';
import type { ExpressModel } from '../express/model.js';
import type { Handler, HandlerUse } from '../express/handlers.js';
import { appendStatement } from './append.js';
import { hasComments, nextAt } from './next.js';
import { chainLink } from '../promises/chains.js';

type Fix = TSESLint.ReportFixFunction;
type Source = Readonly<TSESLint.SourceCode>;

/** Appends `.catch(next)` to a promise chain, with `next` added to the handler where it is missing. */
export function appendCatch(express: ExpressModel, chain: Node): Fix | undefined {
  const inner = unwrap(chain);
  if (inner.type !== 'CallExpression' && inner.type !== 'ImportExpression') return undefined;
  const next = nextAt(express, chain);
  if (!next) return undefined;
  return (fixer) => [...next.declare(fixer), fixer.insertTextAfter(inner, `.catch(${next.name})`)];
}

/** Makes `load().catch(next).then(answer)`, which answers after an error as well, `load().then(answer).catch(next)`. */
export function moveCatch(express: ExpressModel, chain: Node, sourceCode: Source): Fix | undefined {
  const last = chainLink(unwrap(chain));
  const caught = last?.method === 'then' && last.call.arguments.length === 1 ? chainLink(unwrap(last.base)) : undefined;
  const [handler, ...others] = caught?.call.arguments ?? [];
  if (caught?.method !== 'catch' || !handler || others.length > 0 || express.answers.roleOf(handler) !== 'next') return undefined;
  const link: readonly [number, number] = [caught.base.range[1], caught.call.range[1]];
  if (hasComments(sourceCode, ...link) || sourceCode.getTokenBefore(caught.base)?.value === '(') return undefined;
  return (fixer) => [fixer.removeRange([...link]), fixer.insertTextAfter(last?.call ?? chain, sourceCode.text.slice(...link))];
}

/** Puts `await` before a floating promise in an async function. */
export function addAwait(express: ExpressModel, chain: Node): Fix | undefined {
  const unit = express.unitOf(chain);
  if (!isFunction(unit.node) || !unit.node.async || unit.node.generator) return undefined;
  const parent = parentOf(chain);
  if (parent.type === 'ExpressionStatement') return (fixer) => fixer.insertTextBefore(chain, 'await ');
  if (parent.type !== 'UnaryExpression') return undefined;
  return (fixer) => fixer.replaceTextRange([parent.range[0], chain.range[0]], 'await ');
}

/** Puts `await` before a promise that an async function returns from a try, so that its catch sees the rejection. */
export function awaitReturned(express: ExpressModel, promise: Node): Fix | undefined {
  const unit = express.unitOf(promise);
  const statement = parentOf(promise);
  if (!isFunction(unit.node) || !unit.node.async || statement.type !== 'ReturnStatement') return undefined;
  return unit.tries.some(({ block, handler }) => handler && contains(block, statement)) ? (fixer) => fixer.insertTextBefore(promise, 'await ') : undefined;
}

/** A binding in this file that forwards the rejections of the handler it wraps. */
export interface WrapperName {
  readonly name: string;
  /** Known by its package, its body or the settings; otherwise only used like one. */
  readonly proved: boolean;
}

/** Wraps the expression that registers a handler; refuses error and param handlers, which a wrapper would break. */
export function wrapHandler(handler: Handler, wrapper: WrapperName, sourceCode: Source): Fix | undefined {
  const [use, ...others] = handler.uses;
  return use && others.length === 0 && handler.kind === 'request' ? wrapExpression(use, wrapper, sourceCode) : undefined;
}

/** Wraps the expression of one registration; refuses param handlers, and what the expression alone does not hold. */
export function wrapExpression(use: HandlerUse, wrapper: WrapperName, sourceCode: Source): Fix | undefined {
  const node = unwrap(use.node);
  if (use.protection !== 'none' || use.registration.method === 'param' || node.type === 'SpreadElement' || hasComments(sourceCode, node.range[0] - 1, node.range[0])) return undefined;
  return (fixer) => [fixer.insertTextBefore(node, `${wrapper.name}(`), fixer.insertTextAfter(node, ')')];
}

/** Puts the body of a handler into `try { … } catch (error) { next(error); }`. */
export function tryCatch(express: ExpressModel, handler: Handler, sourceCode: Source): Fix | undefined {
  const { body } = handler.fn;
  if (body.type !== 'BlockStatement' || handler.kind === 'callback') return undefined;
  // A promise that is returned is looked at outside of the try.
  if (express.rejections.escapes(handler.fn).some(({ how }) => how === 'return')) return undefined;
  const first = body.body.find((statement) => !isDirective(statement));
  const next = first && nextAt(express, first);
  const directive = body.body.filter(isDirective).at(-1);
  const open = directive ? sourceCode.getLastToken(directive) : sourceCode.getFirstToken(body);
  const close = sourceCode.getLastToken(body);
  if (!next || !open || !close) return undefined;
  const name = next.name === 'error' ? 'err' : 'error';
  return (fixer) => [...next.declare(fixer), fixer.insertTextAfter(open, directive && open.value !== ';' ? '; try {' : ' try {'), fixer.insertTextBefore(close, `} catch (${name}) { ${next.name}(${name}); } `)];
}

/** Makes a catch that answers nothing hand its error on: `next` in place of `console.error`, or a call of it at the end. */
export function forwardFromCatch(express: ExpressModel, catcher: Node, sourceCode: Source): Fix | undefined {
  const next = nextAt(express, catcher);
  if (!next) return undefined;
  if (catcher.type === 'CatchClause') {
    // Some ways through it answer already: at its end, those would answer twice.
    if (express.answers.passesOnWithin(catcher)) return undefined;
    const name = catcher.param?.type === 'Identifier' ? catcher.param.name : undefined;
    return name === undefined ? undefined : atEnd(catcher.body, `${next.name}(${name});`, next.declare, sourceCode);
  }
  const inner = unwrap(catcher);
  // A finally that returns has no error to hand on.
  if (inner.type === 'BlockStatement') return undefined;
  if (!isFunction(inner)) return (fixer) => [...next.declare(fixer), fixer.replaceText(inner, next.name)];
  if (inner.parent.type !== 'CallExpression') return undefined;
  const [param] = parametersOf(inner);
  const name = paramName(param);
  if (name === undefined || param?.type !== 'Identifier') return undefined;
  if (inner.body.type === 'BlockStatement') return atEnd(inner.body, `${next.name}(${name});`, next.declare, sourceCode);
  const { body } = inner;
  if (hasComments(sourceCode, inner.range[0], inner.range[1])) return undefined;
  const text = sourceCode.getText(body);
  const start = sourceCode.getTokenBefore(body, (token) => token.value === '=>');
  if (!start) return undefined;
  return (fixer) => [...next.declare(fixer), fixer.replaceTextRange([start.range[1], inner.range[1]], ` { ${text}; ${next.name}(${name}); }`)];
}

function isDirective(statement: TSESTree.Statement): boolean {
  return statement.type === 'ExpressionStatement' && typeof statement.directive === 'string';
}

function atEnd(block: TSESTree.BlockStatement, statement: string, declare: (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[], sourceCode: Source): Fix | undefined {
  const last = block.body.at(-1);
  if (last && /^(?:Break|Continue)Statement$/.test(last.type)) return undefined;
  const append = appendStatement(block, statement, sourceCode);
  if (!append) return undefined;
  return (fixer) => {
    const edits = append(fixer) ?? [];
    return [...declare(fixer), ...('range' in edits ? [edits] : edits)];
  };
}
