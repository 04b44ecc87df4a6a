/**
 * Functions that take a callback, and when they call it. A throw in a callback that runs later reaches nobody: it ends
 * the process. One that runs at once throws into its caller.
 */
import { generatedBlocking } from './blocking.generated.js';
import { lookup, type Tables } from './modules.js';

export interface CallbackFact {
  /** `now`: before the call returns. `later`: in a later turn. `event`: later, any number of times. */
  readonly runs: 'now' | 'later' | 'event';
  /** Which argument it is. `last`: the last one, if that is a function. */
  readonly position: number | 'last';
  /** Its first parameter is an error or null. */
  readonly errorFirst: boolean;
}

type Table = Readonly<Record<string, CallbackFact>>;

const later: CallbackFact = { runs: 'later', position: 0, errorFirst: false };
const errorFirst: CallbackFact = { runs: 'later', position: 'last', errorFirst: true };
const event: CallbackFact = { runs: 'event', position: 'last', errorFirst: false };
const now = (position: number): CallbackFact => ({ runs: 'now', position, errorFirst: false });

const each = (names: readonly string[], fact: CallbackFact): Table => Object.fromEntries(names.map((name) => [name, fact]));

/** The callback forms of a builtin module: what has a Sync sister of the same name. */
function sisters(module: string): readonly string[] {
  return Object.entries(generatedBlocking[module] ?? {}).flatMap(([key, { callback }]) => (callback && key.endsWith('Sync') ? [key.slice(0, -'Sync'.length)] : []));
}

function fs(): Table {
  // fs.exists calls back with a boolean; Utf8Stream.flush takes an optional callback; openAsBlob returns a promise.
  const { openAsBlob: _promise, 'Utf8Stream.prototype.flush': _flush, ...rest } = each(sisters('fs'), errorFirst);
  return {
    ...rest,
    ...each(['lchmod'], errorFirst),
    exists: { ...later, position: 'last' },
    ...each(['watch', 'watchFile'], event),
  };
}

const timers: Table = each(['setTimeout', 'setInterval', 'setImmediate'], later);
const hashing: Table = each(['hash', 'compare', 'genSalt'], errorFirst);
const lookups = ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname', 'resolveMx', 'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTlsa', 'resolveTxt', 'reverse'];

const tables: Tables<CallbackFact> = new Map<string, () => Table>([
  ['', () => ({ queueMicrotask: later, 'Array.from': now(1), 'Array.fromAsync': { runs: 'later', position: 1, errorFirst: false }, Promise: now(0), 'JSON.parse': now(1), 'JSON.stringify': now(1), 'Object.groupBy': now(1), 'Map.groupBy': now(1) })],
  ['timers', () => timers],
  ['process', () => ({ nextTick: later })],
  ['fs', fs],
  ['graceful-fs', fs],
  ['fs-extra', fs],
  ['dns', () => each(lookups, errorFirst)],
  ['zlib', () => each(sisters('zlib').filter((name) => /^[a-z]/.test(name) && name !== 'createZipArchive'), errorFirst)],
  ['crypto', () => each([...sisters('crypto'), 'randomBytes', 'randomInt', 'sign', 'verify'], errorFirst)],
  ['child_process', () => each(['exec', 'execFile'], errorFirst)],
  ['stream', () => each(['pipeline', 'finished'], errorFirst)],
  // The callback is a listener for 'response', 'request' or 'connect': it gets no error.
  ['http', () => each(['get', 'request', 'createServer'], event)],
  ['https', () => each(['get', 'request', 'createServer'], event)],
  ['http2', () => each(['connect', 'createServer', 'createSecureServer'], event)],
  ['net', () => each(['connect', 'createConnection', 'createServer'], event)],
  ['tls', () => each(['connect', 'createServer'], event)],
  ['async_hooks', () => ({ 'AsyncLocalStorage.prototype.run': now(1), 'AsyncLocalStorage.prototype.exit': now(0) })],
  ['bcrypt', () => hashing],
  ['bcryptjs', () => hashing],
  ['pg', () => each(['Client.prototype.connect', 'Client.prototype.query', 'Pool.prototype.connect', 'Pool.prototype.query'], errorFirst)],
  ['request', () => each(['', 'get', 'post', 'put', 'patch', 'head', 'del', 'delete'], errorFirst)],
]);

/** The callback of a function behind an import path. */
export const callbackFact: (module: string, path: readonly string[]) => CallbackFact | undefined = lookup(tables, (fact) => fact);

/** Array methods that call their first argument before they return. (`toSorted` and its like from Node 20 on.) */
export const synchronousCallbackMethods: ReadonlySet<string> = new Set([
  'every', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flatMap', 'forEach', 'map', 'reduce', 'reduceRight', 'some', 'sort', 'toSorted',
]);

/** Emitter methods whose second argument is called at each event, later. */
export const eventMethods: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

/** Promise methods whose function arguments are called later, and what they throw becomes a rejection. */
export const promiseMethods: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);
