import { calledName, contains, functionLength, type FunctionNode, isFunction, memberName, type Node, parametersOf, paramName, unwrap } from '../ast/nodes.js';
import { shortText } from '../ast/text.js';
import type { Value } from '../ast/values.js';
import { Apps, memberPath } from './apps.js';
import { referenceOf } from './elsewhere.js';
import { importKey, isProjectModule, originOf } from './imports.js';
import type { ExpressModel } from './model.js';
import { type Registration, routeLabel } from './routes.js';
import { bodyParsers, compressors, errorMiddleware, fileServers } from './vocabulary.js';

/** Middleware that stands where what it is for has been passed already, or never comes by. */
export interface Misplaced {
  /**
   * - `errors`: error middleware before all routes
   * - `unused`: compression after all routes
   * - `files`: compression after the files that it should serve
   */
  readonly kind: 'errors' | 'unused' | 'files';
  readonly node: Node;
  /** How a sentence names the middleware. */
  readonly name: string;
  /** What it misses, as a message names it, and where that stands. */
  readonly missed: { readonly name: string; readonly line: number };
}

/** What a registration does for the requests that come by. `own`: a function of the project; `last`: one that hands nothing on; `unknown`: anything. */
type Part = 'errors' | 'route' | 'last' | 'own' | 'compression' | 'files' | 'parser' | 'other' | 'unknown';

interface Step {
  readonly registration: Registration;
  readonly part: Part;
}

/** Finds middleware in the wrong place among the registrations on one app or router, as far as one function makes them all. */
export function misplaced(express: ExpressModel): Misplaced[] {
  const reader = new SequenceReader(express);
  return [...reader.sequences()].flatMap((steps) => [...reader.earlyErrors(steps), ...reader.lateCompression(steps)]);
}

class SequenceReader {
  readonly #apps: Apps;

  constructor(private readonly express: ExpressModel) {
    this.#apps = new Apps(express.file);
  }

  /** The registrations on each app or router that are all made by one function, in order. */
  sequences(): Iterable<readonly Step[]> {
    const byReceiver = new Map<unknown, Step[]>();
    for (const registration of this.express.isServed ? this.express.registrations : []) {
      const { key, certainty, raw } = registration.receiver;
      if (certainty !== 'certain' || !raw || registration.method === 'param') continue;
      const step = { registration, part: this.#partOf(registration) };
      const steps = byReceiver.get(key);
      if (steps) steps.push(step);
      else byReceiver.set(key, [step]);
    }
    return [...byReceiver.values()].filter((steps) => new Set(steps.map(({ registration: { node } }) => this.express.unitOf(node))).size === 1);
  }

  /** Error middleware that stands before all routes, where no other follows them. */
  earlyErrors(steps: readonly Step[]): Misplaced[] {
    const index = steps.findIndex(({ part }) => part === 'errors');
    const own = steps[index];
    const before = steps.slice(0, Math.max(0, index));
    const after = steps.slice(index + 1);
    const missed = after.find(({ part }) => part === 'route');
    if (!own || !missed || steps.some(({ part }) => part === 'unknown') || before.some(({ part }) => part === 'route' || part === 'last')) return [];
    if (after.slice(after.indexOf(missed)).some(({ part }) => part === 'errors') || this.#isForParser(own, before.at(-1))) return [];
    if (!this.#answersAll(own.registration) || this.#isHandedOn(own.registration) || this.#mountsRouter(own.registration)) return [];
    return [found('errors', own, missed)];
  }

  lateCompression(steps: readonly Step[]): Misplaced[] {
    const index = steps.findIndex(({ part }) => part === 'compression');
    const own = steps[index];
    if (!own) return [];
    const before = steps.slice(0, index);
    const files = before.find(({ part }) => part === 'files');
    if (files) return [found('files', own, files)];
    const route = before.find(({ part }) => part === 'route');
    const isLast = steps.slice(index + 1).every(({ part }) => part === 'errors');
    return route && isLast && !this.#isHandedOn(own.registration) ? [found('unused', own, route)] : [];
  }

  #partOf(registration: Registration): Part {
    const { method, path, handlers } = registration;
    const parts = new Set(handlers.map((handler) => this.#partOfHandler(handler)));
    if (parts.has('unknown')) return method === 'use' ? 'unknown' : 'route';
    if (method !== 'use') return 'route';
    if (parts.has('route')) return 'route';
    const [only = 'unknown'] = parts;
    if (only === 'own' || only === 'last') return path === undefined ? only : 'route';
    if (parts.size > 1) return 'other';
    return path !== undefined && (only === 'errors' || only === 'compression' || only === 'files') ? 'other' : only;
  }

  #partOfHandler(handler: Node): Part {
    if (this.#apps.receiver(handler)?.certainty === 'certain') return 'route';
    const parts = new Set(this.express.file.values.of(handler).map((value) => this.#partOfValue(value, handler)));
    const [only = 'unknown'] = parts;
    return parts.size > 1 ? 'unknown' : only;
  }

  #partOfValue(value: Value, handler: Node): Part {
    if (value.kind === 'function') return partOfLength(functionLength(value.node) - value.bound);
    const { values, elsewhere } = this.express.file;
    const made = value.kind === 'call' ? value.callee : value;
    const key = made.kind === 'import' ? importKey(made) : undefined;
    if (key !== undefined) {
      if (errorMiddleware.has(key)) return 'errors';
      if (value.kind === 'call' && compressors.has(key)) return 'compression';
      if (value.kind === 'call' && fileServers.has(key)) return 'files';
      if (value.kind === 'call' && bodyParsers.has(key)) return 'parser';
    }
    const reference = referenceOf(value, values);
    const shape = reference && elsewhere.shapeOf(reference);
    if (shape) return partOfLength(shape.length);
    const origin = originOf(value);
    // What a package gives is no error middleware, unless its name says so.
    return origin && !isProjectModule(origin.module) && !/err|exception|fail/i.test(`${origin.module}.${shortText(handler)}`) ? 'other' : 'unknown';
  }

  /** Written in place right behind a parser of bodies: for its errors alone, it may be. */
  #isForParser({ registration }: Step, before: Step | undefined): boolean {
    return before?.part === 'parser' && registration.handlers.some((handler) => isFunction(unwrap(handler)));
  }

  /** Whether error middleware answers every error that it gets, so that it is for all that follows. */
  #answersAll({ handlers }: Registration): boolean {
    const { values, elsewhere } = this.express.file;
    return handlers.every((handler) =>
      values.of(handler).every((value) => {
        if (value.kind === 'function') return answersEveryError(this.express, value.node, value.bound);
        const reference = referenceOf(value, values);
        const made = value.kind === 'call' ? value.callee : value;
        return (made.kind === 'import' && errorMiddleware.has(importKey(made))) || (reference !== undefined && elsewhere.shapeOf(reference)?.answers === true);
      }),
    );
  }

  /** `app.use(app.router)`: where Express 3 runs the routes. */
  #mountsRouter({ receiver }: Registration): boolean {
    return this.express.file.tree.members.some((member) => memberName(member) === 'router' && this.#is(member.object, receiver.key));
  }

  #is(node: Node, key: unknown): boolean {
    const inner = unwrap(node);
    return inner.type === 'Identifier' ? this.express.file.scopes.variableAt(inner) === key : inner.type === 'MemberExpression' && memberPath(inner) === key;
  }

  /** Whether the app is given to something that may register more on it, other than a server. */
  #isHandedOn({ receiver, node }: Registration): boolean {
    const { tree, values } = this.express.file;
    return tree.calls.some((call) => {
      if (call.range[1] < node.range[0] && this.express.unitOf(call) === this.express.unitOf(node)) return false;
      if (!call.arguments.some((arg) => this.#is(arg, receiver.key)) || this.express.registrations.some((registration) => registration.node === call)) return false;
      return !values.of(call.callee).some((value) => value.kind === 'import' && /^(?:https?|http2|spdy|supertest|socket\.io|serverless-http)$/.test(value.module));
    });
  }
}

function partOfLength(length: number): Part {
  if (length === 4) return 'errors';
  return length === 2 ? 'last' : 'own';
}

function found(kind: Misplaced['kind'], own: Step, missed: Step): Misplaced {
  const [handler = own.registration.node] = own.registration.handlers;
  const [served = missed.registration.node] = missed.registration.handlers;
  const name = kind === 'files' || missed.registration.path === undefined ? shortText(served) : routeLabel(missed.registration).replace(/^middleware on /, '');
  return { kind, node: handler, name: isFunction(unwrap(handler)) ? 'this middleware' : `\`${shortText(handler)}\``, missed: { name, line: missed.registration.node.loc.start.line } };
}

/**
 * Whether error middleware ends in an answer whatever error it gets: its last statement answers, and it hands on no error
 * but where the headers are sent already.
 */
export function answersEveryError(express: ExpressModel, fn: FunctionNode, bound = 0): boolean {
  const [, , response, next] = parametersOf(fn).slice(bound).map(paramName);
  const unit = express.file.tree.units.get(fn);
  if (!unit || response === undefined || functionLength(fn) - bound !== 4) return false;
  const handsOn = unit.calls.some((call) => calledName(call) === next && !isAfterHeaders(call, fn));
  return !handsOn && endsInAnswer(fn.body, response);
}

function isAfterHeaders(call: Node, fn: Node): boolean {
  for (let current = call.parent; current && current !== fn; current = current.parent) {
    if (current.type === 'IfStatement' && contains(current.consequent, call)) return mentionsHeaders(current.test);
  }
  return false;
}

function mentionsHeaders(test: Node): boolean {
  const inner = unwrap(test);
  if (inner.type === 'MemberExpression') return /^(?:headersSent|_headerSent|headerSent|finished|writableEnded)$/.test(memberName(inner) ?? '');
  if (inner.type === 'LogicalExpression') return mentionsHeaders(inner.left) && mentionsHeaders(inner.right);
  return false;
}

function endsInAnswer(node: Node, response: string): boolean {
  switch (node.type) {
    case 'BlockStatement': {
      const last = node.body.at(-1);
      return last !== undefined && endsInAnswer(last, response);
    }
    case 'IfStatement':
      return node.alternate !== null && endsInAnswer(node.consequent, response) && endsInAnswer(node.alternate, response);
    case 'ReturnStatement':
      return node.argument !== null && endsInAnswer(node.argument, response);
    case 'ExpressionStatement':
      return endsInAnswer(node.expression, response);
    default: {
      const inner = unwrap(node);
      return inner.type === 'CallExpression' && shortText(inner).replace(/\(\)/g, '').startsWith(`${response}.`);
    }
  }
}
