import { type CallNode, isCall, memberName, type Node, paramName, parametersOf, unwrap } from '../ast/nodes.js';
import type { Unit } from '../ast/tree.js';
import type { Value } from '../ast/values.js';
import { referenceOf } from '../express/elsewhere.js';
import type { ExpressModel } from '../express/model.js';
import { fulfils } from './conditions.js';
import { attachesErrorListener, type EmitterFact, emitterOf } from './emitters.js';
import { importPathOf } from './paths.js';
import type { StreamUse } from './stream-flow.js';

/** Tells what calls make, and whether what they make can fail the way it is used. */
export class StreamMakers {
  constructor(private readonly express: ExpressModel) {}

  /** What a call makes, when the tables know it. */
  factOf(call: CallNode): EmitterFact | undefined {
    const { values } = this.express.file;
    const how = call.type === 'NewExpression' ? 'new' : 'call';
    let found: EmitterFact | undefined;
    for (const value of values.of(call.callee)) {
      const path = importPathOf(value);
      const fact = path && emitterOf(path.module, path.path, how);
      if (fact) found ??= fact;
      else if (this.#fromElsewhere(value)) found ??= this.#fromElsewhere(value);
      // Something else of the same name: say nothing.
      else if (value.kind === 'function' || value.kind === 'class' || value.kind === 'param') return undefined;
    }
    // The options of `tar.create()` come first.
    if (found?.when?.some((condition) => !fulfils(values, call, condition) || (condition.kind === 'no-option' && this.hasOption(call, condition.name)))) return undefined;
    return found;
  }

  /** A stream that a function of another file makes and returns, unless somebody listens to it there. */
  #fromElsewhere(callee: Value): EmitterFact | undefined {
    const { values, elsewhere } = this.express.file;
    const reference = referenceOf(callee, values);
    const stream = reference && elsewhere.streamFrom(reference);
    return stream && !stream.heard ? emitterOf(stream.module, stream.path, stream.how) : undefined;
  }

  /** Whether the stream is used in a way in which it can fail. */
  canFail(call: CallNode, fact: EmitterFact, uses: readonly StreamUse[], unit: Unit): boolean {
    if (fact.cause === 'misuse' || !this.#partsCanFail(call)) return false;
    if (fact.cause === 'own-code') return this.#failsByItself(call) || uses.some((use) => this.#isMadeToFail(use, unit));
    if (fact.failsUnused) return true;
    const methods = uses.flatMap((use) => (use.kind === 'method' && !fact.throwsIn?.has(use.name) ? [use.name] : []));
    if (fact.kind === 'server') return methods.includes('listen');
    const flows = uses.some((use) => use.kind === 'fed' || use.kind === 'piped');
    if (fact.kind === 'request') return flows;
    return flows || methods.length > 0 || fact.kind === 'socket' || fact.kind === 'emitter';
  }

  /** Whether what only emits the errors of the streams it is given is given one that fails: `readline` over a file, not over stdin. */
  #partsCanFail(call: CallNode): boolean {
    const { values } = this.express.file;
    const [path] = values.of(call.callee).flatMap((value) => importPathOf(value) ?? []);
    const fact = path && attachesErrorListener(path.module, path.path);
    if (fact?.to !== 'result') return true;
    return call.arguments.some((arg) =>
      values.of(arg).some((value) => {
        if (value.kind === 'array') return value.node.elements.some((element) => element && this.isStream(element, true));
        if (value.kind === 'object') return (fact.options ?? []).some((name) => values.member(value, name, value.node).some((part) => this.#isMade(part, true)));
        return this.#isMade(value, true);
      }),
    );
  }

  /** `stream.destroy(err)`; `emitter.emit('error', err)` in another turn than the handler's. */
  #isMadeToFail(use: StreamUse, unit: Unit): boolean {
    if (use.kind !== 'method') return false;
    const [first] = use.call.arguments;
    if (use.name === 'destroy') return first !== undefined && !isNothing(first);
    if (use.name !== 'emit' || first?.type !== 'Literal' || first.value !== 'error') return false;
    return this.express.unitOf(use.call) !== unit || this.express.handlers.every(({ fn }) => fn !== unit.node);
  }

  /** Whether a function among the arguments or options of a stream's constructor fails on its own: `callback(err)`, `JSON.parse`, a generator that waits. */
  #failsByItself(call: CallNode): boolean {
    const { values, tree } = this.express.file;
    return call.arguments.some((arg) => {
      if (arg.type === 'SpreadElement') return false;
      if (values.globalOf(arg)?.join('.') === 'JSON.parse') return true;
      const inner = unwrap(arg);
      if (inner.type === 'CallExpression') {
        return values.calleesOf(inner).some((fn) => fn.generator && ((tree.units.get(fn)?.awaits.length ?? 0) > 0 || (tree.units.get(fn)?.throws.length ?? 0) > 0));
      }
      const functions = [...values.functionsOf(arg), ...values.of(arg).flatMap((value) => (value.kind === 'object' ? values.membersOf(value) : []))];
      return functions.some((fn) => {
        const last = parametersOf(fn).at(-1);
        const name = last && paramName(last);
        return (tree.units.get(fn)?.calls ?? []).some((one) => one.callee.type === 'Identifier' && one.callee.name === name && one.arguments[0] !== undefined && !isNothing(one.arguments[0]));
      });
    });
  }

  /** Whether an expression may be something the tables know; with `crashes`, something whose error ends the process. */
  isStream(node: Node | undefined, crashes = false): boolean {
    return node !== undefined && this.express.file.values.of(node).some((value) => this.#isMade(value, crashes));
  }

  #isMade(value: Value, crashes = false): boolean {
    const made = value.kind === 'call' || value.kind === 'instance' ? value.node : undefined;
    const fact = isCall(made) ? this.factOf(made) : undefined;
    return fact !== undefined && (fact.crashes || !crashes);
  }

  /** Whether an object among the arguments has an option. */
  hasOption(call: CallNode, name: string): boolean {
    const { values } = this.express.file;
    return call.arguments.some((arg) => values.of(arg).some((value) => value.kind === 'object' && value.node.properties.some((property) => property.type === 'Property' && memberName(property) === name)));
  }
}

/** `null`, `undefined` */
function isNothing(node: Node): boolean {
  const inner = unwrap(node);
  return (inner.type === 'Literal' && inner.value === null) || (inner.type === 'Identifier' && inner.name === 'undefined');
}

