import { describe, expect, it } from 'vitest';

import { verbs } from '../../src/express/vocabulary.js';
import { routeLabel } from '../../src/express/routes.js';
import { model, parsers, routes } from './model-of.js';

const start = `const express = require('express'); const app = express(); const router = express.Router();\n`;
const handler = '(req, res) => res.end()';

/** The registrations with how many handlers each has: `get /x: 2`. */
function counted(code: string): string[] {
  return model(start + code).registrations.map(({ method, path, handlers }) => `${method} ${path ?? '-'}: ${handlers.length}`);
}

describe.each(parsers)('registrations (%s)', (parser) => {
  it.each([
    [`app.use(${handler});`, ['use']],
    [`app.use('/api', ${handler});`, ['use /api']],
    [`app.use('/api', router);`, ['use /api']],
    [`app.all('*', ${handler});`, ['all *']],
    [`app.all('/{*splat}', ${handler});`, ['all /{*splat}']],
    [`app.param('id', (req, res, next, id) => next());`, ['param id']],
    [`app.del('/x', ${handler});`, ['del /x']],
    [`app['get']('/x', ${handler});`, ['get /x']],
    [`app['m-search']('/x', ${handler});`, ['m-search /x']],
    [`app.get('/x', ${handler}).post('/y', ${handler});`, ['get /x', 'post /y']],
    [`app.set('x', 1).use(${handler}).get('/x', ${handler});`, ['use', 'get /x']],
    [`app.route('/x').get(${handler}).post(${handler});`, ['get /x', 'post /x']],
    [`router.route('/x').all(${handler}).get(${handler});`, ['all /x', 'get /x']],
    [`const route = app.route('/x'); route.get(${handler});`, ['get']],
    // Paths
    ['app.get(`/x`, ' + handler + ');', ['get /x']],
    ['app.get(`/${prefix}/x`, ' + handler + ');', ['get /…/x']],
    ['app.get(`${prefix}/x`, ' + handler + ');', ['get …/x']],
    [`app.get('/a' + suffix, ${handler});`, ['get /a…']],
    [`app.get(prefix + '/a', ${handler});`, ['get …/a']],
    [`app.get(/^\\/x/i, ${handler});`, ['get /^\\/x/i']],
    [`app.get(new RegExp('x'), ${handler});`, ['get']],
    [`app.get(['/a', '/b'], ${handler});`, ['get /a, /b']],
    [`app.get(['/a', /b/], ${handler});`, ['get /a, /b/']],
    [`const path = '/x'; app.get(path, ${handler});`, ['get /x']],
    [`const paths = { one: '/x' }; app.get(paths.one, ${handler});`, ['get /x']],
    [`const paths = ['/a', '/b']; app.get(paths, ${handler});`, ['get']],
    [`const paths = require('./paths'); app.get(paths.one, ${handler});`, ['get']],
    [`app.get('', ${handler});`, ['get ']],
    [`app.get('relative', ${handler});`, ['get relative']],
    // Methods that are not written out
    [`app[method]('/x', ${handler});`, ['* /x']],
    [`app[method.toLowerCase()]('/x', ${handler});`, ['* /x']],
    [`for (const verb of ['get', 'post']) app[verb]('/x', ${handler});`, ['* /x']],
    [`routes.forEach((route) => app[route.method](route.path, route.handler));`, ['*']],
    // Anywhere in the file
    [`function init() { app.get('/x', ${handler}); } init();`, ['get /x']],
    [`class Api { register() { app.get('/x', ${handler}); } }`, ['get /x']],
    [`if (config.admin) app.get('/x', ${handler});`, ['get /x']],
    [`connect().then(() => { app.get('/x', ${handler}); });`, ['get /x']],
    [`paths.forEach((path) => { app.get(path, ${handler}); });`, ['get']],
    [`app?.get('/x', ${handler});`, ['get /x']],
  ])('%s', (code, expected) => {
    expect(routes(start + code, { parser })).toEqual(expected);
  });

  it.each([
    ['without handlers', `app.get('/x');`],
    ['a setting', `app.set('x', ${handler});`],
    ['a listener', `app.on('mount', ${handler});`],
    ['listening', `app.listen(3000, ${handler});`],
    ['code that never runs', `if (false) app.get('/x', ${handler});`],
    ['another computed method', `app[hook]('/x', ${handler});`],
    ['only a string', `app.use('/x');`],
  ])('nothing: %s', (_what, code) => {
    expect(routes(start + code, { parser })).toEqual([]);
  });
});

describe('registrations', () => {
  it('knows every verb', () => {
    for (const verb of verbs) expect(routes(`${start}app['${verb}']('/x', ${handler});`)).toEqual([`${verb} /x`]);
  });

  it('lays arrays and spreads of handlers flat', () => {
    expect(counted(`app.get('/x', auth, ${handler});`)).toEqual(['get /x: 2']);
    expect(counted(`app.get('/x', [auth, load], ${handler});`)).toEqual(['get /x: 3']);
    expect(counted(`app.get('/x', [auth, [load, check]], ${handler});`)).toEqual(['get /x: 4']);
    expect(counted(`app.get('/x', ...[auth, load], ${handler});`)).toEqual(['get /x: 3']);
    expect(counted(`const chain = [auth, load]; app.get('/x', chain, ${handler});`)).toEqual(['get /x: 3']);
    expect(counted(`const chain = [auth, load]; app.get('/x', ...chain, ${handler});`)).toEqual(['get /x: 3']);
    expect(counted(`app.get('/x', ...chain, ${handler});`)).toEqual(['get /x: 2']);
    expect(counted(`app.use(auth, load);`)).toEqual(['use -: 2']);
    expect(counted(`app.use([auth, load]);`)).toEqual(['use -: 2']);
    expect(counted(`app.use('/x', auth, load);`)).toEqual(['use /x: 2']);
  });

  it('lists them in source order, in a chain by the method', () => {
    const code = `${start}app.use(${handler});\nrouter.get('/a', ${handler})\n  .post('/b', ${handler})\n  .put('/c', ${handler});\napp.delete('/d', ${handler});`;
    const { registrations } = model(code);
    expect(registrations.map(({ method }) => method)).toEqual(['use', 'get', 'post', 'put', 'delete']);
    expect(registrations.map(({ order }) => order)).toEqual([0, 1, 2, 3, 4]);
  });

  it('says how a route reads', () => {
    const labels = (code: string) => model(start + code).registrations.map(routeLabel);
    expect(labels(`app.get('/x', ${handler});`)).toEqual(['GET /x']);
    expect(labels(`app.all('/x', ${handler});`)).toEqual(['ALL /x']);
    expect(labels(`app.del('/x', ${handler});`)).toEqual(['DELETE /x']);
    expect(labels(`app.use(${handler});`)).toEqual(['middleware']);
    expect(labels(`app.use('/x', ${handler});`)).toEqual(['middleware on /x']);
    expect(labels(`app.param('id', (req, res, next, id) => {});`)).toEqual(['param id']);
    expect(labels(`app[method]('/x', ${handler});`)).toEqual(['route /x']);
    expect(labels(`app.get(path, ${handler});`)).toEqual(['GET']);
  });

  it('believes an unknown object when a path and a request speak for it', () => {
    expect(routes(`module.exports = (x) => { x.get('/x', ${handler}); };`)).toEqual(['get /x']);
    expect(routes(`module.exports = (x) => { x.get('key', ${handler}); };`)).toEqual([]);
    expect(routes(`module.exports = (x) => { x.get('/x', (error, value) => {}); };`)).toEqual([]);
    // What one registration shows holds for the others on the same object.
    expect(routes(`module.exports = (x) => { x.get('/x', ${handler}); x.post('/y', controller.create); };`)).toEqual(['get /x', 'post /y']);
    expect(routes(`module.exports = (x) => { x.post('/y', controller.create); };`)).toEqual([]);
  });

  it('names the handlers as they are registered', () => {
    const { registrations } = model(`${start}app.get('/x', auth, wrap(show)); function auth(req, res, next) {} function show(req, res) {}`);
    expect(registrations[0]?.handlers.map((node) => node.type)).toEqual(['Identifier', 'CallExpression']);
  });
});

it.each([`var list = [list, (req, res) => res.end()];`, `const list = [...list, (req, res) => res.end()];`])('reads a list of handlers that holds itself: %s', (list) => {
  expect(routes(`const app = require('express')();\n${list}\napp.get('/', list);`)).toEqual(['get /']);
});
