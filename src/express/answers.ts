import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMember, calledMethod, type FunctionNode, isFunction, memberName, type Node, paramPattern, parametersOf, unwrap } from '../ast/nodes.js';
import type { Variable } from '../ast/scope.js';
import { within } from '../ast/tree.js';
import type { SourceFile } from './file.js';
import type { Handler } from './handlers.js';
import { isNextName, isRequestName, isResponseName, sendingResponseMethods, unfinishedResponseMethods } from './vocabulary.js';

/** What a parameter is to a handler. */
export type Role = 'request' | 'response' | 'next';

/** Names of what people log with; handing the response to it answers nothing. */
const logger = /^(?:console|log|logger|debug|winston|pino|bunyan|sentry|tracer|span|metrics|statsd)$/i;

/** Knows, for one file, which calls answer a request. */
export class Answers {
  readonly #roles = new Map<Variable, Role>();
  readonly #handlers: ReadonlySet<FunctionNode>;
  #answering: readonly CallNode[] | undefined;
  #passingOn: readonly CallNode[] | undefined;

  constructor(
    private readonly file: SourceFile,
    handlers: readonly Handler[],
  ) {
    this.#handlers = new Set(handlers.map((handler) => handler.fn));
    for (const { fn, kind, bound } of handlers) {
      const params = parametersOf(fn);
      const at = bound + (kind === 'error' ? 1 : 0);
      const roles: (Role | undefined)[] = kind === 'callback' ? [] : bound < 0 ? [undefined, 'response'] : ['request', 'response', 'next'];
      for (const [i, role] of roles.entries()) this.#setRole(params[at + i], role);
      if (kind === 'callback') this.#setRole(params.at(-1), 'next');
    }
  }

  #setRole(param: TSESTree.Parameter | undefined, role: Role | undefined): void {
    if (!param || !role) return;
    const pattern = paramPattern(param);
    const variable = pattern.type === 'Identifier' ? this.file.scopes.variableAt(pattern) : undefined;
    if (variable) this.#roles.set(variable, role);
  }

  /** Whether `node` is the request, the response or `next` of a handler, or a parameter named like one. */
  roleOf(node: Node): Role | undefined {
    const inner = unwrap(node);
    if (inner.type === 'MemberExpression') {
      const name = memberName(inner);
      if (isResponseName(name)) return 'response';
      return name === 'next' && unwrap(inner.object).type === 'ThisExpression' ? 'next' : this.#argumentOfRest(inner);
    }
    if (inner.type !== 'Identifier') return undefined;
    const variable = this.file.scopes.variableAt(inner);
    if (!variable) return undefined;
    const known = this.#roles.get(variable);
    if (known) return known;
    if (variable.defs[0]?.type === 'Parameter') {
      if (isResponseName(inner.name)) return 'response';
      if (isNextName(inner.name)) return 'next';
      return isRequestName(inner.name) ? 'request' : undefined;
    }
    const init = variable.defs.length === 1 ? (variable.defs[0]?.node as Node) : undefined;
    // `const next = args[args.length - 1]`, `const { res } = this`
    if (init?.type === 'VariableDeclarator' && init.init) {
      if (init.id.type === 'Identifier') return unwrap(init.init).type === 'Identifier' || isRestMember(unwrap(init.init)) ? this.roleOf(init.init) : undefined;
      if (isResponseName(inner.name)) return 'response';
      if (inner.name === 'next') return 'next';
    }
    return undefined;
  }

  /** `args[2]`, `args[args.length - 1]`, `args.at(-1)` of `(...args) =>` are next. */
  #argumentOfRest(node: TSESTree.MemberExpression): Role | undefined {
    const object = unwrap(node.object);
    if (object.type !== 'Identifier' || !this.#isRest(object)) return undefined;
    const index = unwrap(node.property);
    if (index.type === 'Literal') return index.value === 2 ? 'next' : index.value === 1 ? 'response' : undefined;
    return node.computed ? 'next' : undefined;
  }

  #isRest(identifier: TSESTree.Identifier): boolean {
    const definition = this.file.scopes.variableAt(identifier)?.defs[0];
    const fn = definition?.type === 'Parameter' ? (definition.node as Node) : undefined;
    if (identifier.name === 'arguments') return true;
    return isFunction(fn) && fn.params.some((param) => param.type === 'RestElement' && param.argument === definition?.name);
  }

  /** Whether an expression is a function that is given an error and answers with it: `next`, or any callback parameter. */
  isForwarder(node: Node): boolean {
    if (this.roleOf(node) === 'next') return true;
    const inner = unwrap(node);
    if (inner.type === 'CallExpression') {
      // `args.at(-1)`, `args.pop()`
      const member = calledMember(inner);
      const object = member && unwrap(member.object);
      return object?.type === 'Identifier' && this.#isRest(object) && /^(?:at|pop)$/.test(calledMethod(inner) ?? '');
    }
    return this.file.values.of(inner).some((value) => value.kind === 'param');
  }

  /** Calls that answer the request or hand it on: `res.json()`, `next()`, `render(res)`. */
  get answering(): readonly CallNode[] {
    return (this.#answering ??= this.#throughHelpers((call) => this.#answers(call)));
  }

  /** Calls that answer, and calls of any function that was given as a parameter (`callback(err)`, `reject(err)`). */
  get passingOn(): readonly CallNode[] {
    return (this.#passingOn ??= this.#throughHelpers((call) => this.#answers(call) || this.#callsParameter(call)));
  }

  /** The calls that `direct` accepts, and calls of functions of this file that make such a call in the request's own closure. */
  #throughHelpers(direct: (call: CallNode) => boolean): readonly CallNode[] {
    const { tree, values } = this.file;
    const found = new Set(tree.calls.filter(direct));
    if (found.size === 0) return [];
    const helpers = new Map<FunctionNode, readonly CallNode[]>();
    for (const [fn] of tree.units) {
      // A handler answers its own request, not that of whoever registers it.
      if (fn.type !== 'Program' && !this.#handlers.has(fn)) helpers.set(fn, within(tree.calls, fn.body.range[0], fn.body.range[1]));
    }
    const answering = new Set<FunctionNode>();
    for (let grown = true, rounds = 0; grown && rounds < 6; rounds++) {
      grown = false;
      for (const [fn, calls] of helpers) {
        if (answering.has(fn) || !calls.some((call) => found.has(call))) continue;
        answering.add(fn);
        grown = true;
      }
      if (!grown) break;
      grown = false;
      for (const call of tree.calls) {
        if (found.has(call) || !values.calleesOf(call).some((fn) => answering.has(fn))) continue;
        found.add(call);
        grown = true;
      }
    }
    return tree.calls.filter((call) => found.has(call));
  }

  /**
   * What a call surely does with a request, by the parameters of the handler around it alone: it sends the response, or hands
   * the request on; undefined for calls that only may.
   */
  sends(call: CallNode): 'response' | 'next' | undefined {
    const callee = unwrap(call.callee);
    if (callee.type === 'Identifier') return this.#ownRoleOf(callee) === 'next' ? 'next' : undefined;
    if (callee.type !== 'MemberExpression' || !sendingResponseMethods.has(memberName(callee) ?? '')) return undefined;
    const last = call.arguments.at(-1);
    if (memberName(callee) === 'render' && last && call.arguments.length > 1 && this.file.values.functionsOf(last).length > 0) return undefined;
    let root = unwrap(callee.object);
    while (root.type === 'CallExpression') {
      const member = calledMember(root);
      if (!member) return undefined;
      root = unwrap(member.object);
    }
    return root.type === 'Identifier' && this.#ownRoleOf(root) === 'response' ? 'response' : undefined;
  }

  #ownRoleOf(identifier: TSESTree.Identifier): Role | undefined {
    const variable = this.file.scopes.variableAt(identifier);
    return variable && this.#roles.get(variable);
  }

  /** Whether any call within the source range answers the request. */
  answersWithin(start: number, end: number): boolean {
    return within(this.answering, start, end).length > 0;
  }

  /** Whether any call within the node answers the request or calls a function that was given as a parameter. */
  passesOnWithin(node: Node): boolean {
    return within(this.passingOn, node.range[0], node.range[1]).length > 0;
  }

  #answers(call: CallNode): boolean {
    const callee = unwrap(call.callee);
    if (this.roleOf(callee) === 'next') return true;
    if (callee.type === 'MemberExpression') {
      const name = memberName(callee);
      if (this.#responseUnder(callee.object) && !(name !== undefined && unfinishedResponseMethods.has(name))) return true;
      // `next.apply(null, arguments)`
      if ((name === 'call' || name === 'apply') && this.roleOf(callee.object) === 'next') return true;
      const root = unwrap(callee.object);
      const rootName = root.type === 'Identifier' ? root.name : root.type === 'MemberExpression' ? memberName(root) : undefined;
      if (rootName !== undefined && logger.test(rootName)) return false;
      if (name === 'bind') return false;
    }
    return call.arguments.some((arg) => this.#handsOver(arg));
  }

  /** The response at the root of a chain: `res` in `res.status(500).type('txt')`. */
  #responseUnder(node: Node): boolean {
    let current = unwrap(node);
    for (;;) {
      if (this.roleOf(current) === 'response') return true;
      if (current.type === 'CallExpression') {
        const member = calledMember(current);
        if (!member) return false;
        current = unwrap(member.object);
      } else return false;
    }
  }

  #handsOver(arg: Node, depth = 0): boolean {
    if (depth > 4) return false;
    const inner = unwrap(arg.type === 'SpreadElement' ? arg.argument : arg);
    const role = this.roleOf(inner);
    if (role === 'response' || role === 'next') return true;
    if (inner.type === 'ObjectExpression') {
      return inner.properties.some((property) => property.type === 'Property' && this.#handsOver(property.value, depth + 1));
    }
    if (inner.type === 'ArrayExpression') return inner.elements.some((element) => element !== null && this.#handsOver(element, depth + 1));
    // `const context = { req, res }; run(context)`
    if (inner.type === 'Identifier' && role === undefined) {
      return this.file.values.of(inner).some((value) => value.kind === 'object' && value.node !== arg && this.#handsOver(value.node, depth + 1));
    }
    // `render(view, next.bind(null))`, `helper(this)` is too vague to count
    const bound = inner.type === 'CallExpression' ? calledMember(inner) : undefined;
    if (inner.type === 'CallExpression' && bound && memberName(bound) === 'bind') {
      return inner.arguments.some((argument) => this.#handsOver(argument, depth + 1)) || this.roleOf(bound.object) === 'next';
    }
    return inner.type === 'Identifier' && inner.name === 'arguments';
  }

  #callsParameter(call: CallNode): boolean {
    const callee = unwrap(call.callee);
    if (callee.type === 'Identifier') {
      return this.file.values.of(callee).some((value) => value.kind === 'param' && !isRequestName(callee.name));
    }
    if (callee.type === 'MemberExpression') {
      const name = memberName(callee);
      if ((name === 'call' || name === 'apply') && this.file.values.of(callee.object).some((value) => value.kind === 'param')) return true;
      // `deferred.reject(e)`, `this.callback(e)`, `process.exit()`, `emitter.emit('error', e)`
      // `path.resolve(…)` settles nothing.
      if (name === 'resolve' && this.file.values.importOf(callee.object)?.module === 'path') return false;
      if (name !== undefined && /^(?:reject|resolve|callback|cb|done|emit|fail|abort|exit)$/.test(name)) return true;
    }
    return call.arguments.some((arg) => {
      const inner = unwrap(arg);
      return inner.type === 'Identifier' && /^(?:cb|callback|done|reject|resolve|next)$/.test(inner.name) && this.file.values.of(inner).some((value) => value.kind === 'param');
    });
  }
}

function isRestMember(node: Node): boolean {
  if (node.type === 'MemberExpression') return node.computed;
  const member = node.type === 'CallExpression' ? calledMember(node) : undefined;
  return member !== undefined && /^(?:at|pop)$/.test(memberName(member) ?? '');
}
