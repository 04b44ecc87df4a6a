import { type CallNode, type Node, unwrap } from '../ast/nodes.js';
import type { Value, Values } from '../ast/values.js';
import type { CallCondition } from './blocking.js';
import { importPathOf } from './paths.js';

/** Whether a call is written the way a table's row asks for. What cannot be read does not fulfil anything. */
export function fulfils(values: Values, call: CallNode, condition: CallCondition): boolean {
  const args: readonly Node[] = call.arguments;
  if (args.some((arg) => arg.type === 'SpreadElement')) return false;
  switch (condition.kind) {
    case 'argument': {
      const arg = args[condition.index];
      return arg !== undefined && primitiveTypeOf(values, arg) === condition.is;
    }
    case 'option':
      return args.some((arg) => optionsOf(values, arg).some((option) => option(condition.name) === true));
    case 'no-option':
      // The first argument is the thing to work on.
      return args.slice(1).every((arg) => optionsOf(values, arg).every((option) => option(condition.name) === false));
    case 'no-callback':
      return args.every((arg, index) => values.of(arg).every((value) => isNoFunction(value, index > 0)));
  }
}

/** `string` or `number`, where the expression shows it. */
function primitiveTypeOf(values: Values, node: Node): 'string' | 'number' | undefined {
  const inner = unwrap(node);
  if (inner.type === 'TemplateLiteral') return 'string';
  if (inner.type === 'BinaryExpression') {
    if (inner.operator === '+') return [inner.left, inner.right].some((side) => primitiveTypeOf(values, side) === 'string') ? 'string' : undefined;
    return /^[-*/%]$/.test(inner.operator) ? 'number' : undefined;
  }
  const types = new Set(values.of(inner).map(typeOfValue));
  const [only] = types;
  return types.size === 1 ? only : undefined;
}

const stringFunctions = /^(?:path\.(?:(?:posix|win32)\.)?(?:join|resolve|normalize|basename|dirname|relative|format)|url\.fileURLToPath|process\.cwd|os\.tmpdir)$/;

function typeOfValue(value: Value): 'string' | 'number' | undefined {
  if (value.kind === 'literal') {
    if (value.node.type === 'TemplateLiteral') return 'string';
    const literal = value.node.type === 'Literal' ? typeof value.node.value : undefined;
    return literal === 'string' || literal === 'number' ? literal : undefined;
  }
  if (value.kind === 'global') return /^__(?:dirname|filename)$/.test(value.path.join('.')) ? 'string' : undefined;
  if (value.kind !== 'call') return undefined;
  const callee = importPathOf(value.callee);
  if (!callee) return undefined;
  return stringFunctions.test([...(callee.module === '' ? [] : [callee.module]), ...callee.path].join('.')) ? 'string' : undefined;
}

type Option = (name: string) => boolean | undefined;

/** What each object that an argument may be says about an option: set, not set, or not to be told. */
function optionsOf(values: Values, arg: Node): Option[] {
  return values.of(arg).map((value): Option => {
    if (value.kind === 'literal' || value.kind === 'function' || value.kind === 'array') return () => false;
    if (value.kind !== 'object') return () => undefined;
    return (name) => {
      if (value.node.properties.some((property) => property.type !== 'Property' || property.computed)) return undefined;
      const [set, ...more] = values.member(value, name, value.node);
      if (set?.kind === 'member') return false;
      if (more.length > 0 || set?.kind !== 'literal' || set.node.type !== 'Literal') return undefined;
      return Boolean(set.node.value);
    };
  });
}

/** Whether a value is no function. A first argument that cannot be read is taken for what the function works on. */
function isNoFunction(value: Value, strict: boolean): boolean {
  if (value.kind === 'function' || value.kind === 'class') return false;
  return !strict || value.kind === 'literal' || value.kind === 'object' || value.kind === 'array' || value.kind === 'instance';
}
