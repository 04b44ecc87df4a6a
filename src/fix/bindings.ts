import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Node } from '../ast/nodes.js';
import type { Variable } from '../ast/scope.js';
import type { Values } from '../ast/values.js';
import { canonical, type ImportPath } from '../node/modules.js';
import { importPathOf } from '../node/paths.js';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The variables that can be named at `node`, nearest first: neither shadowed, nor types, nor declared further down the same function. */
export function visibleVariables(sourceCode: SourceCode, node: Node): Variable[] {
  const found = new Map<string, Variable>();
  const here = sourceCode.getScope(node);
  for (let scope: TSESLint.Scope.Scope | null = here; scope; scope = scope.upper) {
    for (const variable of scope.variables) {
      if (!found.has(variable.name)) found.set(variable.name, variable);
    }
  }
  return [...found.values()].filter((variable) => isValue(variable) && isSet(variable, node, here));
}

function isValue({ defs: [def] }: Variable): boolean {
  if (!def) return false;
  const { node, parent } = def as { node: Node; parent?: Node | null };
  if (node.type === 'ImportSpecifier' && node.importKind === 'type') return false;
  return !(parent?.type === 'ImportDeclaration' && parent.importKind === 'type');
}

/** A variable of the same function has its value below its declaration only; one of an outer function has it by then. */
function isSet(variable: Variable, node: Node, here: TSESLint.Scope.Scope): boolean {
  const [name] = variable.identifiers;
  return variable.scope.variableScope !== here.variableScope || name === undefined || name.range[1] <= node.range[0];
}

/** An expression for `path` made of what the file has bound where `node` stands; undefined where nothing leads there. */
export function expressionFor({ module, path }: ImportPath, node: Node, sourceCode: SourceCode, values: Values): string | undefined {
  const target = canonical(module, path);
  let best: string | undefined;
  let taken = -1;
  for (const variable of visibleVariables(sourceCode, node)) {
    const [value, ...more] = values.ofVariable(variable);
    const bound = value && more.length === 0 ? importPathOf(value) : undefined;
    const from = bound && canonical(bound.module, bound.path);
    if (from?.module !== target.module || from.path.length <= taken) continue;
    if (!from.path.every((name, index) => name === target.path[index])) continue;
    taken = from.path.length;
    best = [variable.name, ...target.path.slice(taken)].join('.');
  }
  return best;
}

/** Adds `import name from 'module'`, or the `require` of it, below the file's own. */
export function addImport(fixer: TSESLint.RuleFixer, name: string, module: string, sourceCode: SourceCode): TSESLint.RuleFix {
  const { body } = sourceCode.ast;
  const imports = body.filter((statement) => statement.type === 'ImportDeclaration');
  const requires = body.filter(isRequire);
  const esm = imports.length > 0 || body.some(({ type }) => type.startsWith('Export')) || (sourceCode.ast.sourceType === 'module' && !/\bexports\b|\brequire\s*\(/.test(sourceCode.text));
  const last = (esm ? imports : requires).at(-1) ?? body.filter(isDirective).at(-1);
  const model = last && !isDirective(last) ? sourceCode.getText(last) : undefined;
  const quote = /["']/.exec(model ?? sourceCode.text)?.[0] ?? "'";
  const end = model === undefined || model.endsWith(';') ? ';' : '';
  const source = `${quote}${module}${quote}`;
  const text = esm ? `import ${name} from ${source}${end}` : `const ${name} = require(${source})${end}`;
  if (last) return fixer.insertTextAfterRange([0, endOfLine(last, sourceCode)], `\n${text}`);
  const [first] = body;
  return first ? fixer.insertTextBefore(first, `${text}\n`) : fixer.insertTextAfterRange([0, sourceCode.text.length], `\n${text}\n`);
}

function isDirective(statement: TSESTree.Statement | TSESTree.ProgramStatement): boolean {
  return statement.type === 'ExpressionStatement' && typeof statement.directive === 'string';
}

function isRequire(statement: TSESTree.ProgramStatement): boolean {
  return statement.type === 'VariableDeclaration' && statement.declarations.every(({ init }) => init !== null && /^require\s*\(/.test(textStart(init)));
}

/** The callee's name of the innermost call, as in `require('x').y`. */
function textStart(node: Node): string {
  let current = node;
  for (;;) {
    if (current.type === 'MemberExpression') current = current.object;
    else if (current.type === 'CallExpression' && current.callee.type !== 'Identifier') current = current.callee;
    else return current.type === 'CallExpression' && current.callee.type === 'Identifier' ? `${current.callee.name}(` : '';
  }
}

/** Where the line of a statement ends, a comment behind it included, unless something else stands there. */
function endOfLine(statement: Node, sourceCode: SourceCode): number {
  const next = sourceCode.getTokenAfter(statement);
  const line = sourceCode.lines[statement.loc.end.line - 1] ?? '';
  if (next?.loc.start.line === statement.loc.end.line) return statement.range[1];
  const behind = sourceCode.getCommentsAfter(statement).find((comment) => comment.loc.start.line === statement.loc.end.line);
  if (behind && behind.loc.end.line !== behind.loc.start.line) return statement.range[1];
  return statement.range[1] + line.length - statement.loc.end.column;
}
