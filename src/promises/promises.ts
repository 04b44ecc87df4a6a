import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMember, calledMethod, calledName, type FunctionNode, isFunction, memberName, type Node, paramName, parametersOf, staticString, unwrap } from '../ast/nodes.js';
import { readsOf, writtenExpressions } from '../ast/scope.js';
import type { Value } from '../ast/values.js';
import { memberPath } from '../express/apps.js';
import { type Reference, referenceOf } from '../express/elsewhere.js';
import type { SourceFile } from '../express/file.js';
import type { ImportPath } from '../node/modules.js';
import { importPathOf } from '../node/paths.js';
import { importKey, isProjectModule, originOf } from '../express/imports.js';
import { isRequestName, isResponseName } from '../express/vocabulary.js';
import { blockingCall } from '../node/blocking.js';
import { returned } from './chains.js';
import { isRedisCommand, type PromiseFact, promiseFact } from './known.js';

/** Packages whose default export, or `Promise` member, stands for the global `Promise`. */
const promiseModules = new Set(['bluebird', 'q', 'es6-promise', 'native-promise-only', 'any-promise', 'pinkie-promise', 'promise']);
/** Generated code calls deeper than the stack is; nobody reads a verdict that rests on so many calls. */
const mostDepth = 100;
/** Methods of the response that send it. */
const answering = /^(?:send|sendStatus|json|jsonp|redirect)$/;
const mayRejectMember = /promise|ready|pending|deferred/i;
/** Methods of dispatchers: what one event returns says nothing of another. */
const dispatches = /^(?:fire|emit|publish|trigger|dispatch|notify|track|capture|invoke|run|exec|execute|log|call|send|alter|filter|apply|applyFilters|hook)$/;
const dispatchers = /^(?:\w*(?:hooks?|plugins?|events?|dispatcher|emitter)|bus)$/i;
/** A cheap test on a file's text: whether anything in it says that it is about promises. */
export function mentionsPromises(text: string): boolean {
  return /\.then\s*\(|\basync\b|\bPromise\b/.test(text);
}

/** Methods that add to a query of knex, objection or mongoose, which is sent when it is awaited. */
const refining = /^(?:(?:and|or)?[wW]here\w*|having\w*|select|modify\w*|orderBy|groupBy|sort|limit|offset|skip|populate|with\w+|\w*[jJ]oin\w*|lean|returning|clone\w*|distinct|allowGraph|from|into)$/;
/** Global functions and methods that neither return a promise nor throw on sensible input. */
const tame = new Set(['console', 'Math', 'Object', 'Number', 'String', 'Boolean', 'Array', 'Date', 'Symbol', 'parseInt', 'parseFloat', 'isNaN', 'encodeURIComponent', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'structuredClone']);

/** Whether something is a promise: for sure, if all of these functions of other files give one; an empty list is for sure. */
export type Sure = false | readonly Reference[];
/** Whether something may fail: for all that is known; or if any of these functions of other files can. */
export type Doubt = boolean | readonly Reference[];

/** The doubt that there is when any of several doubts holds. */
export function anyDoubt(doubts: Iterable<Doubt>): Doubt {
  const references: Reference[] = [];
  for (const doubt of doubts) {
    if (doubt === true) return true;
    if (doubt) references.push(...doubt);
  }
  return references.length > 0 && references;
}

/** The certainty that there is when all hold. */
function allSure(all: readonly Sure[]): Sure {
  const references: Reference[] = [];
  for (const sure of all) {
    if (!sure) return false;
    references.push(...sure);
  }
  return references;
}

/** Knows which expressions are promises for sure, and which may reject. */
export class Promises {
  readonly #sure = new Map<Node, Sure>();
  readonly #doubts = new Map<Node, Doubt>();
  #awaited: ReadonlySet<unknown> | undefined;
  #depth = 0;

  constructor(
    private readonly file: SourceFile,
    /** Whether an async function of this file may reject. */
    private readonly escapes: (fn: FunctionNode) => Doubt,
  ) {}

  /** Whether `node` is a promise for sure; with functions that only other files can tell about, as far as they do. */
  isPromise(node: Node): boolean {
    return this.sure(node) !== false;
  }

  /** What it takes for `node` to be a promise. */
  sure(node: Node): Sure {
    const inner = unwrap(node);
    const known = this.#sure.get(inner);
    if (known !== undefined) return known;
    if (this.#depth > mostDepth) return false;
    this.#sure.set(inner, false);
    this.#depth++;
    const result = this.#computeSure(inner);
    this.#depth--;
    this.#sure.set(inner, result);
    return result;
  }

  /** Whether awaiting `node` may throw. What cannot be looked into may. */
  mayReject(node: Node): boolean {
    return this.doubt(node) !== false;
  }

  /** What it takes for awaiting `node` to throw. */
  doubt(node: Node): Doubt {
    const inner = unwrap(node);
    const known = this.#doubts.get(inner);
    if (known !== undefined) return known;
    if (this.#depth > mostDepth) return true;
    // A cycle adds no rejection of its own.
    this.#doubts.set(inner, false);
    this.#depth++;
    const result = this.#computeDoubt(inner);
    this.#depth--;
    this.#doubts.set(inner, result);
    return result;
  }

  /** Whether `node` names the global `Promise` or a library's stand-in for it. */
  isPromiseClass(node: Node): boolean {
    const inner = unwrap(node);
    if (inner.type === 'Identifier' && (inner.name === 'Promise' || inner.name === 'BPromise' || inner.name === 'Bluebird')) return true;
    const found = this.file.values.importOf(inner);
    return found !== undefined && promiseModules.has(found.module);
  }

  /** Whether `node` is `Promise.reject(…)`. */
  isRejection(node: Node): boolean {
    const inner = unwrap(node);
    if (inner.type !== 'CallExpression') return false;
    const member = calledMember(inner);
    return member !== undefined && memberName(member) === 'reject' && this.isPromiseClass(member.object);
  }

  /** Whether a synchronous call throws on input that a client can send: `JSON.parse(text)`, `new URL(text)`. */
  throwsOnInput(call: CallNode): boolean {
    const [argument] = call.arguments;
    if (!argument) return false;
    const path = this.file.values.globalOf(call.callee)?.join('.');
    if (path === 'URL' ? call.type !== 'NewExpression' || call.arguments.length > 1 : path !== 'JSON.parse' && path !== 'decodeURIComponent' && path !== 'decodeURI') return false;
    const inner = unwrap(argument);
    if (inner.type === 'Literal' || inner.type === 'TemplateLiteral') return false;
    if (inner.type === 'CallExpression' && this.file.values.globalOf(inner.callee)?.join('.') === 'JSON.stringify') return false;
    // `const text = req.query.text; JSON.parse(text)`
    const held = inner.type === 'Identifier' ? this.#heldBy(inner) : undefined;
    return fromRequest(held ?? inner) || ((inner.type === 'Identifier' || inner.type === 'MemberExpression') && this.file.values.of(inner).some((value) => value.kind === 'param' && value.path.length > 1 && isRequestName(paramName(parametersOf(value.fn)[value.index]))));
  }

  /** Whether a synchronous call throws when the disk does not hold what it asks for: `fs.readFileSync(path)`, for a path that is not fixed. */
  readsDisk(call: CallNode): boolean {
    const [path] = call.arguments;
    if (!path || isFixedPath(path)) return false;
    return this.file.values.of(call.callee).some((value) => {
      const found = importPathOf(value);
      const fact = found && blockingCall(found.module, found.path);
      return fact !== undefined && (fact.module === 'fs' || fact.module === 'fs-extra') && !/(?:exists|Exists)Sync$/.test(fact.name);
    });
  }

  /** Whether a call throws whatever happens: `res.sendStatus(500).json(…)` answers a second time. */
  answersTwice(call: CallNode): boolean {
    const member = calledMember(call);
    const before = member && unwrap(member.object);
    if (!member || before?.type !== 'CallExpression' || !answering.test(memberName(member) ?? '')) return false;
    return answering.test(calledMethod(before) ?? '') && rootIsResponse(before);
  }

  #computeSure(node: Node): Sure {
    switch (node.type) {
      case 'ImportExpression':
        return [];
      case 'NewExpression':
        return this.isPromiseClass(node.callee) && [];
      case 'ConditionalExpression':
        return allSure([this.sure(node.consequent), this.sure(node.alternate)]);
      case 'Identifier': {
        const init = this.#heldBy(node);
        return init !== undefined && this.sure(init);
      }
      case 'CallExpression':
        return this.#callIsPromise(node);
      default:
        return false;
    }
  }

  #callIsPromise(call: TSESTree.CallExpression): Sure {
    const member = calledMember(call);
    const name = member && memberName(member);
    const [first] = call.arguments;
    if (member && first) {
      if (name === 'then') return (isCallable(first) || call.arguments.length > 1) && [];
      if (name === 'catch' || name === 'finally') return call.arguments.length === 1 && isCallable(first) && [];
    }
    if (member && name !== undefined && this.isPromiseClass(member.object)) return /^(?:all|allSettled|any|race|reject|resolve|map|each|try|props|delay|mapSeries)$/.test(name) && [];
    const callees = this.file.values.calleesOf(call);
    if (callees.length > 0) return callees.length === this.file.values.of(call.callee).length && allSure(callees.map((fn) => this.promiseOf(fn)));
    if (this.#fact(call)) return [];
    for (const value of this.file.values.of(call.callee)) {
      if (value.kind === 'call' && value.callee.kind === 'import' && importKey(value.callee) === 'util#promisify') return [];
    }
    return this.#elsewhereIsPromise(call) ?? (this.isPromiseByUse(call) && []);
  }

  /** What other files say of the functions that `call` may call; undefined when they say nothing. */
  #elsewhereIsPromise(call: TSESTree.CallExpression): Sure | undefined {
    const references = this.#calledElsewhere(call);
    if (!references) return undefined;
    const answers = references.map((reference) => this.file.elsewhere.givesPromise(reference));
    if (answers.includes(false)) return false;
    if (answers.includes(undefined)) return undefined;
    return answers.includes('later') ? (this.isPromiseByUse(call) ? [] : references) : [];
  }

  /** The functions of other files that `call` calls; undefined when it may call anything else. */
  #calledElsewhere(call: TSESTree.CallExpression): readonly Reference[] | undefined {
    const found: Reference[] = [];
    const last = call.arguments.at(-1);
    for (const value of this.file.values.of(call.callee)) {
      const reference = referenceOf(value, this.file.values);
      if (!reference) return undefined;
      found.push(last && isCallback(last) ? reference : { ...reference, bare: true });
    }
    return found;
  }

  /**
   * Whether a call tells listeners of an event: `hooks.fire('action:saved')`. What they fail by is theirs; whoever calls them
   * sees to it that it stays there.
   */
  isDispatch(call: Node): boolean {
    const inner = unwrap(call);
    const member = inner.type === 'CallExpression' ? calledMember(inner) : undefined;
    return member !== undefined && dispatches.test(memberName(member) ?? '') && isDispatcher(member);
  }

  /** Whether only other calls of the same function tell that this one gives a promise: they are awaited, or have a `.then`. */
  isPromiseByUse(call: CallNode): boolean {
    const name = calledMethod(call);
    if (name !== undefined && dispatches.test(name)) return false;
    const member = calledMember(call);
    if (member && isDispatcher(member)) return false;
    // With a callback, a function that can do both returns nothing.
    if (call.arguments.some(isCallback)) return false;
    const key = this.#useKey(call);
    return key !== undefined && this.#awaitedElsewhere().has(key);
  }

  /** What the tables know of the promise that a call returns; undefined unless it returns one for sure. */
  #fact(call: TSESTree.CallExpression): PromiseFact | undefined {
    for (const value of this.file.values.of(call.callee)) {
      const path = this.#pathOf(value);
      const fact = path && promiseFact(path.module, path.path);
      if (!fact || fact.when) continue;
      const last = call.arguments.at(-1);
      if (fact.unlessCallback && last && mayBeCallback(last)) continue;
      if (fact.rejectsWithOption !== undefined && call.arguments.some((arg) => !isSimple(arg))) return { kind: 'returns-promise' };
      return fact;
    }
    return undefined;
  }

  /** The member of a package that a value is, whether this file or another one of the project took it from there. */
  #pathOf(value: Value): ImportPath | undefined {
    const path = importPathOf(value);
    if (path && !isProjectModule(path.module)) return path;
    const reference = referenceOf(value, this.file.values);
    return reference ? this.file.elsewhere.packagePath(reference) : path;
  }

  /** Whether nothing happens until somebody awaits the promise, so that dropping it drops no rejection. */
  isLazy(call: Node): boolean {
    const inner = unwrap(call);
    if (inner.type !== 'CallExpression') return false;
    return this.#fact(inner)?.lazy === true || (refining.test(calledMethod(inner) ?? '') && this.isPromiseByUse(inner));
  }

  /** Whether calling `fn` gives a promise for sure. */
  returnsPromise(fn: FunctionNode): boolean {
    return this.promiseOf(fn) !== false;
  }

  /** What it takes for a call of `fn` to give a promise. */
  promiseOf(fn: FunctionNode): Sure {
    if (fn.generator) return false;
    if (fn.async) return [];
    const values = this.#returned(fn);
    return values.length > 0 && allSure(values.map((value) => this.sure(value)));
  }

  #returned(fn: FunctionNode): Node[] {
    const unit = this.file.tree.units.get(fn);
    return unit ? returned(fn, unit) : [];
  }

  #computeDoubt(node: Node): Doubt {
    switch (node.type) {
      case 'CallExpression':
        return this.#callDoubt(node);
      case 'NewExpression':
        return this.isPromiseClass(node.callee) ? this.#executorRejects(node.arguments[0]) : false;
      case 'ImportExpression':
      case 'TaggedTemplateExpression':
      case 'YieldExpression':
        return true;
      case 'ConditionalExpression':
        return anyDoubt([this.doubt(node.consequent), this.doubt(node.alternate)]);
      case 'LogicalExpression':
        return anyDoubt([this.doubt(node.left), this.doubt(node.right)]);
      case 'AssignmentExpression':
        return this.doubt(node.right);
      case 'SequenceExpression':
        return anyDoubt(node.expressions.map((expression) => this.doubt(expression)));
      case 'ArrayExpression':
        return anyDoubt(node.elements.map((element) => element !== null && this.doubt(element.type === 'SpreadElement' ? element.argument : element)));
      case 'Identifier': {
        const variable = this.file.scopes.variableAt(node);
        if (!variable) return false;
        const written = writtenExpressions(variable);
        if (variable.defs[0]?.type === 'Parameter') return !isRequestName(node.name) && !isResponseName(node.name);
        if (!written || written.length === 0) return variable.defs[0]?.type === 'Variable';
        return anyDoubt(written.map((expression) => this.doubt(expression)));
      }
      case 'MemberExpression':
        return mayRejectMember.test(memberName(node) ?? '');
      default:
        return false;
    }
  }

  #callDoubt(call: TSESTree.CallExpression): Doubt {
    const member = calledMember(call);
    const name = member && memberName(member);
    if (member && name !== undefined) {
      if (this.isPromiseClass(member.object)) {
        if (name === 'allSettled' || name === 'delay') return false;
        if (name === 'all' || name === 'race' || name === 'any' || name === 'resolve') {
          return anyDoubt(call.arguments.map((arg) => this.#elementDoubt(arg)));
        }
        return true;
      }
      if ((name === 'catch' || name === 'then') && call.arguments.length > 0) return this.#chainDoubt(call, member.object, name);
      if (name === 'finally') return this.doubt(member.object);
      // `res.json()`, `res.status(200).send()`
      if (rootIsResponse(member.object)) return false;
      if (name === 'map' && call.arguments.length > 0) return anyDoubt(this.file.values.functionsOf(call.arguments[0] as Node).map((fn) => this.#functionDoubt(fn)));
    }
    const callees = this.file.values.calleesOf(call);
    if (callees.length > 0) return anyDoubt(callees.map((fn) => this.#functionDoubt(fn)));
    if (this.#fact(call)?.kind === 'never-rejects') return false;
    for (const value of this.file.values.of(call.callee)) {
      if (value.kind === 'global' && tame.has(value.path[0] ?? '')) return false;
      if (value.kind === 'call' && value.callee.kind === 'import' && importKey(value.callee) === 'util#promisify') return !isTimer(call, this.file);
    }
    // What a callback returns is nobody's promise.
    if (/^_?(?:next|callback|cb|done)$/.test(calledName(call) ?? '')) return false;
    const references = this.#calledElsewhere(call);
    if (!references) return true;
    return anyDoubt(
      references.map((reference) => {
        const fails = this.file.elsewhere.canFail(reference);
        return fails === 'later' ? [reference] : fails;
      }),
    );
  }

  #elementDoubt(arg: Node): Doubt {
    const inner = unwrap(arg.type === 'SpreadElement' ? arg.argument : arg);
    if (inner.type === 'Identifier') {
      const init = this.#heldBy(inner);
      // A list filled elsewhere holds what it holds.
      return init === undefined || unwrap(init).type === 'ArrayExpression' ? true : this.doubt(init);
    }
    if (inner.type === 'MemberExpression') return true;
    return this.doubt(inner);
  }

  /** `.catch(handler)`: nothing is left to reject when the handler is written here and does not throw. */
  #chainDoubt(call: TSESTree.CallExpression, base: Node, name: 'then' | 'catch'): Doubt {
    const handler = name === 'catch' ? call.arguments[0] : call.arguments[1];
    const success = name === 'then' ? call.arguments[0] : undefined;
    const successDoubt = success === undefined ? false : anyDoubt(this.file.values.functionsOf(success).map((fn) => this.#functionDoubt(fn)));
    if (!handler) return anyDoubt([this.doubt(base), successDoubt]);
    const functions = this.file.values.functionsOf(handler);
    const handlerThrows =
      functions.length === 0 ? !isCallable(handler) : functions.some((fn) => this.#functionThrows(fn) || (fn.async && this.escapes(fn) !== false) || this.#returned(fn).some((value) => this.isRejection(value)));
    return anyDoubt([handlerThrows && this.doubt(base), successDoubt]);
  }

  /** Whether a call of `fn` can throw by a `throw` of its own; an async function rejects instead. */
  throws(fn: FunctionNode): boolean {
    return !fn.async && this.#functionThrows(fn);
  }

  #functionThrows(fn: FunctionNode): boolean {
    return (this.file.tree.units.get(fn)?.throws ?? []).some((statement) => !isCaughtWithin(statement, fn));
  }

  #functionDoubt(fn: FunctionNode): Doubt {
    if (fn.generator) return true;
    const returns = this.#returned(fn).map((value) => this.#maybePromise(value) && this.doubt(value));
    return anyDoubt([...returns, fn.async ? this.escapes(fn) : this.#functionThrows(fn)]);
  }

  /** Whether a returned expression may be a promise: a promise for sure, or a call that cannot be looked into. */
  #maybePromise(node: Node): boolean {
    const inner = unwrap(node);
    return inner.type === 'CallExpression' || this.isPromise(inner);
  }

  /** Whether `new Promise(executor)` may reject: `reject` is used, or the executor throws. */
  #executorRejects(executor: Node | undefined): boolean {
    const fn = executor && unwrap(executor);
    if (!isFunction(fn)) return true;
    const [, reject] = parametersOf(fn);
    if (paramName(reject) !== undefined && reject?.type === 'Identifier') {
      const variable = this.file.scopes.variableAt(reject);
      if (variable && readsOf(variable).length > 0) return true;
    } else if (reject || fn.params.some((param) => param.type === 'RestElement')) return true;
    return !fn.async && this.#functionThrows(fn);
  }

  /** The expression held by a variable that is written once. */
  #heldBy(node: TSESTree.Identifier): Node | undefined {
    const variable = this.file.scopes.variableAt(node);
    const written = variable && variable.defs[0]?.type === 'Variable' ? writtenExpressions(variable) : undefined;
    return written?.length === 1 ? written[0] : undefined;
  }

  /** What identifies a called function across the file, so that `await user.save()` tells about `user.save()` elsewhere. */
  #useKey(call: CallNode): unknown {
    const callee = unwrap(call.callee);
    const [value] = this.file.values.of(callee);
    if (value?.kind === 'import') {
      // A client of redis, or another store, returns promises from all of its commands, or from none.
      const last = value.path.at(-1);
      return last !== undefined && isRedisCommand(last) ? `${importKey({ ...value, path: value.path.slice(0, -1) })}.command()` : importKey(value);
    }
    if (callee.type !== 'MemberExpression') return undefined;
    const name = memberName(callee);
    if (name === undefined) return undefined;
    // `user.save()`: what is saved with nothing but its own name is a record, whichever it is.
    if (name === 'save' && call.arguments.length === 0) return '.save()';
    const origins = this.file.values.of(callee.object).map((object) => originKey(object));
    const [origin] = origins;
    if (origin !== undefined && origins.every((one) => one === origin)) return `${origin}.${isRedisCommand(name) ? 'command' : name}()`;
    const path = memberPath(callee);
    return path?.startsWith('this.') && path.split('.').length > 2 ? path : undefined;
  }

  #awaitedElsewhere(): ReadonlySet<unknown> {
    if (this.#awaited) return this.#awaited;
    const keys = new Set<unknown>();
    this.#awaited = keys;
    const add = (node: Node): void => {
      const inner = unwrap(node);
      if (inner.type !== 'CallExpression') return;
      const key = this.#useKey(inner);
      if (key !== undefined) keys.add(key);
    };
    for (const unit of this.file.tree.units.values()) {
      for (const awaited of unit.awaits) add(awaited.argument);
      for (const call of unit.calls) {
        const member = calledMember(call);
        if (member && /^(?:then|catch)$/.test(memberName(member) ?? '') && call.arguments.length > 0) add(member.object);
      }
    }
    return keys;
  }
}

/** The package or project file that a value comes from, and whether it is an object made by it. */
function originKey(value: Value): string | undefined {
  const origin = originOf(value);
  if (!origin) return undefined;
  return value.kind === 'import' ? importKey(origin) : `${origin.module}#*`;
}

/** Whether a member is taken from something that goes by the name of a dispatcher: `plugins.hooks.fire`. */
function isDispatcher(member: TSESTree.MemberExpression): boolean {
  return dispatchers.test(memberPath(member.object)?.split('.').at(-1) ?? '');
}

/** Numbers, strings and the like: an argument that can hold no option. */
function isSimple(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'Literal' || inner.type === 'TemplateLiteral' || inner.type === 'Identifier' || inner.type === 'BinaryExpression' || inner.type === 'MemberExpression';
}

/** Whether an argument may be a callback: a function, any name, or what is made of a function. */
function mayBeCallback(node: Node): boolean {
  return unwrap(node).type === 'CallExpression' ? isCallback(node) : isCallable(node);
}

/** Whether an argument shows that it is a callback: a function, `done`, `onCallback`, or `trace(function (err) { … })`, which gives the function back in another coat. */
function isCallback(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'CallExpression') return inner.arguments.some((arg) => isFunction(unwrap(arg)));
  return isFunction(inner) || (inner.type === 'Identifier' && /^(?:cb|callback|done|next)$|(?:Callback|Cb)$/.test(inner.name));
}

/** A function, or a name that may be one: no literal, no object. */
function isCallable(node: Node): boolean {
  const inner = unwrap(node);
  return isFunction(inner) || inner.type === 'Identifier' || inner.type === 'MemberExpression' || inner.type === 'CallExpression' || inner.type === 'ConditionalExpression' || inner.type === 'LogicalExpression';
}

function isCaughtWithin(node: Node, fn: FunctionNode): boolean {
  for (let child = node, parent = node.parent; parent && child !== fn; child = parent, parent = parent.parent) {
    if (parent.type === 'TryStatement' && parent.block === child && parent.handler) return true;
  }
  return false;
}

/** `promisify(setTimeout)(ms)` */
function isTimer(call: TSESTree.CallExpression, file: SourceFile): boolean {
  return file.values.of(call.callee).some((value) => {
    if (value.kind !== 'call') return false;
    const [first] = value.node.arguments;
    return first !== undefined && /^set(?:Timeout|Immediate)$/.test(file.values.globalOf(first)?.[0] ?? '');
  });
}

/** `path.join(__dirname, 'views', 'mail.html')`: what ships with the program, wherever that is started. */
function isFixedPath(node: Node): boolean {
  const inner = unwrap(node);
  const parts: readonly Node[] = inner.type === 'TemplateLiteral' ? inner.expressions : inner.type === 'CallExpression' && /^(?:join|resolve)$/.test(calledMethod(inner) ?? calledName(inner) ?? '') ? inner.arguments : [];
  const [first, ...rest] = parts;
  return first?.type === 'Identifier' && first.name === '__dirname' && rest.every((part) => staticString(part) !== undefined);
}

/** `req.body.x`, `req.query.filter`, `req.get('x')`: what a client chooses. */
function fromRequest(node: Node): boolean {
  let current = unwrap(node);
  while (current.type === 'MemberExpression' || current.type === 'CallExpression') {
    current = unwrap(current.type === 'CallExpression' ? current.callee : current.object);
  }
  return current.type === 'Identifier' && isRequestName(current.name) && unwrap(node) !== current;
}

function rootIsResponse(node: Node): boolean {
  let current = unwrap(node);
  for (;;) {
    if (current.type === 'CallExpression') {
      const member = calledMember(current);
      if (!member) return false;
      current = unwrap(member.object);
    } else if (current.type === 'MemberExpression') {
      if (isResponseName(memberName(current))) return true;
      current = unwrap(current.object);
    } else return current.type === 'Identifier' && isResponseName(current.name);
  }
}
