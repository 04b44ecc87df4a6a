import type { TSESTree } from '@typescript-eslint/utils';

import { memberName, type Node, unwrap, wrapped } from '../ast/nodes.js';
import { type Variable, writtenExpressions } from '../ast/scope.js';
import { knownValue } from '../node/known-values.js';
import type { SourceFile } from './file.js';
import { areAlternatives, chanceInProduction } from './guards.js';
import { importKey } from './imports.js';

/** A session middleware that keeps its sessions in the memory of its process. */
export interface MemorySession {
  readonly node: TSESTree.CallExpression;
  /** The `MemoryStore` that it is given; undefined where it is given no store, which means the same. */
  readonly store: Node | undefined;
}

/** What makes the middleware: express-session, and its forerunners in Express 3 and Connect. Each takes a `MemoryStore` where no store is given. */
const middleware: ReadonlySet<string> = new Set(['express-session', 'express#session', 'connect#session', 'connect#middleware.session']);
/** Their `MemoryStore`. What other packages call so at least throws old sessions away. */
const memoryStores: ReadonlySet<string> = new Set([...middleware].map((key) => `${key}${key.includes('#') ? '.' : '#'}MemoryStore`).concat('express-session/session/memory'));

/** One cheap test on the text: whether a file can set up sessions at all. */
export function mentionsSessions(text: string): boolean {
  return text.includes('session');
}

/** Finds the session middleware of a file that surely keeps its sessions in memory in production, in source order. */
export function memorySessions(file: SourceFile): MemorySession[] {
  const calls = file.tree.calls.filter((call) => call.type === 'CallExpression' && file.values.of(call.callee).some((value) => value.kind === 'import' && middleware.has(importKey(value))));
  const found = calls.flatMap((node): MemorySession[] => {
    if (node.type !== 'CallExpression' || chanceInProduction(file, node) === 'never') return [];
    const [options] = node.arguments;
    const given = options ? storeIn(file, options, node) : 'none';
    if (given === 'unknown') return [];
    if (given === 'none') return [{ node, store: undefined }];
    return isMemory(file, given) ? [{ node, store: knownValue(file, given, undefined) ? undefined : given }] : [];
  });
  // `if (redis) app.use(session({ store })) else app.use(session({ … }))`: which of them runs, the configuration says.
  const stored = calls.filter((call) => !found.some(({ node }) => node === call));
  return found.filter(({ node }) => !stored.some((call) => areAlternatives(node, call)));
}

/** The expression of the `store` option; `none` where there is surely no such option. */
function storeIn(file: SourceFile, options: Node, call: Node, depth = 0): Node | 'none' | 'unknown' {
  if (depth > 5) return 'unknown';
  const inner = unwrap(options);
  if (inner.type === 'Identifier') return storeInVariable(file, inner, call, depth);
  if (inner.type !== 'ObjectExpression') return 'unknown';
  for (const property of [...inner.properties].reverse()) {
    if (property.type === 'SpreadElement') {
      const spread = storeIn(file, property.argument, property, depth + 1);
      if (spread !== 'none') return spread;
      continue;
    }
    const name = memberName(property);
    if (name === undefined) return 'unknown';
    if (name === 'store') return property.value;
  }
  return 'none';
}

/** Options held in a variable: what is written to it later counts, and whoever else gets it may set a store. */
function storeInVariable(file: SourceFile, identifier: TSESTree.Identifier, call: Node, depth: number): Node | 'none' | 'unknown' {
  const variable = file.scopes.variableAt(identifier);
  const [init, ...more] = (variable && writtenExpressions(variable)) ?? [];
  if (!variable || !init || more.length > 0 || variable.defs[0]?.type !== 'Variable') return 'unknown';
  const written = storeWritten(variable, call);
  if (written === 'unknown') return 'unknown';
  const declared = storeIn(file, init, call, depth + 1);
  return written === 'none' || declared === 'unknown' ? declared : written;
}

function storeWritten(variable: Variable, call: Node): Node | 'none' | 'unknown' {
  let found: Node | 'none' = 'none';
  for (const { identifier } of variable.references) {
    const node = wrapped(identifier);
    const { parent } = node;
    if (!parent) return 'unknown';
    if (parent.type === 'VariableDeclarator' && parent.id === node) continue;
    if (parent === call || parent.type === 'SpreadElement') continue;
    if (parent.type !== 'MemberExpression' || parent.object !== node) return 'unknown';
    const name = memberName(parent);
    if (name === undefined) return 'unknown';
    if (name !== 'store') continue;
    // One store that is written is looked at; of more, some condition says which.
    if (parent.parent.type !== 'AssignmentExpression' || parent.parent.left !== parent || found !== 'none') return 'unknown';
    found = parent.parent.right;
  }
  return found;
}

/** Whether a store is surely none, or the one in memory, in production. */
function isMemory(file: SourceFile, store: Node): boolean {
  const inner = unwrap(store);
  const is = (node: Node): boolean => isMemory(file, node);
  if (inner.type === 'ConditionalExpression') {
    const test = knownValue(file, inner.test, undefined);
    return test ? is(test.value ? inner.consequent : inner.alternate) : is(inner.consequent) && is(inner.alternate);
  }
  if (inner.type === 'LogicalExpression') {
    const left = knownValue(file, inner.left, undefined);
    if (inner.operator === '&&') return left ? !left.value || is(inner.right) : is(inner.right);
    return left?.value ? is(inner.left) : (left !== undefined || is(inner.left)) && is(inner.right);
  }
  const known = knownValue(file, inner, undefined);
  if (known) return known.value === undefined || known.value === null || known.value === false;
  return holdsStore(file, inner);
}

/** Whether an expression is a `MemoryStore` and nothing else. */
function holdsStore(file: SourceFile, node: Node): boolean {
  return file.values.of(node).every((value) => value.kind === 'instance' && value.of.kind === 'import' && memoryStores.has(importKey(value.of)));
}
