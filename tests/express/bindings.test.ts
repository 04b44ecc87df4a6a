import { describe, expect, it } from 'vitest';

import { type ModelOptions, parsers, routes } from './model-of.js';

const handler = '(req, res) => res.end()';

/** Where a test expects one registration of `GET /x`. */
const found = ['get /x'];

describe.each(parsers)('apps and routers (%s)', (parser) => {
  it.each([
    [`import express from 'express'; const app = express(); app.get('/x', ${handler});`],
    [`import * as express from 'express'; const app = express(); app.get('/x', ${handler});`],
    [`import { Router } from 'express'; const api = Router(); api.get('/x', ${handler});`],
    [`import { Router as makeRouter } from 'express'; const api = new makeRouter(); api.get('/x', ${handler});`],
    [`import express, { Router } from 'express'; Router().get('/x', ${handler});`],
    [`const express = require('express'); const app = express(); app.get('/x', ${handler});`],
    [`const app = require('express')(); app.get('/x', ${handler});`],
    [`const things = require('express').Router(); things.get('/x', ${handler});`],
    [`const { Router } = require('express'); const things = Router(); things.get('/x', ${handler});`],
    [`const express = require('express'); const { Router: R } = express; const things = new R(); things.get('/x', ${handler});`],
    [`const ex = require('express'); const server = ex(); const alias = server; alias.get('/x', ${handler});`],
    [`const express = require('express'); var app = module.exports = express(); app.get('/x', ${handler});`],
    [`const express = require('express'); module.exports = express(); module.exports.get('/x', ${handler});`],
    [`const express = require('express'); const app = exports.app = express(); app.get('/x', ${handler});`],
    [`const express = require('express'); let app; app = express(); app.get('/x', ${handler});`],
    [`const express = require('express'); express().get('/x', ${handler});`],
    [`const express = require('express'); const app = express.createServer(); app.get('/x', ${handler});`],
    [`const express = (await import('express')).default; const app = express(); app.get('/x', ${handler});\nexport {};`],
    [`const express = _interopRequireDefault(require('express')).default; const app = express(); app.get('/x', ${handler});`],
    // Held by an object
    [`const express = require('express'); class App { constructor() { this.server = express(); } routes() { this.server.get('/x', ${handler}); } }`],
    [`const express = require('express'); class App { server = express(); routes() { this.server.get('/x', ${handler}); } }`],
    [`const express = require('express'); class App { #http = express(); routes() { this.#http.get('/x', ${handler}); } }`],
    [`const express = require('express'); class App { static main = express(); static routes() { App.main.get('/x', ${handler}); } }`],
    [`const express = require('express'); function App() { this.things = express(); } App.prototype.routes = function () { this.things.get('/x', ${handler}); };`],
    [`const express = require('express'); function App() { const self = this; self.things = express(); self.things.get('/x', ${handler}); }`],
    [`const express = require('express'); const parts = { things: express() }; parts.things.get('/x', ${handler});`],
    [`const express = require('express'); class Api extends express.Router {} new Api().get('/x', ${handler});`],
    // Given or made elsewhere
    [`module.exports = (app) => { app.get('/x', ${handler}); };`],
    [`module.exports = function (http) { http.get('/x', ${handler}); };`],
    [`module.exports = ({ router }) => { router.get('/x', ${handler}); };`],
    [`const router = require('./router'); router.get('/x', ${handler});`],
    [`import { things } from './things.js'; things.get('/x', ${handler});`],
    [`const makeApp = require('./app'); const http = makeApp(); http.get('/x', ${handler});`],
    [`const express = require('express'); function make() { return express(); } const things = make(); things.get('/x', ${handler});`],
    [`const express = require('express'); const make = () => { const made = express(); made.set('a', 1); return made; }; make().get('/x', ${handler});`],
    // Companions
    [`const Router = require('express-promise-router'); const things = Router(); things.get('/x', ${handler});`],
    [`const express = require('express'); const { app: things } = require('express-ws')(express()); things.get('/x', ${handler});`],
    [`const { addAsync } = require('@awaitjs/express'); const things = addAsync(require('express')()); things.get('/x', ${handler});`],
    [`const server = require('json-server').create(); server.get('/x', ${handler});`],
  ])('%s', (code) => {
    expect(routes(code, { parser })).toEqual(found);
  });

  it.each([
    ['Map', `const cache = new Map(); cache.get('/x', ${handler});`],
    ['http', `const http = require('http'); http.get('/x', ${handler});`],
    ['http', `import http from 'node:http'; http.get('/x', ${handler});`],
    ['a client', `const axios = require('axios'); axios.get('/x', ${handler});`],
    ['a client that was made', `const axios = require('axios'); const api = axios.create(); api.get('/x', ${handler});`],
    ['supertest', `const request = require('supertest'); const app = require('./app'); request(app).get('/x', ${handler});`],
    ['another framework', `const fastify = require('fastify')(); fastify.get('/x', (request, reply) => { reply.send(1); });`],
    ['another framework', `const { Hono } = require('hono'); const app = new Hono(); app.get('/x', (c) => c.text('x'));`],
    ['a koa router given to a function', `module.exports = (router) => { router.get('/x', async (ctx) => { ctx.body = 1; }); };`],
    ['a class of the file', `class Cache { get() {} } const app = new Cache(); app.get('/x', ${handler});`],
    ['a setting', `const express = require('express'); const app = express(); app.get('/x');`],
    ['a setting with a name', `const express = require('express'); const app = express(); app.get('view engine');`],
    ['a global', `jQuery.get('/x', ${handler});`],
    ['a package', `import api from 'some-api'; api.get('/x', ${handler});`],
    ['an unknown object without a path', `module.exports = (cache) => { cache.get('k', async (req, res) => { res.end(); }); };`],
  ])('nothing on %s: %s', (_what, code) => {
    expect(routes(code, { parser })).toEqual([]);
  });
});

describe('apps and routers in TypeScript', () => {
  const typescript: ModelOptions = { parser: 'typescript' };

  it.each([
    [`import express = require('express'); const app = express(); app.get('/x', ${handler});`],
    [`import express from 'express'; const app: express.Application = express(); app.get('/x', ${handler});`],
    [`import { Express } from 'express'; export function setup(server: Express) { server.get('/x', ${handler}); }`],
    [`import { Router } from 'express'; export default (things: Router) => { things.get('/x', ${handler}); };`],
    [`import * as express from 'express'; export default (things: express.Router) => { things.get('/x', ${handler}); };`],
    [`import express from 'express'; class Api { public things: express.Router = express.Router(); constructor() { this.things.get('/x', ${handler}); } }`],
    [`import { Application } from 'express'; class Api { constructor(private readonly things: Application) {} init() { this.things.get('/x', ${handler}); } }`],
    [`import express from 'express'; const app = express() as express.Express; app!.get('/x', ${handler});`],
    [`import express from 'express'; const router = express.Router(); router.get<{ id: string }>('/x', ${handler});`],
    [`import express from 'express'; namespace Api { const app = express(); app.get('/x', ${handler}); }`],
  ])('%s', (code) => {
    expect(routes(code, typescript)).toEqual(found);
  });

  it.each([
    [`export function setup(server: FastifyInstance) { server.get('/x', ${handler}); }`],
    [`export function setup(app: Map<string, unknown>) { app.get('/x', ${handler}); }`],
    [`export function setup(cache: RedisClient) { cache.get('/x', ${handler}); }`],
    [`import { Router } from './own-router'; export function setup(client: AxiosInstance) { client.get('/x', ${handler}); }`],
  ])('nothing: %s', (code) => {
    expect(routes(code, typescript)).toEqual([]);
  });
});

describe('settings.express.appNames', () => {
  const code = `module.exports = (haus, path) => { haus.get(path, (req, res) => { res.end(); }); };`;

  it('says what else is an app', () => {
    expect(routes(code)).toEqual([]);
    expect(routes(code, { settings: { appNames: ['haus'] } })).toEqual(['get']);
  });

  it('does not hold against what is known', () => {
    expect(routes(`const haus = new Map(); haus.get('/x', ${handler});`, { settings: { appNames: ['haus'] } })).toEqual([]);
  });
});
