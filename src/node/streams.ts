import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMember, calledMethod, isCall, isFunction, type Node, unwrap, wrapped } from '../ast/nodes.js';
import type { Unit } from '../ast/tree.js';
import type { EmitterMade } from '../express/facts.js';
import type { ExpressModel } from '../express/model.js';
import type { Witness } from '../express/reach.js';
import { callbackSink } from '../promises/sinks.js';
import { eventMethods } from './callbacks.js';
import { attachesErrorListener, type EmitterFact } from './emitters.js';
import { importPathOf } from './paths.js';
import { StreamFlow, type StreamUse } from './stream-flow.js';
import { type Hearing, StreamHearing } from './stream-hearing.js';
import { StreamMakers } from './stream-makers.js';
import { StreamSources } from './stream-sources.js';

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
  /** Something waits for it to close, which it does after an error too: an answer to the error would be followed by another. */
  readonly isAwaited?: boolean;
  readonly name: string;
  /** "fails when …" */
  readonly why: string;
  readonly witness: Witness;
}

/** Finds the streams and emitters on the request path whose error reaches nobody. */
export class Streams {
  readonly #makers: StreamMakers;
  readonly #sources: StreamSources;
  readonly #flow: StreamFlow;
  readonly #hearing: StreamHearing;

  constructor(private readonly express: ExpressModel) {
    this.#makers = new StreamMakers(express);
    this.#sources = new StreamSources(express, this.#makers);
    this.#flow = new StreamFlow(express);
    this.#hearing = new StreamHearing(express);
  }

  /** All of them, one for each stream: on the request path, and in other exported functions those that end the process or a wait. */
  *unheard(): Iterable<UnheardStream> {
    const { requestPath, exportedPath } = this.express;
    const seen = new Set<string>();
    for (const unit of [...requestPath.units, ...exportedPath.units]) {
      const witness = this.express.witnessOf(unit);
      if (!witness) continue;
      for (const found of this.unheardIn(unit)) {
        if (witness.handler.kind === 'exported' && !this.#harmsAnybody(found, unit)) continue;
        const key = `${found.kind} ${found.node.range.join()}`;
        if (!seen.has(key)) yield { ...found, witness };
        seen.add(key);
      }
    }
  }

  /** Whether an error does harm whoever runs the code: it ends the process, or a promise that waits for the stream never settles. */
  #harmsAnybody({ kind }: Pick<UnheardStream, 'kind'>, unit: Unit): boolean {
    return kind === 'hang' ? this.#isInExecutor(unit) : kind !== 'source' && kind !== 'logged';
  }

  /** Whether a function is what a promise is made with, or is written in one. */
  #isInExecutor(unit: Unit): boolean {
    for (let current: Unit | undefined = unit; current; current = current.parent) {
      if (!isFunction(current.node)) continue;
      const fn = wrapped(current.node);
      if (isCall(fn.parent) && callbackSink(this.express.file, fn.parent, fn)?.kind === 'executor') return true;
    }
    return false;
  }

  /** Those that one function makes or pipes itself. */
  *unheardIn(unit: Unit): Iterable<Omit<UnheardStream, 'witness'>> {
    for (const call of unit.calls) yield* this.#inCall(call, unit);
  }

  /** What a call makes, and whether anybody hears of its errors, for other files that get hold of it. */
  madeBy(node: Node): EmitterMade | undefined {
    const fact = isCall(node) ? this.#makers.factOf(node) : undefined;
    if (!isCall(node) || !fact) return undefined;
    const [path, ...others] = this.express.file.values.of(node.callee).flatMap((value) => importPathOf(value) ?? []);
    if (!path || others.length > 0) return undefined;
    const hearing = this.#hearing.of(this.#flow.usesOf(node).filter((use) => use.kind !== 'escapes'), fact, node);
    return { module: path.module, path: path.path, how: node.type === 'NewExpression' ? 'new' : 'call', heard: hearing.kind !== 'unheard' };
  }

  *#inCall(call: CallNode, unit: Unit): Iterable<Omit<UnheardStream, 'witness'>> {
    const fact = this.#makers.factOf(call);
    if (fact) {
      const found = this.#made(call, fact, unit);
      if (found) yield found;
      if (fact.parts?.stdin) {
        const stdin = this.#stdin(call, fact.parts.stdin);
        if (stdin) yield stdin;
      }
    }
    if (call.type !== 'CallExpression') return;
    if (this.#isPipelineWithoutCallback(call)) yield { kind: 'pipeline', node: call, stream: undefined, name: 'pipeline', why: '' };
    else if (calledMethod(call) === 'pipe') yield* this.#piped(call);
  }

  #made(call: CallNode, fact: EmitterFact, unit: Unit): Omit<UnheardStream, 'witness'> | undefined {
    if (!fact.crashes) return undefined;
    const uses = this.#flow.usesOf(call);
    if (!this.#makers.canFail(call, fact, uses, unit)) return undefined;
    const hearing = this.#hearing.of(uses, fact, call);
    const shared = { stream: fact.awaited ? undefined : call, name: fact.name, why: fact.why };
    if (hearing.kind === 'unheard') return { ...shared, kind: fact.signalHides && this.#makers.hasOption(call, 'signal') ? 'hang' : 'crash', node: call, isAwaited: uses.some((use) => use.kind === 'event' && use.event === 'close') };
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
  *#piped(call: TSESTree.CallExpression): Iterable<Omit<UnheardStream, 'witness'>> {
    const member = calledMember(call);
    if (!member || !(this.#leadsToResponse(call) || this.#makers.isStream(call.arguments[0]))) return;
    for (const { origin, path } of this.#sources.behind(member.object)) {
      if (this.#makers.factOf(origin)) continue;
      const uses = this.#flow.usesOf(origin, path);
      const pipe = uses.find((use) => use.kind === 'piped');
      if (pipe?.call !== call) continue;
      const body = this.#sources.bodyOf(origin, path);
      const shared = { stream: member.object, name: body?.name ?? '', why: body?.why ?? '' };
      const hearing = this.#hearing.of(uses, undefined, origin);
      if (hearing.kind === 'unheard') yield { ...shared, kind: body ? 'hang' : 'source', node: call };
      else {
        const found = this.#heardBadly(hearing, origin, uses, shared, false);
        if (found) yield found;
      }
    }
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
}
