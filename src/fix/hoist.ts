import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { memberName, type Node, unwrap } from '../ast/nodes.js';
import type { SourceFile } from '../express/file.js';
import { holdsComment } from './edits.js';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** A constant of the module that takes the place of an expression. */
export interface Hoisted {
  readonly name: string;
  readonly fix: TSESLint.ReportFixFunction;
}

/**
 * Reads `process.env.NAME` once, into a constant of that name above the statement of the module that holds `node`, or uses
 * the one that is there; undefined where the name means something else, or the variable is set somewhere in the file.
 */
export function hoistVariable(node: Node, { scopes, tree }: SourceFile, sourceCode: SourceCode): Hoisted | undefined {
  if (node.type !== 'MemberExpression' || node.optional || node.object.type !== 'MemberExpression' || node.object.optional) return undefined;
  const name = memberName(node);
  const root = node.object.object;
  if (name === undefined || !/^[A-Za-z_$][\w$]*$/.test(name) || root.type !== 'Identifier' || !scopes.isGlobal(root) || holdsComment(sourceCode, node)) return undefined;
  if (tree.memberWrites.some(({ left }) => memberName(left) === name)) return undefined;
  const constant = scopes.topLevel.find((variable) => variable.name === name);
  const replace = (fixer: TSESLint.RuleFixer): TSESLint.RuleFix => fixer.replaceText(node, name);
  if (constant) {
    const known = scopes.variableInScope(node, name) === constant && constant.defs.every((def) => isSame(def.node, node, sourceCode));
    return known ? { name, fix: replace } : undefined;
  }
  const statement = sourceCode.ast.body.find((one) => one.range[0] <= node.range[0] && node.range[1] <= one.range[1]);
  // Any other use of the name, of a variable or of a global, would change its meaning.
  if (!statement || sourceCode.scopeManager?.scopes.some((scope) => scope.set.has(name) || scope.through.some(({ identifier }) => identifier.name === name))) return undefined;
  const text = `const ${name} = ${sourceCode.getText(node)}${/;\s*$/m.test(sourceCode.text) ? ';' : ''}\n\n`;
  return { name, fix: (fixer) => [fixer.insertTextBeforeRange(startWithComments(statement, sourceCode), text), replace(fixer)] };
}

/** `const NAME = process.env.NAME` at the top of the module. */
function isSame(definition: TSESTree.Node, node: Node, sourceCode: SourceCode): boolean {
  return definition.type === 'VariableDeclarator' && definition.parent.kind === 'const' && definition.id.type === 'Identifier' && definition.init !== null && sourceCode.getText(unwrap(definition.init)) === sourceCode.getText(node);
}

/** Where a statement starts with the comments that belong to it: those on lines of their own above it. */
function startWithComments(statement: Node, sourceCode: SourceCode): [number, number] {
  const before = sourceCode.getTokenBefore(statement);
  const first = sourceCode.getCommentsBefore(statement).find(({ loc }) => before === null || loc.start.line > before.loc.end.line);
  return first ? first.range : statement.range;
}
