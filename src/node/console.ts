import { memberName } from '../ast/nodes.js';
import type { Unit } from '../ast/tree.js';
import type { Values } from '../ast/values.js';
import { importPathsOf, type Use, usesIn } from './uses.js';

/** The methods of the console that print. Source: Node's documentation; `clear`, `groupEnd`, `time` and `countReset` print nothing. */
const printingMethods: ReadonlySet<string> = new Set([
  'assert', 'count', 'debug', 'dir', 'dirxml', 'error', 'group', 'groupCollapsed', 'info', 'log', 'table', 'timeEnd', 'timeLog', 'trace', 'warn',
]);

/** A place in a function where the console prints. */
export interface ConsoleUse extends Use {
  readonly method: string;
}

/** The console calls that a unit makes itself, and the console's methods that it hands over to be called. */
export function* consoleUses(values: Values, unit: Unit): Iterable<ConsoleUse> {
  for (const use of usesIn(unit)) {
    if (isComputed(values, use)) {
      yield { ...use, method: '…' };
      continue;
    }
    const paths = importPathsOf(values, use.callee);
    const method = paths[0]?.path[0];
    if (method === undefined || !printingMethods.has(method)) continue;
    if (paths.every(({ module, path }) => module === 'console' && path.length === 1 && path[0] === method)) yield { ...use, method };
  }
}

/** `console[level](message)`: whichever it is, nobody computes one that prints nothing. */
function isComputed(values: Values, { callee, how }: Use): boolean {
  if (how !== 'called' || callee.type !== 'MemberExpression' || memberName(callee) !== undefined) return false;
  const objects = importPathsOf(values, callee.object);
  return objects.length > 0 && objects.every(({ module, path }) => module === 'console' && path.length === 0);
}
