import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMember, contains, type FunctionNode, isFunction, memberName, type Node, paramPattern, parametersOf, staticString, unwrap } from '../ast/nodes.js';
import { memberPath } from '../express/apps.js';
import type { Value } from '../ast/values.js';
import { referenceOf } from '../express/elsewhere.js';
import type { SourceFile } from '../express/file.js';
import { type Argument, type Frame, type Known, knownValue } from './known-values.js';
import { handlerMayEnd, isProcess, isTellingMethod, listenerMethods, mayEndProcess, processMember } from './process-calls.js';

/** Whether, and how, a function ends the process. */
export interface ProcessEnd {
  /** `always`: on every path, at once or in what it starts. `unknown`: something that cannot be looked into may do it. */
  readonly ends: 'always' | 'sometimes' | 'never' | 'unknown';
  /** Whether every exit reports success (`process.exit(0)`), so that whoever watches the process sees no failure. */
  readonly asSuccess: boolean;
  /** Whether the function is async, and its promise rejects instead of ending the process. */
  readonly rejects: boolean;
}

/** What a path has done so far; a set of them, as bits, describes all paths to a point. Later in the list wins on one path. */
const none = 1;
const unknown = 2;
const success = 4;
const failure = 8;
const statuses = [failure, success, unknown, none] as const;
type Paths = number;

/** What the paths through a function have done when they end the process, return, or throw. */
interface Outcome {
  readonly ended: Paths;
  readonly returned: Paths;
  readonly thrown: Paths;
}

/** A promise: what was done when it is fulfilled, and when it surely rejects. */
interface Settled {
  readonly fulfilled: Paths;
  readonly rejected: Paths;
}

const timers = new Set(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'process.nextTick']);
const iterating = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'findIndex', 'flatMap', 'reduce', 'sort']);
const mostDepth = 150;
const mostCalls = 2000;

/** Tells for the functions of one file whether calling them ends the process. */
export class ProcessEnds {
  readonly #running = new Set<FunctionNode>();
  readonly #setsExitCode: boolean;
  #calls = 0;

  constructor(readonly file: SourceFile) {
    this.#setsExitCode = file.tree.memberWrites.some((write) => this.#isExitCode(write.left) && knownValue(file, write.right, undefined)?.value !== 0);
  }

  /** What calling the function that `node` stands for does, when its last argument is an error. */
  of(node: Node): ProcessEnd {
    const values = this.file.values.of(node);
    let paths = 0;
    let rejects = false;
    for (const value of values) {
      if (value.kind !== 'function') {
        paths |= this.#handed(node, undefined);
        continue;
      }
      const outcome = this.run(value.node, { args: [...boundArguments(node), 'truthy'], outer: undefined });
      if (value.node.async) rejects ||= (outcome.thrown & none) !== 0;
      // An exception in the listener itself ends the process; a rejection calls the listener again.
      paths |= outcome.ended | outcome.returned | (value.node.async ? outcome.thrown : outcome.thrown && failure);
    }
    return { ends: verdict(paths), asSuccess: (paths & success) !== 0 && (paths & failure) === 0, rejects };
  }

  /** Whether some function on the way sets `process.exitCode`: enough to say so, not enough to end. */
  setsExitCode(fn: FunctionNode): boolean {
    return this.file.tree.memberWrites.some((write) => contains(fn, write) && this.#isExitCode(write.left));
  }

  /** The outcome of one call of `fn`. A call of a function from within itself adds no path of its own. */
  run(fn: FunctionNode, frame: Omit<Frame, 'fn'>): Outcome {
    if (this.#running.has(fn)) return { ended: 0, returned: 0, thrown: 0 };
    if (fn.generator || this.#calls++ > mostCalls) return { ended: 0, returned: unknown, thrown: 0 };
    this.#running.add(fn);
    const outcome = new Flow(this, { ...frame, fn }).outcome();
    this.#running.delete(fn);
    return outcome;
  }

  /** What `process.exit(argument)` tells whoever started the process. */
  exitStatus(argument: Node | undefined, frame: Frame | undefined): Paths {
    const known: Known | undefined = argument ? knownValue(this.file, argument, frame) : { value: undefined };
    if (!known) return failure;
    if (known.value === undefined || known.value === null) return this.#setsExitCode ? failure : success;
    return Number(known.value) === 0 ? success : failure;
  }

  /** The status of calling a function of `process`; undefined when it does not end it. */
  endOf(member: string | undefined, args: readonly Node[], frame: Frame | undefined): Paths | undefined {
    if (member === 'exit' || member === 'reallyExit') return this.exitStatus(args[0], frame);
    if (member === 'abort') return failure;
    if (member !== 'kill' || !args[0] || knownValue(this.file, args[1] ?? args[0], frame)?.value === 0) return undefined;
    return this.file.values.of(args[0]).some((value) => processMember(value) === 'pid') ? failure : undefined;
  }

  /** What a function that is no function of this file does when somebody calls it: `process.exit`, `console.error`. */
  handedOver(node: Node, frame: Frame | undefined): Paths {
    return this.#handed(node, frame);
  }

  #handed(node: Node, frame: Frame | undefined): Paths {
    const inner = unwrap(node);
    let paths = 0;
    for (const value of this.file.values.of(node)) {
      const member = processMember(value);
      if (member === 'exit' || member === 'abort') paths |= this.endOf(member, boundArguments(inner), frame) === success && boundArguments(inner).length > 0 ? success : failure;
      else if (isTellingMethod(inner)) paths |= none;
      else if (this.endElsewhere(value) !== undefined) paths |= this.endElsewhere(value) ?? 0;
      else if (value.kind === 'call' && inner.type === 'CallExpression') paths |= this.#factory(inner, frame);
      else paths |= value.kind === 'global' && !handlerMayEnd(this.file, node) ? none : unknown;
    }
    return paths;
  }

  /** What a function of another file does when it is called; undefined where that cannot be told. */
  endElsewhere(value: Value): Paths | undefined {
    const reference = referenceOf(value, this.file.values);
    const ends = reference && this.file.elsewhere.endOf(reference);
    return ends && { always: failure, sometimes: failure | none, never: none }[ends];
  }

  /** `pino.final(logger, (error) => process.exit(1))`: a listener made of another one. */
  #factory(call: TSESTree.CallExpression, frame: Frame | undefined): Paths {
    for (const fn of call.arguments.flatMap((arg) => this.file.values.functionsOf(arg))) {
      const { ended, returned } = this.run(fn, { args: undefined, outer: frame });
      if (ended && !(returned & none)) return ended;
    }
    return unknown;
  }

  #isExitCode(left: TSESTree.MemberExpression): boolean {
    return memberName(left) === 'exitCode' && this.file.values.of(left.object).some(isProcess);
  }
}

/** The arguments that `.bind()` fills in before those of the call. */
function boundArguments(node: Node): Node[] {
  const inner = unwrap(node);
  const member = inner.type === 'CallExpression' ? calledMember(inner) : undefined;
  return inner.type === 'CallExpression' && member && memberName(member) === 'bind' ? inner.arguments.slice(1) : [];
}

function verdict(paths: Paths): ProcessEnd['ends'] {
  const ends = (paths & (success | failure)) !== 0;
  if (paths & none) return ends ? 'sometimes' : paths & unknown ? 'unknown' : 'never';
  if (paths & unknown) return 'unknown';
  return ends ? 'always' : 'never';
}

/** All paths of `first` going on through all of `second`. */
function then(first: Paths, second: Paths): Paths {
  let found = 0;
  for (const a of statuses) {
    if (!(first & a)) continue;
    for (const b of statuses) if (second & b) found |= Math.max(a, b);
  }
  return found;
}

/** Follows every path through the body of one function. */
class Flow {
  #ended: Paths = 0;
  #returned: Paths = 0;
  #thrown: Paths = 0;
  #depth = 0;
  /** The `try` blocks around, innermost last: the paths that surely throw into them, and those that may. */
  readonly #tries: { surely: Paths; maybe: Paths }[] = [];
  readonly #breaks: Paths[] = [];

  constructor(
    private readonly ends: ProcessEnds,
    private readonly frame: Frame,
  ) {}

  outcome(): Outcome {
    const { body } = this.frame.fn;
    const fallen = body.type === 'BlockStatement' ? this.#statement(body, none) : this.#expression(body, none);
    this.#returned |= fallen;
    return { ended: this.#ended, returned: this.#returned, thrown: this.#thrown };
  }

  /** The paths that go on after a statement, given those that reach it. */
  #statement(node: Node, paths: Paths): Paths {
    if (!paths) return 0;
    if (this.#depth > mostDepth) return unknown;
    this.#depth++;
    const after = this.#run(node, paths);
    this.#depth--;
    return after;
  }

  #statements(nodes: readonly Node[], paths: Paths): Paths {
    let current = paths;
    for (const node of nodes) current = this.#statement(node, current);
    return current;
  }

  #run(node: Node, paths: Paths): Paths {
    switch (node.type) {
      case 'BlockStatement':
        return this.#statements(node.body, paths);
      case 'ExpressionStatement': {
        const { fulfilled, rejected } = this.#settled(node.expression, paths);
        return fulfilled | rejected;
      }
      case 'VariableDeclaration':
        return node.declarations.reduce((current, { init }) => this.#expression(init, current), paths);
      case 'IfStatement':
        return this.#if(node, paths);
      case 'ReturnStatement': {
        const leaving = this.#expression(node.argument, paths);
        this.#returned |= leaving;
        return 0;
      }
      case 'ThrowStatement':
        this.#throw(this.#expression(node.argument, paths));
        return 0;
      case 'TryStatement':
        return this.#try(node, paths);
      case 'SwitchStatement':
        return this.#switch(node, paths);
      case 'BreakStatement':
        if (this.#breaks.length) this.#breaks[this.#breaks.length - 1] = (this.#breaks.at(-1) ?? 0) | paths;
        return 0;
      case 'ContinueStatement':
        return paths;
      case 'LabeledStatement':
        return this.#breakable(() => this.#statement(node.body, paths));
      case 'WhileStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'DoWhileStatement':
        return this.#loop(node, paths);
      default:
        return paths;
    }
  }

  #loop(node: TSESTree.WhileStatement | TSESTree.ForStatement | TSESTree.ForInStatement | TSESTree.ForOfStatement | TSESTree.DoWhileStatement, paths: Paths): Paths {
    let before = paths;
    if (node.type === 'ForStatement' && node.init) before = node.init.type === 'VariableDeclaration' ? this.#statement(node.init, before) : this.#expression(node.init, before);
    const head = 'right' in node ? node.right : node.test;
    if (node.type !== 'DoWhileStatement') before = this.#expression(head, before);
    const endless = !('right' in node) && (head === null || this.#known(head)?.value === true);
    const skipped = node.type === 'DoWhileStatement' || endless ? 0 : before;
    const ran = this.#breakable(() => {
      const once = this.#statement(node.body, before);
      return endless ? 0 : once;
    });
    // Whether an unknown function in a loop is called at all is unknown as well.
    return ran & unknown ? (skipped & ~none) | ran : skipped | ran;
  }

  #breakable(body: () => Paths): Paths {
    this.#breaks.push(0);
    const after = body();
    return after | (this.#breaks.pop() ?? 0);
  }

  #if(node: TSESTree.IfStatement, start: Paths): Paths {
    const paths = this.#expression(node.test, start);
    const known = this.#known(node.test);
    const returned = this.#returned;
    const consequent = known && !known.value ? 0 : this.#statement(node.consequent, paths);
    const guard = this.#guard(node.test);
    // `if (exiting) return;`: an earlier call has seen to it.
    if (guard === 'on' && consequent === 0) this.#returned = returned;
    const alternate = known?.value ? 0 : node.alternate ? this.#statement(node.alternate, paths) : guard === 'off' ? 0 : paths;
    return consequent | alternate;
  }

  /** Whether a condition asks for a flag that this function itself sets, so that the function has its effect once: `on` when it is set. */
  #guard(test: Node): 'on' | 'off' | undefined {
    const inner = unwrap(test);
    if (inner.type === 'UnaryExpression' && inner.operator === '!') {
      const flag = this.#guard(inner.argument);
      return flag && (flag === 'on' ? 'off' : 'on');
    }
    if (inner.type === 'BinaryExpression' && inner.left.type !== 'PrivateIdentifier') return this.#guard(inner.left);
    if (inner.type === 'UpdateExpression') return 'on';
    const { tree, scopes } = this.ends.file;
    if (inner.type === 'Identifier') {
      const variable = scopes.variableAt(inner);
      const own = variable?.defs[0]?.type === 'Variable' && variable.references.some((reference) => reference.isWrite() && !reference.init && contains(this.frame.fn, reference.identifier));
      return own ? 'on' : undefined;
    }
    const path = memberPath(inner);
    return path !== undefined && inner.type === 'MemberExpression' && tree.memberWrites.some((write) => contains(this.frame.fn, write) && memberPath(write.left) === path) ? 'on' : undefined;
  }

  #switch(node: TSESTree.SwitchStatement, start: Paths): Paths {
    const paths = this.#expression(node.discriminant, start);
    const hasDefault = node.cases.some(({ test }) => test === null);
    const returned = this.#returned;
    const after = this.#breakable(() => {
      let falling = 0;
      for (const { consequent } of node.cases) falling = this.#statements(consequent, paths | falling);
      return hasDefault ? falling : falling | paths;
    });
    // `switch (state) { case EXITING: return; }`
    if (this.#guard(node.discriminant)) this.#returned = returned;
    return after;
  }

  #try(node: TSESTree.TryStatement, paths: Paths): Paths {
    const returned = this.#returned;
    const inside = { surely: 0, maybe: 0 };
    this.#tries.push(inside);
    const block = this.#statement(node.block, paths);
    this.#tries.pop();
    // What is not known to throw is taken to work when it would end the process.
    const open = ((block | (this.#returned & ~returned)) & (none | unknown)) !== 0;
    const caught = inside.surely | (open ? inside.maybe : 0);
    let after = block;
    let thrown = 0;
    if (node.handler) after |= this.#statement(node.handler.body, caught);
    else thrown = inside.surely;
    if (!node.finalizer) return after;
    const leaving = this.#returned & ~returned;
    this.#returned = returned;
    const left = this.#statement(node.finalizer, leaving);
    this.#returned |= left;
    this.#throw(this.#statement(node.finalizer, thrown));
    return this.#statement(node.finalizer, after);
  }

  #throw(paths: Paths): void {
    const around = this.#tries.at(-1);
    if (around) around.surely |= paths;
    else this.#thrown |= paths;
  }

  #mayThrow(paths: Paths): void {
    const around = this.#tries.at(-1);
    if (around) around.maybe |= paths;
  }

  #known(node: Node): Known | undefined {
    return knownValue(this.ends.file, node, this.frame);
  }

  /** The paths that go on after an expression. */
  #expression(node: Node | null | undefined, paths: Paths): Paths {
    if (!node || !paths) return paths;
    const { fulfilled, rejected } = this.#settled(node, paths);
    return fulfilled | rejected;
  }

  #settled(node: Node, paths: Paths): Settled {
    if (!paths) return { fulfilled: 0, rejected: 0 };
    if (this.#depth > mostDepth) return { fulfilled: unknown, rejected: 0 };
    this.#depth++;
    const inner = unwrap(node);
    const settled = inner.type === 'CallExpression' || inner.type === 'NewExpression' ? this.#call(inner, paths) : { fulfilled: this.#evaluate(inner, paths), rejected: 0 };
    this.#depth--;
    return settled;
  }

  #evaluate(node: Node, paths: Paths): Paths {
    switch (node.type) {
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'ClassExpression':
      case 'Identifier':
      case 'Literal':
      case 'ThisExpression':
        return paths;
      case 'AwaitExpression': {
        const { fulfilled, rejected } = this.#settled(node.argument, paths);
        this.#throw(rejected);
        this.#mayThrow(paths);
        return fulfilled;
      }
      case 'LogicalExpression': {
        const left = this.#expression(node.left, paths);
        const known = node.operator === '??' ? undefined : this.#known(node.left);
        if (known && Boolean(known.value) === (node.operator === '||')) return left;
        const right = this.#expression(node.right, left);
        return known ? right : left | right;
      }
      case 'ConditionalExpression': {
        const test = this.#expression(node.test, paths);
        const known = this.#known(node.test);
        return (known && !known.value ? 0 : this.#expression(node.consequent, test)) | (known?.value ? 0 : this.#expression(node.alternate, test));
      }
      default:
        return children(node).reduce((current, child) => this.#expression(child, current), paths);
    }
  }

  #call(call: CallNode, start: Paths): Settled {
    const member = calledMember(call);
    const method = member && memberName(member);
    if (member && call.type === 'CallExpression' && (method === 'then' || method === 'catch' || method === 'finally')) {
      return this.#chain(method, this.#settled(member.object, start), call.arguments, start);
    }
    let paths = member ? this.#expression(member.object, start) : this.#expression(unwrap(call.callee), start);
    for (const arg of call.arguments) paths = this.#expression(arg.type === 'SpreadElement' ? arg.argument : arg, paths);
    if (!paths) return { fulfilled: 0, rejected: 0 };
    const values = this.ends.file.values.of(call.callee);
    const ending = values.map((value) => this.ends.endOf(processMember(value), call.arguments, this.frame));
    if (ending.every((status) => status !== undefined)) {
      for (const status of ending) this.#ended |= then(paths, status);
      return { fulfilled: 0, rejected: 0 };
    }
    const functions = this.ends.file.values.calleesOf(call);
    if (functions.length) return this.#invoke(functions, call, functions.length < values.length ? then(paths, none | unknown) : 0, paths);
    const elsewhere = values.map((value) => this.ends.endElsewhere(value));
    if (elsewhere.every((status) => status !== undefined)) {
      for (const status of elsewhere) this.#ended |= then(paths, status & ~none);
      return { fulfilled: elsewhere.some((status) => status & none) ? this.#callbacks(call, paths) : 0, rejected: 0 };
    }
    this.#mayThrow(paths);
    return { fulfilled: this.#callbacks(call, mayEndProcess(this.ends.file, call) && !this.#isExecutorParameter(call) ? then(paths, unknown) : paths), rejected: 0 };
  }

  /** Calls functions of this file. */
  #invoke(functions: readonly FunctionNode[], call: CallNode, besides: Paths, paths: Paths): Settled {
    let fulfilled = besides;
    let rejected = 0;
    for (const fn of functions) {
      const outcome = this.ends.run(fn, { args: argumentsOf(call), outer: this.frame });
      if (fn.async) {
        fulfilled |= then(paths, outcome.ended | outcome.returned);
        rejected |= then(paths, outcome.thrown);
        continue;
      }
      this.#ended |= then(paths, outcome.ended);
      this.#throw(then(paths, outcome.thrown));
      fulfilled |= then(paths, outcome.returned);
    }
    return { fulfilled, rejected };
  }

  #chain(method: 'then' | 'catch' | 'finally', base: Settled, [first, second]: readonly Node[], start: Paths): Settled {
    const { fulfilled, rejected } = base;
    if (method === 'finally') return { fulfilled: this.#deferred(first, fulfilled), rejected: this.#deferred(first, rejected) };
    const done = method === 'then' ? this.#deferred(first, fulfilled) : fulfilled;
    const handler = method === 'then' ? second : first;
    if (!handler) return { fulfilled: done, rejected };
    // A promise of unknown origin may reject; that matters only where its success does not end the process.
    const maybe = rejected || !(done & (none | unknown)) ? 0 : start;
    return { fulfilled: done | this.#deferred(handler, rejected) | this.#deferred(handler, maybe), rejected: 0 };
  }

  /** The functions a call is given: whoever gets them is taken to call them, but for listeners of what may never happen. */
  #callbacks(call: CallNode, start: Paths): Paths {
    const member = calledMember(call);
    const method = member && memberName(member);
    const name = method ?? (call.callee.type === 'Identifier' ? call.callee.name : '');
    if (member && method !== undefined && listenerMethods.has(method)) {
      const event = staticString(call.arguments[0]);
      if (event === undefined || event === 'error' || this.ends.file.values.of(member.object).some(isProcess)) return start;
    }
    let paths = start;
    for (const arg of call.arguments) {
      if (name === 'Promise' && call.type === 'NewExpression') paths = this.#executed(arg, paths);
      else if (member && iterating.has(name)) paths |= this.#executed(arg, paths);
      else if (isTimer(call) && call.arguments[0] === arg) paths = this.#timer(call, arg, paths);
      else paths = this.#deferred(arg, paths);
    }
    return paths;
  }

  /** A callback that runs at once. */
  #executed(arg: Node, paths: Paths): Paths {
    const functions = this.ends.file.values.functionsOf(arg);
    let after = functions.length ? 0 : paths;
    for (const fn of functions) {
      const outcome = this.ends.run(fn, { args: undefined, outer: this.frame });
      this.#ended |= then(paths, outcome.ended);
      after |= then(paths, outcome.returned | outcome.thrown);
    }
    return after;
  }

  /** `setTimeout(process.exit, 1000, 1)` */
  #timer(call: CallNode, callback: Node, paths: Paths): Paths {
    const member = this.ends.file.values.of(callback).map(processMember).find((name) => name !== undefined);
    const status = member === undefined ? undefined : this.ends.endOf(member, [...boundArguments(callback), ...call.arguments.slice(2)], this.frame);
    return status === undefined ? this.#deferred(callback, paths) : then(paths, status);
  }

  /** A callback that runs later; what it throws then is a new exception, and calls the listener again. */
  #deferred(callback: Node | undefined, paths: Paths): Paths {
    if (!callback || !paths) return paths;
    const inner = unwrap(callback);
    if (inner.type === 'ObjectExpression') return inner.properties.reduce((current, property) => (property.type === 'Property' && isFunction(property.value) ? this.#perhaps(property.value, current) : current), paths);
    if (!isFunction(inner) && inner.type !== 'Identifier' && inner.type !== 'MemberExpression' && inner.type !== 'CallExpression') return paths;
    const functions = this.ends.file.values.functionsOf(inner);
    let after = 0;
    for (const fn of functions) {
      const outcome = this.ends.run(fn, { args: isFunction(inner) ? undefined : boundOrUnknown(inner), outer: this.frame });
      after |= outcome.ended | outcome.returned | outcome.thrown;
    }
    if (functions.length) return then(paths, after);
    const value = this.ends.file.values.of(inner)[0];
    const isProcessMember = value !== undefined && processMember(value) !== undefined;
    // Data are handed over like functions are: only a name that says so, or `process.exit` itself, counts.
    return isProcessMember ? then(paths, this.ends.handedOver(inner, this.frame)) : paths;
  }

  /** A function in an object that is handed over: it may be called. */
  #perhaps(fn: FunctionNode, paths: Paths): Paths {
    const outcome = this.ends.run(fn, { args: undefined, outer: this.frame });
    return outcome.ended ? then(paths, unknown) : paths;
  }

  /** `resolve()` in `new Promise((resolve) => …)` */
  #isExecutorParameter(call: CallNode): boolean {
    const { fn } = this.frame;
    const callee = unwrap(call.callee);
    const parent = fn.parent;
    if (callee.type !== 'Identifier' || parent.type !== 'NewExpression') return false;
    return parametersOf(fn).some((param) => {
      const pattern = paramPattern(param);
      return pattern.type === 'Identifier' && pattern.name === callee.name;
    });
  }
}

function boundOrUnknown(node: Node): readonly Argument[] | undefined {
  const bound = boundArguments(node);
  return bound.length ? [...bound, 'unknown', 'unknown', 'unknown'] : undefined;
}

function argumentsOf(call: CallNode): readonly Argument[] {
  const found: Argument[] = [];
  for (const arg of call.arguments) {
    if (arg.type === 'SpreadElement') return [...found, ...Array<Argument>(8).fill('unknown')];
    found.push(arg);
  }
  return found;
}

function isTimer(call: CallNode): boolean {
  const path = memberPath(call.callee);
  return path !== undefined && timers.has(path.replace(/^(?:globalThis|global)\./, ''));
}

const neverWalked = new Set(['parent', 'loc', 'range', 'tokens', 'comments', 'typeAnnotation', 'returnType', 'typeParameters', 'typeArguments', 'params']);

/** The nodes right below `node`, types left out. */
function children(node: Node): Node[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    if (neverWalked.has(key)) return [];
    return (Array.isArray(value) ? value : [value]).filter((child): child is Node => isNode(child));
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
