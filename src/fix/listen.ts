import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { calledMember, calledMethod, contains, isFunction, memberName, type Node, paramName, parametersOf, unwrap, wrapped } from '../ast/nodes.js';
import { leadsTo } from '../ast/order.js';
import { within } from '../ast/tree.js';
import type { ExpressModel } from '../express/model.js';
import { eventMethods } from '../node/callbacks.js';
import { holdsComment } from './edits.js';
import { nextAt } from './next.js';

/** An edit that gives a stream a listener, and what that listener is. */
export interface Listening {
  readonly to: string;
  /** Whether the edit only repairs: the error answers the request, which was not answered before. */
  readonly isSafe: boolean;
  readonly fix: TSESLint.ReportFixFunction;
}

type Source = Readonly<TSESLint.SourceCode>;

/**
 * Adds a listener to `stream`, the expression that makes it: `next` of the handler around it, or `reject` of the promise
 * that is made around it.
 * @returns undefined where nobody is there to take the error
 */
export function listenOn(express: ExpressModel, stream: Node, sourceCode: Source): Listening | undefined {
  const handler = express.handlerAround(stream);
  const reject = rejectAt(express, stream, handler?.fn);
  if (reject === 'none') return undefined;
  const insert = insertion(stream, sourceCode);
  if (!insert) return undefined;
  if (reject !== undefined) return { to: reject, isSafe: false, fix: (fixer) => insert(fixer, reject) };
  const next = nextAt(express, stream);
  if (!next || !handler) return undefined;
  const isAnswered = within(express.answers.answering, handler.fn.body.range[0], stream.range[0]).some((call) => !eventMethods.has(calledMethod(call) ?? '') && leadsTo(call, stream));
  return { to: next.name, isSafe: !isAnswered, fix: (fixer) => [...next.declare(fixer), insert(fixer, next.name)] };
}

/** The `reject` of the innermost `new Promise((resolve, reject) => …)` around `node`; `none` where it has no such parameter. */
function rejectAt(express: ExpressModel, node: Node, handler: Node | undefined): string | undefined {
  for (let current = node.parent; current && current !== handler; current = current.parent) {
    if (!isFunction(current)) continue;
    const made = current.parent;
    if (made.type !== 'NewExpression' || made.arguments[0] !== current || !express.rejections.promises.isPromiseClass(made.callee)) continue;
    const fn = current;
    const name = paramName(parametersOf(fn)[1]);
    if (name === undefined) return 'none';
    return express.file.scopes.variableInScope(node, name)?.defs[0]?.node === fn ? name : 'none';
  }
  return undefined;
}

type Insert = (fixer: TSESLint.RuleFixer, listener: string) => TSESLint.RuleFix;

/** A statement after the declaration of a variable, else a link in the chain. */
function insertion(stream: Node, sourceCode: Source): Insert | undefined {
  const inner = unwrap(stream);
  const outer = wrapped(inner);
  if (inner.type === 'NewExpression' && sourceCode.getLastToken(inner)?.value !== ')') return undefined;
  const { parent } = outer;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && parent.init === outer) {
    const { name } = parent.id;
    const declaration = parent.parent;
    const isStatement = /^(?:BlockStatement|Program|SwitchCase|StaticBlock)$/.test((declaration.parent).type);
    const hasEnd = sourceCode.getLastToken(declaration)?.value === ';';
    if (declaration.declarations.length === 1 && isStatement && hasEnd) {
      const indent = /^\s*/.exec(sourceCode.lines[declaration.loc.start.line - 1] ?? '')?.[0] ?? '';
      return (fixer, listener) => fixer.insertTextAfter(declaration, `\n${indent}${name}.on('error', ${listener});`);
    }
  }
  // Only what a method can be called on as it stands.
  if (!/^(?:Call|New|Member)Expression$|^Identifier$/.test(inner.type)) return undefined;
  if (inner !== outer && outer.type !== 'ChainExpression') return undefined;
  const dot = parent?.type === 'MemberExpression' && parent.object === outer ? sourceCode.getTokenAfter(outer) : undefined;
  const gap = dot ? sourceCode.text.slice(inner.range[1], dot.range[0]) : '';
  const space = /^\s*\n\s*$/.test(gap) ? gap : '';
  return (fixer, listener) => fixer.insertTextAfter(inner, `${space}.on('error', ${listener})`);
}

/**
 * Writes `a.pipe(b).pipe(res)` as `pipeline(a, b, res, callback)`, where `pipeline` is imported and `next` can be called.
 * @returns undefined when anything else happens in the chain
 */
export function asPipeline(express: ExpressModel, stream: Node, sourceCode: Source): TSESLint.ReportFixFunction | undefined {
  const streams: Node[] = [];
  let chain = wrapped(unwrap(stream));
  for (;;) {
    const call = pipeOf(chain);
    const [to, ...rest] = call?.arguments ?? [];
    if (!call || !to || rest.length > 0 || to.type === 'SpreadElement') break;
    if (streams.length === 0) streams.push(chain);
    streams.push(to);
    chain = wrapped(call);
  }
  const statement = chain.parent;
  const last = streams.at(-1);
  if (statement?.type !== 'ExpressionStatement' || !last || express.answers.roleOf(last) !== 'response' || !contains(statement, stream)) return undefined;
  const variable = express.file.scopes.variableInScope(stream, 'pipeline');
  const isPipeline = variable && express.file.values.ofVariable(variable).every((value) => value.kind === 'import' && value.module === 'stream' && value.path.join('.') === 'pipeline');
  const next = nextAt(express, stream);
  if (!isPipeline || !next || next.name === 'err' || holdsComment(sourceCode, chain)) return undefined;
  const args = streams.map((one) => sourceCode.getText(one)).join(', ');
  return (fixer) => [...next.declare(fixer), fixer.replaceText(chain, `pipeline(${args}, (err) => { if (err) ${next.name}(err); })`)];
}

/** The call of `.pipe()` on a value. */
function pipeOf(value: Node): TSESTree.CallExpression | undefined {
  const member = value.parent;
  const call = member?.type === 'MemberExpression' && member.object === value ? wrapped(member).parent : undefined;
  return call?.type === 'CallExpression' && calledMember(call) === member && calledMethod(call) === 'pipe' && member && memberName(member) === 'pipe' ? call : undefined;
}
