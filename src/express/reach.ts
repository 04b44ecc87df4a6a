import { type CallNode, type FunctionNode, functionName, isFunction, unwrap } from '../ast/nodes.js';
import type { Unit } from '../ast/tree.js';
import type { SourceFile } from './file.js';
import type { Handler } from './handlers.js';

/** A function that somebody outside of the file runs, and how a sentence names it. */
export interface Start {
  readonly fn: FunctionNode;
  readonly label: string;
  /** `exported`: nothing in the file says that it is run for a request. */
  readonly kind: Handler['kind'] | 'exported';
}

/** Why a piece of code is on a path: the function that starts it, on the request path a handler, and the functions between. */
export interface Witness {
  readonly handler: Start;
  /** Names of the functions called on the way, outermost first; empty inside the handler itself. */
  readonly via: readonly string[];
}

/** The calls that a function makes time and again: what `getInstance()` constructs, it constructs once, and keeps. */
export function callsOf(unit: Unit): readonly CallNode[] {
  const name = isFunction(unit.node) ? functionName(unit.node) : undefined;
  return name !== undefined && /^(?:get_?|shared_?)?instance$/i.test(name) ? unit.calls.filter(({ type }) => type !== 'NewExpression') : unit.calls;
}

/** What runs when a function of a file runs, as far as the file shows. */
export class CallGraph {
  constructor(private readonly file: SourceFile) {}

  /** The functions written in `unit` that run with it, and the functions of this file that a call in it runs. */
  *from(unit: Unit): Iterable<{ readonly unit: Unit; readonly call: CallNode | undefined }> {
    for (const child of unit.children) {
      if (this.#isUsed(child)) yield { unit: child, call: undefined };
    }
    for (const call of callsOf(unit)) {
      for (const next of this.#calledBy(call)) yield { unit: next, call };
    }
  }

  /** A function written inside another one runs with it, unless nothing ever names it. */
  #isUsed(unit: Unit): boolean {
    const { node } = unit;
    if (!isFunction(node)) return false;
    const id = node.type === 'FunctionDeclaration' ? node.id : node.parent.type === 'VariableDeclarator' && node.parent.id.type === 'Identifier' ? node.parent.id : null;
    if (!id) return true;
    return this.file.scopes.variableAt(id)?.references.some((reference) => reference.isRead()) ?? true;
  }

  /** The functions of this file that a call runs: what it calls, and what it hands over by name. */
  #calledBy(call: CallNode): Unit[] {
    const { values, tree } = this.file;
    const functions = values.calleesOf(call).concat(this.#membersCalled(call));
    for (const arg of call.arguments) {
      const inner = unwrap(arg.type === 'SpreadElement' ? arg.argument : arg);
      if (inner.type === 'Identifier' || inner.type === 'MemberExpression' || inner.type === 'CallExpression') functions.push(...values.functionsOf(inner));
      else if (inner.type === 'ObjectExpression') {
        for (const property of inner.properties) {
          if (property.type === 'Property' && !isFunction(property.value)) functions.push(...values.functionsOf(property.value));
        }
      } else if (inner.type === 'ArrayExpression') {
        for (const element of inner.elements) if (element && !isFunction(element)) functions.push(...values.functionsOf(element));
      }
    }
    return functions.flatMap((fn) => tree.units.get(fn) ?? []);
  }

  /** `handlers[action](req, res)` calls any function of the table, and so does `const handle = handlers[action]; handle(req, res)`. */
  #membersCalled(call: CallNode): ReturnType<SourceFile['values']['membersOf']> {
    const { values } = this.file;
    return values.of(call.callee).flatMap((value) => (value.kind === 'member' && value.name === undefined ? values.membersOf(value.object) : []));
  }
}

/** The code that runs once one of some functions does. On the request path these are the handlers: it can run while a request is served. */
export class RequestPath {
  readonly #witnesses = new Map<Unit, Witness>();

  /** @param besides a path whose code is not part of this one */
  constructor(file: SourceFile, handlers: readonly Start[], besides?: RequestPath) {
    const graph = new CallGraph(file);
    const queue: Unit[] = [];
    const reach = (unit: Unit | undefined, witness: Witness): void => {
      if (!unit || this.#witnesses.has(unit) || besides?.witness(unit)) return;
      this.#witnesses.set(unit, witness);
      queue.push(unit);
    };
    for (const handler of handlers) reach(file.tree.units.get(handler.fn), { handler, via: [] });
    for (let unit = queue.shift(); unit; unit = queue.shift()) {
      const witness = this.#witnesses.get(unit);
      if (!witness) continue;
      for (const next of graph.from(unit)) {
        const name = next.call && isFunction(next.unit.node) ? functionName(next.unit.node) : undefined;
        reach(next.unit, name === undefined ? witness : { handler: witness.handler, via: [...witness.via, name] });
      }
    }
  }

  /** Every function on the path. */
  get units(): Iterable<Unit> {
    return this.#witnesses.keys();
  }

  /** Why `unit` is on the path; undefined when it is not. */
  witness(unit: Unit): Witness | undefined {
    return this.#witnesses.get(unit);
  }
}
