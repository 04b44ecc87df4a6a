import { isBuiltin } from 'node:module';

import { calledMember, type ClassNode, memberName, paramName, parametersOf } from '../ast/nodes.js';
import type { Value, Values } from '../ast/values.js';
import type { ImportPath } from '../node/modules.js';
import type { ParameterFate } from '../promises/rejections.js';
import type { Shape } from './arity.js';
import type { EmitterMade } from './facts.js';
import { isErrorName } from './vocabulary.js';

/**
 * The way from a file to a value of another one, in plain data: the module as the file names it, then what is done with what
 * it exports, in order: `.name` reads a member, `()` calls, `new` constructs, `await` awaits.
 */
export interface Reference {
  readonly module: string;
  readonly steps: readonly string[];
  /** Of a function that is called: whether it is given no function as its last argument, as what takes callbacks may be. */
  readonly bare?: boolean;
}

/** A place in another file of the project: `services/mail.js:23`, relative to the project's folder, the line counted from 1. */
export interface Place {
  /** What stands there, as short text. */
  readonly what: string;
  readonly path: string;
  readonly line: number;
}

/** How a function of another file fails a promise that it gives. */
export interface Failure extends Place {
  /** The line on which the function starts. */
  readonly start: number;
}

/** Something that code of another file does while a request waits for it, and the functions on the way to it. */
export interface Culprit extends Place {
  readonly via: readonly string[];
}

/** What can be asked of other files' code about a request that reaches it. */
export type DeedKind = 'blocks' | 'logs' | 'leaks' | 'streams' | 'reads' | 'drops' | 'throws';

/**
 * What is known of the functions of other files. `later` is the answer while a file is read for its facts alone: the one
 * who uses the facts decides then.
 */
export interface Elsewhere {
  /** Whether a call of it gives a promise; undefined: it cannot be told. */
  givesPromise(callee: Reference): boolean | 'later' | undefined;
  /** Whether a call of it, awaited, can throw. What is not known can. */
  canFail(callee: Reference): boolean | 'later';
  /** Whether a call of it can throw before it returns, by a `throw` that is written there; what is not known does not. */
  throws(callee: Reference): boolean;
  /** What becomes of the rejections of the function that it is given as argument `index`. */
  ofParameter(wrapper: Reference, index: number): ParameterFate;
  /** The member of a package that it is, as the tables of packages have it: what a project keeps in a file of its own. */
  packagePath(value: Reference): ImportPath | undefined;
  /** Whether it is a function with the parameters of a handler. */
  takesRequest(fn: Reference): boolean;
  /** Whether it is a wrapper that does nothing else. */
  onlyForwards(wrapper: Reference): boolean;
  /** Whether it is an app or router; undefined: it cannot be told. */
  appAt(reference: Reference): 'app' | 'forwarding-app' | 'other' | undefined;
  /** What calling it does to the process that it is called in; undefined: it cannot be told. */
  endOf(callee: Reference): 'always' | 'sometimes' | 'never' | undefined;
  /** The stream or emitter that a call of it gives. */
  streamFrom(callee: Reference): EmitterMade | undefined;
  /** How Express sees it, and where it is written; undefined: it cannot be told. */
  shapeOf(handler: Reference): (Shape & Pick<Place, 'path' | 'line'>) | undefined;
  /**
   * How its promise rejects when it is called as a handler; undefined when it gives none that can, or cannot be told.
   * @param isChecked whether a middleware before it refuses requests that lack something
   */
  failureOf(handler: Reference, isChecked: boolean): Failure | undefined;
  /** What a call of it leads to in other files, unless a report there says so already. */
  culprits(callee: Reference, kind: DeedKind): readonly Culprit[];
}

/** Knows nothing: where other files are not to be read, or cannot be. */
export const nothingElsewhere: Elsewhere = {
  givesPromise: () => undefined,
  canFail: () => true,
  throws: () => false,
  ofParameter: () => 'unknown',
  packagePath: () => undefined,
  takesRequest: () => false,
  onlyForwards: () => false,
  appAt: () => undefined,
  endOf: () => undefined,
  streamFrom: () => undefined,
  shapeOf: () => undefined,
  failureOf: () => undefined,
  culprits: () => [],
};

/** Leaves what depends on other files open: for a file that is read for its facts alone. */
export const decidedLater: Elsewhere = { ...nothingElsewhere, givesPromise: () => 'later', canFail: () => 'later' };

const mostSteps = 12;

/** The way to a value that comes from another file or package; undefined where none is known. */
export function referenceOf(value: Value, values: Values): Reference | undefined {
  const reference = wayTo(value, values, 0);
  return reference && reference.steps.length <= mostSteps ? reference : undefined;
}

function wayTo(value: Value, values: Values, depth: number): Reference | undefined {
  if (depth > mostSteps) return undefined;
  const then = (inner: Value, step: string): Reference | undefined => {
    const way = wayTo(inner, values, depth + 1);
    return way && { module: way.module, steps: [...way.steps, step] };
  };
  switch (value.kind) {
    case 'import':
      return isBuiltin(value.module) ? undefined : { module: value.module, steps: value.path.map((name) => `.${name}`) };
    case 'call':
      return containedBy(value, values, depth) ?? then(value.callee, '()');
    case 'param': {
      const way = declaredInstance(value, values, depth) ?? result(value, values, depth);
      return way && { module: way.module, steps: [...way.steps, ...value.path.map((name) => `.${name}`)] };
    }
    case 'instance':
      if (value.of.kind === 'class') return inherited(value.of.node, values, depth, 'new');
      return value.node.type === 'NewExpression' ? then(value.of, 'new') : undefined;
    case 'class':
      return inherited(value.node, values, depth, undefined);
    case 'awaited':
      return then(value.of, 'await');
    case 'member':
      return value.name === undefined ? undefined : (declaredInstance(value, values, depth) ?? then(value.object, `.${value.name}`));
    default:
      return undefined;
  }
}

/**
 * What a callback is given: of `load().then((user) => …)` what the promise settles to, and of `load(id, (error, user) => …)`
 * the same, since what can do both gives the same to both.
 */
function result({ fn, index }: Value & { kind: 'param' }, values: Values, depth: number): Reference | undefined {
  const call = fn.parent;
  if (call.type !== 'CallExpression' || call.callee === fn) return undefined;
  const member = calledMember(call);
  const isThen = member !== undefined && memberName(member) === 'then' && call.arguments[0] === fn && index === 0;
  const isErrorFirst = index === 1 && call.arguments.at(-1) === fn && isErrorName(paramName(parametersOf(fn)[0]));
  if (!isThen && !isErrorFirst) return undefined;
  const [source, ...others] = values.of(isThen ? member.object : call.callee);
  if (!source || others.length > 0) return undefined;
  const way = wayTo(source, values, depth + 1);
  return way && { module: way.module, steps: [...way.steps, ...(isThen ? [] : ['()']), 'await'] };
}

/** `constructor(private users: UserService)`: whoever constructs it gives an instance of that class. */
function declaredInstance(value: Value, values: Values, depth: number): Reference | undefined {
  const [type, ...others] = values.declaredBy(value);
  return type?.kind === 'import' && others.length === 0 ? instanceOf(type, values, depth) : undefined;
}

const containers = /typedi|tsyringe|inversify|awilix|injection|container|\bioc\b/i;

/** `Container.get(UserService)`: an instance of that class. */
function containedBy({ callee, node }: Value & { kind: 'call' }, values: Values, depth: number): Reference | undefined {
  if (callee.kind !== 'import' || !containers.test(callee.module) || !/^(?:get|resolve)$/.test(callee.path.at(-1) ?? '')) return undefined;
  const [token] = node.arguments;
  const [type, ...others] = token ? values.of(token) : [];
  return type?.kind === 'import' && others.length === 0 ? instanceOf(type, values, depth) : undefined;
}

function instanceOf(type: Value, values: Values, depth: number): Reference | undefined {
  const way = wayTo(type, values, depth + 1);
  return way && { module: way.module, steps: [...way.steps, 'new'] };
}

/** What a class of this file does not define itself, the class of another file that it extends does. */
function inherited(node: ClassNode, values: Values, depth: number, step: string | undefined): Reference | undefined {
  if (!node.superClass) return undefined;
  const [parent, ...others] = values.of(node.superClass);
  if (!parent || others.length > 0 || (parent.kind === 'class' && parent.node === node)) return undefined;
  const way = wayTo(parent, values, depth + 1);
  return way && { module: way.module, steps: step === undefined ? way.steps : [...way.steps, step] };
}

/** A key that is the same for the same way. */
export function referenceKey({ module, steps }: Reference): string {
  return `${module} ${steps.join('')}`;
}
