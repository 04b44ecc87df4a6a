import type { ImportPath } from '../node/modules.js';
import type { Given, ParameterFate } from '../promises/rejections.js';
import type { DeedKind, Reference } from './elsewhere.js';

/**
 * What a module is to other files, in plain data: no tree, no scope, nothing of any other module. What depends on another
 * module stays a reference, and is looked up when it is asked for, so that the facts change with the module's text alone.
 */
export interface ModuleFacts {
  readonly filename: string;
  /** How messages name it: the path below the folder of its package.json. */
  readonly path: string;
  /** What it exports by name. */
  readonly named: ReadonlyMap<string, readonly Thing[]>;
  /** `export default`, or what `module.exports` is. */
  readonly main: readonly Thing[];
  /** `export * from './users'` */
  readonly stars: readonly string[];
  readonly functions: readonly FunctionFacts[];
}

/** A stream or emitter, by the function of a package that makes it. */
export interface EmitterMade extends ImportPath {
  readonly how: 'call' | 'new';
  /** Whether somebody listens for its 'error' already, or may. */
  readonly heard: boolean;
}

/** What a value is, as far as it can be told; nothing at all for one that is unknown. */
export interface Thing {
  /** A function: its place in the module's list. */
  readonly fn?: number;
  readonly members?: ReadonlyMap<string, readonly Thing[]>;
  /** What else its members may be: of these values, `{ ...users }`; of what a class extends. */
  readonly spreads?: readonly Reference[];
  /** What `new` gives. */
  readonly made?: readonly Thing[];
  /** The constructor of a class: its place in the module's list. */
  readonly builds?: number;
  readonly elements?: readonly (readonly Thing[])[];
  /** What a promise settles to. */
  readonly settles?: readonly Thing[];
  /** It comes from another module. */
  readonly at?: Reference;
  /** The member of a package that it is. */
  readonly origin?: ImportPath;
  readonly app?: 'app' | 'forwarding-app' | 'other';
  readonly stream?: EmitterMade;
}

/** Something that a function does itself, and where: a line of its module, counted from 1. */
export interface Deed {
  readonly kind: DeedKind;
  readonly what: string;
  readonly line: number;
  readonly given?: Given;
}

/** A call that a function makes: of another function of the module, or of one that comes from elsewhere. */
export interface FunctionCall {
  readonly to: number | Reference;
  readonly line: number;
}

/** A way in which the promise of a function rejects, or in which the function throws. */
export interface RejectionFact {
  readonly what: string;
  readonly line: number;
  readonly how: 'await' | 'throw' | 'return';
  readonly given?: Given;
}

/** What a function does itself. Functions written inside it are others, which it calls. */
export interface FunctionFacts {
  readonly name: string | undefined;
  readonly line: number;
  /** Whether its own file shows that requests reach it, so that what it does is reported there. */
  readonly served: boolean;
  /** What it takes for a call of it to give a promise; undefined where that cannot be told, false where it gives none. */
  readonly promise: readonly Reference[] | false | undefined;
  readonly rejects: readonly RejectionFact[];
  /** Whether a call of it can throw before it returns. */
  readonly throws: boolean;
  /** The calls outside of any `try` that may throw as well: `true` for one that cannot be looked into. */
  readonly risks: true | readonly (number | Reference)[];
  readonly deeds: readonly Deed[];
  readonly calls: readonly FunctionCall[];
  /** For each parameter that it calls: what becomes of the rejections of a function given for it. */
  readonly parameters: readonly ParameterFate[];
  readonly ends: 'always' | 'sometimes' | 'never' | 'unknown';
  readonly returns: readonly Thing[];
}
