/**
 * Calls that hold the thread until they are done, so that no other request is served meanwhile.
 *
 * Builtin modules: read out of Node itself (blocking.generated.ts), less what costs microseconds, plus the few that
 * block without saying so in their name. Packages: their exports were looked at in the newest version, and in an older one
 * where the name changed; only `sleep` and the `sync` option of tar rest on documentation. Where a comment names an
 * older version only, the newest was not looked at.
 */
import { generatedBlocking } from './blocking.generated.js';
import { lookup, mayHave, type Tables } from './modules.js';

/** What the arguments must look like for the call to block. Arguments that cannot be read do not fulfil it. */
export type CallCondition =
  | { readonly kind: 'argument'; readonly index: number; readonly is: 'number' | 'string' }
  /** An object literal among the arguments sets the option to something true. */
  | { readonly kind: 'option'; readonly name: string }
  /** No argument can be an object that sets the option. */
  | { readonly kind: 'no-option'; readonly name: string }
  | { readonly kind: 'no-callback' };

/** The asynchronous function that does the same. */
export interface AsyncTwin {
  /** `promise`: to be awaited. `callback`: takes an error-first callback as one more, last argument. */
  readonly kind: 'promise' | 'callback';
  /** Where it is imported from, without a `node:` prefix: `fs/promises` + ['readFile']. */
  readonly module: string;
  readonly path: readonly string[];
  /**
   * Members to write after the same binding or instance: `fs` → `fs.promises.readFile`. An empty list is the binding
   * itself (`globby.sync()` → `globby()`). Absent: cannot be reached from it.
   */
  readonly access?: readonly string[];
  /** Takes the arguments of the blocking function as they are. */
  readonly args: 'same';
  /** Whether awaiting it (a callback one through `util.promisify`) gives what the blocking function returns. */
  readonly result: 'same' | 'differs';
  /** Fewer arguments than this and the twin fails where the blocking function has a default. */
  readonly minArguments?: number;
  /** Options with which it behaves differently. Refuse when an options argument has one, or cannot be read. */
  readonly refuseOptions?: readonly string[];
  /** The blocking function takes a file descriptor as first argument, the twin does not. */
  readonly refuseDescriptor?: true;
  /** It changes something: between the call and its end other requests run, so order and exclusiveness are lost. */
  readonly mutates?: true;
  /** It runs on the same thread too, in slices: better, not good. */
  readonly onThread?: true;
}

export interface BlockingCall {
  /** The module as imported, '' for a global. */
  readonly module: string;
  /** As a person would write it: `fs.readFileSync`. */
  readonly name: string;
  /** What it does while it blocks, where the name does not say it. Completes "`name` …". */
  readonly reason?: string;
  readonly twin?: AsyncTwin;
  /** Synchronous by design, or so fast that only who asks for it should hear of it. */
  readonly optIn?: true;
  /** Blocks only when called so. All must hold. */
  readonly when?: readonly CallCondition[];
  /** First and last of the asked Node majors (20, 22, 24, 26) that have it; absent: all of them. */
  readonly since?: number;
  readonly until?: number;
}

type Facts = Omit<BlockingCall, 'module' | 'name'> & { readonly name?: string };
type Table = Readonly<Record<string, Facts>>;

/** `fs` + 'Dir.prototype.readSync' → `Dir.readSync`; `globby` + 'sync' → `globby.sync`; `execa` + 'execaSync' → `execaSync`. */
function spell(module: string, key: string): string {
  const binding = bindingNames.get(module) ?? module;
  if (key === '') return binding;
  const className = /^(?:.+\.)?([A-Z]\w*)\.prototype\.(.+)$/.exec(key);
  if (className) return `${className[1]}.${className[2]}`;
  if (key.startsWith('prototype.')) return `${binding}.${key.slice('prototype.'.length)}`;
  return binding === '' || (namedImports.has(module) && key !== 'sync') ? key : `${binding}.${key}`;
}

// ---------------------------------------------------------------------------------------------------------------
// Node's own modules

/**
 * Listed by the generator for their name or class, but no request waits for them. Measured on Node 20 and 24: the
 * randomBytes family and an HMAC key take microseconds. The rest only sets a flag, registers a function or binds a
 * local socket.
 */
const notBlocking: ReadonlySet<string> = new Set([
  'crypto.randomFillSync',
  'crypto.generateKeySync',
  'dgram.Socket.prototype.bindSync',
  'dgram.Socket.prototype.connectSync',
  'sqlite.DatabaseSync.prototype.aggregate',
  'sqlite.DatabaseSync.prototype.createSession',
  'sqlite.DatabaseSync.prototype.createTagStore',
  'sqlite.DatabaseSync.prototype.enableDefensive',
  'sqlite.DatabaseSync.prototype.enableLoadExtension',
  'sqlite.DatabaseSync.prototype.function',
  'sqlite.DatabaseSync.prototype.location',
  'sqlite.DatabaseSync.prototype.setAuthorizer',
  'sqlite.StatementSync', // Cannot be constructed: `prepare` makes them.
  'sqlite.StatementSync.prototype.close',
  'sqlite.StatementSync.prototype.columns',
  'sqlite.StatementSync.prototype.resetStats',
  'sqlite.StatementSync.prototype.setAllowBareNamedParameters',
  'sqlite.StatementSync.prototype.setAllowUnknownNamedParameters',
  'sqlite.StatementSync.prototype.setReadBigInts',
  'sqlite.StatementSync.prototype.setReturnArrays',
  'sqlite.StatementSync.prototype.stat',
]);

/** Twins by name that are none: another result (FileHandle, iterator, {stdout, stderr}, counts), or not error-first. */
const differentResult: ReadonlySet<string> = new Set([
  'child_process.execFileSync',
  'child_process.execSync',
  'fs.readSync',
  'fs.readvSync',
  'fs.writeSync',
  'fs.writevSync',
]);
const noTwin: ReadonlySet<string> = new Set([
  'child_process.spawnSync', // spawn() returns a child, not a result.
  'fs.Utf8Stream.prototype.flushSync',
  'fs.existsSync', // fs.exists is deprecated and not error-first; fs.promises.access rejects instead of answering.
  'fs.globSync', // fs.promises.glob returns an iterator.
  'fs.mkdtempDisposableSync',
  'fs.openAsBlobSync',
  'zlib.ZipEntry.createSync',
  'zlib.ZipFile.openSync',
  'zlib.createZipArchiveSync',
]);
/** fs.promises.open resolves to a FileHandle; the callback form gives the descriptor that openSync returns. */
const callbackOnly: ReadonlySet<string> = new Set(['fs.openSync']);

const readsOnly =
  /^(?:access|exists|fstat|glob|lstat|open|openAsBlob|opendir|read|readFile|readdir|readlink|readv|realpath|stat|statfs|Dir\.prototype\.read)Sync(?:\.native)?$/;
const takesDescriptor: ReadonlySet<string> = new Set(['appendFileSync', 'readFileSync', 'truncateSync', 'writeFileSync']);

/** Facts about builtin members that the generator cannot know. */
const reasons: Readonly<Record<string, string>> = {
  'child_process.execFileSync': 'stops the whole process until the child has ended',
  'child_process.execSync': 'stops the whole process until the child has ended',
  'child_process.spawnSync': 'stops the whole process until the child has ended',
  'crypto.generateKeyPairSync': 'searches for primes on the thread that serves all requests',
  'crypto.generatePrimeSync': 'searches for a prime on the thread that serves all requests',
  'crypto.argon2Sync': 'is slow on purpose, and runs on the thread that serves all requests',
  'crypto.pbkdf2Sync': 'is slow on purpose, and runs on the thread that serves all requests',
  'crypto.scryptSync': 'is slow on purpose, and runs on the thread that serves all requests',
  'fs.existsSync': 'waits for the disk; on a slow or remote one, every client waits with it',
};
/** One HMAC or two: microseconds (measured on Node 20 and 24). `--trace-sync-io` prints it all the same. */
const cheap: ReadonlySet<string> = new Set(['crypto.hkdfSync']);

function builtin(module: string): Table {
  const table: Record<string, Facts> = {};
  for (const [key, { since, until, promise, callback }] of Object.entries(generatedBlocking[module] ?? {})) {
    const id = `${module}.${key}`;
    if (notBlocking.has(id)) continue;
    const reason = reasons[id];
    const twin = builtinTwin(module, key, promise === true, callback === true);
    table[key] = {
      ...(reason !== undefined && { reason }),
      ...(twin && { twin }),
      ...(cheap.has(id) && { optIn: true }),
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
    };
  }
  return table;
}

function builtinTwin(module: string, key: string, promise: boolean, callback: boolean): AsyncTwin | undefined {
  const id = `${module}.${key}`;
  if (noTwin.has(id) || !(promise || callback)) return undefined;
  const names = key.replace(/\.native$/, '').replace(/Sync$/, '').split('.');
  const member = names[names.length - 1] ?? '';
  const onInstance = names.includes('prototype');
  const common: Pick<AsyncTwin, 'args' | 'refuseOptions' | 'refuseDescriptor' | 'mutates'> = {
    args: 'same',
    ...(/^l?statSync$/.test(key) && { refuseOptions: ['throwIfNoEntry'] }),
    ...(module === 'fs' && takesDescriptor.has(key) && { refuseDescriptor: true }),
    ...(module === 'fs' && !readsOnly.test(key) && { mutates: true }),
  };
  // Without a callback, the methods of fs.Dir return a promise.
  if (onInstance) return { kind: 'promise', module, path: names, access: [member], result: 'same', ...common };
  if (promise && !callbackOnly.has(id)) {
    return { kind: 'promise', module: `${module}/promises`, path: names, access: ['promises', ...names], result: 'same', ...common };
  }
  return { kind: 'callback', module, path: names, access: names, result: differentResult.has(id) ? 'differs' : 'same', ...common };
}

function fs(): Table {
  // lchmodSync exists on macOS only, so the generator leaves it out.
  return { ...builtin('fs'), lchmodSync: { twin: { kind: 'promise', module: 'fs/promises', path: ['lchmod'], access: ['promises', 'lchmod'], args: 'same', result: 'same', mutates: true } } };
}

// ---------------------------------------------------------------------------------------------------------------
// Packages

const slowOnPurpose = 'is slow on purpose, and runs on the thread that serves all requests';
const waitsForChild = 'stops the whole process until the child has ended';
const searchesPrimes = 'searches for primes on the thread that serves all requests';
const compresses = 'compresses or expands on the thread that serves all requests';
const compiles = 'compiles on the thread that serves all requests';

/** A promise-returning twin in the same module, taking the same arguments. */
function promiseTwin(module: string, path: readonly string[], more: Partial<AsyncTwin> = {}): AsyncTwin {
  return { kind: 'promise', module, path, access: path, args: 'same', result: 'same', ...more };
}

function callbackTwin(module: string, path: readonly string[], more: Partial<AsyncTwin> = {}): AsyncTwin {
  return { kind: 'callback', module, path, access: path, args: 'same', result: 'same', ...more };
}

/** `{ 'a.bSync': 'a.b' }` or `{ bSync: undefined }` (no twin) → a table. */
function withTwins(module: string, pairs: Readonly<Record<string, string | undefined>>, more: Partial<AsyncTwin> = {}, reason?: string): Table {
  const table: Record<string, Facts> = {};
  for (const [key, twin] of Object.entries(pairs)) {
    table[key] = {
      ...(reason !== undefined && { reason }),
      ...(twin !== undefined && { twin: promiseTwin(module, twin === '' ? [] : twin.split('.'), more) }),
    };
  }
  return table;
}

/** The functions fs-extra adds to fs (11.4; each twin was called and returned a promise on Node 20 and 24). */
const fsExtraReads = ['pathExists', 'readJson', 'readJSON'];
const fsExtraWrites = [
  'copy', 'createFile', 'createLink', 'createSymlink', 'emptyDir', 'emptydir', 'ensureDir', 'ensureFile', 'ensureLink',
  'ensureSymlink', 'mkdirp', 'mkdirs', 'move', 'outputFile', 'outputJSON', 'outputJson', 'remove', 'writeJSON', 'writeJson',
];

function fsExtraOwn(module: string): Table {
  const pairs = (names: readonly string[]) => Object.fromEntries(names.map((name) => [`${name}Sync`, name]));
  return { ...withTwins(module, pairs(fsExtraReads)), ...withTwins(module, pairs(fsExtraWrites), { mutates: true }) };
}

/** fs-extra ≥ 3: all of fs, promise-returning under the plain name, plus its own. `exists` resolves to a boolean. */
function fsExtra(): Table {
  const table: Record<string, Facts> = {};
  for (const [key, facts] of Object.entries(fs())) {
    const { twin, ...rest } = facts;
    const own = key === 'existsSync' ? promiseTwin('fs-extra', ['exists']) : undefined;
    // Only what fs itself has a promise for: fs-extra's read and write resolve to objects.
    const mapped = twin?.kind === 'promise' && !key.includes('.') ? { ...twin, module: 'fs-extra', access: twin.path } : undefined;
    const found = own ?? mapped;
    table[key] = { ...rest, ...(found && { twin: found }) };
  }
  return { ...table, ...fsExtraOwn('fs-extra') };
}

/** bcrypt 6, bcryptjs 3, @node-rs/bcrypt 2. Without a callback the twin returns a promise. */
function bcrypt(module: string, more: Partial<AsyncTwin> = {}): Table {
  return {
    hashSync: { reason: slowOnPurpose, twin: promiseTwin(module, ['hash'], { minArguments: 2, ...more }) },
    compareSync: { reason: slowOnPurpose, twin: promiseTwin(module, ['compare'], { minArguments: 2, ...more }) },
    // The salt alone is sixteen random bytes.
    genSaltSync: { twin: promiseTwin(module, ['genSalt'], more) },
  };
}

/**
 * mz 2.7 copies fs, and returns promises from the functions that it lists (each was called). `exists` resolves to a
 * boolean; `read` and `write` resolve to arrays, so they are no twins.
 */
const mzPromises: ReadonlySet<string> = new Set([
  'access', 'appendFile', 'chmod', 'chown', 'close', 'copyFile', 'exists', 'fchmod', 'fchown', 'fdatasync', 'fstat', 'fsync', 'ftruncate', 'futimes',
  'lchown', 'link', 'lstat', 'mkdir', 'mkdtemp', 'open', 'readFile', 'readdir', 'readlink', 'realpath', 'rename', 'rmdir', 'stat', 'symlink', 'truncate',
  'unlink', 'utimes', 'writeFile',
]);

function mzFs(): Table {
  const table: Record<string, Facts> = {};
  for (const [key, { twin, ...rest }] of Object.entries(fs())) {
    const name = key.replace(/Sync$/, '');
    const { refuseOptions, refuseDescriptor, mutates } = twin ?? {};
    const more = { ...(refuseOptions && { refuseOptions }), ...(refuseDescriptor && { refuseDescriptor }), ...(mutates && { mutates }) };
    table[key] = { ...rest, ...(mzPromises.has(name) && { twin: promiseTwin('mz/fs', [name], more) }) };
  }
  return table;
}

/** `conf`, `configstore`, …: every call reads the file again, or writes it. `module.exports` is the class. */
function storeClass(methods: readonly string[]): Table {
  const reads = 'reads its file';
  return {
    '': { reason: reads },
    ...Object.fromEntries(methods.map((method) => [`prototype.${method}`, { reason: /^(?:get|has)/.test(method) ? reads : 'writes its file' }])),
  };
}

const sqliteReason = 'runs the query on the thread that serves all requests';

/** better-sqlite3 12: synchronous by design, so only for who asks. `module.exports` is the class. */
function betterSqlite3(): Table {
  const table: Record<string, Facts> = { '': { name: 'better-sqlite3', optIn: true, reason: 'opens the database on the thread that serves all requests' } };
  for (const method of ['exec', 'pragma', 'prepare', 'serialize', 'loadExtension']) table[`prototype.${method}`] = { name: `Database.${method}`, optIn: true, reason: sqliteReason };
  for (const method of ['run', 'get', 'all', 'iterate']) table[`Statement.prototype.${method}`] = { optIn: true, reason: sqliteReason };
  return table;
}

/** The functions that start with the name of a file do the same on bytes. Measured: 40–60 ms for 1000 rows of ten cells. */
function workbook(): Table {
  return list(['read', 'readFile', 'readFileSync', 'write', 'writeXLSX', 'writeFile', 'writeFileSync', 'writeFileXLSX'], { reason: 'reads or writes the whole workbook on the thread that serves all requests' });
}

function nobleHashes(module: string, names: readonly string[]): Table {
  return withTwins(module, Object.fromEntries(names.map((name) => [name, `${name}Async`])), { onThread: true }, slowOnPurpose);
}

const list = (names: readonly string[], facts: Facts = {}): Table => Object.fromEntries(names.map((name) => [name, facts]));

const tables: Tables<Facts> = new Map<string, () => Table>([
  // `Atomics.wait` ends when another thread says so, or after its timeout.
  ['', () => ({ 'Atomics.wait': { reason: 'puts the thread that serves all requests to sleep' } })],
  ['child_process', () => builtin('child_process')],
  [
    'crypto',
    () => {
      const prime: Facts = { reason: 'searches for a prime on the thread that serves all requests', when: [{ kind: 'argument', index: 0, is: 'number' }] };
      const group: Facts = { reason: 'computes on the thread that serves all requests' };
      return {
        ...builtin('crypto'),
        // Measured: 23–118 ms for 512 bits, 3 s for 1024. With a ready prime it is free.
        createDiffieHellman: prime,
        DiffieHellman: prime,
        // Measured: 7–9 ms with the largest group.
        'DiffieHellman.prototype.generateKeys': group,
        'DiffieHellmanGroup.prototype.generateKeys': group,
      };
    },
  ],
  ['fs', fs],
  ['process', () => ({ loadEnvFile: { reason: 'reads a file', since: 20 } })],
  ['sqlite', () => Object.fromEntries(Object.entries(builtin('sqlite')).map(([key, facts]) => [key, { ...facts, reason: sqliteReason }]))],
  ['v8', () => list(['getHeapSnapshot', 'writeHeapSnapshot'], { reason: 'walks the whole heap with the thread stopped' })], // Measured: 90–400 ms.
  ['zlib', () => builtin('zlib')],

  ['fs-extra', fsExtra],
  ['fs-extra/esm', () => fsExtraOwn('fs-extra/esm')],
  // graceful-fs 4.2: `promises` is Node's own object (measured on Node 20 and 24).
  ['graceful-fs', fs],
  ['mz/fs', mzFs],
  [
    // fs-jetpack 5: the plain name blocks, `…Async` returns a promise.
    'fs-jetpack',
    () => ({
      ...withTwins('fs-jetpack', { exists: 'existsAsync', find: 'findAsync', inspect: 'inspectAsync', inspectTree: 'inspectTreeAsync', list: 'listAsync', read: 'readAsync' }),
      ...withTwins(
        'fs-jetpack',
        { append: 'appendAsync', copy: 'copyAsync', dir: 'dirAsync', file: 'fileAsync', move: 'moveAsync', remove: 'removeAsync', rename: 'renameAsync', symlink: 'symlinkAsync', tmpDir: 'tmpDirAsync', write: 'writeAsync' },
        { mutates: true },
      ),
    }),
  ],
  ['jsonfile', () => ({ ...withTwins('jsonfile', { readFileSync: 'readFile' }), ...withTwins('jsonfile', { writeFileSync: 'writeFile' }, { mutates: true }) })],
  ['write-file-atomic', () => withTwins('write-file-atomic', { sync: '' }, { mutates: true })],
  // `.sync` on the function up to 6 (load-json-file) and 4 (write-json-file), named exports since.
  ['load-json-file', () => withTwins('load-json-file', { sync: '', loadJsonFileSync: 'loadJsonFile' })],
  ['write-json-file', () => withTwins('write-json-file', { sync: '', writeJsonFileSync: 'writeJsonFile' }, { mutates: true })],
  ['klaw-sync', () => ({ '': { name: 'klawSync', reason: 'walks a directory tree' } })],
  ['walk-sync', () => ({ '': { name: 'walkSync', reason: 'walks a directory tree' }, entries: { reason: 'walks a directory tree' } })],
  ['path-exists', () => withTwins('path-exists', { sync: '', pathExistsSync: 'pathExists' })],
  ['locate-path', () => withTwins('locate-path', { sync: '', locatePathSync: 'locatePath' })],
  ['find-up', () => withTwins('find-up', { sync: '', 'sync.exists': 'exists', findUpSync: 'findUp', findDownSync: 'findDown', findUpMultipleSync: 'findUpMultiple' })],
  ['pkg-dir', () => withTwins('pkg-dir', { sync: '', packageDirectorySync: 'packageDirectory' })],
  ['pkg-up', () => withTwins('pkg-up', { sync: '', pkgUpSync: 'pkgUp' })],
  ['read-pkg', () => withTwins('read-pkg', { sync: '', readPackageSync: 'readPackage' })],
  ['read-pkg-up', () => withTwins('read-pkg-up', { sync: '', readPackageUpSync: 'readPackageUp' })],
  ['read-package-up', () => withTwins('read-package-up', { readPackageUpSync: 'readPackageUp' })],
  ['make-dir', () => withTwins('make-dir', { sync: '', makeDirectorySync: 'makeDirectory' }, { mutates: true })],
  ['move-file', () => withTwins('move-file', { sync: '', moveFileSync: 'moveFile', renameFileSync: 'renameFile' }, { mutates: true })],
  ['del', () => withTwins('del', { sync: '', deleteSync: 'deleteAsync' }, { mutates: true })],
  // `.sync` alone does not tell whether the function takes a callback (mkdirp 0.5, rimraf 3, glob 7, which 1) or returns a promise.
  ['mkdirp', () => withTwins('mkdirp', { sync: undefined, 'mkdirp.sync': 'mkdirp', mkdirpSync: 'mkdirp', manualSync: undefined, nativeSync: undefined }, { mutates: true })],
  ['rimraf', () => withTwins('rimraf', { sync: undefined, 'rimraf.sync': 'rimraf', rimrafSync: 'rimraf', manualSync: undefined, nativeSync: undefined, windowsSync: undefined, posixSync: undefined, moveRemoveSync: undefined }, { mutates: true })],
  ['touch', () => list(['sync', 'touchSync', 'ftouchSync'])],
  ['glob', () => withTwins('glob', { sync: undefined, 'glob.sync': undefined, globSync: 'glob', GlobSync: undefined, globIterateSync: undefined, 'Glob.prototype.walkSync': undefined })],
  ['globby', () => withTwins('globby', { sync: '', globbySync: 'globby', isGitIgnoredSync: 'isGitIgnored', generateGlobTasksSync: 'generateGlobTasks' })],
  ['fast-glob', () => withTwins('fast-glob', { sync: '', globSync: 'glob' })],
  ['tinyglobby', () => withTwins('tinyglobby', { globSync: 'glob' })],
  ['tiny-glob/sync', () => ({ '': { name: 'tiny-glob/sync', twin: { kind: 'promise', module: 'tiny-glob', path: [], args: 'same', result: 'same' } } })],
  // `directory` makes the folder; `file` only thinks of a name.
  ['tempy', () => withTwins('tempy', { writeSync: 'write', temporaryWriteSync: 'temporaryWrite', directory: undefined, temporaryDirectory: undefined }, { mutates: true })],
  ['temp-write', () => withTwins('temp-write', { sync: '' }, { mutates: true })],
  // tmp 0.2: the callbacks get several values.
  ['tmp', () => list(['dirSync', 'fileSync', 'tmpNameSync'])],
  // tmp-promise 3: the promises resolve to objects with another cleanup.
  ['tmp-promise', () => list(['dirSync', 'fileSync', 'tmpNameSync'])],
  ['temp', () => ({ mkdirSync: { twin: callbackTwin('temp', ['mkdir'], { mutates: true }) }, openSync: { twin: callbackTwin('temp', ['open'], { mutates: true }) }, cleanupSync: {} })],
  // proper-lockfile 4: the release function of `lock` is asynchronous, that of `lockSync` is not.
  ['proper-lockfile', () => ({ lockSync: { reason: 'touches the disk' }, ...withTwins('proper-lockfile', { unlockSync: 'unlock', checkSync: 'check' }, { mutates: true }) })],
  ['lockfile', () => list(['lockSync', 'unlockSync', 'checkSync'])],
  ['hasha', () => ({ ...withTwins('hasha', { fromFileSync: 'fromFile', hashFileSync: 'hashFile' }, {}, 'reads and hashes the whole file') })],
  ['md5-file', () => ({ sync: { reason: 'reads and hashes the whole file' } })],
  // read-chunk 3: `.sync(path, start, length)`, 5: `readChunkSync(path, options)`.
  ['read-chunk', () => withTwins('read-chunk', { sync: '', readChunkSync: 'readChunk' })],
  // isbinaryfile 3 and 5: bytes are looked at at once.
  [
    'isbinaryfile',
    () => {
      const when: readonly CallCondition[] = [{ kind: 'argument', index: 0, is: 'string' }];
      return { sync: { when }, isBinaryFileSync: { when, twin: promiseTwin('isbinaryfile', ['isBinaryFile']) } };
    },
  ],
  ['read-yaml-file', () => withTwins('read-yaml-file', { sync: '' })],
  ['write-yaml-file', () => withTwins('write-yaml-file', { sync: '' }, { mutates: true })],
  ['readjson', () => withTwins('readjson', { sync: '' })],
  ['writejson', () => withTwins('writejson', { sync: '' }, { mutates: true })],
  // yamljs 0.3: the callback is no error-first one.
  ['yamljs', () => list(['load', 'parseFile'], { reason: 'reads the file', when: [{ kind: 'no-callback' }] })],
  // replace-in-file 5: `.sync` on the function, 8: named exports.
  ['replace-in-file', () => withTwins('replace-in-file', { sync: '', replaceInFileSync: 'replaceInFile' }, { mutates: true })],
  ['find-remove', () => ({ '': { name: 'findRemoveSync', reason: 'walks a directory tree and removes files' } })],
  ['directory-tree', () => ({ '': { name: 'directoryTree', reason: 'walks a directory tree' } })],
  ['fs-readdir-recursive', () => ({ '': { name: 'readdirRecursive', reason: 'walks a directory tree' } })],
  // walkdir 0.4: `async` gives the same paths, in the order in which the disk answers.
  ['walkdir', () => ({ '': { when: [{ kind: 'option', name: 'sync' }], reason: 'walks a directory tree' }, sync: { reason: 'walks a directory tree' } })],
  ['copy-dir', () => list(['sync'])],
  // cp-file 11: the promise resolves to an array.
  ['cp-file', () => list(['copyFileSync'])],
  ['cpx', () => list(['copySync'])],
  ['delete-empty', () => list(['sync'])],
  ['get-installed-path', () => withTwins('get-installed-path', { getInstalledPathSync: 'getInstalledPath' })],
  // import-fresh 3 forgets the module first, so that no call after the first is cheaper.
  ['import-fresh', () => ({ '': { name: 'importFresh', reason: 'reads and compiles the file again, at every call' } })],
  // swagger-jsdoc 6.
  ['swagger-jsdoc', () => ({ '': { name: 'swaggerJsdoc', reason: 'reads all the files that it is told to look into' } })],

  // Stores of one file. conf 15 and configstore 8 read it for `get` too; `reset` of conf only when there are defaults.
  ['conf', () => storeClass(['clear', 'delete', 'get', 'has', 'reset', 'set'])],
  ['configstore', () => storeClass(['clear', 'delete', 'get', 'has', 'set'])],
  // simple-json-db 2 reads once.
  ['simple-json-db', () => storeClass(['delete', 'deleteAll', 'set', 'sync'])],
  [
    // node-localstorage 3. `key` and `length` are answered from memory.
    'node-localstorage',
    () =>
      Object.fromEntries(
        ['LocalStorage', 'JSONStorage'].flatMap((name) => [
          [name, { reason: 'reads its directory' }],
          ...['clear', 'getItem', 'removeItem', 'setItem'].map((method) => [`${name}.prototype.${method}`, { reason: 'touches the disk' }] as const),
        ]),
      ),
  ],
  // node-persist 0.0.11. `getItemSync` is answered from memory; in version 4 only `initSync` is left.
  ['node-persist', () => list(['initSync', 'setItemSync', 'removeItemSync', 'clearSync', 'persistSync', 'persistKeySync'])],
  // nconf 0.13: with stores that are files.
  ['nconf', () => list(['load', 'save', 'loadFilesSync', 'Provider.prototype.load', 'Provider.prototype.save'], { reason: 'reads or writes the files of its stores', when: [{ kind: 'no-callback' }] })],
  // lowdb 7. `LowSync` can be given another adapter; MemorySync is for tests.
  ['lowdb', () => list(['LowSync.prototype.read', 'LowSync.prototype.write', 'LowSync.prototype.update'], { reason: 'reads or writes the whole database' })],
  ['lowdb/node', () => ({ JSONFileSyncPreset: { reason: 'reads the whole database' } })],
  // node-id3 0.2: bytes, in place of a path, are worked on at once.
  [
    'node-id3',
    () => {
      const facts = (index: number): Facts => ({ reason: 'reads or writes the whole file', when: [{ kind: 'argument', index, is: 'string' }, { kind: 'no-callback' }] });
      return { read: { ...facts(0), twin: promiseTwin('node-id3', ['Promise', 'read']) }, removeTags: facts(0), update: facts(1), write: facts(1) };
    },
  ],
  ['@grpc/proto-loader', () => withTwins('@grpc/proto-loader', { loadSync: 'load' })],
  [
    'protobufjs',
    () => ({
      ...withTwins('protobufjs', { loadSync: 'load' }),
      'Root.prototype.loadSync': { twin: promiseTwin('protobufjs', ['Root', 'prototype', 'load'], { access: ['load'] }) },
    }),
  ],
  ['@graphql-tools/load-files', () => withTwins('@graphql-tools/load-files', { loadFilesSync: 'loadFiles' })],
  // opentype.js 0.11 (version 2 has none) and fontkit 2.
  ['opentype.js', () => ({ loadSync: { reason: 'reads and parses the font' } })],
  ['text-to-svg', () => ({ loadSync: { reason: 'reads and parses the font' } })],
  ['fontkit', () => ({ openSync: { reason: 'reads and parses the font' } })],
  // geoip-lite 1.4. Measured: 170 ms. `lookup` works in memory.
  ['geoip-lite', () => ({ reloadDataSync: { reason: 'reads the whole database' } })],
  ['xlsx', workbook],
  // xlsx-js-style 1.2, a copy of it.
  ['xlsx-js-style', workbook],
  // pngjs 7. Measured: 50 and 120 ms for a megapixel.
  ['pngjs', () => list(['PNG.sync.read', 'PNG.sync.write'], { reason: 'works through all pixels on the thread that serves all requests' })],
  // jpeg-js 0.4. Measured: 210 and 270 ms for a megapixel.
  ['jpeg-js', () => list(['decode', 'encode'], { reason: 'works through all pixels on the thread that serves all requests' })],
  // pako 0.2. Measured: 70–220 ms for 2 MB, as long as zlib's own.
  ['pako', () => list(['deflate', 'deflateRaw', 'gzip', 'inflate', 'inflateRaw', 'ungzip'], { reason: compresses })],
  [
    // fflate 0.3. Measured: 110–170 ms for 2 MB. `unzip` and the rest of the asynchronous ones were not called.
    'fflate',
    () => ({
      ...list(['compressSync', 'decompressSync', 'inflateSync', 'unzipSync', 'unzlibSync', 'zipSync'], { reason: compresses }),
      ...Object.fromEntries(['deflate', 'gunzip', 'gzip', 'zlib'].map((name) => [`${name}Sync`, { reason: compresses, twin: callbackTwin('fflate', [name]) }])),
    }),
  ],
  [
    // adm-zip 0.6: only `…Async` and `…Promise` leave the thread.
    'adm-zip',
    () => ({
      '': { name: 'AdmZip', reason: 'reads the whole archive', when: [{ kind: 'argument', index: 0, is: 'string' }] },
      'prototype.addLocalFile': {},
      'prototype.addLocalFolder': {},
      'prototype.extractAllTo': {},
      'prototype.extractEntryTo': {},
      'prototype.writeZip': { when: [{ kind: 'no-callback' }] },
    }),
  ],
  // image-size 1: with a path and no callback. Version 2 takes bytes only.
  ['image-size', () => list(['', 'imageSize'], { reason: 'reads the file', when: [{ kind: 'argument', index: 0, is: 'string' }, { kind: 'no-callback' }] })],
  // pug 3: no asynchronous form.
  ['pug', () => list(['renderFile', 'compileFile', 'compileFileClient'], { reason: 'reads and compiles the template' })],
  ['jade', () => list(['renderFile', 'compileFile', 'compileFileClient'], { reason: 'reads and compiles the template' })],
  [
    // sass 1. What is asynchronous stays on the same thread.
    'sass',
    () => ({ ...withTwins('sass', { compile: 'compileAsync', compileString: 'compileStringAsync' }, { onThread: true }, compiles), renderSync: { reason: compiles } }),
  ],
  ['terser', () => withTwins('terser', { minify_sync: 'minify' }, { onThread: true }, compiles)],
  ['esbuild', () => ({ ...withTwins('esbuild', { transformSync: 'transform' }, {}, compiles), ...withTwins('esbuild', { buildSync: 'build' }, { mutates: true }, compiles) })],
  // @babel/core 7.
  ['@babel/core', () => withTwins('@babel/core', { parseSync: 'parseAsync', transformSync: 'transformAsync', transformFileSync: 'transformFileAsync', transformFromAstSync: 'transformFromAstAsync' }, { onThread: true }, compiles)],
  ['@swc/core', () => withTwins('@swc/core', { minifySync: 'minify', parseSync: 'parse', transformSync: 'transform', transformFileSync: 'transformFile' }, {}, compiles)],
  ['tar', () => list(['c', 'create', 'extract', 'list', 'r', 'replace', 't', 'u', 'update', 'x'], { when: [{ kind: 'option', name: 'sync' }] })],

  ['execa', () => withTwins('execa', { sync: '', execaSync: 'execa', commandSync: 'command', execaCommandSync: 'execaCommand', '$.sync': undefined }, { mutates: true }, waitsForChild)],
  ['cross-spawn', () => ({ sync: { reason: waitsForChild } })],
  [
    // shelljs 0.10: everything blocks; `exec` unless told to be asynchronous or given a callback.
    'shelljs',
    () => ({
      exec: { reason: waitsForChild, when: [{ kind: 'no-option', name: 'async' }, { kind: 'no-callback' }] },
      cmd: { reason: waitsForChild },
      ...list(['cat', 'chmod', 'cp', 'find', 'grep', 'head', 'ln', 'ls', 'mkdir', 'mv', 'rm', 'sed', 'sort', 'tail', 'test', 'touch', 'uniq', 'which']),
    }),
  ],
  // command-exists 1.2: the promise rejects, where this answers false.
  ['command-exists', () => ({ sync: { reason: waitsForChild } })],
  ['mz/child_process', () => list(['execFileSync', 'execSync', 'spawnSync'], { reason: waitsForChild })],
  ['node-cmd', () => ({ runSync: { reason: waitsForChild } })],
  ['npm-run', () => list(['execSync', 'spawnSync', 'sync'], { reason: waitsForChild })],
  ['spawn-sync', () => ({ '': { name: 'spawnSync', reason: waitsForChild } })],
  ['sync-exec', () => ({ '': { name: 'syncExec', reason: waitsForChild } })],
  ['tinyexec', () => list(['execSync', 'xSync'], { reason: waitsForChild })],
  ['zx', () => ({ '$.sync': { reason: waitsForChild } })],
  ['which', () => list(['sync'])],
  ['resolve', () => ({ sync: { twin: callbackTwin('resolve', []) } })],
  ['node-machine-id', () => withTwins('node-machine-id', { machineIdSync: 'machineId' }, {}, waitsForChild)],
  ['sync-request', () => ({ '': { name: 'sync-request', reason: 'stops the whole process until the answer is there' } })],
  ['sync-fetch', () => ({ '': { name: 'sync-fetch', reason: 'stops the whole process until the answer is there' } })],
  ['deasync', () => list(['sleep', 'loopWhile', 'runLoopOnce'], { reason: 'holds the caller until something else has happened' })],

  ['bcrypt', () => bcrypt('bcrypt')],
  // Its twin runs on the same thread, in slices of about 100 ms (measured).
  ['bcryptjs', () => bcrypt('bcryptjs', { onThread: true })],
  ['@node-rs/bcrypt', () => ({ ...bcrypt('@node-rs/bcrypt', { minArguments: 1 }), verifySync: { reason: slowOnPurpose, twin: promiseTwin('@node-rs/bcrypt', ['verify']) } })],
  ['bcrypt-nodejs', () => ({ hashSync: { reason: slowOnPurpose }, genSaltSync: {}, compareSync: { reason: slowOnPurpose } })],
  ['bcrypt-node', () => ({ hashSync: { reason: slowOnPurpose }, genSaltSync: {}, compareSync: { reason: slowOnPurpose } })],
  ['bcrypt-ts', () => withTwins('bcrypt-ts', { hashSync: 'hash', compareSync: 'compare' }, { minArguments: 2, onThread: true }, slowOnPurpose)],
  ['@node-rs/argon2', () => withTwins('@node-rs/argon2', { hashSync: 'hash', hashRawSync: 'hashRaw', verifySync: 'verify' }, {}, slowOnPurpose)],
  ['pbkdf2', () => ({ pbkdf2Sync: { reason: slowOnPurpose, twin: callbackTwin('pbkdf2', ['pbkdf2']) } })],
  ['scryptsy', () => ({ '': { reason: slowOnPurpose, twin: promiseTwin('scryptsy', ['async'], { onThread: true }) } })],
  // @noble/hashes 1.3 and 1.8 (without `.js` too) and 2.4 (only with it).
  ...['', '.js'].flatMap((extension): [string, () => Table][] => [
    [`@noble/hashes/argon2${extension}`, () => nobleHashes(`@noble/hashes/argon2${extension}`, ['argon2d', 'argon2i', 'argon2id'])],
    [`@noble/hashes/pbkdf2${extension}`, () => nobleHashes(`@noble/hashes/pbkdf2${extension}`, ['pbkdf2'])],
    [`@noble/hashes/scrypt${extension}`, () => nobleHashes(`@noble/hashes/scrypt${extension}`, ['scrypt'])],
  ]),
  ['sodium-native', () => list(['crypto_pwhash', 'crypto_pwhash_str', 'crypto_pwhash_str_verify'], { reason: slowOnPurpose })],
  // cryptr 6: 100,000 iterations of PBKDF2 at every call, 50 ms (measured).
  ['cryptr', () => list(['prototype.decrypt', 'prototype.encrypt'], { reason: slowOnPurpose })],
  // sjcl 1.0. Measured: 30 ms for 10,000 iterations. `encrypt` and `decrypt` keep what they derive from a password.
  ['sjcl', () => ({ 'misc.pbkdf2': { reason: slowOnPurpose } })],
  // bip39 3. Measured: 10–50 ms.
  ['bip39', () => withTwins('bip39', { mnemonicToSeedSync: 'mnemonicToSeed' }, { onThread: true }, slowOnPurpose)],
  [
    // ethers 6. Measured: 600 ms for a wallet. `encrypt` draws another salt, so its result cannot be compared.
    'ethers',
    () =>
      Object.assign(
        {},
        ...['', 'ethers.'].map((prefix) => ({
          ...withTwins(
            'ethers',
            {
              [`${prefix}scryptSync`]: `${prefix}scrypt`,
              [`${prefix}decryptKeystoreJsonSync`]: `${prefix}decryptKeystoreJson`,
              [`${prefix}encryptKeystoreJsonSync`]: undefined,
              [`${prefix}Wallet.fromEncryptedJsonSync`]: undefined,
            },
            { onThread: true },
            slowOnPurpose,
          ),
          [`${prefix}Wallet.prototype.encryptSync`]: { reason: slowOnPurpose },
        })),
      ) as Table,
  ],
  ['scrypt-js', () => withTwins('scrypt-js', { syncScrypt: 'scrypt' }, { onThread: true }, slowOnPurpose)],

  // crypto-js 4.2: 2.8 s with its default of 250,000 iterations (measured).
  ['crypto-js', () => ({ PBKDF2: { name: 'CryptoJS.PBKDF2', reason: slowOnPurpose } })],
  ['crypto-js/pbkdf2', () => ({ '': { name: 'CryptoJS.PBKDF2', reason: slowOnPurpose } })],
  [
    'node-forge',
    () => ({
      ...list(['pki.rsa.generateKeyPair', 'rsa.generateKeyPair'], { reason: searchesPrimes, when: [{ kind: 'no-callback' }] }),
      ...list(['pbkdf2', 'pkcs5.pbkdf2'], { reason: slowOnPurpose, when: [{ kind: 'no-callback' }] }),
    }),
  ],
  // Measured: 940 ms for 2048 bits.
  ['keypair', () => ({ '': { reason: searchesPrimes } })],
  [
    // node-rsa 2: `{ b: 2048 }` makes a key pair at once. Measured: 140–200 ms.
    'node-rsa',
    () => {
      const made: Facts = { name: 'NodeRSA', reason: searchesPrimes, when: [{ kind: 'option', name: 'b' }] };
      return { '': made, NodeRSA: made, ...list(['prototype.generateKeyPair', 'NodeRSA.prototype.generateKeyPair'], { name: 'NodeRSA.generateKeyPair', reason: searchesPrimes }) };
    },
  ],
  ['atomic-sleep', () => ({ '': { name: 'sleep', reason: 'puts the thread that serves all requests to sleep' } })],
  ['sleep', () => list(['sleep', 'usleep', 'msleep'], { reason: 'puts the thread that serves all requests to sleep' })],

  ['better-sqlite3', betterSqlite3],
]);

/** What people call the import, where it is not the module's name. */
const bindingNames = new Map<string, string>([
  ['fs-extra', 'fs'],
  ['fs-extra/esm', 'fs'],
  ['graceful-fs', 'fs'],
  ['mz/fs', 'fs'],
  ['mz/child_process', 'child_process'],
  ['fs-jetpack', 'jetpack'],
  ['cross-spawn', 'spawn'],
  ['shelljs', 'shell'],
  ['xlsx', 'XLSX'],
  ['adm-zip', 'AdmZip'],
  ['image-size', 'imageSize'],
  ['proper-lockfile', 'lockfile'],
  ['fast-glob', 'fg'],
  ['write-file-atomic', 'writeFileAtomic'],
  ['load-json-file', 'loadJsonFile'],
  ['write-json-file', 'writeJsonFile'],
  ['find-up', 'findUp'],
  ['path-exists', 'pathExists'],
  ['locate-path', 'locatePath'],
  ['pkg-up', 'pkgUp'],
  ['read-pkg', 'readPkg'],
  ['read-pkg-up', 'readPkgUp'],
  ['make-dir', 'makeDir'],
  ['move-file', 'moveFile'],
  ['md5-file', 'md5File'],
  ['node-forge', 'forge'],
  ['temp-write', 'tempWrite'],
  ['@node-rs/bcrypt', 'bcrypt'],
  ['@node-rs/argon2', 'argon2'],
  ['read-chunk', 'readChunk'],
  ['command-exists', 'commandExists'],
  ['read-yaml-file', 'readYamlFile'],
  ['write-yaml-file', 'writeYamlFile'],
  ['yamljs', 'YAML'],
  ['replace-in-file', 'replaceInFile'],
  ['pkg-dir', 'pkgDir'],
  ['copy-dir', 'copyDir'],
  ['delete-empty', 'deleteEmpty'],
  ['conf', 'Conf'],
  ['configstore', 'Configstore'],
  ['simple-json-db', 'JSONdb'],
  ['node-id3', 'NodeID3'],
  ['node-persist', 'storage'],
  ['@grpc/proto-loader', 'protoLoader'],
  ['protobufjs', 'protobuf'],
  ['opentype.js', 'opentype'],
  ['text-to-svg', 'TextToSVG'],
  ['geoip-lite', 'geoip'],
  ['xlsx-js-style', 'XLSX'],
  ['jpeg-js', 'jpeg'],
  ['@babel/core', 'babel'],
  ['@swc/core', 'swc'],
  ['node-cmd', 'cmd'],
  ['npm-run', 'npmRun'],
  ['sodium-native', 'sodium'],
  ['cryptr', 'Cryptr'],
]);

/** Modules whose functions are imported by name, so that the module's name in front would read oddly. */
const namedImports: ReadonlySet<string> = new Set([
  'del', 'execa', 'find-up', 'glob', 'globby', 'load-json-file', 'locate-path', 'make-dir', 'mkdirp', 'move-file',
  'node-machine-id', 'path-exists', 'pkg-up', 'read-package-up', 'read-pkg', 'read-pkg-up', 'rimraf', 'scrypt-js', 'tempy',
  'tinyglobby', 'write-json-file', 'image-size', '@graphql-tools/load-files', 'bip39', 'cp-file', 'ethers', 'get-installed-path', 'isbinaryfile', 'lowdb/node',
  'pkg-dir', 'pngjs', 'read-chunk', 'replace-in-file', 'tinyexec', 'zx', ...['argon2', 'pbkdf2', 'scrypt'].flatMap((name) => [`@noble/hashes/${name}`, `@noble/hashes/${name}.js`]),
]);

/** The blocking call behind an import path, or undefined. A class stands for its construction. */
export const blockingCall: (module: string, path: readonly string[]) => BlockingCall | undefined = lookup(
  tables,
  (facts, module, key) => ({ ...facts, module, name: facts.name ?? spell(module, key) }),
);

/** Whether the module has any blocking call. Cheap: for leaving early. */
export function hasBlockingCalls(module: string): boolean {
  return mayHave(tables, module);
}
