/**
 * What a call gives back, as far as the other tables need to know: which class the result is an instance of.
 * Construction needs no table: `new X()` is an `X.prototype`.
 */
import { canonical, lookup, type ImportPath, type Tables } from './modules.js';

export interface InstanceFact extends ImportPath {
  /** The call gives a promise of the instance. */
  readonly awaited?: true;
}

function instance(module: string, known: string): InstanceFact {
  if (known === sameMark) return { module, path: [] };
  if (known.startsWith(classMark)) return { module, path: [known.slice(classMark.length)] };
  const awaited = known.startsWith(awaitedMark);
  const name = awaited ? known.slice(awaitedMark.length) : known;
  const path = [...(name === '' ? [] : name.split('.')), 'prototype'];
  return awaited ? { module, path, awaited } : { module, path };
}

const awaitedMark = 'await ';
/** The result is the class itself, not an instance of it: `mongoose.model('User')`. */
const classMark = 'class ';
/** The result is used as the module itself is: `axios.create().get` is `axios` + ['get']. */
const sameMark = '=';

/** What a row's key ends with that says what the promise of the call settles to. */
const awaitKey = 'await';

function rows(prefix: string, names: readonly string[], result: string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [`${prefix}${name}`, result]));
}

/** A query does nothing until it is awaited, and settles to a document. Source: mongoose 5 to 9, API of Model and Query. */
function mongoose(): Readonly<Record<string, string>> {
  const documents = ['findOne', 'findById', 'findOneAndUpdate', 'findByIdAndUpdate'];
  const links = ['populate', 'select', 'sort', 'session', 'where', 'exec'];
  const settles = [...documents.map((name) => `Model.${name}`), ...links.map((name) => `Query.prototype.${name}`), 'Model.create', 'Model.prototype.save'];
  return {
    ...rows('', ['model', 'Mongoose.prototype.model', 'connection.model', 'Connection.prototype.model'], 'class Model'),
    createConnection: 'Connection',
    ...rows('Model.', documents, 'Query'),
    ...rows('Query.prototype.', links.filter((name) => name !== 'exec'), 'Query'),
    ...Object.fromEntries(settles.map((key) => [`${key}.${awaitKey}`, 'Model'])),
  };
}

/** Source: sequelize 5 to 7, API of Model. */
function sequelize(): Readonly<Record<string, string>> {
  return {
    ...rows('Sequelize.prototype.', ['define', 'model'], 'class Model'),
    ...rows('prototype.', ['define', 'model'], 'class Model'),
    ...rows('Model.', ['create', 'findOne', 'findByPk', 'build'].map((name) => `${name}.${awaitKey}`), 'Model'),
    'Model.build': 'Model',
  };
}

/** Module → call → class. '' is the module's own class (`module.exports = class`). Sources: the documentation of each. */
const results: Tables<string> = new Map<string, () => Readonly<Record<string, string>>>([
  ['fs', () => ({ opendirSync: 'Dir', 'promises.opendir': 'await Dir', 'promises.open': 'await promises.FileHandle', createReadStream: 'ReadStream', createWriteStream: 'WriteStream' })],
  ['crypto', () => ({ createDiffieHellman: 'DiffieHellman', getDiffieHellman: 'DiffieHellmanGroup', createDiffieHellmanGroup: 'DiffieHellmanGroup' })],
  ['child_process', () => ({ spawn: 'ChildProcess', exec: 'ChildProcess', execFile: 'ChildProcess', fork: 'ChildProcess' })],
  ['sqlite', () => ({ 'DatabaseSync.prototype.prepare': 'StatementSync' })],
  ['http2', () => ({ connect: 'ClientHttp2Session' })],
  // better-sqlite3 12: the function makes an instance with or without `new`.
  ['better-sqlite3', () => ({ '': '', 'prototype.prepare': 'Statement' })],
  // adm-zip 0.6.
  ['adm-zip', () => ({ '': '' })],
  ['axios', () => ({ create: sameMark })],
  ['got', () => ({ extend: sameMark })],
  ['ky', () => ({ create: sameMark, extend: sameMark })],
  ['request', () => ({ defaults: sameMark })],
  ['superagent', () => ({ agent: sameMark })],
  ['readline', () => ({ createInterface: 'Interface', 'promises.createInterface': 'promises.Interface' })],
  ['nodemailer', () => ({ createTransport: 'Mail' })],
  ['knex', () => ({ '': 'Knex', knex: 'Knex' })],
  ['pg', () => ({ 'Pool.prototype.connect': 'await Client' })],
  ['mysql2/promise', () => ({ createConnection: 'await Connection', createPool: 'Pool', 'Pool.prototype.getConnection': 'await Connection' })],
  [
    'mongodb',
    () => ({
      'MongoClient.connect': 'await MongoClient',
      'MongoClient.prototype.connect': 'await MongoClient',
      'MongoClient.prototype.db': 'Db',
      'Db.prototype.collection': 'Collection',
      'Collection.prototype.find': 'FindCursor',
      'Collection.prototype.aggregate': 'AggregationCursor',
    }),
  ],
  ['mongoose', mongoose],
  ['sequelize', sequelize],
  ['aws-sdk', () => ({ 'S3.prototype.getObject': 'Request' })],
  ['@google-cloud/storage', () => ({ 'Storage.prototype.bucket': 'Bucket', 'Bucket.prototype.file': 'File' })],
]);

const listed = lookup(results, (known, module) => instance(module, known));

/**
 * The instance behind a call or construction, as an import path through `prototype`: `new DatabaseSync(…)` is `sqlite` +
 * ['DatabaseSync', 'prototype'], and `prepare` called on that is `sqlite` + ['StatementSync', 'prototype'].
 * @param how whether the path is called, constructed, or called and its promise awaited
 */
export function instanceOf(module: string, path: readonly string[], how: 'call' | 'new' | 'await'): InstanceFact | undefined {
  // What a class builds is its instance, whatever a call of it gives.
  const known = how === 'await' ? (listed(module, [...path, awaitKey]) ?? listed(module, path)) : listed(module, path);
  if (known || how !== 'new') return known;
  const found = canonical(module, path);
  return { module: found.module, path: [...found.path, 'prototype'] };
}
