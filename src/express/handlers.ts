import type { TSESTree } from '@typescript-eslint/utils';

import { Exported } from '../ast/exported.js';
import { type CallNode, calledMember, contains, functionLength, type FunctionNode, functionName, isFunction, memberName, type Node, parametersOf, staticString, unwrap, wrappedFunctionName } from '../ast/nodes.js';
import type { Value } from '../ast/values.js';
import type { SourceFile } from './file.js';
import { type Reference, referenceOf } from './elsewhere.js';
import { importKey } from './imports.js';
import { type Registration, routeLabel } from './routes.js';
import type { ParameterFate } from '../promises/rejections.js';
import { declaredHandlerType, requestAt, type Signature, signatureOf } from './signatures.js';
import { answeringMethods, forwardingWrappers, isResponseName, otherFrameworks, requestCallbacks, uselessForParams } from './vocabulary.js';

/** What becomes of the promise that a handler returns: it is left to Express (`none`), something forwards its rejection or throws it away, or it cannot be told. */
export type Protection = 'none' | 'forwards' | 'drops' | 'unknown';

/** One place where a handler is registered. */
export interface HandlerUse {
  readonly registration: Registration;
  /** The handler's expression in the registration, wrapper included. */
  readonly node: Node;
  readonly protection: Protection;
}

/** A handler that is registered here and written in another file. */
export interface DistantHandler {
  readonly reference: Reference;
  readonly use: HandlerUse;
}

/** A function that Express, or a companion of it, runs for a request. */
export interface Handler {
  readonly fn: FunctionNode;
  /** `callback`: a function that a companion runs per request (passport's verify function, multer's file filter). */
  readonly kind: 'request' | 'error' | 'param' | 'callback';
  /** Where it is registered; empty when only its signature tells. */
  readonly uses: readonly HandlerUse[];
  /** How many leading arguments `.bind()` fills in before the request; -1 for a helper that is given the response first, and no request. */
  readonly bound: number;
  /** How messages name it: `GET /users/:id`, or `handler show`. */
  readonly label: string;
  /** Whether the file calls it itself as well, so that its caller may go on after it. */
  readonly called: boolean;
  /** For a `callback`: whether the companion throws away the promise that it returns. */
  readonly drops: boolean;
}

interface Draft {
  readonly fn: FunctionNode;
  kind: Handler['kind'];
  readonly uses: HandlerUse[];
  bound: number;
  label: string;
  drops: boolean;
  called: boolean;
}

/**
 * A local function that is given another one and returns a third: what that third does with the promise of the first.
 * `passes`: it only returns it, so that it becomes of it what becomes of the third's own; `drops`: it throws it away.
 */
export type WrapperProof = (wrapper: FunctionNode, parameter: number) => ParameterFate;

const depthLimit = 6;
const companionModules: ReadonlySet<string> = new Set([...requestCallbacks.keys()].map((key) => key.split('#', 1)[0] ?? key));

/** Finds the handlers of a file: those it registers, those it exports by signature, and those it gives to companions. */
export class HandlerFinder {
  /** The handlers that other files define; filled by `find`. */
  readonly distant: DistantHandler[] = [];
  readonly #found = new Map<FunctionNode, Draft>();
  #callers: Map<FunctionNode, CallNode[]> | undefined;

  constructor(
    private readonly file: SourceFile,
    private readonly registrations: readonly Registration[],
    private readonly proof: WrapperProof,
  ) {}

  /** Every handler, registered ones first, in source order. */
  find(): Handler[] {
    for (const registration of this.registrations) {
      for (const node of registration.handlers) {
        this.#resolve(node, { registration, node, protection: registration.receiver.forwards ? 'forwards' : registration.receiver.raw ? 'none' : 'unknown' }, 0);
      }
    }
    this.#companions();
    this.#signatures();
    for (const draft of this.#found.values()) draft.called = this.callersOf(draft.fn).length > 0;
    return [...this.#found.values()];
  }

  #add(fn: FunctionNode, use: HandlerUse | undefined, bound: number, kind?: Handler['kind']): void {
    const known = this.#found.get(fn);
    if (known) {
      if (use) known.uses.push(use);
      return;
    }
    const own = kind ?? this.#kindOf(fn, use, bound);
    const label = use ? routeLabel(use.registration) : `handler ${wrappedFunctionName(fn) ?? ''}`.trim();
    this.#found.set(fn, { fn, kind: own, uses: use ? [use] : [], bound, label, drops: false, called: false });
  }

  #kindOf(fn: FunctionNode, use: HandlerUse | undefined, bound: number): Handler['kind'] {
    if (use?.registration.method === 'param') return 'param';
    const declared = declaredHandlerType(fn);
    if (declared) return declared;
    if (!use) return signatureOf(fn)?.kind ?? 'request';
    // Express tells error middleware by its length alone.
    return functionLength(fn) - bound === 4 ? 'error' : 'request';
  }

  /** Resolves a handler expression to the functions behind it. */
  #resolve(node: Node, use: HandlerUse, depth: number): void {
    if (depth > depthLimit) return;
    const inner = unwrap(node);
    if (inner.type === 'ConditionalExpression') {
      this.#resolve(inner.consequent, use, depth + 1);
      this.#resolve(inner.alternate, use, depth + 1);
      return;
    }
    if (inner.type === 'LogicalExpression') {
      this.#resolve(inner.left, use, depth + 1);
      this.#resolve(inner.right, use, depth + 1);
      return;
    }
    for (const value of this.file.values.of(inner)) this.#value(value, use, depth);
    if (inner.type === 'CallExpression') this.#wrapped(inner, use, depth);
  }

  #value(value: Value, use: HandlerUse, depth: number): void {
    switch (value.kind) {
      case 'function':
        this.#add(value.node, use, value.bound);
        break;
      case 'array':
        for (const element of value.node.elements) if (element) this.#resolve(element, use, depth + 1);
        break;
      case 'promise':
      case 'awaited':
        this.#value(value.of, use, depth + 1);
        break;
      case 'member':
        // `handlers[action]`: any function of the table
        if (value.name === undefined) for (const fn of this.file.values.membersOf(value.object)) this.#add(fn, use, 0);
        else this.#elsewhere(value, use);
        break;
      case 'param':
        this.#argumentsFor(value, use, depth);
        break;
      case 'call':
        this.#resultOf(value, use, depth);
        this.#elsewhere(value, use);
        break;
      default:
        this.#elsewhere(value, use);
    }
  }

  #elsewhere(value: Value, use: HandlerUse): void {
    const reference = referenceOf(value, this.file.values);
    if (reference) this.distant.push({ reference, use });
  }

  /** A table held in a `Map`: `handlers.get(action)`. A wrapped handler held in a variable: `const show = wrap(async …)`. */
  #resultOf(value: Value & { kind: 'call' }, use: HandlerUse, depth: number): void {
    const { callee, node } = value;
    if (callee.kind === 'member' && callee.name === 'get' && callee.object.kind === 'instance' && callee.object.node.type === 'NewExpression') {
      for (const arg of callee.object.node.arguments) {
        for (const entries of this.file.values.of(arg)) {
          if (entries.kind !== 'array') continue;
          for (const entry of entries.node.elements) {
            const pair = entry && unwrap(entry);
            const handler = pair?.type === 'ArrayExpression' ? pair.elements[1] : undefined;
            if (handler) this.#resolve(handler, use, depth + 1);
          }
        }
      }
      return;
    }
    if (unwrap(use.node) !== node) this.#wrapped(node, use, depth);
  }

  /** A handler that is a parameter of a function of this file: look where that function is called. */
  #argumentsFor(value: Value & { kind: 'param' }, use: HandlerUse, depth: number): void {
    if (value.path.length > 0 && value.path[0] !== '...') return;
    const calls = this.callersOf(value.fn);
    // `app.get('/', same(show))`, where `same` returns what it is given
    const here = calls.filter((call) => contains(use.node, call));
    for (const call of here.length ? here : calls) {
      const args = value.path[0] === '...' ? call.arguments.slice(value.index) : call.arguments.slice(value.index, value.index + 1);
      for (const arg of args) {
        if (arg.type !== 'SpreadElement') this.#resolve(arg, here.length ? use : { ...use, node: arg }, depth + 1);
      }
    }
  }

  /** `wrap(handler)`: the functions among the arguments are handlers too; what becomes of their promise depends on the wrapper. */
  #wrapped(call: TSESTree.CallExpression, use: HandlerUse, depth: number): void {
    const member = calledMember(call);
    if (member && memberName(member) === 'bind') return;
    const companion = this.#isCompanion(call);
    for (const [index, arg] of call.arguments.entries()) {
      if (arg.type === 'SpreadElement') continue;
      const inner = unwrap(arg);
      const inline = isFunction(inner);
      const functions = this.file.values.of(inner).flatMap((value) => (value.kind === 'function' ? [value] : []));
      if (functions.length === 0) {
        const protection = weaker(this.#protection(call, index, use), use.protection);
        if (!companion && protection !== 'unknown') for (const value of this.file.values.of(inner)) this.#elsewhere(value, { ...use, protection });
        if (inner.type === 'CallExpression') this.#wrapped(inner, { ...use, protection: weaker(this.#protection(call, index, use), use.protection) }, depth + 1);
        else if (inner.type === 'ArrayExpression') for (const e of inner.elements) if (e) this.#resolve(e, { ...use, protection: 'unknown' }, depth + 1);
        continue;
      }
      for (const value of functions) {
        if (!inline && !signatureOf(value.node)) continue;
        if (companion || (parametersOf(value.node).length === 0 && !value.node.async)) continue;
        this.#add(value.node, { ...use, protection: weaker(this.#protection(call, index, use), use.protection) }, value.bound);
      }
    }
  }

  #protection(call: TSESTree.CallExpression, index: number, { registration }: HandlerUse): Protection {
    const callee = unwrap(call.callee);
    const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : undefined;
    if (name !== undefined && this.file.settings.wrappers.has(name)) return 'forwards';
    const verdicts = this.file.values.of(callee).map((value): Protection => {
      if (value.kind === 'import') {
        const key = importKey(value);
        if (forwardingWrappers.has(key)) return registration.method === 'param' && uselessForParams.has(key) ? 'none' : 'forwards';
      }
      const reference = referenceOf(value, this.file.values);
      const proof = value.kind === 'function' ? this.proof(value.node, index) : reference ? this.file.elsewhere.ofParameter(reference, index) : 'unknown';
      // A wrapper of this file that drops the promise is told of where it does.
      if (proof === 'drops' && value.kind === 'function') return 'unknown';
      return proof === 'passes' ? 'none' : proof;
    });
    const [first = 'unknown'] = verdicts;
    return verdicts.every((verdict) => verdict === first) ? first : 'unknown';
  }

  #isCompanion(call: TSESTree.CallExpression): boolean {
    return this.file.values.of(call.callee).some((value) => value.kind === 'import' && requestCallbacks.has(importKey(value)));
  }

  /** The calls in this file that may call `fn`. */
  callersOf(fn: FunctionNode): readonly CallNode[] {
    if (!this.#callers) {
      this.#callers = new Map();
      for (const unit of this.file.tree.units.values()) {
        for (const call of unit.calls) {
          for (const callee of this.file.values.calleesOf(call)) {
            const calls = this.#callers.get(callee);
            if (calls) calls.push(call);
            else this.#callers.set(callee, [call]);
          }
        }
      }
    }
    return this.#callers.get(fn) ?? [];
  }

  #companions(): void {
    this.#storageEngines();
    const companions = [...importedModules(this.file)].some((module) => companionModules.has(module));
    for (const unit of this.file.tree.units.values()) {
      for (const call of unit.calls) {
        if (call.arguments.length === 0) continue;
        this.#strategy(call);
        if (!companions) continue;
        const callee = unwrap(call.callee);
        if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression' && callee.type !== 'CallExpression') continue;
        for (const value of this.file.values.of(callee)) {
          if (value.kind !== 'import') continue;
          const spec = requestCallbacks.get(importKey(value));
          if (!spec) continue;
          const label = importKey(value).replace('#', '.');
          for (const at of spec.args ?? []) this.#callback(at === 'last' ? call.arguments.at(-1) : call.arguments[at], label, !spec.awaits);
          for (const arg of spec.options ? call.arguments : []) {
            for (const options of this.file.values.of(arg)) {
              if (options.kind !== 'object') continue;
              for (const property of options.node.properties) {
                if (property.type === 'Property' && spec.options?.includes(memberName(property) ?? '')) this.#callback(property.value, label, !spec.awaits);
              }
            }
          }
        }
      }
    }
  }

  /** `new LocalStrategy(options, verify)`: passport runs verify for each login request, and ignores what it returns. */
  #strategy(call: CallNode): void {
    if (call.type !== 'NewExpression') return;
    const callee = unwrap(call.callee);
    const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : undefined;
    const origin = this.file.values.importOf(callee);
    if (!(name ?? '').endsWith('Strategy') && !(origin?.module ?? '').startsWith('passport-')) return;
    for (const own of call.arguments) this.#callback(own, `passport's ${name ?? 'strategy'}`, true);
  }

  #callback(node: Node | undefined, label: string, drops: boolean): void {
    if (!node) return;
    for (const fn of this.file.values.functionsOf(node)) {
      this.#add(fn, undefined, 0, 'callback');
      const draft = this.#found.get(fn);
      if (draft?.kind === 'callback') Object.assign(draft, { label, drops });
    }
  }

  /** multer's storage engines: classes and objects with these two methods. */
  #storageEngines(): void {
    for (const [fn] of this.file.tree.units) {
      if (fn.type === 'Program' || parametersOf(fn).length !== 3) continue;
      const name = functionName(fn);
      if (name === '_handleFile' || name === '_removeFile') this.#callback(fn, `multer's ${name}`, true);
    }
  }

  /** Handlers that only their signature shows: exported, or put into a table of routes. */
  #signatures(): void {
    const { facts, settings } = this.file;
    const imports = importedModules(this.file);
    const usesExpress = [...imports].some((module) => module === 'express' || module.startsWith('express-') || module === '@types/express');
    if (facts.declared === false && !usesExpress) return;
    if (!usesExpress && [...imports].some((module) => otherFrameworks.has(module))) return;
    const exported = new Exported(this.file.scopes);
    for (const [fn] of this.file.tree.units) {
      if (fn.type === 'Program' || this.#found.has(fn)) continue;
      const declared = declaredHandlerType(fn);
      const signature: Signature | undefined = declared ? { kind: declared === 'error' ? 'error' : 'request', sure: true } : signatureOf(fn);
      const name = functionName(fn);
      if (name !== undefined && settings.handlerNames.has(name)) {
        this.#add(fn, undefined, 0, signature?.kind ?? 'request');
        continue;
      }
      if (!signature && facts.declared) {
        const at = requestAt(fn) ?? (this.#answersWithFirst(fn) ? -1 : undefined);
        if (at !== undefined && exported.reaches(fn)) this.#add(fn, undefined, at, 'request');
      }
      if (!signature || (facts.declared === undefined && !usesExpress && !signature.sure)) continue;
      if (declared || exported.reaches(fn) || this.#inRouteTable(fn)) this.#add(fn, undefined, 0, signature.kind);
    }
  }

  /** `function sendError(res, error) { res.status(500) … }`: a helper that answers with the response it is given first. */
  #answersWithFirst(fn: FunctionNode): boolean {
    const [first] = parametersOf(fn);
    if (first?.type !== 'Identifier' || !isResponseName(first.name) || fn.generator) return false;
    const variable = this.file.scopes.variableAt(first);
    return (variable?.references ?? []).some(({ identifier }) => {
      const member = identifier.parent;
      if (member.type !== 'MemberExpression' || member.object !== identifier || member.parent.type !== 'CallExpression' || member.parent.callee !== member) return false;
      const name = memberName(member) ?? '';
      return answeringMethods.has(name) && (name !== 'json' || member.parent.arguments.length > 0);
    });
  }

  /** `{ path: '/x', handler: (req, res) => … }`, or `helper('/x', (req, res) => …)` with a path beside it. */
  #inRouteTable(fn: FunctionNode): boolean {
    const parent = fn.parent;
    if (parent.type === 'Property') return /^(?:handlers?|middlewares?|controller|action|onRequest)$/.test(memberName(parent) ?? '');
    if (parent.type !== 'CallExpression' || parent.callee === fn) return false;
    return parent.arguments.some((arg) => arg !== fn && staticString(arg)?.startsWith('/'));
  }
}

/** The weaker of two protections, for a handler that is wrapped twice: forwarding anywhere is forwarding. */
function weaker(a: Protection, b: Protection): Protection {
  if (a === 'forwards' || b === 'forwards') return 'forwards';
  if (a === 'drops' || b === 'drops') return 'drops';
  return a === 'unknown' || b === 'unknown' ? 'unknown' : 'none';
}

const modulesOf = new WeakMap<SourceFile, ReadonlySet<string>>();

/** The modules that a file names in imports and in `require` calls with a plain string. */
export function importedModules(file: SourceFile): ReadonlySet<string> {
  const known = modulesOf.get(file);
  if (known) return known;
  const modules = new Set<string>();
  modulesOf.set(file, modules);
  for (const item of file.tree.moduleItems) {
    if ('source' in item && item.source?.type === 'Literal' && typeof item.source.value === 'string') modules.add(item.source.value);
    else if (item.type === 'TSImportEqualsDeclaration' && item.moduleReference.type === 'TSExternalModuleReference') {
      const { expression } = item.moduleReference;
      if (typeof expression.value === 'string') modules.add(expression.value);
    }
  }
  for (const unit of file.tree.units.values()) {
    for (const call of unit.calls) {
      if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.callee.name !== 'require') continue;
      const [source] = call.arguments;
      if (source?.type === 'Literal' && typeof source.value === 'string') modules.add(source.value);
    }
  }
  return modules;
}

