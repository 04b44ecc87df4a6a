import { type CallNode, calledMember, isFunction, memberName, type Node, parentOf, unwrap, wrapped } from '../ast/nodes.js';
import type { Value, Values } from '../ast/values.js';
import { originOf } from './imports.js';
import { isResponseName } from './vocabulary.js';

/** Globals whose functions and constructors do not throw on sensible input. `JSON.parse`, `decodeURIComponent` and `new URL` do. */
const tameGlobals = new Set([
  'console', 'Math', 'Object', 'Number', 'String', 'Boolean', 'Array', 'Date', 'Symbol', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Error', 'TypeError', 'RangeError',
  'Promise', 'RegExp', 'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURIComponent', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout',
  'clearInterval', 'queueMicrotask', 'structuredClone', 'Reflect', 'performance', 'AbortController', 'process', 'require',
]);
const throwing = new Set(['process.chdir', 'process.kill', 'Object.defineProperty']);

/** Methods of strings, arrays and promises that hardly anything else has: called on the right thing, they do not throw. */
const tameAnywhere = new Set([
  'map', 'filter', 'forEach', 'some', 'every', 'reduce', 'push', 'slice', 'splice', 'concat', 'join', 'includes', 'indexOf', 'flatMap', 'split', 'trim', 'replace', 'replaceAll',
  'toLowerCase', 'toUpperCase', 'startsWith', 'endsWith', 'substring', 'charCodeAt', 'padStart', 'padEnd', 'toString', 'toISOString', 'getTime', 'toFixed', 'then', 'catch', 'finally',
]);
/** More of them, of maps and dates too, that other packages' objects have as well. */
const tameHere = new Set([
  'find', 'findIndex', 'pop', 'shift', 'unshift', 'sort', 'reverse', 'lastIndexOf', 'flat', 'fill', 'keys', 'values', 'entries', 'at', 'has', 'set', 'get', 'add', 'delete', 'clear',
  'trimEnd', 'trimStart', 'substr', 'charAt', 'match', 'test', 'exec', 'hasOwnProperty', 'bind', 'call', 'apply', 'localeCompare', 'repeat',
]);
const telling = /^(?:log|error|warn|warning|info|debug|trace|verbose|silly|notice|fatal|http)$/;

/** Whether a call throws only where the program is wrong, or is awaited or chained, so that what it fails by is its promise's rejection. */
export function isTame(values: Values, call: CallNode): boolean {
  const member = calledMember(call);
  const method = member && memberName(member);
  if (isLookedAt(call)) return true;
  const called = values.of(call.callee);
  if (called.every((value) => value.kind === 'global')) return called.every(isTameGlobal);
  // `callback(error)`, `res.json()`: those who gave them answer for them.
  if (called.every(({ kind }) => kind === 'param') && (!member || isResponse(member.object))) return true;
  if (!member || method === undefined) return call.callee.type === 'Super';
  if (telling.test(method) || isResponse(member.object)) return true;
  if (called.some(({ kind }) => kind === 'import' || kind === 'function')) return false;
  return tameAnywhere.has(method) || (tameHere.has(method) && called.every((value) => originOf(value) === undefined));
}

/** `await load()`, `load().then(…)`: what it fails by is a rejection. */
function isLookedAt(call: CallNode): boolean {
  const parent = parentOf(wrapped(call));
  return parent.type === 'AwaitExpression' || (parent.type === 'MemberExpression' && parent.object === wrapped(call) && /^(?:then|catch|finally)$/.test(memberName(parent) ?? ''));
}

function isTameGlobal(value: Value): boolean {
  return value.kind === 'global' && tameGlobals.has(value.path[0] ?? '') && !throwing.has(value.path.join('.'));
}

function isResponse(node: Node): boolean {
  let current = unwrap(node);
  while (current.type === 'MemberExpression' || current.type === 'CallExpression') current = unwrap(current.type === 'CallExpression' ? current.callee : current.object);
  return current.type === 'Identifier' && isResponseName(current.name);
}

/** Whether a `try` of the function `within` catches what is thrown at `node`. */
export function isCaught(node: Node, within: Node): boolean {
  for (let child = node, parent = node.parent; parent && child !== within && !isFunction(child); child = parent, parent = parent.parent) {
    if (parent.type === 'TryStatement' && parent.block === child && parent.handler) return true;
  }
  return false;
}
