import { functionLength, type FunctionNode, type Node, parametersOf, unwrap } from '../ast/nodes.js';
import type { Value } from '../ast/values.js';
import { type Reference, referenceKey, referenceOf } from './elsewhere.js';
import type { Handler, HandlerUse } from './handlers.js';
import { importKey } from './imports.js';
import type { ExpressModel } from './model.js';
import { answersEveryError } from './sequence.js';
import { declaredHandlerType, isMeantForErrors } from './signatures.js';
import { shorteningWrappers } from './vocabulary.js';

/** The length by which Express tells error middleware from all other functions (`Layer.handle_error` of both majors). */
const errorLength = 4;

/** How Express sees a function, and whether it is written for errors. */
export interface Shape {
  /** `fn.length`: the parameters before the first default or rest. */
  readonly length: number;
  /** Whether its parameters say that it is meant as error middleware. */
  readonly forErrors: boolean;
  /** Whether it is error middleware that answers whatever error it gets. */
  readonly answers: boolean;
  /** Whether its declared type says so (`const handler: ErrorRequestHandler`). */
  readonly declared: boolean;
}

/** @param bound how many leading arguments `.bind()` fills in */
export function shapeOf(express: ExpressModel, fn: FunctionNode, bound = 0): Shape {
  const declared = declaredHandlerType(fn) === 'error';
  return { length: Math.max(0, functionLength(fn) - bound), forErrors: declared || isMeantForErrors(fn, bound), answers: answersEveryError(express, fn, bound), declared };
}

/** A function that is meant as error middleware, and that Express does not take for it. */
export interface Misfit {
  /** The length that Express sees. */
  readonly length: number;
  /** Why it is not four: too `few` parameters, too `many`, one with a `default`, a `rest`, or a wrapper of another length. */
  readonly cause: 'few' | 'many' | 'default' | 'rest' | 'wrapped';
  /** The function, where it is written in this file. */
  readonly handler: Handler | undefined;
  /** The function, where it is written in another file. */
  readonly elsewhere: { readonly path: string; readonly line: number } | undefined;
  /** Where it is registered; undefined when its declared type tells what it is meant for. */
  readonly use: HandlerUse | undefined;
}

/** Finds what is meant as error middleware and cannot be it: what this file registers, and what it declares as such. */
export function misfits(express: ExpressModel): Misfit[] {
  const own = express.handlers.flatMap((handler) => misfitOf(express, handler) ?? []);
  const distant = express.distantHandlers.flatMap(({ reference, use }) => distantMisfit(express, reference, use) ?? []);
  return [...own, ...distant];
}

function misfitOf(express: ExpressModel, handler: Handler): Misfit | undefined {
  const { fn, kind, bound, uses } = handler;
  const shape = shapeOf(express, fn, bound);
  if (!shape.forErrors || kind === 'callback' || kind === 'param') return undefined;
  if (uses.length === 0) {
    if (!shape.declared || handler.called || shape.length === errorLength) return undefined;
    return { length: shape.length, cause: causeOf(fn, bound), handler, elsewhere: undefined, use: undefined };
  }
  for (const use of uses) {
    if (!isErrorPlace(use, fn, bound)) continue;
    const received = express.file.values.of(unwrap(use.node));
    if (received.some((value) => value.kind === 'function' && value.node === fn)) {
      if (shape.length !== errorLength) return { length: shape.length, cause: causeOf(fn, bound), handler, elsewhere: undefined, use };
    } else if (shape.length === errorLength) {
      const length = lengthOfWrapped(express, use.node, received);
      if (length !== undefined && length !== errorLength) return { length, cause: 'wrapped', handler, elsewhere: undefined, use };
    }
  }
  return undefined;
}

function distantMisfit(express: ExpressModel, reference: Reference, use: HandlerUse): Misfit | undefined {
  const { elsewhere, values } = express.file;
  const shape = isPlace(use) ? elsewhere.shapeOf(reference) : undefined;
  if (!shape?.forErrors) return undefined;
  const received = values.of(unwrap(use.node));
  const key = referenceKey(reference);
  const isDirect = received.some((value) => {
    const own = referenceOf(value, values);
    return own !== undefined && referenceKey(own) === key;
  });
  if (isDirect) {
    // What is declared as error middleware is reported where it is written.
    if (shape.length === errorLength || shape.declared || unwrap(use.node).type === 'CallExpression') return undefined;
    return { length: shape.length, cause: shape.length > errorLength ? 'many' : 'few', handler: undefined, elsewhere: shape, use };
  }
  const length = shape.length === errorLength ? lengthOfWrapped(express, use.node, received) : undefined;
  return length === undefined || length === errorLength ? undefined : { length, cause: 'wrapped', handler: undefined, elsewhere: shape, use };
}

/** Where error middleware can stand: not in a `param` callback's place, and not alone on a route, which it would have to serve. */
function isPlace({ registration: { method, handlers }, node }: HandlerUse): boolean {
  return method === 'use' || (method !== 'param' && handlers.length > 1 && handlers[0] !== node);
}

/** On what only looks like an app, the parameters have to name request and response too. */
function isErrorPlace(use: HandlerUse, fn: FunctionNode, bound: number): boolean {
  const certain = use.registration.receiver.certainty === 'certain';
  return isPlace(use) && use.registration.receiver.raw && (certain || parametersOf(fn).length - bound >= 3);
}

function causeOf(fn: FunctionNode, bound: number): Misfit['cause'] {
  const params = parametersOf(fn);
  if (functionLength(fn) - bound > errorLength) return 'many';
  const stop = params[functionLength(fn)];
  if (!stop) return 'few';
  return stop.type === 'RestElement' ? 'rest' : 'default';
}

/** The length of what a wrapper makes of a handler; undefined where it cannot be told. */
function lengthOfWrapped(express: ExpressModel, node: Node, received: readonly Value[]): number | undefined {
  const call = unwrap(node);
  if (call.type !== 'CallExpression') return undefined;
  const lengths = received.map((value): number | undefined => {
    if (value.kind === 'function') return isMeantForErrors(value.node, value.bound) ? undefined : shapeOf(express, value.node, value.bound).length;
    if (value.kind !== 'call') return undefined;
    if (value.callee.kind === 'import') {
      const known = shorteningWrappers.get(importKey(value.callee));
      if (known !== undefined) return known;
    }
    const reference = referenceOf(value, express.file.values);
    const shape = reference && express.file.elsewhere.shapeOf(reference);
    return shape?.forErrors === false ? shape.length : undefined;
  });
  const [first] = lengths;
  return lengths.every((length) => length === first) && isForwarded(express, call.callee) ? first : undefined;
}

/** Whether a wrapper is known to hand the function that it is given on to Express, and not to something of its own. */
function isForwarded(express: ExpressModel, callee: Node): boolean {
  return express.file.values.of(callee).every((value) => {
    if (value.kind === 'import' && shorteningWrappers.has(importKey(value))) return true;
    if (value.kind === 'function') return express.rejections.ofParameter(value.node, 0) !== 'unknown';
    const reference = referenceOf(value, express.file.values);
    return reference !== undefined && express.file.elsewhere.ofParameter(reference, 0) !== 'unknown';
  });
}
