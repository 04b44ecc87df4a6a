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
  ['bcrypt-nodejs', () => hashing],
  // jsonwebtoken 9: `verify` with a secret calls back before it returns.
  ['jsonwebtoken', () => ({ sign: errorFirst, verify: { ...errorFirst, runs: 'now' } })],
  // xml2js 0.6: not `async` by default. (joi before 16 calls back at once, too.)
  ['xml2js', () => each(['parseString', 'Parser.prototype.parseString'], { ...errorFirst, runs: 'now' })],
  ['joi', () => each(['validate'], { ...errorFirst, runs: 'now' })],
  ['nodemailer', () => each(['Mail.prototype.sendMail', 'Mail.prototype.verify'], errorFirst)],
  ['pg', () => each(['Client.prototype.connect', 'Client.prototype.query', 'Pool.prototype.connect', 'Pool.prototype.query'], errorFirst)],
  ['request', () => each(['', 'get', 'post', 'put', 'patch', 'head', 'del', 'delete'], errorFirst)],
]);

/** The callback of a function behind an import path. */
export const callbackFact: (module: string, path: readonly string[]) => CallbackFact | undefined = lookup(tables, (fact) => fact);

/** Array methods that call their first argument before they return. (`toSorted` and its like from Node 20 on.) */
export const synchronousCallbackMethods: ReadonlySet<string> = new Set([
  'every', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flatMap', 'forEach', 'map', 'reduce', 'reduceRight', 'some', 'sort', 'toSorted',
]);

/** Functions of lodash and underscore that call their second argument before they return. */
export const synchronousIterations: ReadonlySet<string> = new Set([
  ...synchronousCallbackMethods, 'each', 'eachRight', 'forEachRight', 'forOwn', 'forIn', 'mapValues', 'mapKeys', 'keyBy', 'groupBy', 'countBy', 'sortBy', 'orderBy', 'partition',
  'pickBy', 'omitBy', 'reject', 'remove', 'sumBy', 'maxBy', 'minBy', 'uniqBy', 'times', 'transform', 'detect', 'any', 'all',
]);

/** Modules of such functions. */
export const iterationModules = /^(?:lodash(?:-es|\/fp)?|underscore)$/;

/** Modules whose callbacks run now or later, as what they are given does. */
export const conductors = /^(?:async|neo-async|async-es|asyncawait|step|seq|flow|contra|vasync)$/;

/** Methods of database models and their queries that call back when the database has answered. (`find` and `count` of other things do not.) */
export const queryMethods: ReadonlySet<string> = new Set([
  'findOne', 'findById', 'findOneAndUpdate', 'findOneAndDelete', 'findOneAndRemove', 'findByIdAndUpdate', 'findByIdAndDelete', 'findByIdAndRemove', 'updateOne', 'updateMany',
  'deleteOne', 'deleteMany', 'insertOne', 'insertMany', 'countDocuments', 'bulkWrite',
]);

/** Events that no stream, request, response, socket or child process emits before the call that causes them has returned. */
export const laterEvents: ReadonlySet<string> = new Set(['data', 'end', 'finish', 'close', 'readable', 'drain', 'response', 'exit', 'timeout', 'connect', 'listening', 'message']);

/** Emitter methods whose second argument is called at each event, later. */
export const eventMethods: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

/** Promise methods whose function arguments are called later, and what they throw becomes a rejection. */
export const promiseMethods: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);
