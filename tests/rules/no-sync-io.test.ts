import { type InvalidTestCase, RuleTester, type SuggestionOutput, type TestCaseError } from '@typescript-eslint/rule-tester';
import { describe, expect, it } from 'vitest';

import rule from '../../src/rules/no-sync-io.js';
import { project } from '../files.js';
import { unsettled } from '../fix/settles.js';

const tester = new RuleTester({ languageOptions: { sourceType: 'module' } });
const settings = { express: { version: 4 } };
const express5 = { express: { version: 5 } };

type Suggested = readonly ['awaitTwin' | 'makeAsync', twin: string, output: string];
interface Case {
  name: string;
  code: string;
  /** What is reported: the call, and how it is reached. */
  call?: string;
  reason?: string;
  where?: string;
  output?: string | string[];
  suggest?: Suggested;
  options?: [{ allow: string[]; extra: string[] }];
  express?: typeof settings;
}

const blocks = 'blocks every client while it runs';
const allow = (...names: string[]): Case['options'] => [{ allow: names, extra: [] }];
const extra = (...names: string[]): Case['options'] => [{ allow: [], extra: names }];

function common({ name, code, options, express = settings }: Case) {
  return { name, code, settings: express, ...(options && { options }) };
}

const valid = (cases: readonly Case[]) => cases.map(common);
type MessageId = 'blocks' | 'awaitTwin' | 'makeAsync';
type Invalid = InvalidTestCase<MessageId, NonNullable<Case['options']>>;

const invalid = (cases: readonly Case[]): Invalid[] =>
  cases.map((one) => {
    const { call = 'fs.readFileSync', reason = blocks, where = '`GET /` calls it', output = null, suggest } = one;
    const error: TestCaseError<MessageId> = { messageId: 'blocks', data: { call, reason, where }, suggestions: suggest && [suggested(...suggest)] };
    return { ...common(one), output, errors: [error] };
  });

function suggested(how: 'awaitTwin' | 'makeAsync', twin: string, output: string): SuggestionOutput<MessageId> {
  return how === 'makeAsync' ? { messageId: 'makeAsync', data: { twin }, output } : { messageId: 'awaitTwin', data: { twin }, output };
}

/** A route with this body, behind these lines. */
const route = (body: string, head = `import fs from 'fs';`, params = '(req, res)'): string =>
  `import express from 'express';\n${head}\nconst app = express();\napp.get('/', ${params} => { ${body} });`;
const asyncRoute = (body: string, head?: string): string => route(body, head, 'async (req, res)');

tester.run('no-sync-io: what serves a request', rule, {
  valid: valid([
    { name: 'at startup', code: `import express from 'express';\nimport fs from 'fs';\nconst page = fs.readFileSync('a');\nconst app = express();\napp.get('/', (req, res) => res.send(page));` },
    { name: 'in a helper that only startup calls', code: `import express from 'express';\nimport fs from 'fs';\nconst load = () => fs.readFileSync('a');\nconst page = load();\nexpress().get('/', (req, res) => res.send(page));` },
    { name: 'in the factory of a handler', code: `import express from 'express';\nimport fs from 'fs';\nconst show = () => { const page = fs.readFileSync('a'); return (req, res) => res.send(page); };\nexpress().get('/', show());` },
    { name: 'in a file without a handler', code: `import fs from 'fs';\nexport function load(request) { return fs.readFileSync(request.file); }` },
    { name: 'in dead code', code: route(`if (false) fs.readFileSync('a'); res.end();`) },
    { name: 'on something that is no app', code: `import express from 'express';\nimport fs from 'fs';\nconst cache = new Map();\ncache.get('/', (key, value) => fs.readFileSync(key));` },
    { name: 'in a helper that nobody calls', code: route(`const load = () => fs.readFileSync('a'); res.end();`) },
    { name: 'in the listen callback', code: `import express from 'express';\nimport fs from 'fs';\nconst app = express();\napp.listen(3000, () => fs.writeFileSync('pid', ''));` },
  ]),
  invalid: invalid([
    { name: 'in an inline handler', code: route(`res.send(fs.readFileSync('a'));`) },
    { name: 'in a hoisted handler', code: `import express from 'express';\nimport fs from 'fs';\nconst app = express();\napp.get('/', show);\nfunction show(req, res) { res.send(fs.readFileSync('a')); }` },
    { name: 'in a helper that startup calls too', code: `import express from 'express';\nimport fs from 'fs';\nconst load = () => fs.readFileSync('a');\nload();\nexpress().get('/', (req, res) => res.send(load()));`, where: '`GET /` reaches it through `load`' },
    { name: 'two calls below the handler', code: `import express from 'express';\nimport fs from 'fs';\nfunction read(file) { return fs.readFileSync(file); }\nfunction loadUser(id) { return read(id); }\nexpress().get('/users/:id', (req, res) => res.json(loadUser(req.params.id)));`, where: '`GET /users/:id` reaches it through `loadUser` → `read`' },
    { name: 'many calls below the handler', code: `import express from 'express';\nimport fs from 'fs';\nconst f = () => fs.readFileSync('a');\nconst e = () => f();\nconst d = () => e();\nconst c = () => d();\nconst b = () => c();\nconst a = () => b();\nexpress().get('/', (req, res) => res.send(a()));`, where: '`GET /` reaches it through `a` → `b` → … → `e` → `f`' },
    { name: 'in what a factory returns', code: `import express from 'express';\nimport fs from 'fs';\nconst show = () => (req, res) => res.send(fs.readFileSync('a'));\nexpress().get('/', show());` },
    { name: 'in middleware', code: `import express from 'express';\nimport fs from 'fs';\nexpress().use((req, res, next) => { fs.readFileSync('a'); next(); });`, where: 'the middleware calls it' },
    { name: 'in middleware on a path', code: `import express from 'express';\nimport fs from 'fs';\nexpress().use('/api', (req, res, next) => { fs.readFileSync('a'); next(); });`, where: 'the middleware on `/api` calls it' },
    { name: 'in error middleware', code: `import express from 'express';\nimport fs from 'fs';\nexpress().use((err, req, res, next) => { fs.readFileSync('a'); next(err); });`, where: 'the error middleware calls it' },
    { name: 'in a param callback', code: `import express from 'express';\nimport fs from 'fs';\nexpress.Router().param('id', (req, res, next, id) => { fs.readFileSync(id); next(); });`, where: 'the callback of the parameter `id` calls it' },
    { name: 'in an exported handler', code: `import express from 'express';\nimport fs from 'fs';\nexport const show = (req, res, next) => { res.send(fs.readFileSync('a')); };`, where: 'the handler `show` calls it' },
    { name: 'in an exported error handler', code: `import express from 'express';\nimport fs from 'fs';\nexport function failed(err, req, res, next) { fs.readFileSync('a'); }`, where: 'the error handler `failed` calls it' },
    { name: 'in a controller method', code: `import express from 'express';\nimport fs from 'fs';\nclass Users { constructor() { this.app = express(); this.app.get('/', this.show.bind(this)); } show(req, res) { res.send(this.read()); } read() { return fs.readFileSync('a'); } }`, where: '`GET /` reaches it through `read`' },
    { name: 'in a bound handler', code: `import express from 'express';\nimport fs from 'fs';\nfunction show(config, req, res) { res.send(fs.readFileSync(config.file)); }\nexpress().get('/', show.bind(null, { file: 'a' }));` },
    { name: 'in a wrapped handler', code: `import express from 'express';\nimport fs from 'fs';\nimport wrap from 'express-async-handler';\nexpress().get('/', wrap((req, res) => { res.send(fs.readFileSync('a')); }));` },
    { name: 'in a callback of multer', code: `import express from 'express';\nimport fs from 'fs';\nimport multer from 'multer';\nmulter.diskStorage({ destination(req, file, cb) { fs.mkdirSync('a'); cb(null, 'a'); } });`, call: 'fs.mkdirSync', where: 'a callback of `multer.diskStorage` calls it' },
    { name: 'in a timer that the handler starts', code: route(`setTimeout(() => fs.readFileSync('a'), 10); res.end();`) },
  ]),
});

tester.run('no-sync-io: which calls block', rule, {
  valid: valid([
    { name: 'the promise', code: asyncRoute(`res.send(await fs.promises.readFile('a'));`) },
    { name: 'the callback', code: route(`fs.readFile('a', (err, data) => res.send(data));`) },
    { name: 'a member of something else', code: route(`store.readFileSync('a'); res.end();`) },
    { name: 'a member that ends in Sync', code: route(`res.send(csrf.csrfSync(req)); Effect.runSync(program);`, `import { Effect } from 'effect';\nimport * as csrf from 'csrf-sync';`) },
    { name: 'a local function of that name', code: route(`readFileSync('a'); res.end();`, `function readFileSync() {}`) },
    { name: 'a shadowed name', code: route(`const fs = memory(); fs.readFileSync('a'); res.end();`) },
    { name: 'a parameter of that name', code: `import express from 'express';\nimport fs from 'fs';\nconst load = (fs) => fs.readFileSync('a');\nexpress().get('/', (req, res) => res.send(load(volume)));` },
    { name: 'one of two modules', code: route(`files.readFileSync('a'); res.end();`, `import fs from 'fs';\nimport memory from 'memfs';\nconst files = test ? memory : fs;`) },
    { name: 'the file system of a package', code: route(`vol.readFileSync('a'); res.end();`, `import { vol } from 'memfs';`) },
    { name: 'a few random bytes', code: route(`res.send(crypto.randomBytes(16).toString('hex'));`, `import crypto from 'crypto';`) },
    { name: 'a key derived at once', code: route(`res.send(crypto.hkdfSync('sha256', a, b, c, 32));`, `import crypto from 'crypto';`) },
    { name: 'a ready prime', code: route(`crypto.createDiffieHellman(prime); res.end();`, `import crypto from 'crypto';\nconst prime = Buffer.from('');`) },
    { name: 'another wait', code: route(`Atomics.notify(state, 0); res.end();`) },
    { name: 'an Atomics of the file', code: route(`Atomics.wait(state, 0, 0); res.end();`, `const Atomics = { wait() {} };`) },
    { name: 'a template that is rendered from text', code: route(`res.send(pug.render(text));`, `import pug from 'pug';`) },
    { name: 'a shell command in the background', code: route(`shell.exec('ls', { async: true }); res.end();`, `import shell from 'shelljs';`) },
    { name: 'a shell command with options that cannot be read', code: route(`shell.exec('ls', options); res.end();`, `import shell from 'shelljs';\nimport { options } from './options.js';`) },
    { name: 'a shell command with a callback', code: route(`shell.exec('ls', () => res.end());`, `import shell from 'shelljs';`) },
    { name: 'an archive in memory', code: route(`new AdmZip(Buffer.from(req.body)); res.end();`, `import AdmZip from 'adm-zip';`) },
    { name: 'tar with options that cannot be read', code: route(`tar.x({ file: 'a', ...options }); tar.x({ [name]: true }); tar.x({ sync: options.sync }); res.end();`, `import * as tar from 'tar';\nimport { options } from './options.js';`) },
    { name: 'tar with sync switched off', code: route(`tar.x({ file: 'a', sync: false }); res.end();`, `import * as tar from 'tar';`) },
    { name: 'spread arguments', code: route(`new AdmZip(...files); res.end();`, `import AdmZip from 'adm-zip';`) },
    { name: 'an image with a callback', code: route(`sizeOf('a', done); sizeOf('a', (err, size) => res.json(size));`, `import sizeOf from 'image-size';\nimport { done } from './done.js';`) },
    { name: 'tar without sync', code: asyncRoute(`await tar.x({ file: 'a' });`, `import * as tar from 'tar';`) },
    { name: 'an image from bytes', code: route(`res.json(sizeOf(bytes));`, `import sizeOf from 'image-size';\nconst bytes = Buffer.alloc(1);`) },
    { name: 'a class that is handed over', code: route(`container.register(DatabaseSync); res.end();`, `import { DatabaseSync } from 'node:sqlite';`) },
    { name: 'a function that is promisified', code: route(`util.promisify(fs.readFileSync); res.end();`, `import fs from 'fs';\nimport util from 'util';`) },
    { name: 'a function that is stored', code: route(`req.read = fs.readFileSync; res.end();`) },
    { name: 'a database that is synchronous by design', code: route(`res.json(db.prepare('SELECT 1').get());`, `import Database from 'better-sqlite3';\nconst db = new Database('a');`) },
  ]),
  invalid: invalid([
    { name: 'a namespace import', code: route(`fs.readFileSync('a'); res.end();`, `import * as fs from 'fs';`) },
    { name: 'a named import', code: route(`readFileSync('a'); res.end();`, `import { readFileSync } from 'fs';`) },
    { name: 'a renamed import', code: route(`read('a'); res.end();`, `import { readFileSync as read } from 'node:fs';`) },
    { name: 'the node: prefix', code: route(`files.readFileSync('a'); res.end();`, `import files from 'node:fs';`) },
    { name: 'an import with equals', code: route(`fs.readFileSync('a'); res.end();`, `import fs = require('fs');`) },
    { name: 'a destructured require', code: route(`read('a'); res.end();`, `const { readFileSync: read } = require('fs');`) },
    { name: 'a require in the call', code: route(`require('fs').readFileSync('a'); res.end();`, ``) },
    { name: 'a require in the handler', code: route(`const fs = require('fs'); fs.readFileSync('a'); res.end();`, ``) },
    { name: 'a require of createRequire', code: route(`fs.readFileSync('a'); res.end();`, `import { createRequire } from 'module';\nconst require = createRequire(import.meta.url);\nconst fs = require('fs');`) },
    { name: 'getBuiltinModule', code: route(`fs.readFileSync('a'); res.end();`, `const fs = process.getBuiltinModule('fs');`) },
    { name: 'a dynamic import', code: asyncRoute(`const fs = await import('fs'); res.send(fs.readFileSync('a'));`, ``), output: asyncRoute(`const fs = await import('fs'); res.send(await fs.promises.readFile('a'));`, ``) },
    { name: 'an alias', code: route(`read('a'); res.end();`, `import fs from 'fs';\nconst read = fs.readFileSync;`) },
    { name: 'a computed member', code: route(`fs['readFileSync']('a'); res.end();`) },
    { name: 'a member of a table', code: route(`io.read('a'); res.end();`, `import fs from 'fs';\nconst io = { read: fs.readFileSync };`) },
    { name: 'a member of this', code: `import express from 'express';\nimport fs from 'fs';\nclass Api { constructor() { this.fs = fs; express().get('/', (req, res) => res.send(this.fs.readFileSync('a'))); } }` },
    { name: 'an optional call', code: asyncRoute(`fs?.readFileSync('a');`) },
    { name: 'a typed call', code: route(`(fs as Files).readFileSync('a'); res.end();`) },
    { name: 'call', code: asyncRoute(`fs.readFileSync.call(fs, 'a');`) },
    { name: 'apply', code: asyncRoute(`fs.readFileSync.apply(fs, ['a']);`) },
    { name: 'bind', code: asyncRoute(`read('a');`, `import fs from 'fs';\nconst read = fs.readFileSync.bind(fs);`), output: asyncRoute(`await fs.promises.readFile('a');`, `import fs from 'fs';\nconst read = fs.readFileSync.bind(fs);`) },
    { name: 'either of two that block', code: route(`fs.readFileSync('a'); res.end();`, `let fs;\ntry { fs = require('graceful-fs'); } catch { fs = require('fs'); }`) },
    { name: 'promisified by a library', code: route(`fs.readFileSync('a'); res.end();`, `import Bluebird from 'bluebird';\nconst fs = Bluebird.promisifyAll(require('fs'));`) },
    { name: 'a salt', code: route(`res.send(bcrypt.genSaltSync(10));`, `import bcrypt from 'bcrypt';`), call: 'bcrypt.genSaltSync' },
    { name: 'a callback', code: route(`res.send(['a'].map(fs.readFileSync));`), where: '`GET /` hands it over' },
    { name: 'a callback by name', code: route(`find().then(readFileSync);`, `import { readFileSync } from 'fs';`), where: '`GET /` hands it over' },
    { name: 'a bound callback', code: route(`find().then(fs.readFileSync.bind(fs));`), where: '`GET /` hands it over' },
    { name: 'a callback in a helper', code: `import express from 'express';\nimport fs from 'fs';\nconst all = (names) => names.map(fs.readFileSync);\nexpress().get('/', (req, res) => res.send(all(['a'])));`, where: '`GET /` reaches it through `all`' },

    { name: 'a child process', code: route(`execSync('ls'); res.end();`, `import { execSync } from 'child_process';`), call: 'child_process.execSync', reason: 'stops the whole process until the child has ended' },
    { name: 'a hash', code: route(`bcrypt.hashSync(req.body.password, 10); res.end();`, `import bcrypt from 'bcryptjs';`), call: 'bcryptjs.hashSync', reason: 'is slow on purpose, and runs on the thread that serves all requests' },
    { name: 'a database', code: route(`db.exec('SELECT 1'); res.end();`, `import { DatabaseSync } from 'node:sqlite';\nconst db = new DatabaseSync('a');`), call: 'DatabaseSync.exec', reason: 'runs the query on the thread that serves all requests' },
    { name: 'a construction', code: route(`new DatabaseSync('a'); res.end();`, `import { DatabaseSync } from 'node:sqlite';`), call: 'sqlite.DatabaseSync', reason: 'runs the query on the thread that serves all requests' },
    { name: 'a wait', code: route(`Atomics.wait(state, 0, 0, 100); res.end();`), call: 'Atomics.wait', reason: 'puts the thread that serves all requests to sleep' },
    { name: 'an existence check', code: route(`if (fs.existsSync('a')) res.end();`), call: 'fs.existsSync', reason: 'waits for the disk; on a slow or remote one, every client waits with it' },
    { name: 'a prime to be found', code: route(`crypto.createDiffieHellman(512); res.end();`, `import crypto from 'crypto';`), call: 'crypto.createDiffieHellman', reason: 'searches for a prime on the thread that serves all requests' },
    { name: 'a prime of a computed size', code: route(`crypto.createDiffieHellman(2 * 256); res.end();`, `import crypto from 'crypto';`), call: 'crypto.createDiffieHellman', reason: 'searches for a prime on the thread that serves all requests' },
    { name: 'a shell command', code: route(`shell.exec('ls', { silent: true }); res.end();`, `import shell from 'shelljs';`), call: 'shell.exec', reason: 'stops the whole process until the child has ended' },
    { name: 'tar with sync', code: route(`tar.x({ file: 'a', sync: true }); res.end();`, `import * as tar from 'tar';`), call: 'tar.x' },
    { name: 'an archive on disk', code: route(`new AdmZip(path.join(dir, 'a.zip')); res.end();`, `import AdmZip from 'adm-zip';\nimport path from 'path';`), call: 'AdmZip', reason: 'reads the whole archive' },
    { name: 'an archive on disk, named by a template', code: route('new AdmZip(`a`); res.end();', `import AdmZip from 'adm-zip';`), call: 'AdmZip', reason: 'reads the whole archive' },
    { name: 'an archive on disk, named by a sum', code: route(`new AdmZip(__dirname + '/a.zip'); res.end();`, `import AdmZip from 'adm-zip';`), call: 'AdmZip', reason: 'reads the whole archive' },
  ]),
});

const loading = { call: 'require', reason: 'reads and compiles a file the first time it meets its name, while every client waits' };

tester.run('no-sync-io: require', rule, {
  valid: valid([
    { name: 'a name that is written out', code: route(`require('./late.js'); res.end();`, ``) },
    { name: 'a template without values', code: route('require(`./late.js`); res.end();', ``) },
    { name: 'a name made of what never changes', code: route(`require(path.join(__dirname, 'a') + '.json'); res.end();`, `import path from 'path';`) },
    { name: 'a name that the module sets up', code: route(`require(file); res.end();`, `const file = process.env.PLUGIN || './plugin.js';`) },
    { name: 'one of two names', code: route(`require(req.query.new ? './new.js' : './old.js'); res.end();`, ``) },
    { name: 'one of two names in a variable', code: route(`const file = './late.js'; require(file); res.end();`, ``) },
    { name: 'http or https', code: route(`require(target.protocol).get(target); res.end();`, ``) },
    { name: 'a require of the file', code: route(`require(req.query.name); res.end();`, `const require = (name) => name;`) },
    { name: 'at startup', code: `import express from 'express';\nfor (const name of names) require(name);\nexpress().get('/', (req, res) => res.end());` },
    { name: 'no name', code: route(`require(); require(...names); res.end();`, ``) },
  ]),
  invalid: invalid([
    { ...loading, name: 'a name from the request', code: route(`require(req.query.name); res.end();`, ``) },
    { ...loading, name: 'a template', code: route('require(`./locales/${req.params.lang}.json`); res.end();', ``) },
    { ...loading, name: 'a sum', code: route(`require('./locales/' + req.params.lang); res.end();`, ``) },
    { ...loading, name: 'a path', code: route(`require(path.join(__dirname, req.params.lang)); res.end();`, `import path from 'path';`) },
    { ...loading, name: 'a parameter', code: `import express from 'express';\nconst load = (name) => require(name);\nexpress().get('/', (req, res) => res.json(load(req.query.name)));`, where: '`GET /` reaches it through `load`' },
    { ...loading, name: 'a variable that requests set', code: route(`file = req.query.name; require(file); res.end();`, `let file = './a.js';`) },
    { ...loading, name: 'what somebody returns', code: route(`require(choose(req)); res.end();`, ``) },
  ]),
});

new RuleTester({ languageOptions: { sourceType: 'commonjs' } }).run('no-sync-io: in CommonJS', rule, {
  valid: valid([{ name: 'at startup', code: `const fs = require('fs');\nmodule.exports = fs.readFileSync('a');` }]),
  invalid: invalid([
    { name: 'in module.exports', code: `const express = require('express');\nconst fs = require('fs');\nmodule.exports = function (req, res, next) { res.send(fs.readFileSync('a')); };`, where: 'the handler calls it' },
    { name: 'in a member of exports', code: `const express = require('express');\nconst fs = require('fs');\nexports.show = async (req, res, next) => { res.send(fs.readFileSync('a')); };`, where: 'the handler `show` calls it', output: `const express = require('express');\nconst fs = require('fs');\nexports.show = async (req, res, next) => { res.send(await fs.promises.readFile('a')); };` },
    { ...loading, name: 'a name from the request', code: `const express = require('express');\nconst app = express();\napp.get('/', (req, res) => { require(req.query.name); res.end(); });` },
  ]),
});

const sqlite = { call: 'Database.prepare', reason: 'runs the query on the thread that serves all requests' };

tester.run('no-sync-io: options', rule, {
  valid: valid([
    { name: 'allowed as it is called', code: route(`fs.existsSync('a'); res.end();`), options: allow('fs.existsSync') },
    { name: 'allowed by the name of the function', code: route(`fs.existsSync('a'); res.end();`), options: allow('existsSync') },
    { name: 'allowed under the name it has here', code: route(`files.existsSync('a'); res.end();`, `import files from 'fs';`), options: allow('files.existsSync') },
    { name: 'allowed under its own name', code: route(`exists('a'); res.end();`, `import { existsSync as exists } from 'fs';`), options: allow('fs.existsSync') },
    { name: 'allowed require', code: route(`require(req.query.name); res.end();`, ``), options: allow('require') },
    { name: 'more functions, not this one', code: route(`loadSync(); res.end();`, `import { loadSync } from 'otherlib';`), options: extra('mylib#loadSync') },
    { name: 'a plain name, not a member of that name', code: route(`mylib.loadSync(); res.end();`, `import mylib from 'mylib';`), options: extra('loadSync') },
    { name: 'a member, not of another object', code: route(`other.loadSync(); res.end();`, `import other from 'mylib';`), options: extra('store.loadSync') },
    { name: 'more functions, at startup', code: `import express from 'express';\nimport { loadSync } from 'mylib';\nloadSync();\nexpress().get('/', (req, res) => res.end());`, options: extra('mylib#loadSync') },
  ]),
  invalid: invalid([
    { name: 'another one is allowed', code: route(`fs.readFileSync('a'); res.end();`), options: allow('fs.existsSync', 'FileSync', 'sync') },
    { name: 'more functions by import', code: route(`load(); res.end();`, `import { loadSync as load } from 'mylib';`), options: extra('mylib#loadSync'), call: 'loadSync' },
    { name: 'more functions by a member of an instance', code: route(`db.query('SELECT 1'); res.end();`, `import { Db } from 'mylib';\nconst db = new Db();`), options: extra('mylib#Db.prototype.query'), call: 'Db.prototype.query' },
    { name: 'more functions by name', code: route(`loadSync(); res.end();`, `import { loadSync } from './files.js';`), options: extra('loadSync'), call: 'loadSync' },
    { name: 'more functions by name, handed over', code: route(`res.json(names.map(loadSync));`, `import { loadSync } from './files.js';`), options: extra('loadSync'), call: 'loadSync', where: '`GET /` hands it over' },
    { name: 'more members by name', code: route(`store.loadSync(); res.end();`, `import store from './store.js';`), options: extra('store.loadSync'), call: 'store.loadSync' },
    { name: 'a package that is off', code: route(`db.prepare('SELECT 1'); res.end();`, `import Database from 'better-sqlite3';\nconst db = new Database('a');`), options: extra('better-sqlite3'), ...sqlite },
    { name: 'a function that is off', code: route(`crypto.hkdfSync('sha256', a, b, c, 32); res.end();`, `import crypto from 'crypto';`), options: extra('crypto#hkdfSync'), call: 'crypto.hkdfSync' },
  ]),
});

const fixes: Case[] = [
  { name: 'a read', code: asyncRoute(`res.send(fs.readFileSync('a', 'utf8'));`), output: asyncRoute(`res.send(await fs.promises.readFile('a', 'utf8'));`) },
  { name: 'a read in a helper', code: `import express from 'express';\nimport fs from 'fs';\nasync function load() { return JSON.parse(fs.readFileSync('a')); }\nexpress().get('/', async (req, res) => res.json(await load()));`, output: `import express from 'express';\nimport fs from 'fs';\nasync function load() { return JSON.parse(await fs.promises.readFile('a')); }\nexpress().get('/', async (req, res) => res.json(await load()));`, where: '`GET /` reaches it through `load`' },
  { name: 'a member of the result', code: asyncRoute(`res.send(fs.readFileSync('a').toString());`), output: asyncRoute(`res.send((await fs.promises.readFile('a')).toString());`) },
  { name: 'an optional member of the result', code: asyncRoute(`res.send(fs.readFileSync('a')?.toString());`), output: asyncRoute(`res.send((await fs.promises.readFile('a'))?.toString());`) },
  { name: 'a member of the result in parentheses', code: asyncRoute(`res.send((fs.readFileSync('a')).toString());`), output: asyncRoute(`res.send((await fs.promises.readFile('a')).toString());`) },
  { name: 'an assertion', code: asyncRoute(`res.send(fs.readFileSync('a') as string);`), output: asyncRoute(`res.send(await fs.promises.readFile('a') as string);`) },
  { name: 'a non-null assertion', code: asyncRoute(`res.send(fs.readFileSync('a')!);`), output: asyncRoute(`res.send((await fs.promises.readFile('a'))!);`) },
  { name: 'a power', code: asyncRoute(`res.json(fs.readdirSync('a') ** 2);`), output: asyncRoute(`res.json((await fs.promises.readdir('a')) ** 2);`), call: 'fs.readdirSync' },
  { name: 'a tag', code: asyncRoute('res.send(fs.readFileSync("a")`b`);'), output: asyncRoute('res.send((await fs.promises.readFile("a"))`b`);') },
  { name: 'a function that is called', code: asyncRoute(`res.send(fs.readFileSync('a')());`), output: asyncRoute(`res.send((await fs.promises.readFile('a'))());`) },
  { name: 'a class', code: asyncRoute(`class Page extends fs.readFileSync('a') {}\nnew Page();`), output: asyncRoute(`class Page extends (await fs.promises.readFile('a')) {}\nnew Page();`) },
  { name: 'a module in parentheses', code: asyncRoute(`(main ?? fs, fs).readFileSync('a');`), output: asyncRoute(`await (main ?? fs, fs).promises.readFile('a');`) },
  { name: 'an await that is there already', code: asyncRoute(`res.send(await fs.readFileSync('a'));`), output: asyncRoute(`res.send(await fs.promises.readFile('a'));`) },
  { name: 'comments among the arguments', code: asyncRoute(`fs.readFileSync(/* which */ 'a' /* this */);`), output: asyncRoute(`await fs.promises.readFile(/* which */ 'a' /* this */);`) },
  { name: 'a computed member', code: asyncRoute(`fs['readFileSync']('a');`), output: asyncRoute(`await fs.promises.readFile('a');`) },
  { name: 'an async callback', code: route(`Promise.all(names.map(async (name) => fs.readFileSync(name))).then(() => res.end());`), output: route(`Promise.all(names.map(async (name) => await fs.promises.readFile(name))).then(() => res.end());`) },
  { name: 'a named import beside the module', code: asyncRoute(`readFileSync('a');`, `import fs, { readFileSync } from 'fs';`), output: asyncRoute(`await fs.promises.readFile('a');`, `import fs, { readFileSync } from 'fs';`) },
  { name: 'a named import beside the promises', code: asyncRoute(`readFileSync('a');`, `import { readFileSync } from 'fs';\nimport fsp from 'node:fs/promises';`), output: asyncRoute(`await fsp.readFile('a');`, `import { readFileSync } from 'fs';\nimport fsp from 'node:fs/promises';`) },
  { name: 'a named import beside the promise', code: asyncRoute(`readFileSync('a');`, `import { readFileSync, promises } from 'fs';\nimport { readFile } from 'fs/promises';`), output: asyncRoute(`await readFile('a');`, `import { readFileSync, promises } from 'fs';\nimport { readFile } from 'fs/promises';`) },
  { name: 'a require in the call', code: asyncRoute(`require('fs').readFileSync('a');`, ``), output: asyncRoute(`await require('fs').promises.readFile('a');`, ``) },
  { name: 'a package with promises of its own', code: asyncRoute(`fs.readJsonSync('a');`, `import fs from 'fs-extra';`), output: asyncRoute(`await fs.readJson('a');`, `import fs from 'fs-extra';`), call: 'fs.readJsonSync' },
  { name: 'a function that is its own promise', code: asyncRoute(`globby.sync('a');`, `import globby from 'globby';`), output: asyncRoute(`await globby('a');`, `import globby from 'globby';`), call: 'globby.sync' },
  { name: 'stat options', code: asyncRoute(`fs.statSync('a', { bigint: true });`), output: asyncRoute(`await fs.promises.stat('a', { bigint: true });`), call: 'fs.statSync' },
  { name: 'a hash with its cost', code: asyncRoute(`bcrypt.hashSync(req.body.password, 10);`, `import bcrypt from 'bcrypt';`), output: asyncRoute(`await bcrypt.hash(req.body.password, 10);`, `import bcrypt from 'bcrypt';`), call: 'bcrypt.hashSync', reason: 'is slow on purpose, and runs on the thread that serves all requests' },
  { name: 'a parenthesis at the start of a statement', code: asyncRoute(`next();\nfs.readFileSync('a').toString()`), output: asyncRoute(`next();\n(await fs.promises.readFile('a')).toString()`) },
  { name: 'a parenthesis behind a block', code: asyncRoute(`if (x) { y }\nfs.readFileSync('a').toString()`), output: asyncRoute(`if (x) { y }\n(await fs.promises.readFile('a')).toString()`) },
];

/** Two calls each. */
const pairs: Case[] = [
  { name: 'a directory handle', code: asyncRoute(`const dir = fs.opendirSync('a'); dir.readSync();`), output: [asyncRoute(`const dir = await fs.promises.opendir('a'); await dir.read();`)] },
  { name: 'one in the arguments of another', code: asyncRoute(`fs.readFileSync(fs.readdirSync('a')[0]);`), output: [asyncRoute(`await fs.promises.readFile((await fs.promises.readdir('a'))[0]);`)] },
];

const suggestions: Case[] = [
  { name: 'a write', code: asyncRoute(`fs.writeFileSync('a', 'b');`), call: 'fs.writeFileSync', suggest: ['awaitTwin', 'fs.promises.writeFile', asyncRoute(`await fs.promises.writeFile('a', 'b');`)] },
  { name: 'a sum that others may change', code: asyncRoute(`total += fs.statSync('a').size;`, `import fs from 'fs';\nlet total = 0;`), call: 'fs.statSync', suggest: ['awaitTwin', 'fs.promises.stat', asyncRoute(`total += (await fs.promises.stat('a')).size;`, `import fs from 'fs';\nlet total = 0;`)] },
  { name: 'a callback twin', code: asyncRoute(`crypto.pbkdf2Sync(a, b, 1, 32, 'sha512');`, `import crypto from 'crypto';\nimport { promisify } from 'util';`), call: 'crypto.pbkdf2Sync', reason: 'is slow on purpose, and runs on the thread that serves all requests', suggest: ['awaitTwin', 'promisify(crypto.pbkdf2)', asyncRoute(`await promisify(crypto.pbkdf2)(a, b, 1, 32, 'sha512');`, `import crypto from 'crypto';\nimport { promisify } from 'util';`)] },
  { name: 'a handler that is not async, on Express 5', code: route(`res.send(fs.readFileSync('a'));`), express: express5, suggest: ['makeAsync', 'fs.promises.readFile', asyncRoute(`res.send(await fs.promises.readFile('a'));`)] },
  { name: 'a handler in a list, on Express 5', code: `import express from 'express';\nimport fs from 'fs';\nexpress().get('/', [function (req, res) { res.send(fs.readFileSync('a')); }]);`, express: express5, suggest: ['makeAsync', 'fs.promises.readFile', `import express from 'express';\nimport fs from 'fs';\nexpress().get('/', [async function (req, res) { res.send(await fs.promises.readFile('a')); }]);`] },
];

tester.run('no-sync-io: repairs', rule, {
  valid: valid([...fixes, ...pairs].flatMap((one) => {
    const output = Array.isArray(one.output) ? one.output.at(-1) : one.output;
    return output === undefined ? [] : [{ ...one, name: `${one.name}, repaired`, code: output }];
  })),
  invalid: [
    ...invalid(fixes),
    ...pairs.map((one): Invalid => ({ ...common(one), output: one.output ?? null, errors: [{ messageId: 'blocks' }, { messageId: 'blocks' }] })),
    ...invalid(suggestions),
  ],
});

tester.run('no-sync-io: what is not repaired', rule, {
  valid: [],
  invalid: invalid([
    { name: 'a function that is not async', code: route(`res.send(fs.readFileSync('a'));`) },
    { name: 'a wrapped handler that is not async, on Express 5', code: `import express from 'express';\nimport fs from 'fs';\nimport { wrap } from './wrap.js';\nexpress().get('/', wrap((req, res) => { fs.readFileSync('a'); }));`, express: express5 },
    { name: 'a callback of the handler, on Express 5', code: route(`names.sort((a, b) => fs.readFileSync(a)); res.end();`), express: express5 },
    { name: 'a generator', code: asyncRoute(`const read = async function* () { yield fs.readFileSync('a'); }; read();`) },
    { name: 'the default of a parameter', code: asyncRoute(`const read = async (text = fs.readFileSync('a')) => text; read();`) },
    { name: 'a class field', code: asyncRoute(`class Page { text = fs.readFileSync('a'); }\nnew Page();`) },
    { name: 'a static block', code: asyncRoute(`class Page { static { fs.readFileSync('a'); } }\nnew Page();`) },
    { name: 'a comment that would be lost', code: asyncRoute(`fs /* node */ .readFileSync('a');`) },
    { name: 'a named import alone', code: asyncRoute(`readFileSync('a');`, `import { readFileSync } from 'fs';`) },
    { name: 'a module that is shadowed', code: asyncRoute(`const fs = req.app; readFileSync('a');`, `import fs, { readFileSync } from 'fs';`) },
    { name: 'a module that is bound further down', code: asyncRoute(`readFileSync('a'); const fs = require('fs');`, `import { readFileSync } from 'fs';`) },
    { name: 'a type import', code: asyncRoute(`readFileSync('a');`, `import { readFileSync } from 'fs';\nimport type fs from 'fs';`) },
    { name: 'spread arguments', code: asyncRoute(`fs.readFileSync(...req.query.args);`) },
    { name: 'a descriptor', code: asyncRoute(`fs.readFileSync(req.fd);`) },
    { name: 'standard input', code: asyncRoute(`fs.readFileSync(0);`) },
    { name: 'a stat that may find nothing', code: asyncRoute(`fs.statSync('a', { throwIfNoEntry: false });`), call: 'fs.statSync' },
    { name: 'stat options that cannot be read', code: asyncRoute(`fs.statSync('a', req.query.options);`), call: 'fs.statSync' },
    { name: 'no twin', code: asyncRoute(`fs.existsSync('a');`), call: 'fs.existsSync', reason: 'waits for the disk; on a slow or remote one, every client waits with it' },
    { name: 'a twin with another result', code: asyncRoute(`execSync('ls');`, `import child, { execSync } from 'child_process';`), call: 'child_process.execSync', reason: 'stops the whole process until the child has ended' },
    { name: 'a hash whose twin has no default', code: asyncRoute(`bcrypt.hashSync(req.body.password);`, `import bcrypt from 'bcrypt';`), call: 'bcrypt.hashSync', reason: 'is slow on purpose, and runs on the thread that serves all requests' },
    { name: 'a callback twin without promisify', code: asyncRoute(`crypto.pbkdf2Sync(a, b, 1, 32, 'sha512');`, `import crypto from 'crypto';`), call: 'crypto.pbkdf2Sync', reason: 'is slow on purpose, and runs on the thread that serves all requests' },
    { name: 'a parenthesis that would be a call', code: asyncRoute(`const next = req.next\nfs.readFileSync('a').toString()`) },
  ]),
});

tester.run('no-sync-io: a read before a write', rule, {
  valid: [],
  invalid: [
    {
      code: asyncRoute(`const all = fs.readFileSync('a'); fs.writeFileSync('a', all + req.body);`),
      output: null,
      errors: [
        { messageId: 'blocks', suggestions: [{ messageId: 'awaitTwin', output: asyncRoute(`const all = await fs.promises.readFile('a'); fs.writeFileSync('a', all + req.body);`) }] },
        { messageId: 'blocks', suggestions: [{ messageId: 'awaitTwin', output: asyncRoute(`const all = fs.readFileSync('a'); await fs.promises.writeFile('a', all + req.body);`) }] },
      ],
      name: 'is left to a person, since two requests may read before either writes',
      settings,
    },
  ],
});

describe('no-sync-io: what is repaired', () => {
  it.each([...[...fixes, ...pairs].map(({ code, output }) => ({ code, output: output ?? null })), ...suggestions.map(({ code, suggest }) => ({ code, output: suggest?.[2] ?? null }))])('stays as it is: $code', (one) => {
    expect(unsettled('no-sync-io', one)).toEqual([]);
  });
});

const elsewhere = project({
  'lib/config.js': `const fs = require('fs');\nexports.read = () => fs.readFileSync('config.json');\nexports.load = () => fs.promises.readFile('config.json');\nexports.all = () => exports.read();\n`,
});
const requesting = (call: string) => `const app = require('express')();\nconst config = require('./lib/config');\napp.get('/', (req, res) => { res.send(${call}); });`;
const place = '`fs.readFileSync` (lib/config.js:2)';

const filename = elsewhere.path('app.js');

tester.run('no-sync-io: in other files', rule, {
  valid: [
    { filename, code: requesting('config.load()'), name: 'what another file reads asynchronously' },
    { filename, code: `${requesting('1')}\nconfig.read();`, name: 'what blocks there, called at startup' },
    { filename, code: requesting('config.read()'), options: [{ allow: ['readFileSync'], extra: [] }], name: 'what is allowed' },
    { filename, code: requesting('config.read()'), name: 'other files are not to be read', settings: { express: { crossFile: false } } },
  ],
  invalid: [
    {
      filename,
      code: requesting('config.read()'),
      errors: [{ messageId: 'elsewhere', data: { call: 'config.read', leadsTo: `calls ${place}`, where: '`GET /` calls it' }, line: 3, column: 39 }],
      name: 'what another file reads while clients wait',
    },
    {
      filename,
      code: requesting('config.all()'),
      errors: [{ messageId: 'elsewhere', data: { call: 'config.all', leadsTo: `reaches ${place} through \`read\``, where: '`GET /` calls it' } }],
      name: 'what another file reads further down',
    },
    { filename, code: requesting('config.read() + config.all()'), errors: [{ messageId: 'elsewhere', column: 39, endColumn: 52 }], name: 'one place, reached twice, is told once' },
  ],
});
