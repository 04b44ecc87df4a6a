import { type CallNode, calledMember, isCall, memberName, type Node, parametersOf, wrapped } from '../ast/nodes.js';
import type { Value } from '../ast/values.js';
import { isProjectModule } from '../express/imports.js';
import type { ExpressModel } from '../express/model.js';
import { eventMethods } from './callbacks.js';
import { pipesElsewhere, responseBodies } from './emitters.js';
import { importPathOf } from './paths.js';
import type { StreamMakers } from './stream-makers.js';

/** Where a stream that the tables do not know comes from. */
export interface Source {
  /** The call, or the promise of it, that the stream comes out of. */
  readonly origin: CallNode;
  /** Where in the value of the call the stream is: `['data']` for `response`. */
  readonly path: readonly string[];
}

/** Follows what is piped back to the calls it comes out of. */
export class StreamSources {
  constructor(
    private readonly express: ExpressModel,
    private readonly makers: StreamMakers,
  ) {}

  /** The calls that an expression's value comes out of, unless their failure is known to do no harm. */
  behind(node: Node): Source[] {
    return this.#of(this.express.file.values.of(node), [], 0);
  }

  /** The body of a client's answer, which never crashes. */
  bodyOf(origin: CallNode, path: readonly string[]): { readonly name: string; readonly why: string } | undefined {
    for (const value of this.express.file.values.of(origin.callee)) {
      const module = importPathOf(value)?.module ?? '';
      const body = responseBodies[module];
      if (path.join('.') === body?.member) return { name: `\`${body.member}\` of ${module}`, why: body.why };
    }
    return undefined;
  }

  /** The calls that a piped value comes out of. Parameters, and what a request holds, are somebody else's. */
  #of(values: readonly Value[], path: readonly string[], depth: number): Source[] {
    if (depth > 8) return [];
    return values.flatMap((value): Source[] => {
      switch (value.kind) {
        case 'call': {
          const { callee, node } = value;
          if (callee.kind === 'member' && callee.name !== undefined && path.length === 0) {
            if (callee.name === 'pipe') return [];
            if (eventMethods.has(callee.name) || callee.name === 'setEncoding') return this.#of([callee.object], path, depth + 1);
          }
          return this.#isElsewhere(value) ? [] : [{ origin: node, path }];
        }
        case 'awaited':
        case 'promise':
          return this.#of([value.of], path, depth + 1);
        case 'member':
          if (value.name === undefined) return [];
          return this.#gathered(value.object, value.name)?.flatMap((one) => this.#of([one], path, depth + 1)) ?? this.#of([value.object], [value.name, ...path], depth + 1);
        case 'param': {
          // `load().then((stream) => stream.pipe(res))`
          const call = wrapped(value.fn).parent;
          const member = call?.type === 'CallExpression' && call.arguments[0] === value.fn ? calledMember(call) : undefined;
          if (!member || memberName(member) !== 'then' || value.index !== 0) return [];
          return this.#of(this.express.file.values.of(member.object), [...value.path, ...path], depth + 1);
        }
        default:
          return [];
      }
    });
  }

  /** What stands at `name` in the list that was given to `Promise.all()`. */
  #gathered(list: Value, name: string): readonly Value[] | undefined {
    const call = list.kind === 'awaited' ? list.of : list;
    if (call.kind !== 'call' || call.callee.kind !== 'global' || call.callee.path.join('.') !== 'Promise.all') return undefined;
    const [array] = call.node.arguments;
    const element = array?.type === 'ArrayExpression' ? array.elements[Number(name)] : undefined;
    return element ? this.express.file.values.of(element) : undefined;
  }

  /** Calls of packages whose `pipe` is none of a stream, or cares for errors itself. */
  #isElsewhere(value: Value & { kind: 'call' }): boolean {
    let current: Value = value;
    for (let depth = 0; depth < 10; depth++) {
      // `sharp(file).resize(100)` is still what `sharp(file)` made, and judged there.
      if (current !== value && (current.kind === 'call' || current.kind === 'instance') && isCall(current.node) && this.makers.factOf(current.node)) return true;
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
}
