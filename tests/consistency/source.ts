import ts from 'typescript';

/** What a TypeScript file contains, as far as a check asks. */
export interface SourceFacts {
  /** Specifiers of its imports and re-exports, types included. */
  imports: readonly string[];
  /** Places with the type `any`, or with a cast through `unknown`: "line: what". */
  unchecked: readonly string[];
  /** Whether it calls a method named `report`. */
  reports: boolean;
  /** The values of `messageId: '…'` properties. */
  messageIds: ReadonlySet<string>;
}

/** Reads a TypeScript file. */
export function factsOf(path: string, text: string): SourceFacts {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: string[] = [];
  const unchecked: string[] = [];
  const messageIds = new Set<string>();
  let reports = false;

  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      if (ts.isStringLiteral(node.moduleSpecifier)) imports.push(node.moduleSpecifier.text);
    } else if (node.kind === ts.SyntaxKind.AnyKeyword) {
      unchecked.push(`${lineOf(file, node)}: any`);
    } else if (ts.isAsExpression(node) && isCastToUnknown(node.expression)) {
      unchecked.push(`${lineOf(file, node)}: as unknown as`);
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      reports ||= node.expression.name.text === 'report';
    } else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === 'messageId') {
      if (ts.isStringLiteral(node.initializer)) messageIds.add(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { imports, unchecked, reports, messageIds };
}

function isCastToUnknown(expression: ts.Expression): boolean {
  return ts.isParenthesizedExpression(expression)
    ? isCastToUnknown(expression.expression)
    : ts.isAsExpression(expression) && expression.type.kind === ts.SyntaxKind.UnknownKeyword;
}

function lineOf(file: ts.SourceFile, node: ts.Node): number {
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}
