import type { TSESTree } from '@typescript-eslint/utils';

import {
  type CallNode,
  calledMember,
  type ClassNode,
  type FunctionNode,
  isClass,
  isFunction,
  memberName,
  type Node,
  paramPattern,
  parametersOf,
  parentOf,
  staticString,
  unwrap,
} from './nodes.js';
import type { Scopes, Variable } from './scope.js';
import type { Tree } from './tree.js';

/**
 * What an expression may stand for, as far as scopes alone can tell:
 * - `import`: a module or a member of it; `node:` and `default` are stripped, so `fs` is `path: []`
 * - `global`: a name the file does not define, or a member of one (`process.on` → `['process', 'on']`)
 * - `function`, `class`, `object`, `array`, `literal`: written in this file; `bound` counts arguments given to `.bind()` beyond `this`
 * - `instance`: `new X()`, or `this` inside X
 * - `call`: the result of calling something that is not written in this file
 * - `member`: a property of a value, where the property itself is not known
 * - `param`: a parameter of a function, or a part of one after destructuring
 * - `promise`: what an async function of this file returns, before `await`; `awaited`: after it
 */
export type Value =
  | { readonly kind: 'import'; readonly module: string; readonly path: readonly string[] }
  | { readonly kind: 'global'; readonly path: readonly string[] }
  | { readonly kind: 'function'; readonly node: FunctionNode; readonly bound: number }
  | { readonly kind: 'class'; readonly node: ClassNode }
  | { readonly kind: 'object'; readonly node: TSESTree.ObjectExpression }
  | { readonly kind: 'array'; readonly node: TSESTree.ArrayExpression }
  | { readonly kind: 'literal'; readonly node: Node }
  | { readonly kind: 'instance'; readonly of: Value; readonly node: Node }
  | { readonly kind: 'call'; readonly callee: Value; readonly node: TSESTree.CallExpression }
  | { readonly kind: 'member'; readonly object: Value; readonly name: string | undefined; readonly node: Node }
  | { readonly kind: 'param'; readonly fn: FunctionNode; readonly index: number; readonly path: readonly string[] }
  | { readonly kind: 'promise'; readonly of: Value }
  | { readonly kind: 'awaited'; readonly of: Value }
  | { readonly kind: 'unknown' };

const unknown: Value = { kind: 'unknown' };
const mostValues = 12;
const mostDepth = 40;
/** `options = { ...options, x }` spreads itself. */
const mostSpreads = 5;

/** Compilers' and bundlers' helpers that hand their first argument on. */
const interop = /^_*(?:interop_?require(?:Default|Wildcard)|import(?:Default|Star)|toESM)\d*$/i;

/** `createRequire(import.meta.url)` and `process.getBuiltinModule`. */
function loadsModules(value: Value): boolean {
  if (value.kind === 'global') return value.path.join('.') === 'process.getBuiltinModule';
  return value.kind === 'call' && value.callee.kind === 'import' && value.callee.module === 'module' && value.callee.path.at(-1) === 'createRequire';
}

/** An import value with `node:` and `default` stripped. */
function importValue(module: string, path: readonly string[]): Value {
  return {
    kind: 'import',
    module: module.startsWith('node:') ? module.slice(5) : module,
    path: path[0] === 'default' ? path.slice(1) : path,
  };
}

const noWrites: ReadonlyMap<string, readonly Node[]> = new Map();

/** Whose members are written in `owner.name = value`: a variable, a class or constructor function (for `this`), its prototype, or the module's exports. */
type Owner = Variable | ClassNode | FunctionNode | 'exports' | { readonly prototypeOf: Variable };

/** Resolves expressions of one file to values; every answer is kept. */
export class Values {
  readonly #byNode = new Map<Node, readonly Value[]>();
  readonly #byVariable = new Map<Variable, readonly Value[]>();
  readonly #running = new Set<Node | Variable>();
  #writes: Map<Owner | Variable, Map<string, Node[]>> | undefined;
  #prototypeWrites = new Map<Variable, Map<string, Node[]>>();
  #depth = 0;

  constructor(
    private readonly tree: Tree,
    private readonly scopes: Scopes,
  ) {}

  /** What `node` may stand for; never empty. */
  of(node: Node): readonly Value[] {
    const known = this.#byNode.get(node);
    if (known) return known;
    if (this.#running.has(node) || this.#depth > mostDepth) return [unknown];
    this.#running.add(node);
    this.#depth++;
    const found = this.#compute(node).slice(0, mostValues);
    this.#depth--;
    this.#running.delete(node);
    const result = found.length ? found : [unknown];
    this.#byNode.set(node, result);
    return result;
  }

  /** The functions written in this file that `node` may stand for. */
  functionsOf(node: Node): FunctionNode[] {
    return this.of(node).flatMap((value) => (value.kind === 'function' ? [value.node] : []));
  }

  /** The functions of this file that `call` may call. Calls through `.call()` and `.apply()` count. */
  calleesOf(call: CallNode): FunctionNode[] {
    if (call.type === 'NewExpression') return this.of(call.callee).flatMap((value) => this.#constructorsOf(value));
    const member = calledMember(call);
    if (member) {
      const name = memberName(member);
      if (name === 'call' || name === 'apply') {
        const direct = this.functionsOf(member.object);
        if (direct.length) return direct;
      }
    }
    return this.functionsOf(call.callee);
  }

  /** The single import that `node` stands for; undefined when it may be something else. */
  importOf(node: Node): (Value & { kind: 'import' }) | undefined {
    const values = this.of(node);
    const [only] = values;
    return values.length === 1 && only?.kind === 'import' ? only : undefined;
  }

  /** The path of the global that `node` stands for, such as `['process', 'on']`. */
  globalOf(node: Node): readonly string[] | undefined {
    const values = this.of(node);
    const [only] = values;
    return values.length === 1 && only?.kind === 'global' ? only.path : undefined;
  }

  /** What a variable may hold. */
  ofVariable(variable: Variable): readonly Value[] {
    const known = this.#byVariable.get(variable);
    if (known) return known;
    if (this.#running.has(variable)) return [unknown];
    this.#running.add(variable);
    const found = variable.defs.flatMap((def) => this.#definition(variable, def));
    this.#running.delete(variable);
    const result = (found.length ? found : [unknown]).slice(0, mostValues);
    this.#byVariable.set(variable, result);
    return result;
  }

  /** Member `name` of a value. */
  member(value: Value, name: string, at: Node): readonly Value[] {
    switch (value.kind) {
      case 'import':
        return [importValue(value.module, [...value.path, name])];
      case 'global': {
        const [first, ...rest] = value.path;
        const path = first === 'globalThis' || first === 'global' ? [...rest, name] : [...value.path, name];
        return [{ kind: 'global', path }];
      }
      case 'object':
        return this.#propertyOf(value.node, name) ?? [{ kind: 'member', object: value, name, node: at }];
      case 'array': {
        const element = value.node.elements[Number(name)];
        return element && element.type !== 'SpreadElement' ? this.of(element) : [unknown];
      }
      case 'class':
        return this.#classMember(value.node, name, true) ?? [{ kind: 'member', object: value, name, node: at }];
      case 'instance':
        return this.#instanceMember(value.of, name) ?? [{ kind: 'member', object: value, name, node: at }];
      case 'param':
        return [{ ...value, path: [...value.path, name] }];
      default:
        return [{ kind: 'member', object: value, name, node: at }];
    }
  }

  /** What a function of this file returns; async functions return promises. */
  returnsOf(fn: FunctionNode): readonly Value[] {
    if (fn.generator) return [unknown];
    const unit = this.tree.units.get(fn);
    const results =
      fn.body.type === 'BlockStatement'
        ? (unit?.returns ?? []).flatMap((statement) => (statement.argument ? this.of(statement.argument) : []))
        : this.of(fn.body);
    if (!fn.async) return results;
    return results.map((of): Value => (of.kind === 'promise' ? of : { kind: 'promise', of }));
  }

  /** Every function that is a member of an object, class, instance or array: the handlers of a table. */
  membersOf(value: Value, depth = 0): FunctionNode[] {
    switch (value.kind) {
      case 'object':
        return value.node.properties.flatMap((property) =>
          property.type === 'Property' ? this.functionsOf(property.value) : this.of(property.argument).flatMap((v) => (depth < mostSpreads ? this.membersOf(v, depth + 1) : [])),
        );
      case 'array':
        return value.node.elements.flatMap((element) => (element ? this.functionsOf(element) : []));
      case 'class':
        return value.node.body.body.flatMap((member) =>
          member.type === 'MethodDefinition' && member.static && isFunction(member.value) ? [member.value] : [],
        );
      case 'instance':
        return value.of.kind === 'class'
          ? value.of.node.body.body.flatMap((member) =>
              member.type === 'MethodDefinition' && member.kind === 'method' && !member.static && isFunction(member.value) ? [member.value] : [],
            )
          : [];
      default:
        return [];
    }
  }

  /** The values written to a member of what `object` names (`object.name = …` anywhere in the file). */
  writesTo(object: Node, name: string): readonly Value[] {
    const owner = this.#ownerOf(object);
    if (!owner) return [];
    return this.#writesOf(owner, name).flatMap((node) => this.of(node));
  }

  /** What the type of a parameter, or of a field of a class of this file, names: its value is an instance of it, where that is a class. */
  declaredBy(value: Value): readonly Value[] {
    const annotation = this.#annotationOf(value);
    return annotation?.type === 'TSTypeReference' && annotation.typeName.type === 'Identifier' ? this.of(annotation.typeName) : [];
  }

  #annotationOf(value: Value): TSESTree.TypeNode | undefined {
    if (value.kind === 'param') {
      const param = parametersOf(value.fn)[value.index];
      const pattern = param && paramPattern(param);
      return pattern?.type === 'Identifier' ? pattern.typeAnnotation?.typeAnnotation : undefined;
    }
    if (value.kind !== 'member' || value.object.kind !== 'instance' || value.object.of.kind !== 'class') return undefined;
    for (const member of value.object.of.node.body.body) {
      if (member.type === 'PropertyDefinition' && memberName(member) === value.name) return member.typeAnnotation?.typeAnnotation;
    }
    return undefined;
  }

  /** Everything written to members of what `object` names, by member name. */
  allWritesTo(object: Node): ReadonlyMap<string, readonly Node[]> {
    const owner = this.#ownerOf(object);
    return (owner && this.#indexWrites().get(owner)) ?? noWrites;
  }

  /** Everything written to members of the module's exports, by member name: `exports.show = …`, `module.exports.show = …`. */
  get exportsWritten(): ReadonlyMap<string, readonly Node[]> {
    return this.#indexWrites().get('exports') ?? noWrites;
  }

  /** The names of the members that a value is known to have: those written in it, and those of the classes of this file that it extends. */
  memberNames(value: Value, depth = 0): readonly string[] {
    switch (value.kind) {
      case 'object':
        return value.node.properties.flatMap((property) => {
          if (property.type === 'Property') return memberName(property) ?? [];
          return this.of(property.argument).flatMap((spread) => (spread.kind === 'object' && depth < mostSpreads ? this.memberNames(spread, depth + 1) : []));
        });
      case 'class':
        return this.#classNames(value.node, true, 0);
      case 'instance':
        return value.of.kind === 'class' ? this.#classNames(value.of.node, false, 0) : value.of.kind === 'function' ? this.#prototypeNames(value.of.node) : [];
      default:
        return [];
    }
  }

  #classNames(node: ClassNode, isStatic: boolean, depth: number): string[] {
    const own = node.body.body.flatMap((member) =>
      (member.type === 'MethodDefinition' || member.type === 'PropertyDefinition') && member.static === isStatic ? (memberName(member) ?? []) : [],
    );
    if (!isStatic) own.push(...(this.#indexWrites().get(node)?.keys() ?? []));
    const parents = node.superClass && depth < mostDepth ? this.of(node.superClass) : [];
    return own.concat(parents.flatMap((parent) => (parent.kind === 'class' && parent.node !== node ? this.#classNames(parent.node, isStatic, depth + 1) : [])));
  }

  #prototypeNames(fn: FunctionNode): string[] {
    const names = [...(this.#indexWrites().get(fn)?.keys() ?? [])];
    const variable = this.#variableOfFunction(fn);
    const written = variable && this.#prototypeWrites.get(variable);
    for (const [name, nodes] of written ?? []) {
      if (name !== '') names.push(name);
      else for (const node of nodes) for (const value of this.of(node)) names.push(...this.memberNames(value));
    }
    return names;
  }

  /** The class, or constructor function, whose `this` is meant at `node`; undefined outside of one. */
  thisAt(node: Node): { readonly of: ClassNode | FunctionNode | TSESTree.ObjectExpression; readonly isStatic: boolean } | undefined {
    let current: Node | undefined = node.parent;
    while (current) {
      if (current.type === 'PropertyDefinition' && isClass(current.parent.parent)) {
        return { of: current.parent.parent, isStatic: current.static };
      }
      if (current.type === 'StaticBlock' && isClass(current.parent.parent)) return { of: current.parent.parent, isStatic: true };
      if (isFunction(current) && current.type !== 'ArrowFunctionExpression') {
        const parent = current.parent;
        if (parent.type === 'MethodDefinition' && isClass(parent.parent.parent)) {
          return { of: parent.parent.parent, isStatic: parent.static };
        }
        if (parent.type === 'Property' && parent.parent.type === 'ObjectExpression') return { of: parent.parent, isStatic: false };
        const owner = this.#methodOwner(current, parent);
        return { of: owner ?? current, isStatic: false };
      }
      current = current.parent;
    }
    return undefined;
  }

  #methodOwner(fn: FunctionNode, parent: Node): FunctionNode | TSESTree.ObjectExpression | ClassNode | undefined {
    if (parent.type !== 'AssignmentExpression' || parent.right !== fn) return undefined;
    const target = unwrap(parent.left);
    if (target.type !== 'MemberExpression') return undefined;
    const holder = unwrap(target.object);
    const base = holder.type === 'MemberExpression' && memberName(holder) === 'prototype' ? holder.object : holder;
    for (const value of this.of(base)) {
      if (value.kind === 'function' || value.kind === 'object' || value.kind === 'class') return value.node;
    }
    return undefined;
  }

  #compute(node: Node): readonly Value[] {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'Identifier':
        return this.#identifier(inner);
      case 'ThisExpression': {
        const here = this.thisAt(inner);
        if (!here) return [{ kind: 'global', path: ['module', 'exports'] }];
        if (here.of.type === 'ObjectExpression') return [{ kind: 'object', node: here.of }];
        const of: Value = isClass(here.of) ? { kind: 'class', node: here.of } : { kind: 'function', node: here.of, bound: 0 };
        return [here.isStatic ? of : { kind: 'instance', of, node: inner }];
      }
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'FunctionDeclaration':
        return isFunction(inner) ? [{ kind: 'function', node: inner, bound: 0 }] : [unknown];
      case 'ClassExpression':
      case 'ClassDeclaration':
        return [{ kind: 'class', node: inner }];
      case 'ObjectExpression':
        return [{ kind: 'object', node: inner }];
      case 'ArrayExpression':
        return [{ kind: 'array', node: inner }];
      case 'Literal':
      case 'TemplateLiteral':
        return [{ kind: 'literal', node: inner }];
      case 'ConditionalExpression':
        return [...this.of(inner.consequent), ...this.of(inner.alternate)];
      case 'LogicalExpression':
        return inner.operator === '&&' ? this.of(inner.right) : [...this.of(inner.left), ...this.of(inner.right)];
      case 'AssignmentExpression':
        return inner.operator === '=' || inner.operator.length === 3 ? this.of(inner.right) : [unknown];
      case 'SequenceExpression': {
        const last = inner.expressions.at(-1);
        return last ? this.of(last) : [unknown];
      }
      case 'AwaitExpression':
        return this.#awaited(inner.argument);
      case 'MemberExpression':
        return this.#memberExpression(inner);
      case 'NewExpression':
        return this.of(inner.callee).map((of): Value => ({ kind: 'instance', of, node: inner }));
      case 'CallExpression':
        return this.#call(inner);
      default:
        return [unknown];
    }
  }

  #identifier(node: TSESTree.Identifier): readonly Value[] {
    const variable = this.scopes.variableAt(node);
    if (variable?.defs.length) return this.ofVariable(variable);
    if (node.name === 'exports') return [{ kind: 'global', path: ['module', 'exports'] }];
    return [{ kind: 'global', path: [node.name] }];
  }

  #awaited(argument: Node): readonly Value[] {
    const inner = unwrap(argument);
    if (inner.type === 'ImportExpression') {
      const source = staticString(inner.source);
      return [source === undefined ? unknown : importValue(source, [])];
    }
    return this.of(argument).map((value): Value => {
      if (value.kind === 'promise') return value.of;
      return value.kind === 'call' || value.kind === 'member' || value.kind === 'param' ? { kind: 'awaited', of: value } : value;
    });
  }

  #memberExpression(node: TSESTree.MemberExpression): readonly Value[] {
    const name = memberName(node);
    const objects = this.of(node.object);
    if (name === undefined) return objects.map((object): Value => ({ kind: 'member', object, name, node }));
    const owner = this.#ownerOf(node.object);
    const written = owner ? this.#writesOf(owner, name).flatMap((value) => this.of(value)) : [];
    const members = objects.flatMap((object) => this.member(object, name, node));
    if (!written.length) return members;
    return [...written, ...members.filter((value) => value.kind !== 'member' && value.kind !== 'unknown' && value.kind !== 'global')];
  }

  #call(node: TSESTree.CallExpression): readonly Value[] {
    const callee = unwrap(node.callee);
    const [first] = node.arguments;
    if (callee.type === 'Identifier') {
      if (callee.name === 'require' && this.scopes.isGlobal(callee)) {
        const source = staticString(first);
        return [source === undefined ? unknown : importValue(source, [])];
      }
      if (interop.test(callee.name) && first) return this.of(first);
    }
    if (callee.type === 'MemberExpression') {
      const method = memberName(callee);
      if (method === 'bind') {
        const extra = Math.max(0, node.arguments.length - 1);
        const bound = this.of(callee.object).map(
          (value): Value => (value.kind === 'function' ? { ...value, bound: value.bound + extra } : value),
        );
        if (bound.some((value) => value.kind !== 'unknown')) return bound;
      }
      const object = unwrap(callee.object);
      if (object.type === 'Identifier' && object.name === 'Object' && first && (method === 'assign' || method === 'freeze' || method === 'seal')) {
        return this.of(first);
      }
      // Bluebird and its kin add to the object that they are given.
      if (method === 'promisifyAll' && first) return this.of(first);
    }
    return this.of(node.callee).flatMap((value): readonly Value[] => {
      const source = loadsModules(value) ? staticString(first) : undefined;
      if (source !== undefined) return [importValue(source, [])];
      if (value.kind === 'function') {
        const results = this.returnsOf(value.node);
        return results.length ? results : [unknown];
      }
      return [{ kind: 'call', callee: value, node }];
    });
  }

  #definition(variable: Variable, def: Variable['defs'][number]): readonly Value[] {
    const node = def.node as Node;
    switch (node.type) {
      case 'ImportSpecifier':
      case 'ImportDefaultSpecifier':
      case 'ImportNamespaceSpecifier': {
        const source = (node.parent as Node).type === 'ImportDeclaration' ? (node.parent as TSESTree.ImportDeclaration).source.value : '';
        if (node.type !== 'ImportSpecifier') return [importValue(source, [])];
        const imported = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
        return [importValue(source, [imported])];
      }
      case 'TSImportEqualsDeclaration':
        if (node.moduleReference.type === 'TSExternalModuleReference') {
          const source = staticString(node.moduleReference.expression);
          return [source === undefined ? unknown : importValue(source, [])];
        }
        return [unknown];
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        if (def.type === 'Parameter') return this.#parameter(node, def.name);
        return isFunction(node) ? [{ kind: 'function', node, bound: 0 }] : [unknown];
      case 'ClassDeclaration':
      case 'ClassExpression':
        return [{ kind: 'class', node }];
      // An overload has no body; the declaration that has one follows.
      case 'TSDeclareFunction':
        return [];
      case 'VariableDeclarator':
        return this.#declared(variable, node, def.name);
      default:
        return [unknown];
    }
  }

  #declared(variable: Variable, declarator: TSESTree.VariableDeclarator, name: Node): readonly Value[] {
    const found: Value[] = [];
    if (declarator.init) found.push(...this.#destructured(this.of(declarator.init), declarator.id, name));
    const loop = declarator.parent.parent;
    if (loop.type === 'ForOfStatement' && loop.left === declarator.parent && declarator.id === name) {
      for (const value of this.of(loop.right)) {
        if (value.kind === 'array') for (const element of value.node.elements) if (element) found.push(...this.of(element));
      }
    }
    for (const reference of variable.references) {
      if (!reference.isWrite() || reference.init) continue;
      const parent = parentOf(reference.identifier);
      // What stands in nothing is code that never runs.
      if (parent === reference.identifier) continue;
      if (parent.type === 'AssignmentExpression' && parent.left === reference.identifier) found.push(...this.of(parent.right));
      else found.push(unknown);
    }
    // `let x = null` and `let x = {}` before the real value say nothing.
    const telling = found.filter((value) => value.kind !== 'literal');
    return telling.length > 0 ? telling : found;
  }

  #parameter(fn: FunctionNode, name: Node): readonly Value[] {
    const params = parametersOf(fn);
    for (const [index, param] of params.entries()) {
      const pattern = paramPattern(param);
      const path = pathInPattern(pattern.type === 'RestElement' ? pattern.argument : pattern, name);
      if (path) return [{ kind: 'param', fn, index, path: pattern.type === 'RestElement' ? ['...', ...path] : path }];
    }
    return [unknown];
  }

  #destructured(values: readonly Value[], pattern: Node, name: Node): readonly Value[] {
    const path = pathInPattern(pattern, name);
    if (!path) return [unknown];
    return values.flatMap((value) => {
      let current: readonly Value[] = [value];
      for (const part of path) current = current.flatMap((v) => this.member(v, part, name));
      return current;
    });
  }

  #propertyOf(object: TSESTree.ObjectExpression, name: string, depth = 0): readonly Value[] | undefined {
    if (depth > mostSpreads) return undefined;
    let imported: readonly Value[] | undefined;
    for (let i = object.properties.length - 1; i >= 0; i--) {
      const property = object.properties[i];
      if (property?.type === 'Property' && memberName(property) === name) return this.of(property.value);
      if (property?.type !== 'SpreadElement') continue;
      for (const value of this.of(property.argument)) {
        const spread = value.kind === 'object' ? this.#propertyOf(value.node, name, depth + 1) : undefined;
        if (spread) return spread;
        // Whether another module has the member is not known: one that is written here is meant rather.
        if (value.kind === 'import') imported ??= this.member(value, name, property);
      }
    }
    return imported;
  }

  #classMember(node: ClassNode, name: string, isStatic: boolean, depth = 0): readonly Value[] | undefined {
    const found: Value[] = [];
    for (const member of node.body.body) {
      if (member.type !== 'MethodDefinition' && member.type !== 'PropertyDefinition') continue;
      if (member.static !== isStatic || memberName(member) !== name) continue;
      if (member.type === 'PropertyDefinition') {
        if (member.value) found.push(...this.of(member.value));
      } else if (isFunction(member.value)) {
        if (member.kind === 'get') found.push(...this.returnsOf(member.value));
        else if (member.kind === 'method') found.push({ kind: 'function', node: member.value, bound: 0 });
      }
    }
    if (!isStatic) {
      found.push(...this.#writesOf(node, name).flatMap((value) => this.of(value)));
      found.push(...this.#parameterProperty(node, name));
    }
    if (found.length) return found;
    if (!node.superClass) return undefined;
    for (const parent of this.of(node.superClass)) {
      if (parent.kind === 'class' && parent.node !== node && depth < mostDepth) return this.#classMember(parent.node, name, isStatic, depth + 1);
    }
    return undefined;
  }

  #parameterProperty(node: ClassNode, name: string): readonly Value[] {
    const ctor = constructorOf(node);
    if (!ctor) return [];
    return parametersOf(ctor).flatMap((param, index): Value[] => {
      if (param.type !== 'TSParameterProperty') return [];
      const pattern = paramPattern(param);
      return pattern.type === 'Identifier' && pattern.name === name ? [{ kind: 'param', fn: ctor, index, path: [] }] : [];
    });
  }

  #instanceMember(of: Value, name: string): readonly Value[] | undefined {
    if (of.kind === 'class') return this.#classMember(of.node, name, false);
    if (of.kind !== 'function') return undefined;
    const found = this.#writesOf(of.node, name).flatMap((value) => this.of(value));
    const variable = this.#variableOfFunction(of.node);
    if (variable) {
      this.#indexWrites();
      for (const node of this.#prototypeWrites.get(variable)?.get(name) ?? []) found.push(...this.of(node));
      for (const node of this.#prototypeWrites.get(variable)?.get('') ?? []) {
        for (const value of this.of(node)) if (value.kind === 'object') found.push(...(this.#propertyOf(value.node, name) ?? []));
      }
    }
    return found.length ? found : undefined;
  }

  #variableOfFunction(fn: FunctionNode): Variable | undefined {
    if (fn.id) return this.scopes.variableAt(fn.id);
    const parent = fn.parent;
    return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? this.scopes.variableAt(parent.id) : undefined;
  }

  #constructorsOf(value: Value): FunctionNode[] {
    if (value.kind === 'function') return [value.node];
    if (value.kind !== 'class') return [];
    const ctor = constructorOf(value.node);
    return ctor ? [ctor] : [];
  }

  #indexWrites(): Map<Owner | Variable, Map<string, Node[]>> {
    if (this.#writes) return this.#writes;
    const writes = new Map<Owner | Variable, Map<string, Node[]>>();
    this.#writes = writes;
    const add = <K>(map: Map<K, Map<string, Node[]>>, owner: K, name: string, value: Node): void => {
      let names = map.get(owner);
      if (!names) map.set(owner, (names = new Map<string, Node[]>()));
      const values = names.get(name);
      if (values) values.push(value);
      else names.set(name, [value]);
    };
    for (const write of this.tree.memberWrites) {
      const name = memberName(write.left);
      const holder = unwrap(write.left.object);
      if (name === undefined) continue;
      if (holder.type === 'MemberExpression' && memberName(holder) === 'prototype' && holder.object.type === 'Identifier') {
        const variable = this.scopes.variableAt(holder.object);
        if (variable) add(this.#prototypeWrites, variable, name, write.right);
        continue;
      }
      if (name === 'prototype' && holder.type === 'Identifier') {
        const variable = this.scopes.variableAt(holder);
        if (variable) add(this.#prototypeWrites, variable, '', write.right);
        continue;
      }
      const owner = this.#ownerOf(holder);
      if (owner) add(writes, owner, name, write.right);
    }
    return writes;
  }

  #writesOf(owner: Owner, name: string): readonly Node[] {
    return this.#indexWrites().get(owner)?.get(name) ?? [];
  }

  /** Who owns the members of `node`; follows `const self = this` and `const api = module.exports`. */
  #ownerOf(node: Node, depth = 0): Owner | undefined {
    const inner = unwrap(node);
    if (inner.type === 'ThisExpression') {
      const here = this.thisAt(inner);
      if (!here) return 'exports';
      return here.of.type === 'ObjectExpression' ? undefined : here.of;
    }
    if (inner.type === 'MemberExpression') {
      return memberName(inner) === 'exports' && inner.object.type === 'Identifier' && inner.object.name === 'module'
        ? 'exports'
        : undefined;
    }
    if (inner.type === 'AssignmentExpression') return this.#ownerOf(inner.right, depth) ?? this.#ownerOf(inner.left, depth);
    if (inner.type !== 'Identifier') return undefined;
    const variable = this.scopes.variableAt(inner);
    if (!variable?.defs.length) return inner.name === 'exports' ? 'exports' : undefined;
    const declaration = variable.defs[0]?.node as Node | undefined;
    if (depth < 4 && declaration?.type === 'VariableDeclarator' && declaration.init && declaration.id.type === 'Identifier') {
      const init = unwrap(declaration.init);
      if (init.type === 'ThisExpression' || init.type === 'MemberExpression' || init.type === 'AssignmentExpression' || init.type === 'Identifier') {
        return this.#ownerOf(init, depth + 1) ?? variable;
      }
    }
    return variable;
  }
}

/** The constructor of a class, when it is written out. */
function constructorOf(node: ClassNode): FunctionNode | undefined {
  for (const member of node.body.body) {
    if (member.type === 'MethodDefinition' && member.kind === 'constructor' && isFunction(member.value)) return member.value;
  }
  return undefined;
}

/** The property names that lead from a destructuring pattern to `name`; `[]` when the pattern is the name itself. */
function pathInPattern(pattern: Node, name: Node): string[] | undefined {
  if (pattern === name) return [];
  switch (pattern.type) {
    case 'AssignmentPattern':
      return pathInPattern(pattern.left, name);
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') {
          if (property.argument === name) return [];
          continue;
        }
        const path = pathInPattern(property.value, name);
        if (path) return [memberName(property) ?? '?', ...path];
      }
      return undefined;
    case 'ArrayPattern':
      for (const [index, element] of pattern.elements.entries()) {
        const path = element && pathInPattern(element, name);
        if (path) return [String(index), ...path];
      }
      return undefined;
    default:
      return undefined;
  }
}
