import type { TSESTree } from '@typescript-eslint/utils';

/** Any node of the tree that ESLint's parsers produce. */
export type Node = TSESTree.Node;
/** Function declaration, function expression or arrow function. */
export type FunctionNode =
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.ArrowFunctionExpression;
/** `class` declaration or expression. */
export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;
/** `f()` or `new F()`. */
export type CallNode = TSESTree.CallExpression | TSESTree.NewExpression;

/** Whether `node` is a function with a body (no overload signature, no abstract method). */
export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    !!node &&
    (node.type === 'ArrowFunctionExpression' ||
      node.type === 'FunctionExpression' ||
      node.type === 'FunctionDeclaration') &&
    // Half-typed code and other parsers may leave a function without a body.
    !!(node.body as Node | null)
  );
}

/** Whether `node` is a class declaration or expression. */
export function isClass(node: Node | null | undefined): node is ClassNode {
  return node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression';
}

/** Whether `node` is a call or a `new` expression. */
export function isCall(node: Node | null | undefined): node is CallNode {
  return node?.type === 'CallExpression' || node?.type === 'NewExpression';
}

type TransparentNode =
  | TSESTree.TSAsExpression
  | TSESTree.TSNonNullExpression
  | TSESTree.TSSatisfiesExpression
  | TSESTree.TSTypeAssertion
  | TSESTree.TSInstantiationExpression
  | TSESTree.ChainExpression;

const transparent = new Set<string>([
  'TSAsExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'ChainExpression',
  // @babel/eslint-parser with createParenthesizedExpressions, and Flow casts
  'ParenthesizedExpression',
  'TypeCastExpression',
]);

/** Whether `node` only changes how its inner expression is typed or written, not its value. */
export function isTransparent(node: Node): node is TransparentNode {
  return transparent.has(node.type);
}

/** The expression inside type assertions, `!`, optional chains and parentheses. */
export function unwrap(node: Node): Node {
  let current = node;
  while (isTransparent(current)) current = current.expression;
  return current;
}

/** The outermost node that has the same value as `node`: steps over assertions, `!` and chains. */
export function wrapped(node: Node): Node {
  let current = node;
  while (current.parent && isTransparent(current.parent)) current = current.parent;
  return current;
}

/** The value of a string literal or of a template without expressions, else undefined. */
export function staticString(node: Node | null | undefined): string | undefined {
  if (!node) return undefined;
  const inner = unwrap(node);
  if (inner.type === 'Literal' && typeof inner.value === 'string') return inner.value;
  if (inner.type === 'TemplateLiteral' && inner.expressions.length === 0) {
    return inner.quasis[0]?.value.cooked ?? undefined;
  }
  return undefined;
}

/**
 * The name a member expression, property, method or class field goes by,
 * or undefined when it is computed from something other than a literal.
 */
export function memberName(
  node: TSESTree.MemberExpression | TSESTree.Property | TSESTree.MethodDefinition | TSESTree.PropertyDefinition,
): string | undefined {
  const key: Node = node.type === 'MemberExpression' ? node.property : node.key;
  if (!node.computed) {
    if (key.type === 'Identifier') return key.name;
    if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  }
  if (key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number')) {
    return String(key.value);
  }
  return staticString(key);
}

/** The member expression that `call` calls, seen through chains and assertions; undefined when it calls something else. */
export function calledMember(call: CallNode): TSESTree.MemberExpression | undefined {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' ? callee : undefined;
}

/** The name of the method that `call` calls (`b` in `a.b()`), else undefined. */
export function calledMethod(call: CallNode): string | undefined {
  const member = calledMember(call);
  return member && memberName(member);
}

/** The plain name that `call` calls (`f` in `f()`), else undefined. */
export function calledName(call: CallNode): string | undefined {
  const callee = unwrap(call.callee);
  return callee.type === 'Identifier' ? callee.name : undefined;
}

/** The pattern of a parameter without its default value, `this.x` modifier or rest dots. */
export function paramPattern(param: TSESTree.Parameter): TSESTree.BindingName | TSESTree.Node {
  if (param.type === 'TSParameterProperty') return paramPattern(param.parameter);
  if (param.type === 'AssignmentPattern') return param.left;
  return param;
}

/** The name of a parameter that is a plain identifier, else undefined. */
export function paramName(param: TSESTree.Parameter | undefined): string | undefined {
  if (!param) return undefined;
  const pattern = paramPattern(param);
  return pattern.type === 'Identifier' ? pattern.name : undefined;
}

/** The parameters of a function without TypeScript's `this` pseudo-parameter. */
export function parametersOf(fn: FunctionNode): TSESTree.Parameter[] {
  const [first] = fn.params;
  return first?.type === 'Identifier' && first.name === 'this' ? fn.params.slice(1) : fn.params;
}

/** `fn.length` as the language counts it: parameters before the first default or rest. */
export function functionLength(fn: FunctionNode): number {
  const params = parametersOf(fn);
  const end = params.findIndex((p) => p.type === 'AssignmentPattern' || p.type === 'RestElement');
  return end < 0 ? params.length : end;
}

/** The name a function is known by: its own, its variable's, its property's or its method's; else undefined. */
export function functionName(fn: FunctionNode): string | undefined {
  return fn.id ? fn.id.name : assignedName(fn);
}

/** The same for a function that is wrapped: `show` in `const show = wrap(log(() => …))`. */
export function wrappedFunctionName(fn: FunctionNode): string | undefined {
  const name = functionName(fn);
  if (name !== undefined) return name;
  let node: Node = fn;
  for (let parent = parentOf(node); parent.type === 'CallExpression' && parent.callee !== node; parent = parentOf(node)) node = parent;
  return assignedName(node);
}

/** The name that the value of `node` is given. */
function assignedName(node: Node): string | undefined {
  const { parent } = node;
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? parent.id.name : undefined;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return memberName(parent);
    case 'AssignmentExpression':
      if (parent.left.type === 'Identifier') return parent.left.name;
      // `module.exports = function` has no name.
      return parent.left.type === 'MemberExpression' && memberName(parent.left) !== 'exports' ? memberName(parent.left) : undefined;
    default:
      return undefined;
  }
}

/** The node around `node`; the program is its own. */
export function parentOf(node: Node): Node {
  return node.parent ?? node;
}

/** Whether `inner` lies inside `outer` (or is it), by source range. */
export function contains(outer: Node, inner: Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}
