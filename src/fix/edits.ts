import type { TSESLint } from '@typescript-eslint/utils';

import { type FunctionNode, isFunction, type Node } from '../ast/nodes.js';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Whether a piece of code that is to be replaced holds a comment, which would be lost. */
export function holdsComment(sourceCode: SourceCode, node: Node): boolean {
  return sourceCode.getCommentsInside(node).length > 0;
}

/** Whether `node`, from which something is taken or which is called, stands in parentheses. */
export function isParenthesized(sourceCode: SourceCode, node: Node): boolean {
  return sourceCode.getTokenBefore(node)?.value === '(' && sourceCode.getTokenAfter(node)?.value === ')';
}

/**
 * Whether `await` may be written where `node` stands: the innermost function is `fn`, which is async, and the place is
 * neither a parameter's default nor the initialiser of a class field.
 */
export function mayAwait(node: Node, fn: Node): boolean {
  return isFunction(fn) && fn.async && !fn.generator && isInBody(node, fn);
}

/** Whether `node` runs as part of the function's body. */
export function isInBody(node: Node, fn: FunctionNode): boolean {
  let current: Node | undefined = node;
  for (; current && current.parent !== fn; current = current.parent) {
    if (current.type === 'StaticBlock') return false;
    if (current.parent?.type === 'PropertyDefinition' && current.parent.value === current) return false;
  }
  return current === fn.body;
}

/** Whether a unary expression in place of `node` needs parentheses: something is taken from it, or it is called. */
export function needsParentheses(node: Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node;
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee === node;
    case 'TaggedTemplateExpression':
      return parent.tag === node;
    case 'BinaryExpression':
      return parent.operator === '**' && parent.left === node;
    case 'ClassDeclaration':
    case 'ClassExpression':
      return parent.superClass === node;
    case 'TSNonNullExpression':
      return true;
    default:
      return parent?.type === 'ChainExpression' && needsParentheses(parent);
  }
}

/** Whether a `(` at the start of `node` would continue the statement before it, which has no semicolon. */
export function continuesStatement(sourceCode: SourceCode, node: Node): boolean {
  let statement = node;
  while (statement.type !== 'ExpressionStatement') {
    if (statement.parent?.range[0] !== node.range[0]) return false;
    statement = statement.parent;
  }
  const { parent } = statement;
  const siblings: readonly Node[] = parent.type === 'SwitchCase' ? parent.consequent : parent.type === 'BlockStatement' || parent.type === 'Program' || parent.type === 'StaticBlock' ? parent.body : [];
  const before = siblings[siblings.indexOf(statement) - 1];
  return before !== undefined && !endsItself.test(before.type) && sourceCode.getLastToken(before)?.value !== ';';
}

/** Statements that need no semicolon. */
const endsItself = /^(?:If|For|ForIn|ForOf|While|Try|Switch|Block|Labeled|With)Statement$|^(?:Function|Class)Declaration$/;
