import { calledMethod, calledName, type FunctionNode, memberName, type Node, unwrap } from '../ast/nodes.js';
import { type Unit, unitAround } from '../ast/tree.js';
import { CallbackErrors } from '../node/callback-errors.js';
import { Landings } from '../node/landing.js';
import { type Risk, Throwing } from '../node/throwing.js';
import { type Taken, Timing } from '../node/timing.js';
import { endsProcess, type Escape, type Leak, Rejections } from '../promises/rejections.js';
import { Answers } from './answers.js';
import { type ExpressSettings, type ParsedFile, readSettings, type SourceFile, sourceFile } from './file.js';
import { type Departure, departuresOf } from './departures.js';
import type { DeedKind, Elsewhere, Failure } from './elsewhere.js';
import { exportedFunctions } from './exported-functions.js';
import { type DistantHandler, type Handler, HandlerFinder, type HandlerUse, importedModules } from './handlers.js';
import { isTestFile } from './production.js';
import { RequestPath, type Witness } from './reach.js';
import { findRegistrations, type Registration } from './routes.js';
import { SecondAnswers } from './second-answers.js';
import { patches } from './vocabulary.js';
import { wrapperInScope } from './wrappers.js';

/** A handler of another file that is registered here, and how its promise rejects. */
export interface DistantFailure extends DistantHandler {
  readonly failure: Failure;
}

/** Something that can throw in a callback that runs later, and the callback. */
export interface LateThrow extends Risk {
  readonly by: Taken;
  readonly callback: FunctionNode;
}

const noNames: ReadonlySet<string> = new Set();

/**
 * The Express facts of one file. Every part is worked out when it is first asked for, and once.
 */
export class ExpressModel {
  #registrations: readonly Registration[] | undefined;
  #handlers: readonly Handler[] | undefined;
  #distant: readonly DistantHandler[] = [];
  #handlerOf: ReadonlyMap<Node, Handler> | undefined;
  #answers: Answers | undefined;
  #rejections: Rejections | undefined;
  #timing: Timing | undefined;
  #landings: Landings | undefined;
  #throwing: Throwing | undefined;
  #secondAnswers: SecondAnswers | undefined;
  #callbackErrors: CallbackErrors | undefined;
  #requestPath: RequestPath | undefined;
  #exportedPath: RequestPath | undefined;
  #served: boolean | undefined;

  constructor(readonly file: SourceFile) {}

  /** Whether this file is code that runs in production: not a test. */
  get isServed(): boolean {
    return (this.#served ??= !isTestFile(this.file.filename, this.file.facts.root));
  }

  /** Whether this file belongs to a program that serves requests: it registers handlers, or its project depends on Express. */
  get isServer(): boolean {
    return this.isServed && (this.file.facts.declared !== false || this.registrations.length > 0);
  }

  /** Every registration of handlers on an app or router, in source order. */
  get registrations(): readonly Registration[] {
    return (this.#registrations ??= findRegistrations(this.file));
  }

  /** Every function that runs for a request because it is registered, exported by signature, or given to a companion. */
  get handlers(): readonly Handler[] {
    if (!this.#handlers) {
      // A wrapper's proof looks at its own parameters only, so it needs no handlers.
      const proof = new Rejections(this.file, new Answers(this.file, []), []);
      const finder = new HandlerFinder(this.file, this.registrations, (fn, index) => proof.ofParameter(fn, index));
      this.#handlers = this.isServed ? finder.find() : [];
      this.#distant = finder.distant;
    }
    return this.#handlers;
  }

  /** The handlers that this file registers and another one defines. */
  get distantHandlers(): readonly DistantHandler[] {
    return this.handlers.length >= 0 ? this.#distant : [];
  }

  /** Those of them whose rejections nobody sees, and how they fail. */
  unprotectedDistantHandlers(wrappers: ReadonlySet<string>): DistantFailure[] {
    const names = new Set([...wrappers, ...this.file.settings.wrappers]);
    return this.distantHandlers.flatMap((handler) => {
      const { use, reference } = handler;
      if (!this.#isUnprotected(use, names)) return [];
      const failure = this.file.elsewhere.failureOf(reference, checksInput(use.registration, use.node));
      return failure ? [{ ...handler, failure }] : [];
    });
  }

  /** What a request's code leads to in other files, one place for each thing there, by kind. */
  departures(kind: DeedKind, path: RequestPath = this.requestPath): Departure[] {
    return departuresOf(this, kind, path);
  }

  /** The innermost handler that `node` is written in, itself included; undefined outside of handlers. */
  handlerAround(node: Node): Handler | undefined {
    for (let current: Node | undefined = node; current; current = current.parent) {
      const handler = this.handlerOf(current);
      if (handler) return handler;
    }
    return undefined;
  }

  /** What is known of a function as a handler; undefined when it is none. */
  handlerOf(fn: Node): Handler | undefined {
    this.#handlerOf ??= new Map(this.handlers.map((handler) => [handler.fn, handler]));
    return this.#handlerOf.get(fn);
  }

  /** Which calls answer a request. */
  get answers(): Answers {
    return (this.#answers ??= new Answers(this.file, this.handlers));
  }

  /** Where rejections come from and where they go. */
  get rejections(): Rejections {
    return (this.#rejections ??= new Rejections(this.file, this.answers, this.handlers));
  }

  /** The rejections that reach nobody: on the request path all of them, in other exported functions those that end the process. */
  *leaks(): Iterable<Leak> {
    for (const unit of this.requestPath.units) yield* this.rejections.leaks(unit);
    for (const unit of this.exportedPath.units) yield* this.rejections.leaks(unit).filter(endsProcess);
  }

  /** When callbacks run. */
  get timing(): Timing {
    return (this.#timing ??= new Timing(this.file, this.answers));
  }

  /** Where throws land. */
  get landings(): Landings {
    return (this.#landings ??= new Landings(this.file, this.timing, (fn) => this.handlerOf(fn)));
  }

  /** Which callbacks lose the error that they are given. */
  get callbackErrors(): CallbackErrors {
    return (this.#callbackErrors ??= new CallbackErrors(this.file, this.answers, this.timing, this.landings, (fn) => (this.handlerOf(fn)?.kind ?? 'callback') !== 'callback'));
  }

  /** The answers that are given after another answer. */
  get secondAnswers(): SecondAnswers {
    return (this.#secondAnswers ??= new SecondAnswers(this.file, this.answers, this.timing));
  }

  /**
   * What a function itself does that can throw where nobody catches it, because it runs in a callback, later.
   * @param extra more functions that throw
   */
  lateThrows(unit: Unit, extra: ReadonlySet<string> = noNames): LateThrow[] {
    const throwing = extra.size > 0 ? new Throwing(this.file, extra) : (this.#throwing ??= new Throwing(this.file, noNames));
    return throwing.in(unit).flatMap((risk): LateThrow[] => {
      const landing = this.landings.of(risk.node);
      // What throws the error of its callback on should hand it on instead.
      if (landing.kind !== 'process' || (risk.node.type === 'ThrowStatement' && this.callbackErrors.isErrorOfCallback(risk.node))) return [];
      return [{ ...risk, by: landing.by, callback: landing.callback }];
    });
  }

  /** The code that can run while a request is served. */
  get requestPath(): RequestPath {
    return (this.#requestPath ??= new RequestPath(this.file, this.handlers));
  }

  /**
   * The code that a server runs when other files ask it to: what exported functions of its own package do, beside the request
   * path. Who asks is not known here, so only what harms the process at any time is wrong there.
   */
  get exportedPath(): RequestPath {
    return (this.#exportedPath ??= new RequestPath(this.file, exportedFunctions(this.file), this.requestPath));
  }

  /** Why `unit` is on the request path, or else on that of exported functions; undefined when it is on neither. */
  witnessOf(unit: Unit): Witness | undefined {
    return this.requestPath.witness(unit) ?? this.exportedPath.witness(unit);
  }

  /** The same, without what only handlers of the given kind start. */
  requestPathWithout(kind: Handler['kind']): RequestPath {
    return new RequestPath(
      this.file,
      this.handlers.filter((handler) => handler.kind !== kind),
    );
  }

  /** Why `node` can run while a request is served; undefined when nothing in this file says so. */
  witness(node: Node): Witness | undefined {
    return this.requestPath.witness(this.unitOf(node));
  }

  /**
   * The handlers whose rejections nobody sees: registered bare on Express 4, or given to a companion that ignores promises.
   * @param wrappers more names of functions that forward the rejections of the handler they wrap
   */
  unprotectedHandlers(wrappers: ReadonlySet<string>): Handler[] {
    const names = new Set([...wrappers, ...this.file.settings.wrappers]);
    return this.handlers.filter((handler) => {
      if (handler.kind === 'callback') return handler.drops;
      return handler.uses.some((use) => this.#isUnprotected(use, names));
    });
  }

  /** How the promise of a handler rejects first; undefined when it does not. */
  escapeOf({ fn, uses }: Handler): Escape | undefined {
    const escapes = this.rejections.escapes(fn);
    const isChecked = uses.length > 0 && uses.every(({ registration, node }) => checksInput(registration, node));
    return isChecked ? escapes.find(({ onMissingInput }) => !onMissingInput) : escapes[0];
  }

  #isUnprotected({ protection, registration, node }: HandlerUse, wrappers: ReadonlySet<string>): boolean {
    if (isWrappedBy(node, wrappers)) return false;
    return protection === 'drops' || (this.file.major === 4 && protection === 'none' && !this.isPatched(registration));
  }

  /** The handlers whose body Express never runs: generator functions, where nothing is loaded that would run them. */
  get generatorHandlers(): Handler[] {
    if ([...importedModules(this.file)].some((module) => runsGenerators.test(module))) return [];
    return this.handlers.filter(({ fn, uses }) => fn.generator && uses.some(({ protection, registration }) => protection === 'none' && registration.receiver.certainty === 'certain'));
  }

  /** A function in scope that forwards the rejections of the handler it is given: proved, or used like one elsewhere in the file. */
  wrapperInScope(node: Node): { readonly name: string; readonly proved: boolean } | undefined {
    return wrapperInScope(this, node);
  }

  /** The function, or module, that `node` runs in. */
  unitOf(node: Node): Unit {
    return unitAround(this.file.tree, node);
  }

  /**
   * Whether Express 4 is made to forward rejections when `registration` runs: a patch package is loaded before it in this
   * file, or, when this file loads none, the project depends on one. A CommonJS patch leaves the routes before it alone.
   */
  isPatched(registration: Registration): boolean {
    let own: number | undefined;
    for (const module of importedModules(this.file)) {
      if (patches.has(module)) own = this.#loadedAt(module);
    }
    return own === undefined ? this.file.facts.patched : own <= registration.node.range[0];
  }

  #loadedAt(module: string): number {
    for (const unit of this.file.tree.units.values()) {
      for (const call of unit.calls) {
        const [source] = call.arguments;
        if (call.callee.type === 'Identifier' && call.callee.name === 'require' && source?.type === 'Literal' && source.value === module) return call.range[0];
      }
    }
    // An import runs before everything else.
    return 0;
  }
}

const checking = /valid|check|schema|celebrate|sanit|joi|zod|body|query|param|require|guard|parse|upload/i;

/** Whether a middleware of the same registration goes by a name that says it refuses what is wrong: `router.post('/', validate(schema), create)`. */
function checksInput({ handlers }: Registration, handler: Node): boolean {
  return handlers.some((one) => one !== handler && namesIn(one).some((name) => checking.test(name)));
}

function namesIn(node: Node): string[] {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return [inner.name];
  if (inner.type === 'MemberExpression') return [...namesIn(inner.object), memberName(inner) ?? ''];
  return inner.type === 'CallExpression' ? namesIn(inner.callee) : [];
}

function isWrappedBy(node: Node, wrappers: ReadonlySet<string>): boolean {
  const inner = unwrap(node);
  return inner.type === 'CallExpression' && wrappers.has(calledName(inner) ?? calledMethod(inner) ?? '');
}

/** `co`, `co-express`, `express-yields`: what makes Express run generators. */
const runsGenerators = /(?:^|\W)(?:co|yields?|generators?)(?:\W|$)/;

const models = new WeakMap<object, ExpressModel>();
let built = 0;

/** How many models this process has built: one a file, however many rules run. For tests and benchmarks. */
export function modelsBuilt(): number {
  return built;
}

/** What a rule has to give to get the model: ESLint's rule context fits. */
export interface ModelContext {
  readonly sourceCode: ParsedFile & { readonly text: string };
  readonly filename: string;
  readonly settings: unknown;
}

/**
 * The model of the file that is being linted, the same for all rules.
 * @param elsewhereFor what is known of other files; without it, nothing
 * @returns undefined when the host gives no scopes (another language's tree)
 */
export function modelOf({ sourceCode, filename, settings }: ModelContext, elsewhereFor?: (filename: string, settings: ExpressSettings) => Elsewhere): ExpressModel | undefined {
  const known = models.get(sourceCode);
  if (known) return known;
  const { scopeManager } = sourceCode;
  if (!scopeManager) return undefined;
  built++;
  const own = readSettings(settings);
  const model = new ExpressModel(sourceFile({ ...pick(sourceCode), scopeManager }, filename, own, elsewhereFor?.(filename, own)));
  models.set(sourceCode, model);
  return model;
}

function pick({ ast, visitorKeys }: ParsedFile): Omit<ParsedFile, 'scopeManager'> {
  return { ast, visitorKeys };
}

const signs = /\bexpress\b|passport|[rR]outer\b|Strategy\(|_handleFile|\bmulter\b/;
const requestSign = /[rR]eq(?:uest)?_*\b/;
const responseSign = /[rR]es(?:p|ponse)?_*\b|NextFunction/;
const shown = new WeakMap<object, boolean>();

/** One cheap test on the text, once a file for all rules: whether a file can have anything to do with requests. */
export function showsExpress(sourceCode: { readonly text: string }): boolean {
  let shows = shown.get(sourceCode);
  if (shows === undefined) {
    const { text } = sourceCode;
    shows = signs.test(text) || (requestSign.test(text) && responseSign.test(text));
    shown.set(sourceCode, shows);
  }
  return shows;
}

