import type { TSESTree } from '@typescript-eslint/utils';

import { calledMember, type FunctionNode, isClass, isFunction, isTransparent, memberName, type Node, parentOf, unwrap } from './nodes.js';
import type { Scopes, Variable } from './scope.js';

/** Method names that hand on the function they are given, so that what they return stands for it. */
const handsOn = /wrap|async|catch|handle|protect|guard|secure|bind|memo|partial|compose|chain|expressify|middleware|promis|assign|freeze|once|curry|create|make|with/i;

/** Follows values out of a file: exports, and members of what is exported. */
export class Exported {
  readonly #seen = new Map<Node | Variable, boolean>();

  constructor(private readonly scopes: Scopes) {}

  /**
   * Whether other files can get hold of the value of `node`: exported itself, as a member of an exported object or class,
   * returned by an exported function, or handed through a call whose result is exported.
   */
  reaches(node: Node): boolean {
    const known = this.#seen.get(node);
    if (known !== undefined) return known;
    this.#seen.set(node, false);
    const result = this.#climb(node);
    this.#seen.set(node, result);
    return result;
  }

  #climb(node: Node): boolean {
    const parent = node.parent;
    if (!parent) return false;
    if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id) {
      const variable = this.scopes.variableAt(node.id);
      if (variable && this.#variable(variable)) return true;
    }
    if (isTransparent(parent)) return this.reaches(parent);
    switch (parent.type) {
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
      case 'TSExportAssignment':
      case 'ExportSpecifier':
        return true;
      case 'ConditionalExpression':
        return parent.test !== node && this.reaches(parent);
      case 'LogicalExpression':
      case 'AwaitExpression':
      case 'SpreadElement':
      case 'ArrayExpression':
      case 'SequenceExpression':
        return this.reaches(parent);
      case 'NewExpression':
        return parent.callee === node && this.reaches(parent);
      case 'Property':
        return parent.value === node && this.reaches(parent.parent);
      case 'CallExpression':
        return this.#throughCall(node, parent);
      case 'MemberExpression':
        // `handler.bind(x)` and `handlers.show`: what is taken from it
        return parent.object === node && parent.parent.type === 'CallExpression' && memberName(parent) === 'bind' && this.reaches(parent.parent);
      case 'AssignmentExpression':
        return parent.right === node && (this.#target(parent.left) || this.reaches(parent));
      case 'VariableDeclarator': {
        if (parent.init !== node || parent.id.type !== 'Identifier') return false;
        const exported = parent.parent.parent.type === 'ExportNamedDeclaration';
        const variable = this.scopes.variableAt(parent.id);
        return exported || (variable !== undefined && this.#variable(variable));
      }
      case 'ReturnStatement':
        return this.#functionAround(parent);
      case 'ArrowFunctionExpression':
        return parent.body === node && this.reaches(parent);
      case 'MethodDefinition':
      case 'PropertyDefinition':
        return isClass(parent.parent.parent) && this.reaches(parent.parent.parent);
      default:
        return false;
    }
  }

  #throughCall(node: Node, call: TSESTree.CallExpression): boolean {
    if (call.callee === node) return isFunction(node) && this.reaches(call);
    const member = calledMember(call);
    if (!member) return this.reaches(call);
    const name = memberName(member);
    return name !== undefined && handsOn.test(name) && this.reaches(call);
  }

  #target(left: Node): boolean {
    const target = unwrap(left);
    if (target.type === 'Identifier') {
      if (target.name === 'exports' && this.scopes.isGlobal(target)) return true;
      const variable = this.scopes.variableAt(target);
      return variable !== undefined && this.#variable(variable);
    }
    if (target.type !== 'MemberExpression') return false;
    const object = unwrap(target.object);
    if (object.type === 'ThisExpression') return this.#thisReaches(target);
    if (object.type === 'Identifier') {
      if (object.name === 'exports' || (object.name === 'module' && memberName(target) === 'exports')) return true;
      const variable = this.scopes.variableAt(object);
      return variable !== undefined && this.#variable(variable);
    }
    if (object.type === 'MemberExpression') {
      const inner = unwrap(object.object);
      if (inner.type === 'Identifier' && inner.name === 'module') return true;
      // `Controller.prototype.show = …`
      return memberName(object) === 'prototype' && this.#target(object);
    }
    return false;
  }

  #thisReaches(node: Node): boolean {
    let current: Node | undefined = node.parent;
    while (current) {
      if (isClass(current)) return this.reaches(current);
      if (isFunction(current) && current.type !== 'ArrowFunctionExpression' && current.parent.type !== 'MethodDefinition') return this.reaches(current);
      current = current.parent;
    }
    return true;
  }

  #functionAround(node: Node): boolean {
    let current: Node | undefined = node.parent;
    while (current && !isFunction(current)) current = current.parent;
    return current !== undefined && this.reaches(current satisfies FunctionNode);
  }

  #variable(variable: Variable): boolean {
    const known = this.#seen.get(variable);
    if (known !== undefined) return known;
    this.#seen.set(variable, false);
    const result = variable.references.some((reference) => {
      const identifier = reference.identifier as Node;
      if (reference.isRead()) return this.reaches(identifier);
      // `const api = module.exports` and `const api = exports = {}`
      const parent = parentOf(identifier);
      const written = parent.type === 'VariableDeclarator' ? parent.init : parent.type === 'AssignmentExpression' ? parent.right : null;
      return written !== null && this.#isExports(written);
    });
    this.#seen.set(variable, result);
    return result;
  }

  #isExports(node: Node): boolean {
    const inner = unwrap(node);
    if (inner.type === 'AssignmentExpression') return this.#isExports(inner.left) || this.#isExports(inner.right);
    if (inner.type === 'Identifier') return inner.name === 'exports' && this.scopes.isGlobal(inner);
    return inner.type === 'MemberExpression' && inner.object.type === 'Identifier' && inner.object.name === 'module' && memberName(inner) === 'exports';
  }
}
