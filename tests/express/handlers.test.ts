import { describe, expect, it } from 'vitest';

import { handlers, model, nameOf, parsers } from './model-of.js';

const start = `const express = require('express'); const app = express();\n`;

describe.each(parsers)('registered handlers (%s)', (parser) => {
  it.each([
    ['inline', `app.get('/x', function show(req, res) {});`, ['show: request, GET /x, none']],
    ['arrow', `app.get('/x', (req, res) => {});`, ['line 2: request, GET /x, none']],
    ['by name', `const show = (req, res) => {}; app.get('/x', show);`, ['show: request, GET /x, none']],
    ['hoisted', `app.get('/x', show); function show(req, res) {}`, ['show: request, GET /x, none']],
    ['member of an object', `const controller = { show(req, res) {} }; app.get('/x', controller.show);`, ['show: request, GET /x, none']],
    ['member that is set later', `const controller = {}; controller.show = (req, res) => {}; app.get('/x', controller.show);`, ['show: request, GET /x, none']],
    ['member by a literal', `const controller = { 'show': (req, res) => {} }; app.get('/x', controller['show']);`, ['show: request, GET /x, none']],
    ['taken out of an object', `const controller = { show(req, res) {} }; const { show } = controller; app.get('/x', show);`, ['show: request, GET /x, none']],
    ['exports', `exports.show = (req, res) => {}; app.get('/x', exports.show);`, ['show: request, GET /x, none']],
    ['module.exports', `const api = module.exports = {}; api.show = (req, res) => {}; app.get('/x', module.exports.show);`, ['show: request, GET /x, none']],
    ['method', `class C { show(req, res) {} } const c = new C(); app.get('/x', c.show);`, ['show: request, GET /x, none']],
    ['static method', `class C { static show(req, res) {} } app.get('/x', C.show);`, ['show: request, GET /x, none']],
    ['arrow in a field', `class C { show = (req, res) => {}; } app.get('/x', new C().show);`, ['show: request, GET /x, none']],
    ['method of this', `class C { routes() { app.get('/x', this.show); } show(req, res) {} }`, ['show: request, GET /x, none']],
    ['bound method of this', `class C { routes() { app.get('/x', this.show.bind(this)); } show(req, res) {} }`, ['show: request, GET /x, none']],
    ['method bound in the constructor', `class C { constructor() { this.show = this.show.bind(this); app.get('/x', this.show); } show(req, res) {} }`, ['show: request, GET /x, none']],
    ['inherited method', `class B { show(req, res) {} } class C extends B { routes() { app.get('/x', this.show); } }`, ['show: request, GET /x, none']],
    ['prototype method', `function C() {} C.prototype.show = function show(req, res) {}; const c = new C(); app.get('/x', c.show);`, ['show: request, GET /x, none']],
    ['called by a method', `class C { routes() { app.get('/x', (req, res) => this.show(req, res)); } show(req, res) {} }`, ['line 2: request, GET /x, none']],
    ['conditional', `const a = (req, res) => {}; const b = (req, res) => {}; app.get('/x', flag ? a : b);`, ['a: request, GET /x, none', 'b: request, GET /x, none']],
    ['fallback', `const b = (req, res) => {}; app.get('/x', options.a || b);`, ['b: request, GET /x, none']],
    ['factory', `function make(o) { return (req, res) => {}; } app.get('/x', make(1));`, ['line 2: request, GET /x, none']],
    ['arrow factory', `const make = (o) => function show(req, res) {}; app.get('/x', make(1));`, ['show: request, GET /x, none']],
    ['factory of a factory', `const make = (a) => (b) => (req, res) => {}; app.get('/x', make(1)(2));`, ['line 2: request, GET /x, none']],
    ['factory of an array', `const make = () => [function a(req, res, next) {}, function b(req, res) {}]; app.get('/x', make());`, ['a: request, GET /x, none', 'b: request, GET /x, none']],
    ['async factory', `const make = async () => (req, res) => {}; app.get('/x', await make());`, ['line 2: request, GET /x, none']],
    ['factory that returns a local', `function make() { const show = (req, res) => {}; return show; } app.get('/x', make());`, ['show: request, GET /x, none']],
    ['table by a computed key', `const table = { a(req, res) {}, b(req, res) {} }; app.get('/x', table[name]);`, ['a: request, GET /x, none', 'b: request, GET /x, none']],
    ['table in a Map', `const table = new Map([['a', (req, res) => {}]]); app.get('/x', table.get(name));`, ['line 2: request, GET /x, none']],
    ['given to a helper', `function add(path, handler) { app.get('/x', handler); } add('/x', function show(req, res) {});`, ['show: request, GET /x, none']],
    ['rest given to a helper', `function add(path, ...all) { app.get('/x', ...all); } add('/x', function a(req, res, next) {}, function b(req, res) {});`, ['a: request, GET /x, none', 'b: request, GET /x, none']],
    ['in an array', `app.get('/x', [function a(req, res, next) {}, [function b(req, res) {}]]);`, ['a: request, GET /x, none', 'b: request, GET /x, none']],
    ['in a chain that is named', `const chain = [function a(req, res, next) {}]; app.use(chain);`, ['a: request, middleware, none']],
    ['registered twice', `const show = (req, res) => {}; app.get('/x', show); app.post('/y', show);`, ['show: request, GET /x, none, none']],
  ])('%s', (_what, code, expected) => {
    expect(handlers(start + code, { parser, sourceType: code.includes('await make') ? 'module' : 'commonjs' })).toEqual(expected);
  });

  it.each([
    ['a factory itself', `function make(o) { return require('./x'); } app.get('/x', make(1));`],
    ['imported', `const show = require('./show'); app.get('/x', show);`],
    ['member of an import', `const controller = require('./controller'); app.get('/x', controller.show);`],
    ['an app', `const sub = express(); app.use('/x', sub);`],
    ['computed member of an unknown', `app.get('/x', controllers[name]);`],
  ])('nothing: %s', (_what, code) => {
    expect(handlers(start + code, { parser })).toEqual([]);
  });

  it('counts the arguments that bind fills in', () => {
    const code = `${start}function show(config, req, res) {} app.get('/x', show.bind(app, config));`;
    const [handler] = model(code, { parser }).handlers;
    expect(handler?.bound).toBe(1);
    const [plain] = model(`${start}function show(req, res) {} app.get('/x', show.bind(app));`, { parser }).handlers;
    expect(plain?.bound).toBe(0);
  });
});

describe.each(parsers)('kinds (%s)', (parser) => {
  it.each([
    ['request', `app.use((req, res) => {});`],
    ['request', `app.use((req, res, next) => {});`],
    ['error', `app.use((err, req, res, next) => {});`],
    ['error', `app.use(function (err, req, res, _next) {});`],
    // Express counts parameters, whatever they are called.
    ['request', `app.use((err, req, res) => {});`],
    ['request', `app.use((err, req, res, next = noop) => {});`],
    ['request', `app.use((err, req, res, ...rest) => {});`],
    ['error', `app.use((a, b, c, d) => {});`],
    ['request', `app.use(function () {});`],
    ['param', `app.param('id', (req, res, next, id) => {});`],
    ['param', `app.param('id', (req, res, next, id, name) => {});`],
    ['error', `function onError(log, err, req, res, next) {} app.use(onError.bind(null, log));`],
    ['request', `function onError(log, req, res, next) {} app.use(onError.bind(null, log));`],
  ])('%s: %s', (kind, code) => {
    expect(model(start + code, { parser }).handlers.map((handler) => handler.kind)).toEqual([kind]);
  });
});

describe('kinds by type', () => {
  it.each([
    ['request', `const h: RequestHandler = (req, res) => {}; app.use(h);`],
    ['error', `const h: ErrorRequestHandler = (err, req, res, next) => {}; app.use(h);`],
    // What it is meant as; that Express takes it for something else is a finding of its own.
    ['error', `const h: ErrorRequestHandler = (err, req, res) => {}; app.use(h);`],
    ['param', `const h: RequestParamHandler = (req, res, next, id) => {}; app.param('id', h);`],
    ['request', `app.use(((req, res) => {}) as RequestHandler);`],
    ['request', `app.use(((req, res) => {}) satisfies express.RequestHandler);`],
  ])('%s: %s', (kind, code) => {
    expect(model(start + code, { parser: 'typescript' }).handlers.map((handler) => handler.kind)).toEqual([kind]);
  });
});

describe.each(parsers)('functions that companions run for each request (%s)', (parser) => {
  it.each([
    ['passport verify', `const passport = require('passport'); passport.use(new LocalStrategy((name, password, done) => {}));`],
    ['passport verify with options', `const passport = require('passport'); passport.use('x', new Strategy({ a: 1 }, async (token, done) => {}));`],
    ['passport serialize', `const passport = require('passport'); passport.serializeUser((user, done) => {});`],
    ['passport callback', `const passport = require('passport'); passport.authenticate('local', (err, user) => {});`],
    ['multer filter', `const multer = require('multer'); multer({ fileFilter: (req, file, cb) => {} });`],
    ['multer storage', `const multer = require('multer'); multer.diskStorage({ filename(req, file, cb) {} });`],
    ['body-parser verify', `app.use(express.json({ verify: (req, res, buf) => {} }));`],
    ['static headers', `app.use(express.static('public', { setHeaders: (res, path) => {} }));`],
    ['cors origin', `const cors = require('cors'); app.use(cors({ origin: (origin, cb) => {} }));`],
    ['rate limit', `const { rateLimit } = require('express-rate-limit'); app.use(rateLimit({ skip: (req) => true }));`],
    ['session ids', `const session = require('express-session'); app.use(session({ genid: (req) => 'x' }));`],
    ['morgan token', `const morgan = require('morgan'); morgan.token('id', (req) => 'x');`],
  ])('%s', (_what, code) => {
    expect(model(start + code, { parser }).handlers.map(({ kind }) => kind)).toEqual(['callback']);
  });

  it.each([
    ['another use', `const store = require('store'); store.use(new Plugin((a, done) => {}));`],
    ['options of another package', `const tool = require('tool'); tool({ fileFilter: (req, file, cb) => {} });`],
    ['another option', `const multer = require('multer'); multer({ preservePath: (a, b, c) => {} });`],
  ])('nothing: %s', (_what, code) => {
    expect(model(start + code, { parser }).handlers).toEqual([]);
  });
});

describe('order', () => {
  it('lists registered handlers in source order, then those that only their signature shows', () => {
    const code = `${start}exports.last = (req, res, next) => {};\napp.get('/b', function b(req, res) {});\napp.get('/a', function a(req, res) {});`;
    expect(model(code).handlers.map(({ fn }) => nameOf(fn))).toEqual(['b', 'a', 'last']);
  });
});
