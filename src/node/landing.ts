import { type FunctionNode, isFunction, memberName, type Node, parentOf, unwrap, wrapped } from '../ast/nodes.js';
import { readsOf } from '../ast/scope.js';
import type { SourceFile } from '../express/file.js';
import type { Handler } from '../express/handlers.js';
import type { Taken, Timing } from './timing.js';

/**
 * Where a throw lands.
 * - `process`: nobody catches it, and the process ends; `by` tells how the function is taken that throws it
 * - `caught`: in a `try`; `express`: in Express, which hands it to the error middleware; `rejection`: in a promise
 * - `unknown`: in a caller that this file does not show, or in a library
 */
export type Landing = { readonly kind: 'process'; readonly by: Taken; readonly callback: FunctionNode } | { readonly kind: 'caught' | 'express' | 'rejection' | 'unknown' };

const mostDepth = 40;

/** Tells where throws land: a `try` around a call, and Express around a handler, catch nothing that is thrown in a later turn. */
export class Landings {
  readonly #known = new Map<FunctionNode, Landing>();
  #depth = 0;

  constructor(
    private readonly file: SourceFile,
    private readonly timing: Timing,
    private readonly handlerOf: (fn: FunctionNode) => Handler | undefined,
  ) {}

  /** Where something lands that is thrown at `node`. */
  of(node: Node): Landing {
    for (let child = node, parent = node.parent; parent; child = parent, parent = parent.parent) {
      if (parent.type === 'TryStatement' && parent.block === child && parent.handler) return { kind: 'caught' };
      if (isFunction(parent)) return parent.body === child ? this.ofFunction(parent) : { kind: 'unknown' };
      if (parent.type === 'PropertyDefinition' || parent.type === 'StaticBlock') return { kind: 'unknown' };
    }
    return { kind: 'unknown' };
  }

  /** Where something lands that leaves `fn` as a throw. */
  ofFunction(fn: FunctionNode): Landing {
    const known = this.#known.get(fn);
    if (known) return known;
    if (this.#depth > mostDepth) return { kind: 'unknown' };
    this.#known.set(fn, { kind: 'unknown' });
    this.#depth++;
    const found = this.#find(fn);
    this.#depth--;
    this.#known.set(fn, found);
    return found;
  }

  #find(fn: FunctionNode): Landing {
    if (fn.async) return { kind: 'rejection' };
    if (fn.generator) return { kind: 'unknown' };
    const handler = this.handlerOf(fn);
    // A companion may catch what its callback throws.
    if (handler) return { kind: handler.kind === 'callback' ? 'unknown' : 'express' };
    const outer = wrapped(fn);
    const parent = parentOf(outer);
    if (parent.type === 'CallExpression' && parent.callee === outer) return this.of(parent);
    if (parent.type === 'MemberExpression' && parent.object === outer && /^(?:call|apply)$/.test(memberName(parent) ?? '')) {
      const call = parentOf(wrapped(parent));
      return call.type === 'CallExpression' && unwrap(call.callee) === parent ? this.of(call) : { kind: 'unknown' };
    }
    const taken = this.timing.ofFunction(fn);
    return taken ? this.#taken(taken, fn) : this.#named(fn);
  }

  #taken(taken: Taken, fn: FunctionNode): Landing {
    switch (taken.runs) {
      case 'later':
        return { kind: 'process', by: taken, callback: fn };
      case 'promise':
        return { kind: 'rejection' };
      case 'now':
        return this.of(taken.call);
      case 'either': {
        const around = this.of(taken.call);
        return around.kind === 'process' ? around : { kind: 'unknown' };
      }
      default:
        return { kind: 'unknown' };
    }
  }

  /** A function with a name, handed to something that calls it later: `fs.readFile(path, show)`. Where it is called, its caller is told of. */
  #named(fn: FunctionNode): Landing {
    const id = fn.id ?? (fn.parent.type === 'VariableDeclarator' && fn.parent.id.type === 'Identifier' ? fn.parent.id : undefined);
    const variable = id && this.file.scopes.variableAt(id);
    for (const { identifier } of variable ? readsOf(variable) : []) {
      const taken = this.timing.ofName(identifier, fn);
      const landing = taken && this.#taken(taken, fn);
      if (landing?.kind === 'process') return landing;
    }
    return { kind: 'unknown' };
  }
}
