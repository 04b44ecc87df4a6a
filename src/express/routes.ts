import type { TSESTree } from '@typescript-eslint/utils';

import { calledMember, isFunction, memberName, type Node, paramName, parametersOf, staticString, unwrap } from '../ast/nodes.js';
import { Apps, type Receiver } from './apps.js';
import { referenceOf } from './elsewhere.js';
import type { SourceFile } from './file.js';
import { hasRequestSignature, signatureOf } from './signatures.js';
import { registrationMethods, verbs } from './vocabulary.js';

/** A call that registers handlers: `app.get('/x', a, b)`. */
export interface Registration {
  readonly node: TSESTree.CallExpression;
  readonly receiver: Receiver;
  /** The verb in lower case, `use`, `all`, `param`; `*` when it is computed (`app[method]`). */
  readonly method: string;
  /** The path as a person would write it; undefined without one. */
  readonly path: string | undefined;
  /** The expressions that stand for handlers, nested arrays laid flat; a spread is its argument. */
  readonly handlers: readonly TSESTree.Expression[];
  /** The place among the file's registrations, in source order. */
  readonly order: number;
}

interface Candidate {
  readonly node: TSESTree.CallExpression;
  readonly member: TSESTree.MemberExpression;
  readonly method: string;
  readonly receiver: Receiver;
}

/** A path of Express: a string that starts with `/` or `*`, a RegExp, or an array of those. */
function isPath(file: SourceFile, node: Node | undefined): boolean {
  if (!node) return false;
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Literal':
      return 'regex' in inner || (typeof inner.value === 'string' && (inner.value === '' || /^[/*(]/.test(inner.value)));
    case 'TemplateLiteral': {
      const start = inner.quasis[0]?.value.raw ?? '';
      return start === '' ? inner.expressions.length > 0 : /^[/*]/.test(start);
    }
    case 'BinaryExpression':
      return inner.operator === '+' && (isPath(file, inner.left) || isPath(file, inner.right));
    case 'ArrayExpression':
      return inner.elements.length > 0 && inner.elements.every((element) => isPath(file, element ?? undefined));
    case 'NewExpression':
      return inner.callee.type === 'Identifier' && inner.callee.name === 'RegExp';
    case 'Identifier':
    case 'MemberExpression':
      return file.values.of(inner).some((value) => value.kind === 'literal' && isPath(file, value.node));
    default:
      return false;
  }
}

/** The path as text for messages. */
function pathText(file: SourceFile, node: Node | undefined): string | undefined {
  if (!node) return undefined;
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Literal':
      return 'regex' in inner ? `/${inner.regex.pattern}/${inner.regex.flags}` : typeof inner.value === 'string' ? inner.value : undefined;
    case 'TemplateLiteral':
      return inner.quasis.map((quasi) => quasi.value.raw).join('…');
    case 'ArrayExpression': {
      const parts = inner.elements.map((element) => pathText(file, element ?? undefined) ?? '…');
      return parts.join(', ');
    }
    case 'BinaryExpression':
      return `${pathText(file, inner.left) ?? '…'}${pathText(file, inner.right) ?? '…'}`;
    case 'Identifier':
    case 'MemberExpression': {
      for (const value of file.values.of(inner)) if (value.kind === 'literal') return pathText(file, value.node);
      return undefined;
    }
    default:
      return undefined;
  }
}

/** Whether an argument may stand for a handler at all. */
function maybeHandler(file: SourceFile, node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'Literal' || inner.type === 'TemplateLiteral' || inner.type === 'ObjectExpression' || inner.type === 'BinaryExpression') return false;
  return !isPath(file, inner);
}

/** Arrays in arrays in arrays: nobody nests handlers deeper, but a list may hold itself. */
const mostNested = 8;

function flatten(file: SourceFile, args: readonly (TSESTree.Expression | TSESTree.SpreadElement | null)[], depth = 0): TSESTree.Expression[] {
  if (depth > mostNested) return [];
  return args.flatMap((arg): TSESTree.Expression[] => {
    if (!arg) return [];
    if (arg.type === 'SpreadElement') return flatten(file, [arg.argument], depth + 1);
    const inner = unwrap(arg);
    if (inner.type === 'ArrayExpression') return flatten(file, inner.elements, depth + 1);
    if (inner.type === 'Identifier') {
      // `const chain = [auth, load]; app.get('/', chain, show)`
      const arrays = file.values.of(inner).flatMap((value) => (value.kind === 'array' ? [value.node] : []));
      if (arrays.length === 1 && arrays[0]) return flatten(file, arrays[0].elements, depth + 1);
    }
    return [arg];
  });
}

function computedMethod(file: SourceFile, member: TSESTree.MemberExpression): boolean {
  if (!member.computed || memberName(member) !== undefined) return false;
  const property = unwrap(member.property);
  // `router[strategy.method || 'get'](…)`
  if (property.type === 'LogicalExpression' || property.type === 'ConditionalExpression') {
    const sides = property.type === 'LogicalExpression' ? [property.left, property.right] : [property.consequent, property.alternate];
    return sides.some((side) => verbs.has(staticString(side) ?? ''));
  }
  // `app[method](path, …)`, `router[route.method](…)`, `app[verb.toLowerCase()]`
  const text = property.type === 'CallExpression' ? calledMember(property)?.object : property;
  const name = text && (text.type === 'Identifier' ? text.name : text.type === 'MemberExpression' ? memberName(text) : undefined);
  return (name !== undefined && /method|verb|type|action/i.test(name)) || file.values.of(property).some((value) => value.kind === 'literal' && verbs.has(staticString(value.node) ?? ''));
}

/** Whether this call alone shows that its receiver is an app: a path, and a function that takes a request. */
function showsApp(file: SourceFile, candidate: Candidate): boolean {
  const args = candidate.node.arguments;
  const functions = flatten(file, args).flatMap((arg) => {
    const inner = unwrap(arg);
    return isFunction(inner) ? [inner] : file.values.functionsOf(arg);
  });
  if (!functions.some((fn) => hasRequestSignature(file, fn))) return showsDistantHandler(file, candidate);
  if (candidate.method === 'param') return staticString(args[0]) !== undefined;
  if (candidate.method === 'use') return candidate.receiver.certainty === 'likely' || isPath(file, args[0]) || functions.some((fn) => signatureOf(fn) !== undefined);
  return isPath(file, args[0]) || candidate.receiver.certainty === 'likely' || isRouteChain(candidate.member);
}

/** `router.get('/users', users.list)`: a path, and a function of another file that takes a request. */
function showsDistantHandler(file: SourceFile, { node, receiver }: Candidate): boolean {
  const [path, ...rest] = node.arguments;
  if (receiver.certainty !== 'likely' || rest.length === 0 || !isPath(file, path)) return false;
  return flatten(file, rest).some((arg) => {
    const { type } = unwrap(arg);
    if (type !== 'Identifier' && type !== 'MemberExpression') return false;
    return file.values.of(arg).some((value) => {
      const reference = referenceOf(value, file.values);
      return reference !== undefined && file.elsewhere.takesRequest(reference);
    });
  });
}

/** `x.route('/path').get(…)`, at any depth of the chain. */
function routeCall(member: TSESTree.MemberExpression): TSESTree.CallExpression | undefined {
  let object = unwrap(member.object);
  while (object.type === 'CallExpression') {
    const callee = calledMember(object);
    if (!callee) return undefined;
    if (memberName(callee) === 'route') return object;
    object = unwrap(callee.object);
  }
  return undefined;
}

const isRouteChain = (member: TSESTree.MemberExpression): boolean => routeCall(member) !== undefined;

/** Whether an unknown receiver's handlers speak against Express (`(ctx) => …`, `(request, reply) => …`). */
function speaksAgainst(candidate: Candidate): boolean {
  return candidate.node.arguments.some((arg) => {
    const inner = unwrap(arg);
    if (!isFunction(inner)) return false;
    const [first, second] = parametersOf(inner).map(paramName);
    return /^(?:ctx|context|c)$/.test(first ?? '') || second === 'reply' || second === 'h';
  });
}

/** Finds every registration in the file, in source order. */
export function findRegistrations(file: SourceFile): Registration[] {
  const apps = new Apps(file);
  const candidates: Candidate[] = [];
  const byVerb: Omit<Registration, 'order'>[] = [];
  for (const unit of file.tree.units.values()) {
    for (const node of unit.calls) {
      if (node.type !== 'CallExpression' || node.arguments.length === 0) continue;
      const member = calledMember(node);
      if (!member) continue;
      const table = routeByVerb(file, node, member);
      if (table) {
        byVerb.push(table);
        continue;
      }
      const name = memberName(member);
      const asynchronous = name === undefined ? undefined : /^(\w+)Async$/.exec(name)?.[1];
      const method = name === undefined && computedMethod(file, member) ? '*' : (asynchronous ?? name);
      if (method === undefined || (method !== '*' && !registrationMethods.has(method))) continue;
      const receiver = apps.receiver(member.object);
      if (!receiver) continue;
      // `router.getAsync(…)`: whoever added it did so for the sake of the handler's promise.
      candidates.push({ node, member, method, receiver: asynchronous === undefined ? receiver : { ...receiver, forwards: true } });
    }
  }
  const shown = new Set<unknown>();
  for (const candidate of candidates) {
    if (candidate.receiver.certainty === 'certain' || (!speaksAgainst(candidate) && showsApp(file, candidate))) shown.add(candidate.receiver.key);
  }
  candidates.sort((a, b) => a.member.property.range[0] - b.member.property.range[0]);
  const found = candidates
    .filter((candidate) => shown.has(candidate.receiver.key) && !(candidate.receiver.certainty !== 'certain' && speaksAgainst(candidate)))
    .flatMap((candidate): Omit<Registration, 'order'>[] => {
      const { node, member, method, receiver } = candidate;
      const route = routeCall(member);
      const [first, ...rest] = node.arguments;
      const firstIsPath = first !== undefined && !route && (method === 'param' || isPath(file, first) || !maybeHandler(file, first) || (rest.length > 0 && method !== 'use' && !isHandlerLike(file, first)));
      const handlers = flatten(file, firstIsPath ? rest : node.arguments).filter((arg) => maybeHandler(file, arg));
      if (handlers.length === 0) return [];
      const path = route ? pathText(file, route.arguments[0]) : firstIsPath ? pathText(file, first) : undefined;
      return [{ node, receiver, method, path, handlers }];
    });
  return [...found, ...byVerb].sort((a, b) => a.node.range[1] - b.node.range[1]).map((registration, order) => ({ ...registration, order }));
}

/** `this.route('POST', '/push', handler)`: a router of the project's own, which takes the verb as an argument. */
function routeByVerb(file: SourceFile, node: TSESTree.CallExpression, member: TSESTree.MemberExpression): Omit<Registration, 'order'> | undefined {
  const [verb, path, ...rest] = node.arguments;
  const method = staticString(verb)?.toLowerCase();
  if (method === undefined || !verbs.has(method) || !isPath(file, path) || rest.length === 0) return undefined;
  const handlers = flatten(file, rest).filter((arg) => maybeHandler(file, arg));
  const receiver: Receiver = { certainty: 'possible', forwards: false, raw: false, key: member };
  return handlers.length ? { node, receiver, method, path: pathText(file, path), handlers } : undefined;
}

/** Whether the first of several arguments is a handler rather than a path held in a variable. */
function isHandlerLike(file: SourceFile, node: Node): boolean {
  const inner = unwrap(node);
  return isFunction(inner) || inner.type === 'ArrayExpression' || inner.type === 'CallExpression' || file.values.functionsOf(inner).length > 0;
}

/** How a registration reads in a message: `GET /users/:id`, `middleware`, `middleware on /api`. */
export function routeLabel(registration: Registration): string {
  const { method, path } = registration;
  if (method === 'use') return path === undefined ? 'middleware' : `middleware on ${path}`;
  if (method === 'param') return `param ${path ?? ''}`.trim();
  const verb = method === 'all' ? 'ALL' : method === '*' ? 'route' : method === 'del' ? 'DELETE' : method.toUpperCase();
  return path === undefined ? verb : `${verb} ${path}`;
}
