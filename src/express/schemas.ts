import type { TSESTree } from '@typescript-eslint/utils';

import { calledMember, isFunction, memberName, type Node, staticString, unwrap } from '../ast/nodes.js';
import type { Value } from '../ast/values.js';
import { importPathOf } from '../node/paths.js';
import type { SourceFile } from './file.js';

/** What a mongoose schema adds to its model, as the expressions that stand for the functions. Source: mongoose's guide to schemas and middleware. */
export interface SchemaMembers {
  /** Functions that every document has. */
  readonly methods: ReadonlyMap<string, readonly Node[]>;
  /** Functions of the model itself. */
  readonly statics: ReadonlyMap<string, readonly Node[]>;
  /** Functions that run along with an operation, by its name: `save`, `remove` … */
  readonly hooks: ReadonlyMap<string, readonly Node[]>;
}

type Collected = Record<'methods' | 'statics' | 'hooks', Map<string, Node[]>>;

/**
 * What the schema of `mongoose.model('User', schema)` adds to the model.
 * @returns undefined when `value` is no model, or its schema is not written in this file
 */
export function schemaOf(file: SourceFile, value: Value): SchemaMembers | undefined {
  if (value.kind !== 'call') return undefined;
  const made = importPathOf(value);
  const [, schema] = value.node.arguments;
  if (made?.module !== 'mongoose' || made.path.join('.') !== 'Model' || !schema) return undefined;
  const found: Collected = { methods: new Map(), statics: new Map(), hooks: new Map() };
  const inner = unwrap(schema);
  const variable = inner.type === 'Identifier' ? file.scopes.variableAt(inner) : undefined;
  const isSchema = (node: Node): boolean => {
    const other = unwrap(node);
    return variable !== undefined && other.type === 'Identifier' && file.scopes.variableAt(other) === variable;
  };
  readOptions(file, schema, found);
  readWrites(file, isSchema, found);
  readCalls(file, isSchema, found);
  return found;
}

/** `new Schema({ … }, { methods: { … }, statics: { … } })` */
function readOptions(file: SourceFile, schema: Node, found: Collected): void {
  for (const value of file.values.of(schema)) {
    const options = value.kind === 'instance' && value.node.type === 'NewExpression' ? value.node.arguments[1] : undefined;
    for (const object of options ? file.values.of(options) : []) {
      if (object.kind !== 'object') continue;
      for (const property of object.node.properties) {
        const name = property.type === 'Property' ? memberName(property) : undefined;
        if (property.type === 'Property' && (name === 'methods' || name === 'statics')) readObject(file, property.value, found[name]);
      }
    }
  }
}

/** `schema.methods.hasPassword = function …`, `schema.statics = { … }` */
function readWrites(file: SourceFile, isSchema: (node: Node) => boolean, found: Collected): void {
  for (const { left, right } of file.tree.memberWrites) {
    const name = memberName(left);
    const owner = unwrap(left.object);
    if (isSchema(owner) && (name === 'methods' || name === 'statics')) readObject(file, right, found[name]);
    else if (owner.type === 'MemberExpression' && isSchema(owner.object) && name !== undefined) {
      const kind = memberName(owner);
      if (kind === 'methods' || kind === 'statics') add(found[kind], name, right);
    }
  }
}

/** `schema.method('hasPassword', function …)`, `schema.pre('save', async function …)` */
function readCalls(file: SourceFile, isSchema: (node: Node) => boolean, found: Collected): void {
  for (const call of file.tree.calls) {
    const member = call.type === 'CallExpression' ? calledMember(call) : undefined;
    if (!member || !isSchema(member.object)) continue;
    const kind = memberName(member);
    const [first] = call.arguments;
    const last = call.arguments.at(-1);
    if (!first || !last) continue;
    if (kind === 'method' || kind === 'static') {
      const name = staticString(first);
      const into = kind === 'method' ? found.methods : found.statics;
      if (name === undefined) readObject(file, first, into);
      else add(into, name, last);
    } else if ((kind === 'pre' || kind === 'post') && last !== first) {
      for (const name of namesOf(first)) add(found.hooks, name, last);
    }
  }
}

function readObject(file: SourceFile, node: Node, into: Map<string, Node[]>): void {
  for (const value of file.values.of(node)) {
    if (value.kind !== 'object') continue;
    for (const property of value.node.properties) {
      const name = property.type === 'Property' ? memberName(property) : undefined;
      if (property.type === 'Property' && name !== undefined) add(into, name, property.value);
    }
  }
}

function namesOf(node: TSESTree.CallExpressionArgument): string[] {
  const inner = unwrap(node);
  const names = inner.type === 'ArrayExpression' ? inner.elements : [inner];
  return names.flatMap((name) => (name && !isFunction(name) ? (staticString(name) ?? []) : []));
}

function add(into: Map<string, Node[]>, name: string, node: Node): void {
  const known = into.get(name);
  if (known) known.push(node);
  else into.set(name, [node]);
}
