/**
 * Calls whose result is a promise for sure, and whether it can reject. Nothing is guessed by name: a call is here
 * because its documentation says so, and most packages were called to see it (versions at the entry).
 */
import type { CallCondition } from '../node/blocking.js';
import { generatedBlocking } from '../node/blocking.generated.js';
import { canonical, lookup, type Tables } from '../node/modules.js';

export interface PromiseFact {
  /** `never-rejects` under the conditions below; `returns-promise` can reject. */
  readonly kind: 'returns-promise' | 'never-rejects';
  /** With a callback as last argument it returns none. Refuse where the last argument could be a function. */
  readonly unlessCallback?: true;
  /** Never rejects unless an options argument has this key. Refuse where the options cannot be read. */
  readonly rejectsWithOption?: string;
  /**
   * Does nothing until `then` is called or it is awaited: left floating it never runs, so it cannot end the process
   * either. (Prisma's model queries, superagent.)
   */
  readonly lazy?: true;
  /** Returns a promise only when called so. All must hold. */
  readonly when?: readonly CallCondition[];
}

type Table = Readonly<Record<string, PromiseFact>>;

const returns: PromiseFact = { kind: 'returns-promise' };
const unlessCallback: PromiseFact = { kind: 'returns-promise', unlessCallback: true };
const lazy: PromiseFact = { kind: 'returns-promise', lazy: true };
const never: PromiseFact = { kind: 'never-rejects' };
const neverWithoutSignal: PromiseFact = { kind: 'never-rejects', rejectsWithOption: 'signal' };

function each(prefix: string, names: readonly string[], fact: PromiseFact): Table {
  return Object.fromEntries(names.map((name) => [`${prefix}${name}`, fact]));
}

/** fs.promises functions that return a promise: those that have a Sync sister, except `glob`, which returns an iterator. */
function fsPromises(): readonly string[] {
  const names = Object.entries(generatedBlocking.fs ?? {}).flatMap(([key, { promise }]) => (promise && /^\w+Sync$/.test(key) ? [key.slice(0, -'Sync'.length)] : []));
  return [...names, 'lchmod'].filter((name) => name !== 'glob');
}

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head'];
const fsExtraOwn = [
  'copy', 'createFile', 'createLink', 'createSymlink', 'emptyDir', 'emptydir', 'ensureDir', 'ensureFile', 'ensureLink', 'ensureSymlink',
  'exists', 'mkdirp', 'mkdirs', 'move', 'outputFile', 'outputJSON', 'outputJson', 'pathExists', 'readJSON', 'readJson', 'remove', 'writeJSON', 'writeJson',
];
const hashing = each('', ['hash', 'compare', 'genSalt'], unlessCallback);
const subtle = ['decrypt', 'deriveBits', 'deriveKey', 'digest', 'encrypt', 'exportKey', 'generateKey', 'importKey', 'sign', 'unwrapKey', 'verify', 'wrapKey'];

const tables: Tables<PromiseFact> = new Map<string, () => Table>([
  [
    '',
    () => ({
      fetch: returns,
      ...each('Promise.', ['all', 'any', 'race', 'reject'], returns),
      'Promise.allSettled': never,
      ...each('crypto.subtle.', subtle, returns),
    }),
  ],
  [
    'fs',
    () => ({
      ...each('promises.', fsPromises(), returns),
      ...each('promises.FileHandle.prototype.', ['appendFile', 'chmod', 'chown', 'close', 'datasync', 'read', 'readFile', 'readv', 'stat', 'sync', 'truncate', 'utimes', 'write', 'writeFile', 'writev'], returns),
      openAsBlob: returns,
      ...each('Dir.prototype.', ['close', 'read'], unlessCallback),
    }),
  ],
  // `setInterval` of timers/promises returns an iterator.
  ['timers', () => ({ ...each('promises.', ['setTimeout', 'setImmediate', 'scheduler.wait'], neverWithoutSignal), 'promises.scheduler.yield': never })],
  ['stream', () => each('promises.', ['pipeline', 'finished'], returns)],
  ['stream/consumers', () => each('', ['arrayBuffer', 'blob', 'buffer', 'bytes', 'json', 'text'], returns)],
  [
    'dns',
    () =>
      each(
        'promises.',
        ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname', 'resolveMx', 'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTlsa', 'resolveTxt', 'reverse'],
        returns,
      ),
  ],
  ['events', () => ({ once: returns, 'EventEmitter.once': returns })],
  ['readline', () => ({ 'promises.Interface.prototype.question': returns })],
  ['crypto', () => ({ ...each('webcrypto.subtle.', subtle, returns), ...each('subtle.', subtle, returns) })],
  ['sqlite', () => ({ backup: returns })],

  // fs-extra ≥ 3 (11.4 called).
  ['fs-extra', () => ({ ...each('', fsPromises(), unlessCallback), ...each('', fsExtraOwn, unlessCallback) })],
  ['fs-extra/esm', () => each('', fsExtraOwn.filter((name) => name !== 'exists'), unlessCallback)],
  ['jsonfile', () => each('', ['readFile', 'writeFile'], unlessCallback)],
  // The versions that are functions called with a pattern or path.
  ['globby', () => each('', ['', 'globby'], returns)],
  ['fast-glob', () => each('', ['', 'glob', 'async'], returns)],
  ['tinyglobby', () => ({ glob: returns })],
  ['execa', () => each('', ['', 'execa', 'command', 'execaCommand', 'node', 'execaNode'], returns)],

  // axios 1; `axios.create()` is axios again (see instances.ts).
  ['axios', () => each('', ['', 'request', 'options', 'postForm', 'putForm', 'patchForm', ...verbs], returns)],
  // got 11: with `isStream` it returns a stream.
  ['got', () => each('', ['', 'got', ...verbs], { ...returns, when: [{ kind: 'no-option', name: 'isStream' }] })],
  ['ky', () => each('', ['', ...verbs], returns)],
  ['node-fetch', () => ({ '': returns })],
  ['cross-fetch', () => each('', ['', 'fetch'], returns)],
  ['undici', () => ({ fetch: returns, ...each('', ['request', 'stream', 'connect', 'upgrade'], unlessCallback) })],
  // superagent 10: sends nothing before then, end or pipe.
  ['superagent', () => each('', [...verbs, 'del'], lazy)],

  // bcrypt 6, bcryptjs 3, @node-rs/bcrypt 2, argon2 0.45, @node-rs/argon2 2.
  ['bcrypt', () => hashing],
  ['bcryptjs', () => hashing],
  ['@node-rs/bcrypt', () => ({ ...each('', ['hash', 'compare', 'genSalt', 'verify'], returns) })],
  ['argon2', () => each('', ['hash', 'verify'], returns)],
  ['@node-rs/argon2', () => each('', ['hash', 'hashRaw', 'verify'], returns)],

  // Databases.
  // pg 8: `query(new QueryStream(…))` gives its argument back.
  ['pg', () => ({ ...each('Pool.prototype.', ['connect', 'end', 'query'], unlessCallback), ...each('Client.prototype.', ['connect', 'end', 'query'], unlessCallback) })],
  [
    'mysql2/promise',
    () => ({ createConnection: returns, ...each('Pool.prototype.', ['end', 'execute', 'getConnection', 'query'], returns), ...each('Connection.prototype.', ['beginTransaction', 'commit', 'connect', 'end', 'execute', 'ping', 'query', 'rollback'], returns) }),
  ],
  // mongodb 7; before 5 with an optional callback.
  [
    'mongodb',
    () => ({
      'MongoClient.connect': unlessCallback,
      ...each('MongoClient.prototype.', ['close', 'connect'], unlessCallback),
      ...each('Db.prototype.', ['collections', 'command', 'createCollection', 'createIndex', 'dropCollection', 'dropDatabase', 'renameCollection', 'stats'], unlessCallback),
      ...each(
        'Collection.prototype.',
        ['bulkWrite', 'count', 'countDocuments', 'createIndex', 'createIndexes', 'deleteMany', 'deleteOne', 'distinct', 'drop', 'dropIndex', 'dropIndexes', 'estimatedDocumentCount', 'findOne', 'findOneAndDelete', 'findOneAndReplace', 'findOneAndUpdate', 'indexes', 'insertMany', 'insertOne', 'rename', 'replaceOne', 'updateMany', 'updateOne'],
        unlessCallback,
      ),
      ...each('FindCursor.prototype.', ['close', 'forEach', 'hasNext', 'next', 'toArray', 'tryNext'], unlessCallback),
      ...each('AggregationCursor.prototype.', ['close', 'forEach', 'hasNext', 'next', 'toArray', 'tryNext'], unlessCallback),
    }),
  ],
  // mongoose 9; before 7 with an optional callback.
  [
    'mongoose',
    () => ({
      ...each('', ['connect', 'disconnect', 'startSession'], unlessCallback),
      ...each('Model.', ['bulkSave', 'bulkWrite', 'create', 'createCollection', 'ensureIndexes', 'insertMany', 'syncIndexes'], unlessCallback),
      // Queries, which are sent when they are awaited.
      ...each(
        'Model.',
        ['aggregate', 'count', 'countDocuments', 'deleteMany', 'deleteOne', 'distinct', 'estimatedDocumentCount', 'exists', 'find', 'findById', 'findByIdAndDelete', 'findByIdAndRemove', 'findByIdAndUpdate', 'findOne', 'findOneAndDelete', 'findOneAndRemove', 'findOneAndReplace', 'findOneAndUpdate', 'remove', 'replaceOne', 'update', 'updateMany', 'updateOne'],
        lazy,
      ),
      ...each('Model.prototype.', ['save', 'remove', 'validate'], unlessCallback),
      'Query.prototype.exec': unlessCallback,
    }),
  ],
  // sequelize 5 to 7.
  [
    'sequelize',
    () => ({
      ...each('Sequelize.prototype.', ['authenticate', 'close', 'drop', 'query', 'sync', 'transaction', 'truncate'], returns),
      ...each('Model.', ['bulkCreate', 'count', 'create', 'decrement', 'destroy', 'findAll', 'findAndCountAll', 'findByPk', 'findCreateFind', 'findOne', 'findOrBuild', 'findOrCreate', 'increment', 'max', 'min', 'restore', 'sum', 'sync', 'truncate', 'update', 'upsert'], returns),
      ...each('Model.prototype.', ['decrement', 'destroy', 'increment', 'reload', 'restore', 'save', 'update', 'validate'], returns),
    }),
  ],
  // knex 3: queries and `raw` do nothing until awaited.
  ['knex', () => ({ 'Knex.prototype.transaction': returns, 'Knex.prototype.destroy': unlessCallback, 'Knex.prototype.raw': lazy })],
  // ioredis 6. (redis 3 calls back, redis 4 returns promises: the import path does not tell.)
  ['ioredis', () => ({ ...each('prototype.', redisCommands, unlessCallback), ...each('Redis.prototype.', redisCommands, unlessCallback) })],
  ['minio', () => each('Client.prototype.', ['bucketExists', 'fGetObject', 'fPutObject', 'getObject', 'listBuckets', 'makeBucket', 'putObject', 'removeBucket', 'removeObject', 'removeObjects', 'statObject'], unlessCallback)],
  ['amqplib', () => ({ connect: returns })],
  // nodemailer 10.
  ['nodemailer', () => each('Mail.prototype.', ['sendMail', 'verify'], unlessCallback)],
]);

const redisCommands = [
  'decr', 'decrby', 'del', 'exists', 'expire', 'flushall', 'flushdb', 'get', 'getdel', 'hdel', 'hget', 'hgetall', 'hincrby', 'hmget', 'hmset', 'hset', 'incr',
  'incrby', 'keys', 'lpop', 'lpush', 'lrange', 'mget', 'mset', 'ping', 'publish', 'quit', 'rpop', 'rpush', 'sadd', 'set', 'setex', 'setnx', 'sismember',
  'smembers', 'srem', 'ttl', 'zadd', 'zrange', 'zrem',
];

/** Whether a method is called as a command of redis is; stores of all kinds have `get` and `set` as well. */
export function isRedisCommand(name: string): boolean {
  return redisCommands.includes(name);
}

const listed = lookup(tables, (fact) => fact);

/** Whether calling what stands behind the import path gives a promise. */
export function promiseFact(module: string, path: readonly string[]): PromiseFact | undefined {
  const found = canonical(module, path);
  return listed(found.module, found.path) ?? prisma(found.module, found.path) ?? awsSend(found.module, found.path);
}

const prismaEager: ReadonlySet<string> = new Set(['$connect', '$disconnect', '$transaction']);

/**
 * `prisma.user.findMany()`: any member of any model, and the `$` methods. Source: Prisma's client reference. Model
 * queries and raw queries are sent when awaited, not before.
 */
function prisma(module: string, path: readonly string[]): PromiseFact | undefined {
  if (module !== '@prisma/client') return undefined;
  const [owner, prototype, member, method, ...rest] = path;
  if (owner !== 'PrismaClient' || prototype !== 'prototype' || member === undefined || rest.length > 0) return undefined;
  if (method !== undefined) return member.startsWith('$') ? undefined : lazy;
  if (prismaEager.has(member)) return returns;
  return /^\$(?:query|execute)Raw/.test(member) ? lazy : undefined;
}

/** AWS SDK 3: `client.send(command)` of every service package. */
function awsSend(module: string, path: readonly string[]): PromiseFact | undefined {
  const [client, prototype, method, ...rest] = path;
  if (!module.startsWith('@aws-sdk/client-') || prototype !== 'prototype' || method !== 'send' || rest.length > 0) return undefined;
  return client?.endsWith('Client') ? unlessCallback : undefined;
}
