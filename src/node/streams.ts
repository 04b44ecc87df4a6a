import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMember, calledMethod, isCall, memberName, type Node, paramName, parametersOf, unwrap, wrapped } from '../ast/nodes.js';
import type { Unit } from '../ast/tree.js';
import type { Value } from '../ast/values.js';
import { isProjectModule } from '../express/imports.js';
import type { ExpressModel } from '../express/model.js';
import type { Witness } from '../express/reach.js';
import { eventMethods } from './callbacks.js';
import { fulfils } from './conditions.js';
import { attachesErrorListener, type EmitterFact, emitterOf, pipesElsewhere, responseBodies } from './emitters.js';
import { importPathOf } from './paths.js';
import { StreamFlow, type StreamUse } from './stream-flow.js';
import { type Hearing, StreamHearing } from './stream-hearing.js';

/**
 * A stream or emitter whose error does harm.
 * - `crash`: nobody listens, the process ends; `late`: the listener comes after a wait; `rethrown`: the listener throws
 * - `hang`: nobody listens, the process lives, the request is never answered
 * - `source`: nobody listens to something unknown that is piped to the client: one of the two
 * - `logged`: the listener only writes it down, the request is never answered
 * - `pipeline`: `pipeline()` without a callback throws at once
 */
export interface UnheardStream {
  readonly kind: 'crash' | 'late' | 'rethrown' | 'hang' | 'source' | 'logged' | 'pipeline';
  /** What to report: what makes the stream, the `.pipe()` of an unknown one, or the listener. */
  readonly node: Node;
  /** The expression whose value is the stream, to which a listener can be chained; undefined where it is part of something else. */
  readonly stream: Node | undefined;
  readonly name: string;
  /** "fails when …" */
  readonly why: string;
  readonly witness: Witness;
}

interface Source {
  /** The call, or the promise of it, that the stream comes out of. */
  readonly origin: CallNode;
  readonly path: readonly string[];
}

/** Finds the streams and emitters on the request path whose error reaches nobody. */
export class Streams {
  readonly #flow: StreamFlow;
  readonly #hearing: StreamHearing;

  constructor(private readonly express: ExpressModel) {
    this.#flow = new StreamFlow(express);
    this.#hearing = new StreamHearing(express);
  }

  /** All of them, one for each stream. */
  *unheard(): Iterable<UnheardStream> {
    const seen = new Set<string>();
    for (const unit of this.express.requestPath.units) {
      const witness = this.express.requestPath.witness(unit);
      if (!witness) continue;
      for (const call of unit.calls) {
        for (const found of this.#inCall(call, unit, witness)) {
          const key = `${found.kind} ${found.node.range.join()}`;
          if (!seen.has(key)) yield found;
          seen.add(key);
        }
      }
    }
  }

  *#inCall(call: CallNode, unit: Unit, witness: Witness): Iterable<UnheardStream> {
    const fact = this.factOf(call);
    if (fact) {
      const found = this.#made(call, fact, unit);
      if (found) yield { ...found, witness };
      if (fact.parts?.['stdin']) {
        const stdin = this.#stdin(call, fact.parts['stdin']);
        if (stdin) yield { ...stdin, witness };
      }
    }
    if (call.type !== 'CallExpression') return;
    if (this.#isPipelineWithoutCallback(call)) yield { kind: 'pipeline', node: call, stream: undefined, name: 'pipeline', why: '', witness };
    else if (calledMethod(call) === 'pipe') yield* this.#piped(call, witness);
  }

  /** What a call makes, when the tables know it. */
  factOf(call: CallNode): EmitterFact | undefined {
    const { values } = this.express.file;
    const how = call.type === 'NewExpression' ? 'new' : 'call';
    let found: EmitterFact | undefined;
    for (const value of values.of(call.callee)) {
      const path = importPathOf(value);
      const fact = path && emitterOf(path.module, path.path, how);
      if (fact) found ??= fact;
      // Something else of the same name: say nothing.
      else if (value.kind === 'function' || value.kind === 'class' || value.kind === 'param') return undefined;
    }
    // The options of `tar.create()` come first.
    if (found?.when?.some((condition) => !fulfils(values, call, condition) || (condition.kind === 'no-option' && this.#hasOption(call, condition.name)))) return undefined;
    return found;
  }

  #made(call: CallNode, fact: EmitterFact, unit: Unit): Omit<UnheardStream, 'witness'> | undefined {
    if (!fact.crashes) return undefined;
    const uses = this.#flow.usesOf(call);
    if (!this.#canFail(call, fact, uses, unit)) return undefined;
    const hearing = this.#hearing.of(uses, fact, call);
    const shared = { stream: fact.awaited ? undefined : call, name: fact.name, why: fact.why };
    if (hearing.kind === 'unheard') return { ...shared, kind: fact.signalHides && this.#hasOption(call, 'signal') ? 'hang' : 'crash', node: call };
    return this.#heardBadly(hearing, call, uses, shared, fact.kind === 'request');
  }

  #heardBadly(hearing: Hearing, call: CallNode, uses: readonly StreamUse[], shared: Pick<UnheardStream, 'stream' | 'name' | 'why'>, isRequest: boolean): Omit<UnheardStream, 'witness'> | undefined {
    switch (hearing.kind) {
      case 'late':
        return { ...shared, kind: 'late', node: call };
      case 'rethrown':
        return { ...shared, kind: 'rethrown', node: hearing.by };
      case 'logged': {
        const answers = uses.some((use) => use.kind === 'piped' && this.#leadsToResponse(use.call)) || (isRequest && this.express.answers.answersWithin(...call.range));
        return answers ? { ...shared, kind: 'logged', node: hearing.by } : undefined;
      }
      default:
        return undefined;
    }
  }

  /** Whether the stream is used in a way in which it can fail. */
  #canFail(call: CallNode, fact: EmitterFact, uses: readonly StreamUse[], unit: Unit): boolean {
    if (fact.cause === 'misuse' || !this.#partsCanFail(call)) return false;
    if (fact.cause === 'own-code') return this.#failsByItself(call) || uses.some((use) => this.#isMadeToFail(use, unit));
    if (fact.failsUnused) return true;
    const methods = uses.flatMap((use) => (use.kind === 'method' ? [use.name] : []));
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
        if (value.kind === 'array') return value.node.elements.some((element) => element && this.#isKnownStream(element, true));
        if (value.kind === 'object') return (fact.options ?? []).some((name) => values.member(value, name, value.node).some((part) => this.#isMadeStream(part, true)));
        return this.#isMadeStream(value, true);
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

  /** A child that ends before it has read everything breaks the pipe to it. */
  #stdin(call: CallNode, fact: EmitterFact): Omit<UnheardStream, 'witness'> | undefined {
    const uses = this.#flow.usesOf(call, ['stdin']);
    const written = uses.find((use) => use.kind === 'fed' || (use.kind === 'method' && (use.name === 'write' || use.name === 'end') && use.call.arguments.length > 0));
    if (!written || !('call' in written) || this.#hearing.of(uses, fact, call).kind !== 'unheard') return undefined;
    return { kind: 'crash', node: written.call, stream: undefined, name: fact.name, why: fact.why };
  }

  #isPipelineWithoutCallback(call: TSESTree.CallExpression): boolean {
    for (const value of this.express.file.values.of(call.callee)) {
      const path = importPathOf(value);
      const fact = path && attachesErrorListener(path.module, path.path);
      // The others only hear nothing.
      if (fact?.needsCallback && fact.args === 'all' && path?.path.at(-1) === 'pipeline' && path.module !== 'mississippi') return call.arguments.length > 0 && this.#hearing.hasCallback(call) === false;
    }
    return false;
  }

  /** `source.pipe(res)`, where nothing is known of the source. */
  *#piped(call: TSESTree.CallExpression, witness: Witness): Iterable<UnheardStream> {
    const member = calledMember(call);
    if (!member || !(this.#leadsToResponse(call) || this.#isKnownStream(call.arguments[0]))) return;
    for (const { origin, path } of this.#sourcesOf(this.express.file.values.of(member.object), [], 0)) {
      if (!path || this.factOf(origin)) continue;
      const uses = this.#flow.usesOf(origin, path);
      const pipe = uses.find((use) => use.kind === 'piped');
      if (!pipe || pipe.call !== call) continue;
      const body = this.#bodyOf(origin, path);
      const shared = { stream: member.object, name: body?.name ?? '', why: body?.why ?? '' };
      const hearing = this.#hearing.of(uses, undefined, origin);
      if (hearing.kind === 'unheard') yield { ...shared, kind: body ? 'hang' : 'source', node: call, witness };
      else {
        const found = this.#heardBadly(hearing, origin, uses, shared, false);
        if (found) yield { ...found, witness };
      }
    }
  }

  /** The body of a client's answer, which never crashes. */
  #bodyOf(origin: CallNode, path: readonly string[]): { readonly name: string; readonly why: string } | undefined {
    for (const value of this.express.file.values.of(origin.callee)) {
      const module = importPathOf(value)?.module;
      const body = module === undefined ? undefined : responseBodies[module];
      if (body && path.join('.') === body.member) return { name: `the ${body.member} of ${module ?? ''}`, why: body.why };
    }
    return undefined;
  }

  /** The calls that a piped value comes out of. Parameters, and what a request holds, are somebody else's. */
  #sourcesOf(values: readonly Value[], path: readonly string[], depth: number): Source[] {
    if (depth > 8) return [];
    return values.flatMap((value): Source[] => {
      switch (value.kind) {
        case 'call': {
          const { callee, node } = value;
          if (callee.kind === 'member' && callee.name !== undefined && path.length === 0) {
            if (callee.name === 'pipe') return [];
            if (eventMethods.has(callee.name) || callee.name === 'setEncoding') return this.#sourcesOf([callee.object], path, depth + 1);
          }
          return this.#isElsewhere(value) ? [] : [{ origin: node, path }];
        }
        case 'awaited':
        case 'promise':
          return this.#sourcesOf([value.of], path, depth + 1);
        case 'member':
          return value.name === undefined ? [] : this.#sourcesOf([value.object], [value.name, ...path], depth + 1);
        case 'param': {
          // `load().then((stream) => stream.pipe(res))`
          const call = wrapped(value.fn).parent as Node;
          const member = call.type === 'CallExpression' && call.arguments[0] === value.fn ? calledMember(call) : undefined;
          if (!member || memberName(member) !== 'then' || value.index !== 0) return [];
          return this.#sourcesOf(this.express.file.values.of(member.object), [...value.path, ...path], depth + 1);
        }
        default:
          return [];
      }
    });
  }

  /** Calls of packages whose `pipe` is none of a stream, or cares for errors itself. */
  #isElsewhere(value: Value & { kind: 'call' }): boolean {
    let current: Value = value;
    for (let depth = 0; depth < 10; depth++) {
      // `sharp(file).resize(100)` is still what `sharp(file)` made, and judged there.
      if (current !== value && (current.kind === 'call' || current.kind === 'instance') && isCall(current.node) && this.factOf(current.node)) return true;
      if (current.kind === 'call') current = current.callee;
      else if (current.kind === 'member') current = current.object;
      else if (current.kind === 'instance' || current.kind === 'awaited' || current.kind === 'promise') current = current.of;
      else break;
    }
    if (current.kind === 'import') return !isProjectModule(current.module) && pipesElsewhere.has(current.module);
    return current.kind === 'param' && this.#isRequestParam(current);
  }

  /** `req.pipe(…)`, `req.busboy.pipe(…)`; not what a service found through the request returns. */
  #isRequestParam({ fn, index, path }: Value & { kind: 'param' }): boolean {
    const param = parametersOf(fn)[index];
    const role = param?.type === 'Identifier' ? this.express.answers.roleOf(param) : undefined;
    return role === 'response' || (role === 'request' && path.length < 2);
  }

  /** Whether what `call` pipes ends up in the response, at once or through further pipes. */
  #leadsToResponse(call: TSESTree.CallExpression): boolean {
    const [to] = call.arguments;
    if (to && this.#isResponse(to)) return true;
    const member = wrapped(call).parent;
    const next = member?.type === 'MemberExpression' && member.object === wrapped(call) ? wrapped(member).parent : undefined;
    if (next?.type !== 'CallExpression' || unwrap(next.callee) !== member) return false;
    const name = calledMethod(next) ?? '';
    return (name === 'pipe' || eventMethods.has(name)) && this.#leadsToResponse(next);
  }

  #isResponse(node: Node): boolean {
    for (let current = unwrap(node); ; ) {
      if (this.express.answers.roleOf(current) === 'response') return true;
      const member = current.type === 'CallExpression' ? calledMember(current) : undefined;
      if (!member) return false;
      current = unwrap(member.object);
    }
  }

  #isKnownStream(node: Node | undefined, crashes = false): boolean {
    return node !== undefined && this.express.file.values.of(node).some((value) => this.#isMadeStream(value, crashes));
  }

  #isMadeStream(value: Value, crashes = false): boolean {
    const made = value.kind === 'call' || value.kind === 'instance' ? value.node : undefined;
    const fact = isCall(made) ? this.factOf(made) : undefined;
    return fact !== undefined && (fact.crashes || !crashes);
  }

  #hasOption(call: CallNode, name: string): boolean {
    const { values } = this.express.file;
    return call.arguments.some((arg) => values.of(arg).some((value) => value.kind === 'object' && value.node.properties.some((property) => property.type === 'Property' && memberName(property) === name)));
  }
}

/** `null`, `undefined` */
function isNothing(node: Node): boolean {
  const inner = unwrap(node);
  return (inner.type === 'Literal' && inner.value === null) || (inner.type === 'Identifier' && inner.name === 'undefined');
}

