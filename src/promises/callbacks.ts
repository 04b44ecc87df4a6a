import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMember, type FunctionNode, isFunction, memberName, paramName, parametersOf, parentOf, unwrap, wrapped } from '../ast/nodes.js';
import type { Unit } from '../ast/tree.js';
import type { Answers } from '../express/answers.js';
import type { SourceFile } from '../express/file.js';
import { isErrorName } from '../express/vocabulary.js';
import { chainLink } from './chains.js';
import type { Promises } from './promises.js';
import type { Escape, Leak } from './rejections.js';
import { callbackSink, type CallbackSink } from './sinks.js';

/** Tells which callbacks return a promise that can reject to somebody who throws it away. */
export class Callbacks {
  constructor(
    private readonly file: SourceFile,
    private readonly answers: Answers,
    private readonly promises: Promises,
    private readonly isHandler: (fn: FunctionNode) => boolean,
    /** How the promise of a function rejects, as far as it depends on other files; undefined when it does not. */
    private readonly rejects: (fn: FunctionNode) => Pick<Escape, 'given'> | undefined,
  ) {}

  /** An async callback whose promise nobody looks at. */
  leak(unit: Unit): Leak | undefined {
    const fn = unit.node;
    if (!isFunction(fn)) return undefined;
    if (this.isHandler(fn)) return undefined;
    const call = parentOf(wrapped(fn));
    if (call.type === 'Property') return this.#formatLeak(fn, call);
    if ((call.type !== 'CallExpression' && call.type !== 'NewExpression') || unwrap(call.callee) === fn) return undefined;
    const rejects = this.rejects(fn);
    if (!rejects) return undefined;
    const sink = callbackSink(this.file, call, wrapped(fn));
    if (!sink) {
      const isLast = call.arguments.at(-1) === wrapped(fn);
      const [first] = parametersOf(fn);
      const errorFirst = fn.async && isLast && isErrorName(first && paramName(first)) && first?.type === 'Identifier' && !chainLink(call) && !this.promises.isPromise(call);
      // `res.sendFile(path, async (error) => …)`
      const member = calledMember(call);
      const ofResponse = isLast && member !== undefined && this.answers.roleOf(member.object) === 'response';
      // `upload(req, res, () => save(req))`: a middleware looks at nothing that its `next` returns
      const [request, response] = call.arguments;
      const asNext = isLast && call.arguments.length === 3 && request && response && this.answers.roleOf(request) === 'request' && this.answers.roleOf(response) === 'response';
      return errorFirst || asNext || ofResponse ? { kind: 'discarded', node: fn, sink: { name: calleeText(call), kind: 'callback' }, ...rejects } : undefined;
    }
    return this.#discards(sink, call) ? { kind: 'discarded', node: fn, sink, ...rejects } : undefined;
  }

  /** Functions of this file that `call` is given by name, and whose promise it throws away: `ids.forEach(remove)`. */
  named(call: CallNode): Leak[] {
    return call.arguments.flatMap((arg): Leak[] => {
      const { type } = unwrap(arg);
      if (type !== 'Identifier' && type !== 'MemberExpression') return [];
      const functions = this.file.values.functionsOf(arg);
      if (functions.length === 0 || functions.length < this.file.values.of(arg).length || !functions.every((fn) => this.rejects(fn))) return [];
      const sink = callbackSink(this.file, call, arg);
      const [first] = functions;
      return first && sink && this.#discards(sink, call) ? [{ kind: 'discarded', node: arg, sink, ...this.rejects(first) }] : [];
    });
  }

  #discards({ kind }: CallbackSink, call: CallNode): boolean {
    return kind === 'collects' ? this.#collected(call) : kind !== 'follows';
  }

  /** `res.format({ json: async () => … })`: the response calls the function that fits, and drops its promise. */
  #formatLeak(fn: FunctionNode, property: TSESTree.Property): Leak | undefined {
    const call = parentOf(property.parent);
    const member = property.value === fn && call.type === 'CallExpression' && call.arguments[0] === property.parent ? calledMember(call) : undefined;
    if (!member || memberName(member) !== 'format' || this.answers.roleOf(member.object) !== 'response' || !this.rejects(fn)) return undefined;
    return { kind: 'discarded', node: fn, sink: { name: 'res.format', kind: 'callback' } };
  }

  /** `list.map(async …)`: whether the promises it collects are certainly not looked at. */
  #collected(call: CallNode): boolean {
    const parent = parentOf(wrapped(call));
    if (parent.type === 'ExpressionStatement') return true;
    // `await list.map(async …)` awaits an array
    return parent.type === 'AwaitExpression' && call.type === 'CallExpression';
  }
}

/** What a call calls, as short text for messages. */
function calleeText(call: CallNode): string {
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression') return 'the call';
  const name = memberName(callee) ?? '…';
  const object = unwrap(callee.object);
  if (object.type === 'Identifier') return `${object.name}.${name}`;
  return object.type === 'ThisExpression' ? `this.${name}` : `….${name}`;
}
