import { describe, expect, it } from 'vitest';

import { reachedBy } from '../../src/express/wording.js';
import { model, nameOf, parsers, reached } from './model-of.js';

const start = `const express = require('express'); const app = express();\n`;

describe.each(parsers)('the request path (%s)', (parser) => {
  it.each([
    ['a function below', `app.get('/x', show); function show(req, res) { load(); } function load() {}`, ['show: GET /x', 'load: GET /x, through load']],
    ['two functions below', `app.get('/x', show); function show(req, res) { load(); } function load() { read(); } function read() {}`, ['show: GET /x', 'load: GET /x, through load', 'read: GET /x, through load → read']],
    ['an arrow in a variable', `app.get('/x', show); const load = () => {}; function show(req, res) { load(); }`, ['show: GET /x', 'load: GET /x, through load']],
    ['a method of this', `class C { routes() { app.get('/x', (req, res) => this.load()); } load() {} }`, ['line 2: GET /x', 'load: GET /x, through load']],
    ['a handler method and its sister', `class C { routes() { app.get('/x', this.show); } show(req, res) { this.load(); } load() {} }`, ['show: GET /x', 'load: GET /x, through load']],
    ['a private method', `class C { routes() { app.get('/x', this.show); } show = (req, res) => { this.#load(); }; #load() {} }`, ['show: GET /x', '#load: GET /x, through #load']],
    ['a static method', `class C { static load() {} } app.get('/x', function show(req, res) { C.load(); });`, ['show: GET /x', 'load: GET /x, through load']],
    ['a member of an object', `const store = { load() {} }; app.get('/x', function show(req, res) { store.load(); });`, ['show: GET /x', 'load: GET /x, through load']],
    ['a member that is set later', `const store = {}; store.load = () => {}; app.get('/x', function show(req, res) { store.load(); });`, ['show: GET /x', 'load: GET /x, through load']],
    ['a method of an instance', `class Store { load() {} } const store = new Store(); app.get('/x', function show(req, res) { store.load(); });`, ['show: GET /x', 'load: GET /x, through load']],
    ['a prototype method', `function Store() {} Store.prototype.load = function () {}; const store = new Store(); app.get('/x', function show(req, res) { store.load(); });`, ['show: GET /x', 'load: GET /x, through load']],
    ['a constructor', `class Store { constructor() { this.ready = true; } } app.get('/x', function show(req, res) { new Store(); });`, ['show: GET /x', 'constructor: GET /x, through constructor']],
    ['through call', `function load() {} app.get('/x', function show(req, res) { load.call(this); });`, ['show: GET /x', 'load: GET /x, through load']],
    ['through apply', `function load() {} app.get('/x', function show(req, res) { load.apply(null, []); });`, ['show: GET /x', 'load: GET /x, through load']],
    ['an optional call', `const load = () => {}; app.get('/x', function show(req, res) { load?.(); });`, ['show: GET /x', 'load: GET /x, through load']],
    ['an exported function', `exports.load = () => {}; app.get('/x', function show(req, res) { exports.load(); });`, ['show: GET /x', 'load: GET /x, through load']],
    ['a callback', `app.get('/x', function show(req, res) { list.forEach((one) => {}); });`, ['show: GET /x', 'line 2: GET /x']],
    ['a callback by name', `function each(one) {} app.get('/x', function show(req, res) { list.forEach(each); });`, ['show: GET /x', 'each: GET /x, through each']],
    ['a callback in an object', `function done() {} app.get('/x', function show(req, res) { run({ done: done }); });`, ['show: GET /x', 'done: GET /x, through done']],
    ['a callback in an array', `function first() {} app.get('/x', function show(req, res) { async.series([first]); });`, ['show: GET /x', 'first: GET /x, through first']],
    ['a bound callback', `function done() {} app.get('/x', function show(req, res) { run(done.bind(null)); });`, ['show: GET /x', 'done: GET /x, through done']],
    ['a timer', `app.get('/x', function show(req, res) { setTimeout(later, 10); }); function later() {}`, ['show: GET /x', 'later: GET /x, through later']],
    ['a promise chain', `app.get('/x', function show(req, res) { load().then(send); }); function load() {} function send() {}`, ['show: GET /x', 'send: GET /x, through send', 'load: GET /x, through load']],
    ['a function inside', `app.get('/x', function show(req, res) { const load = () => {}; load(); });`, ['show: GET /x', 'load: GET /x']],
    ['a table', `const actions = { a() {}, b() {} }; app.get('/x', function show(req, res) { actions[req.query.action](); });`, ['show: GET /x', 'a: GET /x, through a', 'b: GET /x, through b']],
    ['what a factory returns', `function make() { return function load() {}; } const load2 = make(); app.get('/x', function show(req, res) { load2(); });`, ['show: GET /x', 'load: GET /x, through load']],
    ['recursion', `app.get('/x', show); function show(req, res) { load(); } function load() { load(); }`, ['show: GET /x', 'load: GET /x, through load']],
    ['each other', `app.get('/x', show); function show(req, res) { a(); } function a() { b(); } function b() { a(); }`, ['show: GET /x', 'a: GET /x, through a', 'b: GET /x, through a → b']],
    ['middleware', `app.use(check); function check(req, res, next) { load(); } function load() {}`, ['check: middleware', 'load: middleware, through load']],
    ['error middleware', `app.use(onError); function onError(err, req, res, next) { load(); } function load() {}`, ['onError: middleware', 'load: middleware, through load']],
    ['an exported handler', `exports.show = (req, res, next) => { load(); }; function load() {}`, ['show: handler show', 'load: handler show, through load']],
  ])('%s', (_what, code, expected) => {
    expect(reached(start + code, { parser })).toEqual(expected);
  });

  it.each([
    ['the module', `load(); function load() {}`],
    ['a function that only starts', `function init() { load(); } function load() {} init();`],
    ['the body of a factory', `function make() { prepare(); return (req, res) => {}; } function prepare() {} app.get('/x', make());`, 'line 2'],
    ['an immediately called function', `(function () { load(); })(); function load() {}`],
    ['a listen callback', `app.listen(3000, () => { load(); }); function load() {}`],
    ['a listener of the process', `process.on('SIGTERM', () => { load(); }); function load() {}`],
    ['a socket', `io.on('connection', (socket) => { load(); }); function load() {}`],
    ['an exported function that is no handler', `exports.load = () => { read(); }; function read() {}`],
    ['dead code', `app.get('/x', function show(req, res) { if (false) load(); }); function load() {}`, 'show'],
    ['dead code behind &&', `app.get('/x', function show(req, res) { false && load(); }); function load() {}`, 'show'],
    ['a function that is only named', `app.get('/x', function show(req, res) { typeof load; }); function load() {}`, 'show'],
    ['a function inside that nobody uses', `app.get('/x', function show(req, res) { function load() {} });`, 'show'],
    ['another class', `class A { load() {} } class B { load() {} } const a = new A(); app.get('/x', function show(req, res) { b.load(); });`, 'show'],
    ['an unknown callback', `app.get('/x', function show(req, res) { jobs.start(); }); const jobs = require('./jobs'); function load() {}`, 'show'],
  ])('not: %s', (_what, code, ...only) => {
    expect(reached(start + code, { parser }).map((line) => line.split(':')[0])).toEqual(only);
  });

  it('is where a function stands that startup calls too', () => {
    const code = `${start}load(); app.get('/x', function show(req, res) { load(); }); function load() {}`;
    expect(reached(code, { parser })).toEqual(['show: GET /x', 'load: GET /x, through load']);
  });

  it('keeps the first route as the witness', () => {
    const code = `${start}app.get('/x', (req, res) => { load(); }); app.get('/y', (req, res) => { load(); }); function load() {}`;
    expect(reached(code, { parser }).at(-1)).toBe('load: GET /x, through load');
  });

  it('takes the shortest way', () => {
    const code = `${start}app.get('/x', (req, res) => { far(); load(); }); function far() { load(); } function load() {}`;
    expect(reached(code, { parser }).at(-1)).toBe('load: GET /x, through load');
  });

  it('tells of a node why it can run', () => {
    const found = model(`${start}app.get('/x', show);\nfunction show(req, res) { load(); }\nfunction load() { read(); }\nread();`, { parser });
    const calls = found.file.tree.calls.filter(({ callee }) => callee.type === 'Identifier' && callee.name === 'read');
    expect(calls.map((call) => found.witness(call)?.via)).toEqual([['load'], undefined]);
    expect(calls.map((call) => nameOf(found.unitOf(call).node))).toEqual(['load', 'line 1']);
  });
});

describe('reachedBy', () => {
  const last = (code: string, does?: string) => {
    const { requestPath } = model(start + code);
    const witness = requestPath.witness([...requestPath.units].at(-1) ?? model('').file.tree.root);
    return witness && reachedBy(witness, does);
  };

  it('names what starts the code, and the way', () => {
    expect(last(`app.get('/x', (req, res) => {});`)).toBe('`GET /x` calls it');
    expect(last(`app.get('/x', (req, res) => {});`, 'reads it')).toBe('`GET /x` reads it');
    expect(last(`app.get('/x', (req, res) => a()); function a() { b(); } function b() {}`)).toBe('`GET /x` reaches it through `a` → `b`');
  });

  it.each([
    ['the middleware calls it', `app.use((req, res, next) => {});`],
    ['the middleware on `/api` calls it', `app.use('/api', (req, res, next) => {});`],
    ['the error middleware calls it', `app.use((err, req, res, next) => {});`],
    ['the callback of the parameter `id` calls it', `app.param('id', (req, res, next, id) => {});`],
    ['the handler `show` calls it', `exports.show = (req, res) => {};`],
    ['the handler calls it', `module.exports = (req, res) => {};`],
    ['the error handler `onError` calls it', `exports.onError = (err, req, res, next) => {};`],
    ['a callback of `multer` calls it', `require('multer')({ fileFilter: (req, file, cb) => {} });`],
    ["a callback of passport's `LocalStrategy` calls it", `const LocalStrategy = require('passport-local'); new LocalStrategy((name, password, done) => {});`],
    ["multer's `_handleFile` calls it", `class Storage { _handleFile(req, file, cb) {} }`],
  ])('%s', (expected, code) => {
    expect(last(code)).toBe(expected);
  });

  it('tells long ways by their ends', () => {
    const chain = Array.from({ length: 8 }, (_, i) => `function f${i}() { f${i + 1}(); }`).join(' ');
    expect(last(`app.get('/x', (req, res) => f0()); ${chain} function f8() {}`)).toBe('`GET /x` reaches it through `f0` → `f1` → … → `f7` → `f8`');
  });
});
