import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, type ClassNode, type FunctionNode, isFunction, type Node } from './nodes.js';

/** A body of code that runs as a whole: a function, or the module itself. Holds its own nodes, not those of functions inside it. */
export interface Unit {
  readonly node: FunctionNode | TSESTree.Program;
  readonly parent: Unit | undefined;
  readonly children: Unit[];
  readonly calls: CallNode[];
  readonly awaits: TSESTree.AwaitExpression[];
  readonly asyncLoops: TSESTree.ForOfStatement[];
  readonly returns: TSESTree.ReturnStatement[];
  readonly throws: TSESTree.ThrowStatement[];
  readonly tries: TSESTree.TryStatement[];
}

/** Everything one pass over a file collects for the model. */
export interface Tree {
  readonly root: Unit;
  readonly units: ReadonlyMap<FunctionNode | TSESTree.Program, Unit>;
  readonly classes: readonly ClassNode[];
  /** `a.b = c` in source order. */
  readonly memberWrites: readonly (TSESTree.AssignmentExpression & { left: TSESTree.MemberExpression })[];
  /** Every call, by where it starts. */
  readonly calls: readonly CallNode[];
  /** Every member expression, in no particular order. */
  readonly members: readonly TSESTree.MemberExpression[];
  /** Top-level `import` declarations, `import x = require()`, and all exports. */
  readonly moduleItems: readonly Node[];
}

/** What the file brings along so that its tree can be walked. */
export type VisitorKeys = Readonly<Record<string, readonly string[] | undefined>>;

const typeOnly = /^TS(?:Type(?!Assertion)|Interface|Declare|AbstractMethod|EmptyBody|IndexSignature|CallSignature|MethodSignature|PropertySignature|.*Keyword$)/;

const neverWalked = new Set(['parent', 'loc', 'range', 'tokens', 'comments', 'typeAnnotation', 'returnType', 'typeParameters', 'typeArguments', 'superTypeArguments']);

/** The keys to walk for a type of node; none for types. Kept, since it is asked for every node. */
const walkedKeys = new WeakMap<VisitorKeys, Map<string, readonly string[]>>();

function keysOf(node: Node, visitorKeys: VisitorKeys, known: Map<string, readonly string[]>): readonly string[] {
  let keys = known.get(node.type);
  if (!keys) {
    keys = typeOnly.test(node.type) ? [] : (visitorKeys[node.type] ?? Object.keys(node)).filter((key) => !neverWalked.has(key));
    known.set(node.type, keys);
  }
  return keys;
}

function constant(test: Node): boolean | undefined {
  if (test.type !== 'Literal') return undefined;
  return Boolean(test.value);
}

/** The part of `node` that can never run, because the condition is a literal. */
function deadPart(node: Node): Node | null | undefined {
  if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') {
    const value = constant(node.test);
    if (value === undefined) return undefined;
    return value ? node.alternate : node.consequent;
  }
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const value = constant(node.left);
    if (value !== undefined && value === (node.operator === '||')) return node.right;
  }
  return undefined;
}

function newUnit(node: Unit['node'], parent: Unit | undefined): Unit {
  return { node, parent, children: [], calls: [], awaits: [], asyncLoops: [], returns: [], throws: [], tries: [] };
}

/**
 * Walks a file once, types left out, and sorts its nodes by the function they run in.
 * Iterative, so that generated code cannot overflow the stack. Sets `parent` where the host has not.
 * Code under a constant condition that never holds is left out.
 */
export function readTree(program: TSESTree.Program, visitorKeys: VisitorKeys): Tree {
  const root = newUnit(program, undefined);
  const units = new Map<FunctionNode | TSESTree.Program, Unit>([[program, root]]);
  const classes: ClassNode[] = [];
  const memberWrites: Tree['memberWrites'][number][] = [];
  const moduleItems: Node[] = [];
  const calls: CallNode[] = [];
  const members: TSESTree.MemberExpression[] = [];
  let known = walkedKeys.get(visitorKeys);
  if (!known) walkedKeys.set(visitorKeys, (known = new Map<string, readonly string[]>()));
  const stack: [Node, Unit][] = [[program, root]];
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    const [node, outer] = entry;
    let unit = outer;
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression': {
        if (!isFunction(node)) break;
        unit = newUnit(node, outer);
        outer.children.push(unit);
        units.set(node, unit);
        break;
      }
      case 'ClassDeclaration':
      case 'ClassExpression':
        classes.push(node);
        break;
      case 'CallExpression':
      case 'NewExpression':
        unit.calls.push(node);
        calls.push(node);
        break;
      case 'MemberExpression':
        members.push(node);
        break;
      case 'AwaitExpression':
        unit.awaits.push(node);
        break;
      case 'ForOfStatement':
        if (node.await) unit.asyncLoops.push(node);
        break;
      case 'ReturnStatement':
        unit.returns.push(node);
        break;
      case 'ThrowStatement':
        unit.throws.push(node);
        break;
      case 'TryStatement':
        unit.tries.push(node);
        break;
      case 'AssignmentExpression':
        if (node.left.type === 'MemberExpression') memberWrites.push(node as Tree['memberWrites'][number]);
        break;
      case 'ImportDeclaration':
      case 'TSImportEqualsDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
      case 'ExportAllDeclaration':
      case 'TSExportAssignment':
        moduleItems.push(node);
        break;
      default:
    }
    const dead = deadPart(node);
    const keys = keysOf(node, visitorKeys, known);
    for (let k = keys.length - 1; k >= 0; k--) {
      const key = keys[k];
      if (key === undefined) continue;
      const child = (node as Node & Record<string, unknown>)[key];
      if (Array.isArray(child)) {
        for (let i = child.length - 1; i >= 0; i--) push(child[i], node, unit, dead);
      } else {
        push(child, node, unit, dead);
      }
    }
  }
  calls.sort((a, b) => a.range[0] - b.range[0]);
  return { root, units, classes, memberWrites, calls, members, moduleItems };

  function push(child: unknown, parent: Node, unit: Unit, dead: Node | null | undefined): void {
    if (!isNode(child) || child === dead) return;
    setParent(child, parent);
    stack.push([child, unit]);
  }
}

/** ESLint has set it before any rule runs; a tree that comes straight from a parser has none. */
function setParent(node: { parent?: Node }, parent: Node): void {
  node.parent ??= parent;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** The function or module that `node` runs in; a function belongs to the unit around it. */
export function unitAround(tree: Tree, node: Node): Unit {
  let current: Node | undefined = node.parent;
  while (current) {
    const unit = isFunction(current) || current.type === 'Program' ? tree.units.get(current) : undefined;
    if (unit) return unit;
    current = current.parent;
  }
  return tree.root;
}

/** The unit and every unit inside it, outermost first. */
export function unitsWithin(unit: Unit): Unit[] {
  const found = [unit];
  // The list grows while it is walked.
  for (const one of found) found.push(...one.children);
  return found;
}

/** The index of the first of `nodes`, which are in source order, that starts at or after `start`. */
export function firstFrom(nodes: readonly Node[], start: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const node = nodes[middle];
    if (node && node.range[0] < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those of `nodes`, which are in source order, that lie within `[start, end)`. */
export function within<T extends Node>(nodes: readonly T[], start: number, end: number): T[] {
  const found: T[] = [];
  for (let i = firstFrom(nodes, start); i < nodes.length; i++) {
    const node = nodes[i];
    if (!node || node.range[0] >= end) break;
    if (node.range[1] <= end) found.push(node);
  }
  return found;
}
