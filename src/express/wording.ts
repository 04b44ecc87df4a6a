import type { Culprit } from './elsewhere.js';
import type { Start, Witness } from './reach.js';
import { type Registration, routeLabel } from './routes.js';

/** How a sentence names what starts the code: `GET /users/:id`, the middleware, the handler `show`, a callback of `multer`. */
export function subjectOf({ label, kind }: Pick<Start, 'label' | 'kind'>): string {
  if (kind === 'exported') return `${label === '' ? 'a function' : `\`${label}\``}, which other files can call,`;
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

/** How a sentence names a route: `GET /users/:id`, the middleware. */
export function subjectOfRoute(registration: Registration): string {
  return subjectOf({ label: routeLabel(registration), kind: 'request' });
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
  return `${subject} reaches it through ${chainOf(via)}`;
}

const mostNamed = 10;

/** What a call leads to in other files: "calls `fs.readFileSync` (lib/render.js:14)"; how many more places there are, and which. */
export function leadsTo(culprits: readonly Culprit[]): string {
  const [first, ...others] = culprits;
  if (!first) return '';
  const place = ({ what, path, line }: Culprit): string => `\`${what}\` (${path}:${line})`;
  const start = first.via.length > 0 ? `reaches ${place(first)} through ${chainOf(first.via)}` : `calls ${place(first)}`;
  const named = others.slice(0, mostNamed - 1).map(place);
  const unnamed = others.length - named.length;
  return [start, ...(named.length > 0 ? [`also ${named.join(', ')}`] : []), ...(unnamed > 0 ? [`and ${unnamed} more`] : [])].join(', ');
}

function chainOf(via: readonly string[]): string {
  const names = via.map((name) => `\`${name}\``);
  return (names.length > longestChain ? [...names.slice(0, 2), '…', ...names.slice(-2)] : names).join(' → ');
}
