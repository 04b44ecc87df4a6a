import type { Witness } from './reach.js';

/**
 * How a message says why code is on the request path.
 * @returns `` `GET /users` `` inside the handler itself, else `` `GET /users`, through `load` → `read` ``
 */
export function describeWitness({ handler, via }: Witness): string {
  const route = `\`${handler.label}\``;
  if (via.length === 0) return route;
  // Long chains are told by their ends.
  const names = via.length > 4 ? [...via.slice(0, 2), '…', ...via.slice(-1)] : via;
  return `${route}, through ${names.map((name) => (name === '…' ? name : `\`${name}\``)).join(' → ')}`;
}
