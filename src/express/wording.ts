import type { Handler } from './handlers.js';
import type { Witness } from './reach.js';

/** How a sentence names what starts the code: `GET /users/:id`, the middleware, the handler `show`, a callback of `multer`. */
export function subjectOf({ label, kind }: Handler): string {
  const [, word, name] = /^(middleware|param|handler)(?: (?:on )?(.*))?$/.exec(label) ?? [];
  const named = name === undefined ? '' : ` \`${name}\``;
  if (kind === 'callback') return word === undefined ? callbackOf(label) : `the callback${named}`;
  switch (word) {
    case 'middleware':
      return `the ${kind === 'error' ? 'error ' : ''}middleware${named && ` on${named}`}`;
    case 'param':
      return `the callback of the parameter${named}`;
    case 'handler':
      return `the ${kind === 'error' ? 'error handler' : 'handler'}${named}`;
    default:
      return `\`${label}\``;
  }
}

/** `multer.diskStorage`, passport's `LocalStrategy`, or a method that the package calls: multer's `_handleFile`. */
function callbackOf(label: string): string {
  const [, owner, name = ''] = /^(\w+)'s (.+)$/.exec(label) ?? [];
  if (owner === undefined) return `a callback of \`${label}\``;
  return `${/^[A-Z]/.test(name) ? 'a callback of ' : ''}${owner}'s \`${name}\``;
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
