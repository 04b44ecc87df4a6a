import type { ImportPath } from '../node/modules.js';
import type { Given, ParameterFate } from '../promises/rejections.js';
import type { Shape } from './arity.js';
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
  /** What one of its functions does, by its number. */
  function(index: number): FunctionFacts | undefined;
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
  /** What documents of a model have besides what the package gives them, and what runs along with what they and it do. */
  readonly documents?: ReadonlyMap<string, readonly Thing[]>;
  /** What else runs when it is called, as places in the module's list: the hooks of a schema. */
  readonly runs?: readonly number[];
  readonly app?: 'app' | 'forwarding-app' | 'other';
  readonly stream?: EmitterMade;
}

/** Something that a function does itself, and where: a line of its module, counted from 1. */
export interface Deed {
  /** `reads`: a variable of the environment. */
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
  readonly onMissingInput?: true;
  readonly given?: Given;
}

/** What is asked of few functions. */
export interface FunctionDetails {
  /** For each parameter that it calls: what becomes of the rejections of a function given for it. */
  readonly parameters: readonly ParameterFate[];
  /** Whether it only hands the rejections of the handler it is given to `next`, and does nothing else. */
  readonly onlyForwards: boolean;
  readonly ends: 'always' | 'sometimes' | 'never' | 'unknown';
}

/** What a function does itself. Functions written inside it are others, which it calls. */
export interface FunctionFacts extends FunctionDetails {
  readonly name: string | undefined;
  readonly line: number;
  /** How Express sees it, were it registered. */
  readonly shape: Shape;
  /** Whether its own file shows that requests reach it, so that what it does is reported there. */
  readonly served: boolean;
  /** Whether its parameters are those of a handler. */
  readonly takesRequest: boolean;
  /** What it takes for a call of it to give a promise; undefined where that cannot be told, false where it gives none. */
  readonly promise: readonly Reference[] | false | undefined;
  readonly rejects: readonly RejectionFact[];
  /** Whether a call of it can throw before it returns. */
  readonly throws: boolean;
  /** The functions that it calls outside of any `try`, which may throw as well; `true` where it reads what a client sent in a way that throws. */
  readonly risks: true | readonly (number | Reference)[];
  readonly deeds: readonly Deed[];
  readonly calls: readonly FunctionCall[];
  readonly returns: readonly Thing[];
}
