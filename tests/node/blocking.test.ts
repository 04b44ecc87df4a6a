import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generatedBlocking, nodeMajors } from '../../src/node/blocking.generated.js';
import { blockingCall, hasBlockingCalls, type BlockingCall } from '../../src/node/blocking.js';
import { collect, collectAll, majors, render, target } from './generate-blocking.mjs';

const load = createRequire(import.meta.url);

function at(module: string, dotted: string): BlockingCall | undefined {
  return blockingCall(module, dotted === '' ? [] : dotted.split('.'));
}

describe('the generated table', () => {
  const major = Number(process.versions.node.split('.')[0]);

  it('covers the majors the generator asks', () => {
    expect([...nodeMajors]).toEqual(majors);
  });

  it.runIf(nodeMajors.some((known) => known === major))('is what the running Node says', () => {
    const here: Record<string, string[]> = {};
    for (const [module, members] of Object.entries(generatedBlocking)) {
      const found = Object.entries(members).filter(([, { since = 0, until = Infinity }]) => since <= major && major <= until);
      if (found.length > 0) here[module] = found.map(([member]) => member).sort();
    }
    const reported = Object.entries(collect());
    expect(Object.fromEntries(reported.map(([module, members]) => [module, Object.keys(members).sort()]))).toEqual(here);
  });

  // Asks every Node in the list, which needs the registry: NODES=1 compares, UPDATE=1 writes.
  it.runIf(process.env.NODES ?? process.env.UPDATE)('is what every Node says', { timeout: 120_000 }, () => {
    const text = render(collectAll());
    if (process.env.UPDATE) writeFileSync(target, text);
    expect(readFileSync(target, 'utf8')).toBe(text);
  });

  it('is written from what each Node reports: since, until, and twins that all of them have', () => {
    const text = render({
      20: { fs: { goneSync: {}, oldSync: { promise: true, callback: true } } },
      22: { fs: { oldSync: { callback: true } } },
      24: { fs: { oldSync: { promise: true, callback: true }, 'New.prototype.newSync': {} } },
      26: { fs: { oldSync: { promise: true, callback: true }, 'New.prototype.newSync': {} } },
    });
    expect(text).toContain('goneSync: { until: 20 },');
    expect(text).toContain('oldSync: { callback: true },');
    expect(text).toContain("'New.prototype.newSync': { since: 24 },");
  });
});

describe('blockingCall', () => {
  it.each([
    ['fs', 'readFileSync', 'fs.readFileSync'],
    ['node:fs', 'readFileSync', 'fs.readFileSync'],
    ['fs', 'realpathSync.native', 'fs.realpathSync.native'],
    ['fs', 'lchmodSync', 'fs.lchmodSync'],
    ['fs', 'Dir.prototype.readSync', 'Dir.readSync'],
    ['child_process', 'execSync', 'child_process.execSync'],
    ['crypto', 'scryptSync', 'crypto.scryptSync'],
    ['crypto', 'createDiffieHellman', 'crypto.createDiffieHellman'],
    ['zlib', 'gzipSync', 'zlib.gzipSync'],
    ['sqlite', 'DatabaseSync', 'sqlite.DatabaseSync'],
    ['sqlite', 'DatabaseSync.prototype.exec', 'DatabaseSync.exec'],
    ['sqlite', 'StatementSync.prototype.all', 'StatementSync.all'],
    ['', 'Atomics.wait', 'Atomics.wait'],
    ['', 'process.loadEnvFile', 'process.loadEnvFile'],
    ['process', 'loadEnvFile', 'process.loadEnvFile'],
    ['v8', 'writeHeapSnapshot', 'v8.writeHeapSnapshot'],
    ['fs-extra', 'outputJsonSync', 'fs.outputJsonSync'],
    ['fs-extra/esm', 'outputJsonSync', 'fs.outputJsonSync'],
    ['graceful-fs', 'readFileSync', 'fs.readFileSync'],
    ['bcrypt', 'hashSync', 'bcrypt.hashSync'],
    ['bcryptjs', 'compareSync', 'bcryptjs.compareSync'],
    ['better-sqlite3', '', 'better-sqlite3'],
    ['better-sqlite3', 'Statement.prototype.get', 'Statement.get'],
    ['glob', 'sync', 'glob.sync'],
    ['globby', 'globbySync', 'globbySync'],
    ['execa', 'execaSync', 'execaSync'],
    ['cross-spawn', 'sync', 'spawn.sync'],
    ['sync-request', '', 'sync-request'],
    ['tiny-glob/sync', '', 'tiny-glob/sync'],
    ['adm-zip', 'prototype.extractAllTo', 'AdmZip.extractAllTo'],
    ['crypto-js', 'PBKDF2', 'CryptoJS.PBKDF2'],
    ['find-remove', '', 'findRemoveSync'],
    ['directory-tree', '', 'directoryTree'],
    ['keypair', '', 'keypair'],
    ['import-fresh', '', 'importFresh'],
  ])('%s + %s is %s', (module, dotted, name) => {
    expect(at(module, dotted)?.name).toBe(name);
    expect(hasBlockingCalls(module)).toBe(true);
  });

  it.each([
    ['fs', 'readFile'],
    ['fs', 'promises.readFile'],
    ['fs/promises', 'readFile'],
    ['fs', 'createReadStream'],
    ['crypto', 'randomBytes'],
    ['crypto', 'randomUUID'],
    ['crypto', 'randomFillSync'],
    ['crypto', 'generateKeySync'],
    ['crypto', 'createHash'],
    ['crypto', 'ECDH.prototype.generateKeys'],
    ['child_process', 'spawn'],
    ['child_process', 'exec'],
    ['dgram', 'Socket.prototype.bindSync'],
    ['sqlite', 'DatabaseSync.prototype.function'],
    ['sqlite', 'StatementSync.prototype.columns'],
    ['sqlite', 'backup'],
    ['', 'JSON.parse'],
    ['', 'structuredClone'],
    ['csrf-sync', 'csrfSync'],
    ['effect', 'Effect.runSync'],
    ['jsonwebtoken', 'sign'],
    ['sharp', ''],
    ['bcrypt', 'hash'],
    ['fs', 'toString'],
    ['fs', 'constructor'],
    ['constructor', ''],
  ])('%s + %s is none', (module, dotted) => {
    expect(at(module, dotted)).toBeUndefined();
  });

  // What blocks, beside the neighbour that does not.
  it.each([
    ['command-exists', 'sync', 'commandExists.sync', ''],
    ['read-chunk', 'sync', 'readChunk.sync', ''],
    ['read-chunk', 'readChunkSync', 'readChunkSync', 'readChunk'],
    ['isbinaryfile', 'isBinaryFileSync', 'isBinaryFileSync', 'isBinaryFile'],
    ['mz/fs', 'readFileSync', 'fs.readFileSync', 'readFile'],
    ['mz/child_process', 'execSync', 'child_process.execSync', 'exec'],
    ['tmp-promise', 'dirSync', 'tmp-promise.dirSync', 'dir'],
    ['tempy', 'temporaryDirectory', 'temporaryDirectory', 'temporaryFile'],
    ['pkg-dir', 'packageDirectorySync', 'packageDirectorySync', 'packageDirectory'],
    ['read-yaml-file', 'sync', 'readYamlFile.sync', ''],
    ['write-yaml-file', 'sync', 'writeYamlFile.sync', ''],
    ['readjson', 'sync', 'readjson.sync', ''],
    ['writejson', 'sync', 'writejson.sync', ''],
    ['yamljs', 'load', 'YAML.load', 'parse'],
    ['replace-in-file', 'replaceInFileSync', 'replaceInFileSync', 'replaceInFile'],
    ['walkdir', 'sync', 'walkdir.sync', 'async'],
    ['copy-dir', 'sync', 'copyDir.sync', ''],
    ['cp-file', 'copyFileSync', 'copyFileSync', 'copyFile'],
    ['cpx', 'copySync', 'cpx.copySync', 'copy'],
    ['delete-empty', 'sync', 'deleteEmpty.sync', ''],
    ['get-installed-path', 'getInstalledPathSync', 'getInstalledPathSync', 'getInstalledPath'],
    ['conf', 'prototype.get', 'Conf.get', 'prototype.onDidChange'],
    ['configstore', 'prototype.set', 'Configstore.set', 'prototype.path'],
    ['simple-json-db', 'prototype.set', 'JSONdb.set', 'prototype.get'],
    ['node-localstorage', 'LocalStorage.prototype.getItem', 'LocalStorage.getItem', 'LocalStorage.prototype.key'],
    ['node-persist', 'setItemSync', 'storage.setItemSync', 'getItemSync'],
    ['nconf', 'save', 'nconf.save', 'get'],
    ['lowdb', 'LowSync.prototype.write', 'LowSync.write', 'Low.prototype.write'],
    ['lowdb/node', 'JSONFileSyncPreset', 'JSONFileSyncPreset', 'JSONFilePreset'],
    ['node-id3', 'read', 'NodeID3.read', 'Promise.read'],
    ['@grpc/proto-loader', 'loadSync', 'protoLoader.loadSync', 'load'],
    ['protobufjs', 'Root.prototype.loadSync', 'Root.loadSync', 'Root.prototype.load'],
    ['@graphql-tools/load-files', 'loadFilesSync', 'loadFilesSync', 'loadFiles'],
    ['fontkit', 'openSync', 'fontkit.openSync', 'create'],
    ['geoip-lite', 'reloadDataSync', 'geoip.reloadDataSync', 'lookup'],
    ['xlsx', 'read', 'XLSX.read', 'utils.sheet_to_json'],
    ['xlsx-js-style', 'writeFile', 'XLSX.writeFile', 'utils.book_new'],
    ['pngjs', 'PNG.sync.read', 'PNG.sync.read', 'PNG.prototype.parse'],
    ['jpeg-js', 'decode', 'jpeg.decode', ''],
    ['pako', 'gzip', 'pako.gzip', 'Deflate'],
    ['fflate', 'gzipSync', 'fflate.gzipSync', 'gzip'],
    ['jade', 'renderFile', 'jade.renderFile', 'render'],
    ['sass', 'compile', 'sass.compile', 'compileAsync'],
    ['terser', 'minify_sync', 'terser.minify_sync', 'minify'],
    ['esbuild', 'buildSync', 'esbuild.buildSync', 'build'],
    ['@babel/core', 'transformSync', 'babel.transformSync', 'transformAsync'],
    ['@swc/core', 'transformSync', 'swc.transformSync', 'transform'],
    ['node-cmd', 'runSync', 'cmd.runSync', 'run'],
    ['npm-run', 'execSync', 'npmRun.execSync', 'exec'],
    ['tinyexec', 'xSync', 'xSync', 'x'],
    ['zx', '$.sync', '$.sync', '$'],
    ['bcrypt-node', 'hashSync', 'bcrypt-node.hashSync', 'hash'],
    ['bcrypt-ts', 'hashSync', 'bcrypt-ts.hashSync', 'hash'],
    ['scryptsy', '', 'scryptsy', 'async'],
    ['@noble/hashes/scrypt', 'scrypt', 'scrypt', 'scryptAsync'],
    ['@noble/hashes/argon2.js', 'argon2id', 'argon2id', 'argon2idAsync'],
    ['sodium-native', 'crypto_pwhash_str', 'sodium.crypto_pwhash_str', 'crypto_pwhash_str_async'],
    ['cryptr', 'prototype.encrypt', 'Cryptr.encrypt', ''],
    ['sjcl', 'misc.pbkdf2', 'sjcl.misc.pbkdf2', 'encrypt'],
    ['bip39', 'mnemonicToSeedSync', 'mnemonicToSeedSync', 'mnemonicToEntropy'],
    ['ethers', 'Wallet.fromEncryptedJsonSync', 'Wallet.fromEncryptedJsonSync', 'Wallet.fromEncryptedJson'],
    ['ethers', 'ethers.Wallet.prototype.encryptSync', 'Wallet.encryptSync', 'ethers.Wallet.prototype.encrypt'],
    ['node-forge', 'pkcs5.pbkdf2', 'forge.pkcs5.pbkdf2', 'md.sha256.create'],
    ['node-rsa', 'prototype.generateKeyPair', 'NodeRSA.generateKeyPair', 'prototype.encrypt'],
  ])('%s + %s is %s, and %j is none', (module, dotted, name, neighbour) => {
    expect(at(module, dotted)?.name).toBe(name);
    expect(at(module, neighbour)).toBeUndefined();
  });

  it('asks for permission before speaking of what is synchronous by design or cheap', () => {
    for (const [module, dotted] of [['better-sqlite3', 'prototype.exec'], ['crypto', 'hkdfSync']] as const) {
      expect(at(module, dotted)?.optIn).toBe(true);
    }
    expect(at('sqlite', 'DatabaseSync.prototype.exec')?.optIn).toBeUndefined();
    expect(at('fs', 'existsSync')?.optIn).toBeUndefined();
  });

  it('says how a call must look to block', () => {
    expect(at('crypto', 'createDiffieHellman')?.when).toEqual([{ kind: 'argument', index: 0, is: 'number' }]);
    expect(at('shelljs', 'exec')?.when).toEqual([{ kind: 'no-option', name: 'async' }, { kind: 'no-callback' }]);
    expect(at('tar', 'x')?.when).toEqual([{ kind: 'option', name: 'sync' }]);
    expect(at('isbinaryfile', 'isBinaryFileSync')?.when).toEqual([{ kind: 'argument', index: 0, is: 'string' }]);
    expect(at('node-id3', 'write')?.when).toEqual([{ kind: 'argument', index: 1, is: 'string' }, { kind: 'no-callback' }]);
    expect(at('yamljs', 'load')?.when).toEqual([{ kind: 'no-callback' }]);
    expect(at('walkdir', '')?.when).toEqual([{ kind: 'option', name: 'sync' }]);
    expect(at('node-rsa', '')?.when).toEqual([{ kind: 'option', name: 'b' }]);
    expect(at('read-chunk', 'sync')?.when).toBeUndefined();
  });

  it('tells since when a function exists', () => {
    expect(at('fs', 'globSync')?.since).toBe(22);
    expect(at('crypto', 'argon2Sync')?.since).toBe(24);
    expect(at('fs', 'readFileSync')?.since).toBeUndefined();
  });
});

describe('twins', () => {
  it('names the promise function and how to reach it from the same binding', () => {
    expect(at('fs', 'readFileSync')?.twin).toEqual({
      kind: 'promise', module: 'fs/promises', path: ['readFile'], access: ['promises', 'readFile'], args: 'same', result: 'same', refuseDescriptor: true,
    });
    expect(at('fs', 'realpathSync.native')?.twin?.path).toEqual(['realpath']);
    expect(at('fs-extra', 'readFileSync')?.twin).toMatchObject({ kind: 'promise', module: 'fs-extra', path: ['readFile'], access: ['readFile'] });
    expect(at('fs-extra', 'existsSync')?.twin?.path).toEqual(['exists']);
    expect(at('fs-extra', 'pathExistsSync')?.twin?.path).toEqual(['pathExists']);
    expect(at('graceful-fs', 'readFileSync')?.twin?.access).toEqual(['promises', 'readFile']);
    expect(at('globby', 'sync')?.twin).toMatchObject({ path: [], access: [] });
    expect(at('tiny-glob/sync', '')?.twin).toEqual({ kind: 'promise', module: 'tiny-glob', path: [], args: 'same', result: 'same' });
    expect(at('fs', 'Dir.prototype.readSync')?.twin).toMatchObject({ kind: 'promise', access: ['read'] });
    expect(at('read-chunk', 'sync')?.twin).toMatchObject({ kind: 'promise', path: [], access: [] });
    expect(at('mz/fs', 'statSync')?.twin).toEqual({ kind: 'promise', module: 'mz/fs', path: ['stat'], access: ['stat'], args: 'same', result: 'same', refuseOptions: ['throwIfNoEntry'] });
    expect(at('mz/fs', 'existsSync')?.twin?.path).toEqual(['exists']);
    expect(at('protobufjs', 'Root.prototype.loadSync')?.twin).toMatchObject({ path: ['Root', 'prototype', 'load'], access: ['load'] });
    expect(at('fflate', 'gzipSync')?.twin).toMatchObject({ kind: 'callback', path: ['gzip'] });
  });

  it('says where the twin is not quite the same', () => {
    expect(at('fs', 'statSync')?.twin?.refuseOptions).toEqual(['throwIfNoEntry']);
    expect(at('fs', 'lstatSync')?.twin?.refuseOptions).toEqual(['throwIfNoEntry']);
    expect(at('fs', 'readdirSync')?.twin?.refuseOptions).toBeUndefined();
    expect(at('fs', 'statSync')?.twin?.mutates).toBeUndefined();
    expect(at('fs', 'mkdirSync')?.twin?.mutates).toBe(true);
    expect(at('bcryptjs', 'hashSync')?.twin).toMatchObject({ onThread: true, minArguments: 2 });
    expect(at('bcrypt', 'hashSync')?.twin?.onThread).toBeUndefined();
    expect(at('child_process', 'execSync')?.twin).toMatchObject({ kind: 'callback', path: ['exec'], result: 'differs' });
    expect(at('crypto', 'pbkdf2Sync')?.twin).toMatchObject({ kind: 'callback', access: ['pbkdf2'], result: 'same' });
    expect(at('fs', 'openSync')?.twin).toMatchObject({ kind: 'callback', path: ['open'] });
  });

  it.each([
    ['fs', 'existsSync'],
    ['fs', 'globSync'],
    ['fs', 'mkdtempDisposableSync'],
    ['fs', 'openAsBlobSync'],
    ['child_process', 'spawnSync'],
    ['sqlite', 'DatabaseSync.prototype.exec'],
    ['zlib', 'ZipFile.openSync'],
    ['fs-extra', 'openSync'],
    ['fs-extra', 'globSync'],
    ['fs-extra', 'readSync'],
    ['glob', 'sync'],
    ['rimraf', 'sync'],
    ['mkdirp', 'sync'],
    ['proper-lockfile', 'lockSync'],
    ['bcrypt-nodejs', 'hashSync'],
    ['command-exists', 'sync'],
    ['cp-file', 'copyFileSync'],
    ['fflate', 'zipSync'],
    ['mz/fs', 'readSync'],
    ['mz/fs', 'rmSync'],
    ['walkdir', 'sync'],
    ['node-id3', 'write'],
  ])('%s + %s has none', (module, dotted) => {
    expect(at(module, dotted)).toBeDefined();
    expect(at(module, dotted)?.twin).toBeUndefined();
  });

  it('exist in the running Node', () => {
    const missing: string[] = [];
    const major = Number(process.versions.node.split('.')[0]);
    for (const module of Object.keys(generatedBlocking)) {
      for (const key of Object.keys(generatedBlocking[module] ?? {})) {
        const call = at(module, key);
        if (!call?.twin || (call.since ?? 0) > major) continue;
        let value: unknown = load(`node:${call.twin.module}`);
        for (const member of call.twin.path) value = (value as Record<string, unknown> | undefined)?.[member];
        if (typeof value !== 'function') missing.push(`${module}.${key}`);
      }
    }
    expect(missing).toEqual([]);
  });
});

describe('a twin with the same result', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'twins-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** A folder of its own for each of the two calls, so that one cannot see what the other did. */
  function scene(name: string): string {
    const root = path.join(folder, name);
    mkdirSync(path.join(root, 'tree', 'deep', 'deeper'), { recursive: true });
    mkdirSync(path.join(root, 'empty'));
    writeFileSync(path.join(root, 'file'), 'content');
    writeFileSync(path.join(root, 'tree', 'a'), '1');
    writeFileSync(path.join(root, 'tree', 'deep', 'b'), '2');
    writeFileSync(path.join(root, 'tree', 'deep', 'deeper', 'c'), '3');
    symlinkSync(path.join(root, 'file'), path.join(root, 'link'));
    return root;
  }

  const calls: readonly (readonly [string, (root: string) => unknown[]])[] = [
    ['accessSync', (root) => [`${root}/file`]],
    ['accessSync', (root) => [`${root}/missing`]],
    ['appendFileSync', (root) => [`${root}/file`, 'more']],
    ['chmodSync', (root) => [`${root}/file`, 0o600]],
    ['copyFileSync', (root) => [`${root}/file`, `${root}/copy`]],
    ['cpSync', (root) => [`${root}/tree`, `${root}/copy`, { recursive: true }]],
    ['linkSync', (root) => [`${root}/file`, `${root}/hard`]],
    ['lstatSync', (root) => [`${root}/link`]],
    ['mkdirSync', (root) => [`${root}/new`]],
    ['mkdirSync', (root) => [`${root}/new/newer`, { recursive: true }]],
    ['mkdirSync', (root) => [`${root}/empty`, { recursive: true }]],
    ['opendirSync', (root) => [`${root}/missing`]],
    ['readFileSync', (root) => [`${root}/file`]],
    ['readFileSync', (root) => [`${root}/file`, 'utf8']],
    ['readFileSync', (root) => [`${root}/missing`, 'utf8']],
    ['readFileSync', (root) => [`${root}/empty`]],
    ['readdirSync', (root) => [`${root}/tree`]],
    ['readdirSync', (root) => [`${root}/tree`, { withFileTypes: true }]],
    ['readlinkSync', (root) => [`${root}/link`]],
    ['realpathSync', (root) => [`${root}/link`]],
    ['realpathSync.native', (root) => [`${root}/link`]],
    ['renameSync', (root) => [`${root}/file`, `${root}/renamed`]],
    ['rmSync', (root) => [`${root}/tree`, { recursive: true, force: true }]],
    ['rmSync', (root) => [`${root}/missing`]],
    ['rmdirSync', (root) => [`${root}/empty`]],
    ['rmdirSync', (root) => [`${root}/tree`]],
    ['statSync', (root) => [`${root}/file`]],
    ['statSync', (root) => [`${root}/file`, { bigint: true }]],
    ['statSync', (root) => [`${root}/missing`]],
    ['statfsSync', (root) => [root]],
    ['symlinkSync', (root) => [`${root}/file`, `${root}/symbolic`]],
    ['truncateSync', (root) => [`${root}/file`, 2]],
    ['unlinkSync', (root) => [`${root}/file`]],
    ['utimesSync', (root) => [`${root}/file`, 1, 2]],
    ['writeFileSync', (root) => [`${root}/written`, 'new', { encoding: 'utf8', mode: 0o600 }]],
  ];

  /** What of a result two separate calls must agree on. */
  function comparable(value: unknown, root: string): unknown {
    if (typeof value === 'string') return value.replaceAll(root, '<root>');
    if (Array.isArray(value)) return value.map((item: unknown) => comparable(item, root));
    if (value instanceof Error) return { code: (value as NodeJS.ErrnoException).code, syscall: (value as NodeJS.ErrnoException).syscall };
    if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
    const { name, size, mode, bsize, constructor } = value as Record<string, unknown>;
    return { name, size, mode, bsize, constructor };
  }

  async function outcome(run: () => unknown, root: string): Promise<unknown> {
    try {
      return { value: comparable(await run(), root) };
    } catch (error) {
      return { error: comparable(error, root) };
    }
  }

  it.each(calls.map(([name, args], index) => [name, index, args] as const))('fs.%s (%i)', async (name, index, args) => {
    const blocking = name.split('.').reduce<unknown>((value, member) => (value as Record<string, unknown>)[member], load('node:fs')) as (...values: unknown[]) => unknown;
    const twin = at('fs', name)?.twin;
    const promised = twin?.access?.reduce<unknown>((value, member) => (value as Record<string, unknown>)[member], load('node:fs')) as (...values: unknown[]) => unknown;
    const [one, two] = [scene(`${index}-one`), scene(`${index}-two`)];
    expect(await outcome(() => promised(...args(two)), two)).toEqual(await outcome(() => blocking(...args(one)), one));
  });

  it.each([
    ['crypto', 'pbkdf2Sync', ['secret', 'salt', 10, 16, 'sha256']],
    ['crypto', 'scryptSync', ['secret', 'salt', 16]],
    ['crypto', 'hkdfSync', ['sha256', 'key', 'salt', 'info', 16]],
    ['crypto', 'checkPrimeSync', [13n]],
    ['zlib', 'gzipSync', [Buffer.from('text')]],
    ['zlib', 'deflateSync', [Buffer.from('text'), { level: 9 }]],
    ['zlib', 'brotliCompressSync', [Buffer.from('text')]],
    ['zlib', 'gunzipSync', [Buffer.from('no gzip')]],
  ] as const)('%s.%s through util.promisify', async (module, key, args) => {
    const twin = at(module, key)?.twin;
    expect(twin).toMatchObject({ kind: 'callback', result: 'same' });
    const exports = load(`node:${module}`) as Record<string, (...values: unknown[]) => unknown>;
    const promised = promisify(exports[twin?.path[0] ?? ''] as (...values: unknown[]) => unknown) as (...values: unknown[]) => unknown;
    expect(await outcome(() => promised(...args), '')).toEqual(await outcome(() => exports[key]?.(...args), ''));
  });
});
