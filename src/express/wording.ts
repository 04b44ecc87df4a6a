import type { Handler } from './handlers.js';
import type { Witness } from './reach.js';

/** How a sentence names what starts the code: `GET /users/:id`, the middleware, the handler `show`. */
export function subjectOf({ label, kind }: Handler): string {
  const [word, name] = split(label);
  if (word === 'middleware') return `the ${kind === 'error' ? 'error ' : ''}middleware${name && ` on \`${name}\``}`;
  if (word === 'param') return `the callback of the parameter \`${name}\``;
  if (word !== 'handler') return `\`${label}\``;
  if (kind === 'callback') return name ? `\`${name}\`, which runs for each request,` : 'a callback that runs for each request';
  return `the ${kind === 'error' ? 'error handler' : 'handler'}${name && ` \`${name}\``}`;
}

function split(label: string): readonly [word: string, name: string] {
  const [, word = '', name = ''] = /^(middleware|param|handler)(?: (?:on )?(.*))?$/.exec(label) ?? [];
  return [word, name];
}

const longestChain = 5;

/**
 * The end of a sentence about code on the request path: by which route it runs, and which way it is reached.
 * @param does what the route does with it where the code is in the handler itself
 */
export function reachedBy({ handler, via }: Witness, does = 'calls it'): string {
  const subject = subjectOf(handler);
  if (via.length === 0) return `${subject} ${does}`;
  const names = via.map((name) => `\`${name}\``);
  const chain = names.length > longestChain ? [...names.slice(0, 2), '…', ...names.slice(-2)] : names;
  return `${subject} reaches it through ${chain.join(' → ')}`;
}
