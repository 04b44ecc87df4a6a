import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Node } from './nodes.js';

/** A variable of the scope manager. */
export type Variable = TSESLint.Scope.Variable;
/** A read or write of a variable. */
export type Reference = TSESLint.Scope.Reference;

/** Answers to which variable a name stands for, built once a file from the scope manager. */
export interface Scopes {
  /** The variable that `identifier` reads or writes; undefined for globals and names that are no references. */
  variableOf(identifier: TSESTree.Identifier | TSESTree.JSXIdentifier): Variable | undefined;
  /** The variable that `identifier` declares or refers to. */
  variableAt(identifier: TSESTree.Identifier): Variable | undefined;
  /** The variable that `name` means where `node` stands; undefined when it means nothing there. */
  variableInScope(node: Node, name: string): Variable | undefined;
  /** The variables that a function declares anywhere in it, functions inside it left out. */
  declaredIn(fn: Node): Variable[];
  /** The variables that the module declares at its top level, imports included. */
  readonly topLevel: Variable[];
  /** Whether `identifier` is a reference to something this file does not define (a global, or undeclared). */
  isGlobal(identifier: TSESTree.Identifier): boolean;
}

/** Reads the scope manager once. Hosts differ in whether globals are resolved: an unresolved name and a variable without definition are the same here. */
export function readScopes(scopeManager: TSESLint.Scope.ScopeManager): Scopes {
  const references = new Map<Node, Reference>();
  const declared = new Map<Node, Variable>();
  for (const scope of scopeManager.scopes) {
    for (const reference of scope.references) {
      // A parameter's default is listed twice (in its own scope too); the first is the right one.
      if (!references.has(reference.identifier)) references.set(reference.identifier, reference);
    }
    for (const variable of scope.variables) {
      for (const identifier of variable.identifiers) {
        // A class declares its name twice: for the code around it, and for its own.
        if (!declared.has(identifier)) declared.set(identifier, variable);
      }
    }
  }
  const defined = (variable: Variable | null | undefined): Variable | undefined =>
    variable && variable.defs.length > 0 ? variable : undefined;
  return {
    get topLevel() {
      return scopeManager.scopes.filter((scope) => scope.type === 'module' || scope.type === 'global' || scope.upper.type === 'global').flatMap((scope) => (scope.block.type === 'Program' ? scope.variables.filter((variable) => variable.defs.length > 0) : []));
    },
    declaredIn: (fn) => {
      const own = scopeManager.acquire(fn, true);
      const found: Variable[] = [];
      const scopes = own ? [own] : [];
      // The list grows while it is walked.
      for (const scope of scopes) {
        found.push(...scope.variables);
        scopes.push(...scope.childScopes.filter((child) => child.type !== 'function' && child.type !== 'class'));
      }
      return found;
    },
    variableOf: (identifier) => defined(references.get(identifier)?.resolved),
    variableAt: (identifier) => defined(references.get(identifier)?.resolved) ?? declared.get(identifier),
    variableInScope: (node, name) => {
      let scope: TSESLint.Scope.Scope | null = null;
      for (let current: Node | undefined = node; current && !scope; current = current.parent) scope = scopeManager.acquire(current, true);
      for (; scope; scope = scope.upper) {
        const variable = scope.set.get(name);
        if (variable) return variable;
      }
      return undefined;
    },
    isGlobal: (identifier) => references.has(identifier) && !defined(references.get(identifier)?.resolved),
  };
}

/** Every expression that is written to the variable, or undefined when something unknown may be written (loops, destructuring assignment, `x += 1`). */
export function writtenExpressions(variable: Variable): TSESTree.Expression[] | undefined {
  const found: TSESTree.Expression[] = [];
  for (const reference of variable.references) {
    if (!reference.isWrite()) continue;
    const parent = reference.identifier.parent as Node | undefined;
    if (parent?.type === 'VariableDeclarator' && parent.id === reference.identifier && parent.init) {
      found.push(parent.init);
    } else if (
      parent?.type === 'AssignmentExpression' &&
      parent.left === reference.identifier &&
      ['=', '||=', '??=', '&&='].includes(parent.operator)
    ) {
      found.push(parent.right);
    } else {
      return undefined;
    }
  }
  return found;
}

/** The places where the variable's value is read. */
export function readsOf(variable: Variable): Reference[] {
  return variable.references.filter((reference) => reference.isRead());
}
