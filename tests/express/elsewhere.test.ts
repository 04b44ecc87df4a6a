import { afterEach, describe, expect, it, vi } from 'vitest';

import type { DeedKind, Elsewhere } from '../../src/express/elsewhere.js';
import { readSettings } from '../../src/express/file.js';
import { elsewhereFor } from '../../src/express/modules.js';
import { project } from '../files.js';

const disk = project({ 'routes.js': '' });
let written = 0;

/** What the file `routes.js` knows of files beside it; each call has a folder of its own, so that no answer is an old one. */
function around(files: Readonly<Record<string, string>>, express = {}): Elsewhere {
  const folder = `case-${written++}`;
  disk.write(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text])));
  return elsewhereFor(disk.path(`${folder}/routes.js`), readSettings({ express }));
}

const fs = `const fs = require('fs');\n`;
const blocks = `fs.readFileSync('a')`;

/** What a reference leads to, as `fs.readFileSync lib.js:2 via load`. */
function led(elsewhere: Elsewhere, module: string, steps: readonly string[], kind: DeedKind = 'blocks'): string[] {
  return elsewhere.culprits({ module, steps }, kind).map(({ what, path: at, line, via }) => [`${what} ${at.replace(/^case-\d+\//, '')}:${line}`, ...(via.length > 0 ? [`via ${via.join(' ')}`] : [])].join(' '));
}

describe('what a module exports', () => {
  const rows: readonly (readonly [title: string, text: string, steps: readonly string[], found: boolean])[] = [
    ['a member of exports', `exports.read = () => ${blocks};`, ['.read'], true],
    ['another member of exports', `exports.read = () => ${blocks}; exports.other = () => 1;`, ['.other'], false],
    ['a member of module.exports', `module.exports.read = () => ${blocks};`, ['.read'], true],
    ['an object', `module.exports = { read: () => ${blocks} };`, ['.read'], true],
    ['a function', `module.exports = () => ${blocks};`, [], true],
    ['a member of a function', `function api() {}\napi.read = () => ${blocks};\nmodule.exports = api;`, ['.read'], true],
    ['the function itself', `function api() {}\napi.read = () => ${blocks};\nmodule.exports = api;`, [], false],
    ['an object that is filled later', `const api = {};\napi.read = () => ${blocks};\nmodule.exports = api;`, ['.read'], true],
    ['Object.assign', `Object.assign(module.exports, { read: () => ${blocks} });`, ['.read'], true],
    ['a class', `module.exports = class { read() { ${blocks}; } };`, ['new', '.read'], true],
    ['a static member', `module.exports = class { static read() { ${blocks}; } };`, ['.read'], true],
    ['a method is no static member', `module.exports = class { read() { ${blocks}; } };`, ['.read'], false],
    ['a constructor', `module.exports = class { constructor() { ${blocks}; } };`, [], true],
    ['a singleton', `class Store { read() { ${blocks}; } }\nmodule.exports = new Store();`, ['.read'], true],
    ['a method of a prototype', `function Store() {}\nStore.prototype.read = function () { ${blocks}; };\nmodule.exports = Store;`, ['new', '.read'], true],
    ['a factory', `module.exports = (deps) => ({ read: () => ${blocks} });`, ['()', '.read'], true],
    ['an async factory', `module.exports = async () => ({ read: () => ${blocks} });`, ['()', 'await', '.read'], true],
    ['what a function returns is not what it does', `module.exports = () => () => ${blocks};`, ['()'], true],
    ['an inherited method', `class Base { read() { ${blocks}; } }\nmodule.exports = class extends Base {};`, ['new', '.read'], true],
    ['what another function of the module does', `const load = () => ${blocks};\nexports.read = () => load();`, ['.read'], true],
    ['what is handed to another function', `const load = () => ${blocks};\nexports.read = (names) => names.map(load);`, ['.read'], true],
    ['what is only named', `const load = () => ${blocks};\nexports.read = () => { const names = [load]; return names.length; };`, ['.read'], false],
    ['a result that is kept', `let kept;\nexports.read = () => {\n  if (kept) return kept;\n  kept = ${blocks};\n  return kept;\n};`, ['.read'], false],
    ['a result that is not kept', `let kept;\nexports.read = () => {\n  if (kept) return kept;\n  return ${blocks};\n};`, ['.read'], true],
    ['what getInstance constructs', `class Store { constructor() { ${blocks}; } static getInstance() { return new Store(); } }\nmodule.exports = Store;`, ['.getInstance'], false],
    ['what create constructs', `class Store { constructor() { ${blocks}; } static create() { return new Store(); } }\nmodule.exports = Store;`, ['.create'], true],
    ['what the module does when it is loaded', `${blocks};\nexports.read = () => 1;`, ['.read'], false],
    ['an object of which two spread each other', `let a = { read: () => ${blocks} };\nlet b = { ...a, b: 1 };\na = { ...b, a: 1 };\nmodule.exports = { ...a, ...b };`, ['.read'], true],
    ['a function beside a promise that is made of itself', `exports.wait = async () => { let p = start(); p = p.then(go); p = (p); return 1; };\nexports.read = () => ${blocks};`, ['.read'], true],
    ['a function beside code that never runs', `let read = () => ${blocks};\nif (false) read = 1;\nexports.read = () => read();`, ['.read'], true],
    ['a handler, which its own file reports', `exports.read = (req, res, next) => { ${blocks}; };`, ['.read'], false],
  ];
  it.each(rows)('%s', (_title, text, steps, found) => {
    expect(led(around({ 'lib.js': fs + text }), './lib', steps).length > 0).toBe(found);
  });

  it.each([
    ['named', `export const read = () => ${blocks};`, ['.read']],
    ['default', `export default () => ${blocks};`, []],
    ['a list', `const read = () => ${blocks};\nexport { read as load };`, ['.load']],
    ['a list with default', `const read = () => ${blocks};\nexport { read as default };`, []],
    ['destructured', `export const { read } = { read: () => ${blocks} };`, ['.read']],
  ])('ESM: %s', (_title, text, steps) => {
    expect(led(around({ 'lib.mjs': `import fs from 'node:fs';\n${text}` }), './lib.mjs', steps)).toHaveLength(1);
  });

  it('TypeScript, named by the file that it becomes, overloads included', () => {
    const elsewhere = around({ 'lib.ts': `import fs from 'node:fs';\nexport function read(name: string): string;\nexport function read(name: URL): string;\nexport function read(name: any) { return fs.readFileSync(name); }` });
    expect(led(elsewhere, './lib.js', ['.read'])).toEqual(['fs.readFileSync lib.ts:4']);
  });
});

describe('from module to module', () => {
  it('follows calls, and names the functions on the way', () => {
    const elsewhere = around({ 'a.js': `const b = require('./b');\nexports.a = () => b.b();`, 'b.js': `const c = require('./c');\nexports.b = function b() { return c(); };`, 'c.js': `${fs}module.exports = function c() {\n  return ${blocks};\n};` });
    expect(led(elsewhere, './a', ['.a'])).toEqual(['fs.readFileSync c.js:3 via b c']);
  });

  it.each([
    ['export from', `export { read } from './lib.mjs';`, ['.read']],
    ['export from, renamed', `export { read as load } from './lib.mjs';`, ['.load']],
    ['export star', `export * from './lib.mjs';`, ['.read']],
    ['export star as', `export * as lib from './lib.mjs';`, ['.lib', '.read']],
    ['import and export', `import { read } from './lib.mjs';\nexport { read };`, ['.read']],
    ['import and export default', `import * as lib from './lib.mjs';\nexport default lib;`, ['.read']],
  ])('%s', (_title, text, steps) => {
    const elsewhere = around({ 'index.mjs': text, 'lib.mjs': `import fs from 'node:fs';\nexport const read = () => ${blocks};` });
    expect(led(elsewhere, './index.mjs', steps)).toEqual(['fs.readFileSync lib.mjs:2']);
  });

  it.each([
    ['require', `module.exports = require('./lib');`, ['.read']],
    ['a member that is required', `exports.lib = require('./lib');`, ['.lib', '.read']],
    ['a spread', `module.exports = { ...require('./lib'), other: 1 };`, ['.read']],
    ['a class that extends one', `const Lib = require('./base');\nmodule.exports = class extends Lib {};`, ['new', '.load']],
  ])('CommonJS: %s', (_title, text, steps) => {
    const elsewhere = around({ 'index.js': text, 'lib.js': `${fs}exports.read = () => ${blocks};`, 'base.js': `${fs}module.exports = class { load() { ${blocks}; } };` });
    expect(led(elsewhere, './index', steps)).toHaveLength(1);
  });

  it('a spread does not hide what is written beside it', () => {
    const elsewhere = around({ 'index.js': `const read = require('./lib');\nmodule.exports = { read, ...require('./other') };`, 'lib.js': `${fs}module.exports = () => ${blocks};`, 'other.js': `exports.x = 1;` });
    expect(led(elsewhere, './index', ['.read'])).toEqual(['fs.readFileSync lib.js:2']);
  });

  it('an injected service, by its class', () => {
    const service = `import fs from 'node:fs';\nexport class Users { load() { return ${blocks}; } }`;
    const typed = (parameter: string) => `import { Users } from './users';\nexport class Api { constructor(${parameter}) {} show() { return this.users.load(); } }`;
    expect(led(around({ 'users.ts': service, 'api.ts': typed('private users: Users') }), './api', ['.Api', 'new', '.show'])).toHaveLength(1);
    expect(led(around({ 'users.ts': service, 'api.ts': typed('private users: any') }), './api', ['.Api', 'new', '.show'])).toEqual([]);
  });

  it('a service out of a container', () => {
    const files = { 'users.ts': `import fs from 'node:fs';\nexport class Users { load() { return ${blocks}; } }` };
    const api = (call: string) => `import { Container } from 'typedi';\nimport { Users } from './users';\nexport const show = () => ${call}.load();`;
    expect(led(around({ ...files, 'api.ts': api('Container.get(Users)') }), './api', ['.show'])).toHaveLength(1);
    expect(led(around({ ...files, 'api.ts': api('Container.get("users")') }), './api', ['.show'])).toEqual([]);
  });

  it('is not caught in a circle, and says the same whoever is asked first', () => {
    const files = { 'a.js': `const b = require('./b');\nexports.a = async () => { await b.b(); };\nexports.sync = () => b.sync();`, 'b.js': `${fs}const a = require('./a');\nexports.b = async () => { await a.a(); if (x) throw new Error(); };\nexports.sync = () => { a.sync(); ${blocks}; };` };
    const [first, second] = [around(files), around(files)];
    const [a, b] = [{ module: './a', steps: ['.a'] }, { module: './b', steps: ['.b'] }];
    expect([first.canFail(a), first.canFail(b)]).toEqual([true, true]);
    expect([second.canFail(b), second.canFail(a)]).toEqual([true, true]);
    expect(led(first, './a', ['.sync'])).toEqual(['fs.readFileSync b.js:4 via sync']);
  });

  it.each([
    ['a package', 'lodash', {}],
    ['a file that is not there', './nothing', {}],
    ['a syntax error', './lib', { 'lib.js': 'exports.read = (' }],
    ['data', './lib.json', { 'lib.json': '{}' }],
    ['an empty file', './lib', { 'lib.js': '' }],
  ])('knows nothing of %s', (_title, module, files) => {
    const elsewhere = around(files);
    const reference = { module, steps: ['.read'] };
    expect([elsewhere.givesPromise(reference), elsewhere.canFail(reference), elsewhere.ofParameter(reference, 0), elsewhere.endOf(reference), led(elsewhere, module, ['.read'])]).toEqual([undefined, true, 'unknown', undefined, []]);
  });
});

describe('what functions of other files do with rejections', () => {
  it.each([
    ['an async function', `module.exports = async () => {};`, true],
    ['a function that returns a chain', `module.exports = () => load().then(use);`, true],
    ['a function that returns a number', `module.exports = () => 1;`, false],
    ['a function that returns something unknown', `module.exports = () => load();`, undefined],
    ['a function that returns what an async one of another file does', `module.exports = () => require('./other')();`, true],
  ])('%s gives a promise', (_title, text, expected) => {
    expect(around({ 'lib.js': text, 'other.js': `module.exports = async () => {};` }).givesPromise({ module: './lib', steps: [] })).toBe(expected);
  });

  it.each([
    ['awaits something unknown', `module.exports = async () => { await load(); };`, true],
    ['awaits it in a try', `module.exports = async () => { try { await load(); } catch {} };`, false],
    ['only works in memory', `const all = {};\nmodule.exports = async (id) => { all[id] = Object.keys(all).map((x) => x.trim()); };`, false],
    ['reads a file, which may not be there', `${fs}module.exports = async () => ${blocks};`, true],
    ['reads it in a try', `${fs}module.exports = async () => { try { return ${blocks}; } catch { return ''; } };`, false],
    ['throws', `module.exports = async (x) => { if (!x) throw new Error(); };`, true],
    ['awaits a function of another file that cannot', `module.exports = async () => { await require('./calm')(); };`, false],
    ['awaits a function of another file that can', `module.exports = async () => { await require('./wild')(); };`, true],
  ])('an async function that %s can fail', (_title, text, expected) => {
    const files = { 'lib.js': text, 'calm.js': `module.exports = async () => 1;`, 'wild.js': `module.exports = async () => { await load(); };` };
    expect(around(files).canFail({ module: './lib', steps: [] })).toBe(expected);
  });

  it.each([
    ['catches and calls next', `module.exports = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);`, 'forwards'],
    ['awaits in a try', `module.exports = (fn) => async (req, res, next) => { try { await fn(req, res, next); } catch (e) { next(e); } };`, 'forwards'],
    ['takes next as the last argument', `module.exports = (fn) => (...args) => fn(...args).catch(args[2]);`, 'forwards'],
    ['hands it to a package that forwards', `const handler = require('express-async-handler');\nmodule.exports = (fn) => handler(fn);`, 'forwards'],
    ['returns the promise', `module.exports = (fn) => (req, res, next) => fn(req, res, next);`, 'passes'],
    ['returns the function', `module.exports = (fn) => fn;`, 'passes'],
    ['throws the promise away', `module.exports = (fn) => (req, res, next) => { fn(req, res, next); };`, 'drops'],
    ['keeps the function', `module.exports = (fn) => { handlers.push(fn); };`, 'unknown'],
    ['hands it to itself', `module.exports = function wrap(fn) { return wrap(fn); };`, 'unknown'],
  ])('a wrapper that %s', (_title, text, expected) => {
    expect(around({ 'lib.js': text }).ofParameter({ module: './lib', steps: [] }, 0)).toBe(expected);
  });

  it.each([
    ['a function that takes a request', `module.exports = (req, res) => res.end();`, true],
    ['a function that takes something else', `module.exports = (id, done) => done();`, false],
    ['no function', `module.exports = { req: 1 };`, false],
  ])('%s: %s', (_title, text, expected) => {
    expect(around({ 'lib.js': text }).takesRequest({ module: './lib', steps: [] })).toBe(expected);
  });

  it.each([
    ['a helper that parses what the client sent', `module.exports = (req) => JSON.parse(req.body);`, true],
    ['one that calls such a helper', `const parse = (req) => JSON.parse(req.body);\nmodule.exports = (req) => parse(req);`, true],
    ['one that catches', `module.exports = (req) => { try { return JSON.parse(req.body); } catch { return {}; } };`, false],
    ['an async one, which rejects instead', `module.exports = async (req) => JSON.parse(req.body);`, false],
  ])('%s throws before it returns: %s', (_title, text, expected) => {
    expect(around({ 'lib.js': text }).throws({ module: './lib', steps: [] })).toBe(expected);
  });

  it('leaves out what only incomplete requests make fail, where something checks them', () => {
    const elsewhere = around({ 'users.js': `exports.show = async (req, res) => {\n  res.json(req.body.user.name);\n};` });
    expect(elsewhere.failureOf({ module: './users', steps: ['.show'] }, false)).toMatchObject({ line: 2 });
    expect(elsewhere.failureOf({ module: './users', steps: ['.show'] }, true)).toBeUndefined();
  });

  it('says where a handler fails, and where it starts', () => {
    const elsewhere = around({ 'users.js': `const db = require('pg');\nexports.show = async (req, res) => {\n  res.json(await db.load());\n};\nexports.sync = (req, res) => { throw new Error(); };` });
    expect(elsewhere.failureOf({ module: './users', steps: ['.show'] }, false)).toMatchObject({ what: 'db.load()', line: 3, start: 2 });
    expect(elsewhere.failureOf({ module: './users', steps: ['.sync'] }, false)).toBeUndefined();
  });

  it.each([
    ['a promise that floats', `const send = async () => { await smtp(); };\nexports.mail = () => { send(); };`, ['send() scripts/lib.js:2']],
    ['a promise that is caught', `const send = async () => { await smtp(); };\nexports.mail = () => { send().catch(log); };`, []],
    ['a promise of another file that cannot reject', `const send = require('./calm');\nexports.mail = () => { send(); };`, []],
    ['a promise of another file that can', `const send = require('./wild');\nexports.mail = () => { send(); };`, ['send() scripts/lib.js:2']],
    ['what a logger starts', `const send = async () => { await smtp(); };\nclass Log { warn() { send(); } }\nexports.mail = () => new Log().warn();`, []],
  ])('%s', (_title, text, expected) => {
    const files = { 'scripts/lib.js': text, 'scripts/calm.js': `module.exports = async () => 1;`, 'scripts/wild.js': `module.exports = async () => { await load(); };` };
    expect(led(around(files), './scripts/lib', ['.mail'], 'leaks')).toEqual(expected);
  });

  it('leaves to the file itself what is told of there', () => {
    const text = `const send = async () => { await smtp(); };\nexports.mail = () => { send(); };`;
    expect(led(around({ 'lib.js': text }), './lib', ['.mail'], 'leaks')).toEqual([]);
    expect(led(around({ 'scripts/lib.js': text }), './scripts/lib', ['.mail'], 'leaks')).toEqual(['send() scripts/lib.js:2']);
  });

  it('tells of what is not looked for in the file itself', () => {
    const text = `const fse = require('fs-extra');\nexports.mail = (a) => { fse.move(a, 'b'); };`;
    expect(led(around({ 'lib.js': text }), './lib', ['.mail'], 'leaks')).toEqual(['fse.move() lib.js:2']);
    expect(led(around({ 'lib.js': `${text}\nexports.other = async () => {};` }), './lib', ['.mail'], 'leaks')).toEqual([]);
  });
});

describe('what else is asked of other files', () => {
  it.each([
    ['exits', `module.exports = (e) => { log(e); process.exit(1); };`, 'always'],
    ['exits on some paths', `module.exports = (e) => { if (e.fatal) process.exit(1); };`, 'sometimes'],
    ['goes on', `module.exports = (e) => { console.error(e); process.title; };`, 'never'],
    ['goes on, in a file that does not name the process', `module.exports = (e) => { console.error(e); };`, 'never'],
    ['goes on, in a file whose comments do', `// No exit here.\nmodule.exports = (e) => { console.error(e); };`, 'never'],
    ['cannot be looked into', `module.exports = require('some-package').shutdown;`, undefined],
  ])('a function that %s', (_title, text, expected) => {
    expect(around({ 'lib.js': text }).endOf({ module: './lib', steps: [] })).toBe(expected);
  });

  it.each([
    ['an app', `const app = require('express')();\nmodule.exports = app;`, [], 'app'],
    ['a router', `import { Router } from 'express';\nexport const api = Router();`, ['.api'], 'app'],
    ['a class that extends one', `const { Router } = require('express');\nmodule.exports = class extends Router {};`, ['new'], 'app'],
    ['a function', `module.exports = () => 1;`, [], 'other'],
    ['anything', `module.exports = load();`, [], undefined],
  ])('%s', (_title, text, steps, expected) => {
    expect(around({ 'lib.js': text }).appAt({ module: './lib', steps })).toBe(expected);
  });

  it.each([
    ['a stream that nobody hears', `${fs}module.exports = (name) => fs.createReadStream(name);`, false],
    ['a stream that is heard', `${fs}module.exports = (name) => { const s = fs.createReadStream(name); s.on('error', stop); return s; };`, true],
  ])('%s', (_title, text, heard) => {
    expect(around({ 'lib.js': text }).streamFrom({ module: './lib', steps: [] })).toEqual({ module: 'fs', path: ['createReadStream'], how: 'call', heard });
  });

  it('is nothing where it is switched off, or where there is no file', () => {
    const files = { 'lib.js': `${fs}module.exports = () => ${blocks};` };
    expect(led(around(files), './lib', [])).toHaveLength(1);
    expect(led(around(files, { crossFile: false }), './lib', [])).toEqual([]);
    expect(elsewhereFor('<input>', readSettings({})).culprits({ module: './lib', steps: [] }, 'blocks')).toEqual([]);
  });
});

describe('what a project keeps of packages in files of its own', () => {
  const files = {
    'user.js': `const fs = require('fs'); const mongoose = require('mongoose');
const schema = new mongoose.Schema({}, { statics: { purge() { ${blocks}; } } });
schema.methods.hasPassword = function () { ${blocks}; };
schema.method('hash', () => ${blocks});
schema.pre('save', function () { console.log('saved'); });
module.exports = mongoose.model('User', schema);`,
    'post.js': `const { Sequelize, Model } = require('sequelize');\nclass Post extends Model {}\nmodule.exports = { Post, db: new Sequelize('x') };`,
    'http.js': `module.exports = require('axios').create();`,
  };
  const user = './user';

  it.each([
    ['a model', { module: user, steps: ['.create'] }, 'mongoose Model.create'],
    ['a query', { module: user, steps: ['.findOne'] }, 'mongoose Model.findOne'],
    ['a document', { module: user, steps: ['.findOne', '()', 'await', '.save'] }, 'mongoose Model.prototype.save'],
    ['a document through a query', { module: user, steps: ['.findOne', '()', '.populate', '()', 'await', '.save'] }, 'mongoose Model.prototype.save'],
    ['a class that extends one of a package', { module: './post', steps: ['.Post', '.create'] }, 'sequelize Model.create'],
    ['an instance of a class of a package', { module: './post', steps: ['.db', '.query'] }, 'sequelize Sequelize.prototype.query'],
    ['what a function of a package makes', { module: './http', steps: ['.get'] }, 'axios get'],
    ['something that a package is not known for', { module: './http', steps: ['.get', '()', 'await', '.data'] }, undefined],
    ['a function of the project', { module: user, steps: ['.purge'] }, undefined],
  ])('%s', (_title, reference, expected) => {
    const path = around(files).packagePath(reference);
    expect(path && `${path.module} ${path.path.join('.')}`).toBe(expected);
  });

  it.each([
    ['a static function of a schema', ['.purge'], 'blocks', ['fs.readFileSync user.js:2']],
    ['a method of a document', ['.findById', '()', 'await', '.hasPassword'], 'blocks', ['fs.readFileSync user.js:3']],
    ['a method of a new document', ['new', '.hash'], 'blocks', ['fs.readFileSync user.js:4']],
    ['no method of a query', ['.findById', '()', '.hasPassword'], 'blocks', []],
    ['a hook of a document', ['.findById', '()', 'await', '.save'], 'logs', ['console.log user.js:5']],
    ['a hook behind another operation', ['.create'], 'logs', ['console.log user.js:5']],
    ['an operation without hooks', ['.updateOne'], 'logs', []],
    ['a name that every object has', ['.constructor'], 'logs', []],
  ] as const)('%s', (_title, steps, kind, expected) => {
    expect(led(around(files), user, steps, kind)).toEqual(expected);
  });
});

describe('a function that is given another', () => {
  it.each([
    ['forwards its rejections', `export const run = (handler) => (req, res, next) => handler(req, res).catch(next);`],
    ['forwards them, and has a type of it', `export const run = (handler) => { type Handler = typeof handler; return (req, res, next) => handler(req, res).catch(next); };`],
    ['forwards them, and names it in code that never runs', `export const run = (handler) => { if (false) handler.name; return (req, res, next) => handler(req, res).catch(next); };`],
  ])('%s', (_title, text) => {
    expect(around({ 'lib.ts': text }).ofParameter({ module: './lib', steps: ['.run'] }, 0)).toBe('forwards');
  });
});

describe('whoever asks first', () => {
  const text = `${fs}const load = async (n) => { await smtp(${blocks}); return save(n); };\nconst save = async (n) => { await smtp(); await load(n - 1); };\nexports.run = (handler) => (req, res, next) => handler(req, res).catch(next);\nexports.load = load;\nexports.save = save;\nexports.end = () => process.exit(1);`;
  const load = { module: './lib', steps: ['.load'] };
  const save = { module: './lib', steps: ['.save'] };
  const questions: ((elsewhere: Elsewhere) => unknown)[] = [
    (elsewhere) => elsewhere.canFail(save),
    (elsewhere) => elsewhere.endOf({ module: './lib', steps: ['.end'] }),
    (elsewhere) => elsewhere.ofParameter({ module: './lib', steps: ['.run'] }, 0),
    (elsewhere) => elsewhere.appAt(load),
    (elsewhere) => elsewhere.canFail(load),
    (elsewhere) => elsewhere.failureOf(save, false)?.line,
    (elsewhere) => led(elsewhere, './lib', ['.load']),
  ];
  const expected = [true, 'always', 'forwards', 'other', true, 3, ['fs.readFileSync lib.js:2']];

  it.each(questions.map((_, first) => first))('question %i, gets the same answers', (first) => {
    const elsewhere = around({ 'lib.js': text });
    const order = questions.map((_, i) => (i + first) % questions.length);
    const answers = order.map((i) => [i, questions[i]?.(elsewhere)]);
    expect(answers).toEqual(order.map((i) => [i, expected[i]]));
  });
});

describe('a package.json that has changed', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells anew where a file belongs', () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    disk.write({ 'changes/lib.js': `${fs}exports.read = () => ${blocks};` });
    const found = (): string[] => led(elsewhereFor(disk.path('changes/routes.js'), readSettings({})), './lib', ['.read']);
    expect(found()).toEqual(['fs.readFileSync changes/lib.js:2']);
    disk.write({ 'changes/package.json': '{}' });
    vi.advanceTimersByTime(5000);
    expect(found()).toEqual(['fs.readFileSync lib.js:2']);
  });
});
