import { blockingCall } from '../node/blocking.js';
import { instanceOf } from '../node/instances.js';
import type { ImportPath } from '../node/modules.js';
import { promiseFact } from '../promises/known.js';
import type { Given, ParameterFate } from '../promises/rejections.js';
import { type Culprit, type DeedKind, type Elsewhere, type Failure, type Reference, referenceKey } from './elsewhere.js';
import type { EmitterMade, FunctionFacts, ModuleFacts, Thing } from './facts.js';

/** The modules of a project. */
export interface Modules {
  /** The file that a module's name stands for in the file `from`; undefined for packages and what cannot be found. */
  resolve(from: string, module: string): string | undefined;
  /** What a file is to others; undefined for what cannot be read. */
  facts(filename: string): ModuleFacts | undefined;
}

/** A thing, and the module that it is written in; without one, nothing is known of it. */
interface Located {
  readonly thing: Thing;
  readonly module: ModuleFacts | undefined;
}

/** A function of a module. */
interface Linked {
  readonly module: ModuleFacts;
  readonly fn: FunctionFacts;
}

const unknown: Located = { thing: {}, module: undefined };
const nowhere: readonly Located[] = [unknown];
/** Through how many modules and members one value is followed. */
const mostHops = 30;
/** How many functions are looked at behind one call, and how many things are told of them. */
const mostFunctions = 600;
const mostCulprits = 40;

/** What the functions of other files do, as seen from one file: follows references from module to module. */
export class Project implements Elsewhere {
  readonly #followed = new Map<string, readonly Located[]>();
  readonly #failing = new Map<FunctionFacts, boolean>();
  readonly #running = new Set<FunctionFacts>();
  /** How many answers were cut short because their function was being looked at already. */
  #cuts = 0;
  readonly #promising = new Set<FunctionFacts>();
  readonly #culprits = new Map<FunctionFacts, ReadonlyMap<DeedKind, readonly Culprit[]>>();

  constructor(
    private readonly from: string,
    private readonly modules: Modules,
  ) {}

  givesPromise(callee: Reference): boolean | undefined {
    return this.#givesPromise(this.from, callee);
  }

  canFail(callee: Reference): boolean {
    return this.#canFail(this.from, callee, 0);
  }

  throws(callee: Reference): boolean {
    const found = this.#follow(this.from, callee);
    return found.every((located) => {
      const at = linked(located);
      return at !== undefined && !isAsync(at.fn) && (at.fn.throws || this.#throws(at, 0, 'on input'));
    });
  }

  ofParameter(wrapper: Reference, index: number): ParameterFate {
    return same(this.#follow(this.from, wrapper), (located) => linked(located)?.fn.parameters[index]) ?? 'unknown';
  }

  packagePath(value: Reference): ImportPath | undefined {
    return same(this.#follow(this.from, value), ({ thing }) => thing.origin);
  }

  takesRequest(fn: Reference): boolean {
    return this.#follow(this.from, fn).some((located) => linked(located)?.fn.takesRequest === true);
  }

  onlyForwards(wrapper: Reference): boolean {
    return this.#follow(this.from, wrapper).every((located) => linked(located)?.fn.onlyForwards === true);
  }

  appAt(reference: Reference): 'app' | 'forwarding-app' | 'other' | undefined {
    return same(this.#follow(this.from, reference), ({ thing }) => thing.app ?? (thing.fn !== undefined || thing.elements ? 'other' : undefined));
  }

  endOf(callee: Reference): 'always' | 'sometimes' | 'never' | undefined {
    const ends = same(this.#follow(this.from, callee), (located) => linked(located)?.fn.ends);
    return ends === 'unknown' ? undefined : ends;
  }

  streamFrom(callee: Reference): EmitterMade | undefined {
    const [only, ...others] = this.#follow(this.from, { ...callee, steps: [...callee.steps, '()'] });
    return others.length === 0 ? only?.thing.stream : undefined;
  }

  shapeOf(handler: Reference): ReturnType<Elsewhere['shapeOf']> {
    const [only, ...others] = this.#follow(this.from, handler);
    const found = only && others.length === 0 ? linked(only) : undefined;
    return found && { ...found.fn.shape, path: found.module.path, line: found.fn.line };
  }

  failureOf(handler: Reference, isChecked: boolean): Failure | undefined {
    for (const located of this.#follow(this.from, handler)) {
      const found = linked(located);
      if (!found || this.#promiseOf(found) !== true) continue;
      const rejection = found.fn.rejects.find(({ given, onMissingInput }) => !(isChecked && onMissingInput) && this.#holds(found.module.filename, given));
      if (rejection) return { what: rejection.what, path: found.module.path, line: rejection.line, start: found.fn.line };
    }
    return undefined;
  }

  culprits(callee: Reference, kind: DeedKind): readonly Culprit[] {
    return this.#follow(this.from, callee).flatMap((located) => runBy(located).flatMap((found) => this.#reachedFrom(found).get(kind) ?? []));
  }

  /** Everything that a function leads to, nearest first. */
  #reachedFrom(start: Linked): ReadonlyMap<DeedKind, readonly Culprit[]> {
    const known = this.#culprits.get(start.fn);
    if (known) return known;
    const found = new Map<DeedKind, Culprit[]>();
    this.#culprits.set(start.fn, found);
    const seen = new Set([start.fn]);
    const queue: { readonly at: Linked; readonly via: readonly string[] }[] = [{ at: start, via: [] }];
    const tell = (kind: DeedKind, culprit: Culprit): void => {
      const told = found.get(kind);
      if (!told) found.set(kind, [culprit]);
      else if (told.length < mostCulprits) told.push(culprit);
    };
    // The list grows while it is walked.
    for (const { at, via } of queue) {
      const { module, fn } = at;
      if (fn.served || module.filename === this.from) continue;
      for (const { kind, what, line, given } of fn.deeds) {
        if (this.#holds(module.filename, given)) tell(kind, { what, path: module.path, line, via });
      }
      for (const { to, line } of fn.calls) {
        const targets = typeof to === 'number' ? [{ thing: { fn: to }, module }] : this.#follow(module.filename, to);
        for (const target of targets) {
          const blocking = typeof to === 'number' ? undefined : blockingName(target.thing.origin);
          if (blocking !== undefined) tell('blocks', { what: blocking, path: module.path, line, via });
          for (const next of runBy(target)) {
            if (seen.has(next.fn) || seen.size > mostFunctions) continue;
            seen.add(next.fn);
            queue.push({ at: next, via: next.fn.name === undefined ? via : [...via, next.fn.name] });
          }
        }
      }
    }
    return found;
  }

  #givesPromise(from: string, callee: Reference): boolean | undefined {
    const answers = this.#follow(from, callee).map((located) => {
      const found = linked(located);
      if (found) return this.#promiseOf(found);
      const { origin } = located.thing;
      const fact = origin && promiseFact(origin.module, origin.path);
      return fact && !fact.when && !fact.lazy && (!fact.unlessCallback || callee.bare) ? true : undefined;
    });
    if (answers.includes(undefined)) return undefined;
    return answers.every(Boolean);
  }

  #promiseOf({ module, fn }: Linked): boolean | undefined {
    if (!fn.promise) return fn.promise;
    if (this.#promising.has(fn)) return undefined;
    this.#promising.add(fn);
    const answers = fn.promise.map((reference) => this.#givesPromise(module.filename, reference));
    this.#promising.delete(fn);
    if (answers.includes(false)) return false;
    return answers.includes(undefined) ? undefined : true;
  }

  #canFail(from: string, callee: Reference, hops: number): boolean {
    return this.#follow(from, callee).some((located) => {
      const found = linked(located);
      if (found) return this.#fails(found, hops + 1);
      const { origin } = located.thing;
      return !(origin && promiseFact(origin.module, origin.path)?.kind === 'never-rejects');
    });
  }

  /** Whether a call of a function, awaited, can throw. Functions that call each other add no failure of their own. */
  #fails(at: Linked, hops: number): boolean {
    const { module, fn } = at;
    const known = this.#failing.get(fn);
    if (known !== undefined) return known;
    if (this.#running.has(fn)) {
      this.#cuts++;
      return false;
    }
    if (hops > mostHops) return true;
    const cuts = this.#cuts;
    this.#running.add(fn);
    const fails =
      fn.rejects.some(({ given }) => this.#holds(module.filename, given, hops)) || this.#throws(at, hops, 'ever');
    this.#running.delete(fn);
    // What was found inside a cycle is found again when it is asked for by itself: the answer must not depend on who asks first.
    if (fails || this.#cuts === cuts || this.#running.size === 0) this.#failing.set(fn, fails);
    return fails;
  }

  /**
   * Whether a function throws before it returns: itself, or in a function that it calls. What cannot be looked into does not.
   * @param when `on input`: on what a client sends, however the program is used
   */
  #throws({ module, fn }: Linked, hops: number, when: 'ever' | 'on input', seen = new Set<FunctionFacts>()): boolean {
    if ((when === 'ever' && fn.throws) || fn.risks === true) return true;
    if (hops > mostHops || seen.has(fn)) return false;
    seen.add(fn);
    return fn.risks.some((risk) => {
      const called = typeof risk === 'number' ? [{ thing: { fn: risk }, module }] : this.#follow(module.filename, risk);
      return called.some((located) => {
        const found = linked(located);
        // What it throws is its promise's rejection.
        return found !== undefined && !isAsync(found.fn) && this.#throws(found, hops + 1, when, seen);
      });
    });
  }

  #holds(from: string, given: Given | undefined, hops = 0): boolean {
    if (!given) return true;
    if (!given.promises.every((reference) => this.#givesPromise(from, reference) === true)) return false;
    return given.doubt === true || given.doubt.some((reference) => this.#canFail(from, reference, hops));
  }

  /** What a reference in the file `from` leads to; what cannot be followed is unknown. */
  #follow(from: string, reference: Reference, hops = 0): readonly Located[] {
    if (hops > mostHops || reference.steps.length > mostHops) return nowhere;
    const key = `${from} ${referenceKey(reference)}`;
    const known = this.#followed.get(key);
    if (known) return known;
    this.#followed.set(key, nowhere);
    const found = this.#find(from, reference, hops);
    const result = found.length > 0 ? found : nowhere;
    this.#followed.set(key, result);
    return result;
  }

  #find(from: string, { module: name, steps }: Reference, hops: number): readonly Located[] {
    const filename = this.modules.resolve(from, name);
    if (filename === undefined) return inPackage(name, steps);
    const module = this.modules.facts(filename);
    if (!module) return nowhere;
    const [first, ...rest] = steps;
    const member = first?.startsWith('.') ? first.slice(1) : undefined;
    let found = member === undefined ? this.#main(module) : this.#exported(module, member, hops);
    for (const step of member === undefined ? steps : rest) found = found.flatMap((located) => this.#step(located, step, hops));
    return found.flatMap((located) => this.#arrived(located, hops));
  }

  #main(module: ModuleFacts): readonly Located[] {
    if (module.main.length === 0) return [{ thing: { members: module.named }, module }];
    return module.main.map((thing) => ({ thing, module }));
  }

  #exported(module: ModuleFacts, name: string, hops: number): readonly Located[] {
    const named = module.named.get(name);
    if (named) return named.map((thing) => ({ thing, module }));
    for (const star of module.stars) {
      const found = this.#follow(module.filename, { module: star, steps: [`.${name}`] }, hops + 1);
      if (isKnown(found)) return found;
    }
    return module.main.flatMap((thing) => this.#step({ thing, module }, `.${name}`, hops));
  }

  #step(located: Located, step: string, hops: number): readonly Located[] {
    const { thing, module } = located;
    if (!module) return thing.at ? inPackage(thing.at.module, [...thing.at.steps, step]) : nowhere;
    const here = (things: readonly Thing[] | undefined): readonly Located[] | undefined => things?.map((one) => ({ thing: one, module }));
    const name = step.startsWith('.') ? step.slice(1) : undefined;
    const own =
      name !== undefined
        ? here(thing.members?.get(name) ?? thing.elements?.[Number(name)])
        : step === '()'
          ? thing.fn !== undefined ? here(module.function(thing.fn)?.returns) : undefined
          : here(step === 'new' ? thing.made : thing.settles);
    if (own) return own;
    if (thing.documents && thing.at) return ofModel(thing, thing.at, thing.documents, step, module);
    const elsewhere = [...(name === undefined ? [] : (thing.spreads ?? [])), ...(thing.at ? [thing.at] : [])];
    for (const reference of elsewhere) {
      const found = this.#follow(module.filename, { module: reference.module, steps: [...reference.steps, step] }, hops + 1);
      if (isKnown(found)) return found;
    }
    if (name !== undefined && thing.origin) return [{ thing: { origin: { module: thing.origin.module, path: [...thing.origin.path, name] } }, module }];
    // Awaiting what is no promise changes nothing.
    return step === 'await' && !thing.at ? [located] : nowhere;
  }

  /** What stands at the end of a way: where that comes from another module, what it is there. */
  #arrived(located: Located, hops: number): readonly Located[] {
    const { thing, module } = located;
    if (!thing.at || !module || thing.origin || thing.app || thing.stream) return [located];
    const found = this.#follow(module.filename, thing.at, hops + 1);
    return isKnown(found) ? found : [located];
  }
}

function isKnown(found: readonly Located[]): boolean {
  return found.every(({ thing, module }) => module !== undefined || thing.at !== undefined);
}

/** Operations of a model, and the hooks of its schema that run along with each beside those of its own name. */
const hooksOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['save', ['validate']],
  ['create', ['save', 'validate']],
  ['findByIdAndUpdate', ['findOneAndUpdate']],
  ['findByIdAndDelete', ['findOneAndDelete']],
  ['findByIdAndRemove', ['findOneAndRemove']],
]);

/** A step from a model, a query of it or a document: the package's own members, and what the schema adds to them. */
function ofModel(thing: Thing, at: Reference, documents: ReadonlyMap<string, readonly Thing[]>, step: string, module: ModuleFacts): readonly Located[] {
  const name = step.startsWith('.') ? step.slice(1) : undefined;
  const added = name !== undefined && thing.origin?.path.join('.') === 'Model.prototype' ? documents.get(name)?.filter(({ fn }) => fn !== undefined) : undefined;
  if (added && added.length > 0) return added.map((one) => ({ thing: one, module }));
  const runs = name === undefined ? [] : [name, ...(hooksOf.get(name) ?? [])].flatMap((hook) => documents.get(hook)?.flatMap((one) => one.runs ?? []) ?? []);
  return inPackage(at.module, [...at.steps, step]).map((located) => ({ thing: { ...located.thing, documents, ...(runs.length > 0 && { runs }) }, module }));
}

const nobody: ImportPath = { module: '', path: [] };

/** What stands at the end of a way into a package, as far as the tables know what its functions give. */
function inPackage(module: string, steps: readonly string[]): readonly Located[] {
  let at: ImportPath = { module, path: [] };
  let promised: ImportPath | undefined;
  for (const step of steps) {
    const next: ImportPath | undefined = step.startsWith('.')
      ? { module: at.module, path: [...at.path, step.slice(1)] }
      : step === 'await'
        ? promised
        : instanceOf(at.module, at.path, step === 'new' ? 'new' : 'call');
    promised = step === '()' ? instanceOf(at.module, at.path, 'await') : undefined;
    if (!next && !promised) return nowhere;
    at = next ?? nobody;
  }
  return [{ thing: { at: { module, steps }, ...(at !== nobody && { origin: at }) }, module: undefined }];
}

function linked({ thing, module }: Located): Linked | undefined {
  const fn = module && thing.fn !== undefined ? module.function(thing.fn) : undefined;
  return module && fn && { module, fn };
}

/** Whether every call of a function gives a promise, whatever other functions do. */
function isAsync({ promise }: FunctionFacts): boolean {
  return Array.isArray(promise) && promise.length === 0;
}

/** The constructor of a class. */
function built({ thing, module }: Located): Linked | undefined {
  const fn = module && thing.builds !== undefined ? module.function(thing.builds) : undefined;
  return module && fn && { module, fn };
}

/** The functions that run when a thing is called or constructed. */
function runBy(located: Located): Linked[] {
  const own = linked(located) ?? built(located);
  const { module, thing } = located;
  const others = (thing.runs ?? []).flatMap((index) => {
    const fn = module?.function(index);
    return module && fn ? [{ module, fn }] : [];
  });
  return own ? [own, ...others] : others;
}

/** What `read` says of all of them, when it says the same of each. */
function same<T>(found: readonly Located[], read: (located: Located) => T | undefined): T | undefined {
  const [first, ...others] = found.map(read);
  return others.every((other) => other === first) ? first : undefined;
}

function blockingName(origin: ImportPath | undefined): string | undefined {
  const fact = origin && blockingCall(origin.module, origin.path);
  return fact && !fact.optIn && !fact.when ? fact.name : undefined;
}
