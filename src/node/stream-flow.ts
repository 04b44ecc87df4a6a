import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMember, calledMethod, contains, type FunctionNode, isCall, isFunction, memberName, type Node, paramName, paramPattern, parametersOf, parentOf, staticString, unwrap, wrapped } from '../ast/nodes.js';
import { readsOf, type Variable } from '../ast/scope.js';
import type { ExpressModel } from '../express/model.js';
import { isErrorName } from '../express/vocabulary.js';
import { eventMethods, promiseMethods, synchronousCallbackMethods } from './callbacks.js';
import { importPathsOf } from './uses.js';

/** What happens to a stream at one place of the file. */
export type StreamUse = Placed &
  (
    | { readonly kind: 'listener'; readonly call: CallNode; readonly handler: Node | undefined }
    /** A listener for another event. */
    | { readonly kind: 'event'; readonly call: CallNode; readonly event: string }
    /** `stream.pipe(to)` */
    | { readonly kind: 'piped'; readonly call: TSESTree.CallExpression; readonly to: Node }
    /** `from.pipe(stream)` */
    | { readonly kind: 'fed'; readonly call: TSESTree.CallExpression }
    | { readonly kind: 'method'; readonly call: CallNode; readonly name: string }
    /** It, or the object or array that holds it at `path`, is an argument of a function that is not written in this file. */
    | { readonly kind: 'given'; readonly call: CallNode; readonly index: number; readonly path: readonly string[] }
    /** `for await (… of stream)` */
    | { readonly kind: 'looped' }
    /** It goes where this file does not show what becomes of it. */
    | { readonly kind: 'escapes' }
  );

interface Placed {
  /** Where it happens, as the code that holds the stream sees it: the call of a helper rather than the line in it. */
  readonly at: Node;
  /** Since when the stream is there for that code: where it is made, or where a function of this file hands it out. */
  readonly since: Node;
}

interface Step {
  readonly node: Node;
  /** Where in the value of `node` the stream is: empty for the stream itself, `['data']` for `response`. */
  readonly path: readonly string[];
  readonly since: Node;
  readonly at: Node | undefined;
  /** The value may be the stream, as what an unknown method of it returns. */
  readonly maybe: boolean;
}

const mostSteps = 500;
const deepestPath = 4;

/** Methods of streams whose result is something else. */
const resultIsOther = /^(?:read|write|toString|toBuffer|toArray|toFile|map|filter|flatMap|take|drop|reduce|find|some|every|forEach|iterator|address|listeners|listenerCount|emit|getReader|stats|metadata|clone|pointer)$/;
/** Methods of streams and emitters that return it for sure. */
const returnsSelf: ReadonlySet<string> = new Set([...eventMethods, 'off', 'removeListener', 'removeAllListeners', 'setMaxListeners', 'setEncoding', 'pause', 'resume', 'unpipe', 'destroy', 'end', 'setTimeout', 'setNoDelay', 'ref', 'unref', 'listen']);
const index = /^\d+$/;

/** Follows streams forward through one file: through variables, fields, chains, containers, helpers and results. */
export class StreamFlow {
  #callers: Map<FunctionNode, CallNode[]> | undefined;

  constructor(private readonly express: ExpressModel) {}

  /** Everything that happens to the stream that is at `path` in the value of `start`. */
  usesOf(start: Node, path: readonly string[] = []): readonly StreamUse[] {
    return new Walk(this.express, start, (fn) => this.#callersOf(fn)).run(path);
  }

  #callersOf(fn: FunctionNode): readonly CallNode[] {
    if (!this.#callers) {
      this.#callers = new Map();
      for (const call of this.express.file.tree.calls) {
        for (const callee of this.express.file.values.calleesOf(call)) this.#callers.set(callee, [...(this.#callers.get(callee) ?? []), call]);
      }
    }
    return this.#callers.get(fn) ?? [];
  }
}

class Walk {
  readonly #uses: StreamUse[] = [];
  readonly #queue: Step[] = [];
  readonly #seen = new Map<Node, Set<string>>();

  constructor(
    private readonly express: ExpressModel,
    private readonly start: Node,
    private readonly callersOf: (fn: FunctionNode) => readonly CallNode[],
  ) {}

  run(path: readonly string[]): readonly StreamUse[] {
    this.#to({ node: this.start, path, since: this.start, at: undefined, maybe: false });
    let steps = 0;
    for (let step = this.#queue.shift(); step; step = this.#queue.shift()) {
      this.#step(step);
      if (++steps > mostSteps) {
        this.#escape(step);
        break;
      }
    }
    return this.#uses;
  }

  #to(step: Step): void {
    const key = step.path.join('.');
    const seen = this.#seen.get(step.node);
    if (seen?.has(key)) return;
    if (seen) seen.add(key);
    else this.#seen.set(step.node, new Set([key]));
    this.#queue.push(step);
  }

  #placed(step: Step, here: Node): Placed {
    return { at: step.at ?? here, since: step.since };
  }

  #escape(step: Step): void {
    if (!step.maybe) this.#uses.push({ kind: 'escapes', ...this.#placed(step, step.node) });
  }

  #step(step: Step): void {
    const outer = wrapped(step.node);
    const { parent } = outer;
    if (!parent) return;
    const same = (node: Node): void => this.#to({ ...step, node });
    switch (parent.type) {
      case 'MemberExpression':
        if (parent.object === outer) this.#member(step, parent);
        return;
      case 'CallExpression':
      case 'NewExpression':
        if (unwrap(parent.callee) !== step.node) this.#argument(step, parent, parent.arguments.indexOf(outer as TSESTree.Expression));
        return;
      case 'VariableDeclarator':
        this.#bind(parent.id, step);
        return;
      case 'AssignmentExpression':
        if (parent.right !== outer) return;
        this.#assigned(step, parent);
        same(parent);
        return;
      case 'AwaitExpression':
      case 'LogicalExpression':
        same(parent);
        return;
      case 'SequenceExpression':
        if (parent.expressions.at(-1) === outer) same(parent);
        return;
      case 'ConditionalExpression':
        if (parent.test !== outer) same(parent);
        return;
      case 'ReturnStatement':
        this.#returned(step);
        return;
      case 'ArrowFunctionExpression':
        if (parent.body === outer) this.#returned(step);
        return;
      case 'Property':
        this.#held(step, parent.parent, memberName(parent));
        return;
      case 'ArrayExpression':
        this.#held(step, parent, String(parent.elements.indexOf(outer as TSESTree.Expression)));
        return;
      case 'ForOfStatement':
        if (parent.right === outer) this.#looped(step, parent);
        return;
      case 'ExpressionStatement':
      case 'UnaryExpression':
      case 'BinaryExpression':
      case 'IfStatement':
      case 'WhileStatement':
      case 'TemplateLiteral':
      case 'SwitchStatement':
        return;
      default:
        this.#escape(step);
    }
  }

  /** `for (… of value)` */
  #looped(step: Step, loop: TSESTree.ForOfStatement): void {
    if (step.path.length === 0) this.#uses.push({ kind: 'looped', ...this.#placed(step, loop) });
    else if (loop.left.type === 'VariableDeclaration') this.#bind(loop.left.declarations[0].id, { ...step, path: step.path.slice(1) });
    else this.#escape(step);
  }

  #held(step: Step, container: Node, key: string | undefined): void {
    if (key === undefined || step.path.length >= deepestPath) this.#escape(step);
    else this.#to({ ...step, node: container, path: [key, ...step.path] });
  }

  /** `value.name`, read or called. */
  #member(step: Step, member: TSESTree.MemberExpression): void {
    const name = memberName(member);
    const outer = wrapped(member);
    const { parent } = outer;
    const call = parent?.type === 'CallExpression' && parent.callee === outer ? parent : undefined;
    const [expected, ...rest] = step.path;
    if (call && name === 'then') {
      this.#resolved(step, call);
      return;
    }
    if (expected === undefined) {
      if (call) this.#called(step, call, name);
    } else if (!call) {
      if (name === expected || (name === undefined && index.test(expected))) this.#to({ ...step, node: member, path: rest });
    } else if (name !== undefined && index.test(expected) && synchronousCallbackMethods.has(name)) {
      for (const fn of call.arguments[0] ? this.express.file.values.functionsOf(call.arguments[0]) : []) this.#bindParameter(fn, 0, { ...step, path: rest, at: step.at ?? call });
    } else if (name !== undefined && (eventMethods.has(name) || name === 'catch' || name === 'finally')) this.#to({ ...step, node: call });
  }

  /** `promise.then((stream) => …)` */
  #resolved(step: Step, call: TSESTree.CallExpression): void {
    const [callback] = call.arguments;
    for (const fn of callback ? this.express.file.values.functionsOf(callback) : []) {
      const [param] = parametersOf(fn);
      if (param) this.#bindParameter(fn, 0, { ...step, since: param, at: undefined });
    }
  }

  /** `stream.name(…)` */
  #called(step: Step, call: TSESTree.CallExpression, name: string | undefined): void {
    if (name === undefined) {
      this.#escape(step);
      return;
    }
    const [first, second] = call.arguments;
    const placed = this.#placed(step, call);
    if (eventMethods.has(name)) {
      const event = staticString(first);
      if (event === 'error') this.#uses.push({ kind: 'listener', call, handler: second, ...placed });
      else if (event !== undefined) this.#uses.push({ kind: 'event', call, event, ...placed });
      else if (first && !importPathsOf(this.express.file.values, first).some(({ module, path }) => module === 'events' && path.at(-1) === 'errorMonitor')) this.#escape(step);
    } else if (name === 'pipe' && first) {
      this.#uses.push({ kind: 'piped', call, to: first, ...placed });
      return;
    } else this.#uses.push({ kind: 'method', call, name, ...placed });
    if (!resultIsOther.test(name)) this.#to({ ...step, node: call, maybe: step.maybe || !returnsSelf.has(name) });
  }

  #argument(step: Step, call: CallNode, at: number): void {
    const { values } = this.express.file;
    const member = calledMember(call);
    const name = member && memberName(member);
    if (call.type === 'CallExpression' && name === 'pipe' && at === 0 && step.path.length === 0) {
      this.#uses.push({ kind: 'fed', call, ...this.#placed(step, call) });
      this.#to({ ...step, node: call });
      return;
    }
    if (member && name !== undefined && /^(?:all|allSettled|race|any|resolve)$/.test(name) && this.express.rejections.promises.isPromiseClass(member.object)) {
      if (name === 'all' || name === 'resolve') {
        this.#to({ ...step, node: call });
        return;
      }
      this.#escape(step);
      return;
    }
    const functions = values.calleesOf(call);
    const isOwn = functions.length > 0 && name !== 'call' && name !== 'apply' && at >= 0 && functions.length === values.of(call.callee).length;
    if (!isOwn) {
      if (!step.maybe) this.#uses.push({ kind: 'given', call, index: at, path: step.path, ...this.#placed(step, call) });
      return;
    }
    for (const fn of functions) this.#bindParameter(fn, at, { ...step, at: step.at ?? call });
  }

  #bindParameter(fn: FunctionNode, at: number, step: Step): void {
    const params = parametersOf(fn);
    const param = params[at];
    if (param && param.type !== 'TSParameterProperty' && param.type !== 'RestElement') this.#bind(paramPattern(param), step);
    else if (param || params.at(-1)?.type === 'RestElement' || fn.type !== 'ArrowFunctionExpression') this.#escape(step);
  }

  /** The stream is at `step.path` in what `pattern` takes apart. */
  #bind(pattern: Node, step: Step): void {
    const [expected, ...rest] = step.path;
    switch (pattern.type) {
      case 'Identifier': {
        const variable = this.express.file.scopes.variableAt(pattern);
        if (variable) for (const node of readsAfter(variable, pattern)) this.#to({ ...step, node });
        return;
      }
      case 'AssignmentPattern':
        this.#bind(pattern.left, step);
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') this.#bind(property.argument, step);
          else if (expected !== undefined && memberName(property) === expected) {
            this.#bind(property.value, { ...step, path: rest });
            return;
          }
        }
        return;
      case 'ArrayPattern': {
        const element = expected === undefined ? undefined : pattern.elements[Number(expected)];
        if (element) this.#bind(element, { ...step, path: rest });
        return;
      }
      default:
        this.#escape(step);
    }
  }

  #assigned(step: Step, { left, operator }: TSESTree.AssignmentExpression): void {
    if (operator.length === 2) {
      this.#escape(step);
      return;
    }
    if (left.type !== 'MemberExpression') {
      this.#bind(left, step);
      return;
    }
    const name = memberName(left);
    const owner = unwrap(left.object);
    if (name === undefined || !this.#isOwn(owner)) {
      this.#escape(step);
      return;
    }
    for (const member of this.express.file.tree.members) {
      if (member !== left && memberName(member) === name && this.#sameObject(unwrap(member.object), owner) && !isWritten(member)) this.#to({ ...step, node: member, at: undefined });
    }
  }

  /** Whether the members of `owner` are this file's business: `this` of a class, or an object in a variable that goes nowhere. */
  #isOwn(owner: Node): boolean {
    if (owner.type === 'ThisExpression') return this.express.file.values.thisAt(owner) !== undefined;
    if (owner.type !== 'Identifier') return false;
    const variable = this.express.file.scopes.variableAt(owner);
    const declaration = variable?.defs.length === 1 ? (variable.defs[0]?.node as Node) : undefined;
    if (!variable || declaration?.type !== 'VariableDeclarator' || !declaration.init) return false;
    if (unwrap(declaration.init).type === 'ThisExpression') return true;
    return isOwnObject(declaration.init) && variable.references.every(({ identifier, init }) => init === true || isObject(identifier));
  }

  #sameObject(a: Node, b: Node): boolean {
    const { scopes, values } = this.express.file;
    if (a.type === 'Identifier' && b.type === 'Identifier') return scopes.variableAt(a) === scopes.variableAt(b);
    const [one, other] = [a, b].map((node) => values.of(node)[0]);
    return one?.kind === 'instance' && other?.kind === 'instance' && one.of.kind === other.of.kind && 'node' in one.of && 'node' in other.of && one.of.node === other.of.node;
  }

  #returned(step: Step): void {
    const { node: fn } = this.express.unitOf(step.node);
    if (!isFunction(fn)) return;
    // What a handler returns is thrown away.
    if (this.express.handlers.some((handler) => handler.fn === fn)) return;
    const { parent } = wrapped(fn);
    if (isCall(parent) && parent.callee !== fn) {
      const name = calledMethod(parent);
      const isForgotten = (synchronousCallbackMethods.has(name ?? '') || promiseMethods.has(name ?? '')) && wrapped(parent).parent?.type === 'ExpressionStatement';
      // `load(id, (error) => …)`: nobody looks at what an error-first callback returns.
      const isNodeCallback = parent.arguments.at(-1) === wrapped(fn) && isErrorName(paramName(parametersOf(fn)[0])) && !promiseMethods.has(name ?? '');
      const ignores = isForgotten || isNodeCallback || name === 'forEach' || (name !== undefined && eventMethods.has(name)) || (parent.type === 'NewExpression' && this.express.rejections.promises.isPromiseClass(parent.callee));
      if (!ignores) this.#escape(step);
      return;
    }
    const calls = this.callersOf(fn);
    if (calls.length === 0) this.#escape(step);
    for (const call of calls) this.#to({ ...step, node: call, since: call, at: undefined });
  }
}

function isWritten(member: Node): boolean {
  return member.parent?.type === 'AssignmentExpression' && member.parent.left === member;
}

/** An object literal, or nothing yet. */
function isOwnObject(node: Node): boolean {
  return unwrap(node).type === 'ObjectExpression';
}

/** The reads of `variable` that may see what is written at `write`: not those that a later write surely comes before. */
function readsAfter(variable: Variable, write: Node): Node[] {
  const overwrites = variable.references.flatMap(({ identifier, init }) => {
    const assignment = identifier.parent;
    const statement = assignment.parent;
    const isPlain = init !== true && identifier !== write && assignment.type === 'AssignmentExpression' && assignment.operator === '=' && statement?.type === 'ExpressionStatement' && /^(?:BlockStatement|Program)$/.test(statement.parent.type);
    return isPlain && statement.range[0] > write.range[1] && contains(statement.parent, write) ? [statement] : [];
  });
  return readsOf(variable).flatMap(({ identifier }): Node[] => {
    const read: Node = identifier;
    return overwrites.some((statement) => statement.range[1] <= read.range[0] && contains(statement.parent, read)) ? [] : [read];
  });
}

/** Whether all that is done with a name is to take a member of it. */
function isObject(identifier: Node): boolean {
  const parent = parentOf(identifier);
  return parent.type === 'MemberExpression' && parent.object === identifier;
}
