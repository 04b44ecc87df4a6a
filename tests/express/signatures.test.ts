import { describe, expect, it } from 'vitest';

import { project } from '../files.js';
import { handlers, model, type ModelOptions, parsers } from './model-of.js';

const start = `const express = require('express');\n`;

/** The names and kinds of the handlers: `show: request`. */
function found(code: string, options?: ModelOptions): string[] {
  return handlers(code, options).map((line) => line.split(',')[0] ?? '');
}

describe.each(parsers)('handlers that are exported (%s)', (parser) => {
  it.each([
    ['exports.show', `exports.show = (req, res) => {};`, 'show: request'],
    ['module.exports.show', `module.exports.show = function (req, res, next) {};`, 'show: request'],
    ['module.exports', `module.exports = function show(req, res, next) {};`, 'show: request'],
    ['an object', `module.exports = { show: (req, res) => {} };`, 'show: request'],
    ['a method of an object', `module.exports = { show(req, res) {} };`, 'show: request'],
    ['by name', `function show(req, res) {} module.exports = { show };`, 'show: request'],
    ['by another name', `const show = (req, res) => {}; exports.index = show;`, 'show: request'],
    ['an object that is named', `const controller = {}; controller.show = (req, res) => {}; module.exports = controller;`, 'show: request'],
    ['an alias of module.exports', `const api = module.exports; api.show = (req, res) => {};`, 'show: request'],
    ['a class', `class C { show(req, res) {} } module.exports = C;`, 'show: request'],
    ['an instance', `class C { show(req, res) {} } module.exports = new C();`, 'show: request'],
    ['a static method', `module.exports = class { static show(req, res) {} };`, 'show: request'],
    ['a field', `module.exports = class { show = (req, res) => {}; };`, 'show: request'],
    ['returned by a function', `module.exports = (options) => function show(req, res, next) {};`, 'show: request'],
    ['wrapped', `exports.show = asyncHandler(async (req, res) => {});`, 'line 2: request'],
    ['error middleware', `module.exports = function onError(err, req, res, next) {};`, 'onError: error'],
    ['the request unused', `exports.show = (_, res) => {};`, 'show: request'],
    ['the request marked as unused', `exports.show = (_req, res) => {};`, 'show: request'],
    ['everything else unused', `exports.show = (_err, _req, res, _next) => {};`, 'show: error'],
    ['request and response written out', `exports.show = (request, response) => {};`, 'show: request'],
    ['the request taken apart', `exports.show = ({ body, params }, res, next) => {};`, 'show: request'],
  ])('%s', (_what, code, expected) => {
    expect(found(start + code, { parser })).toEqual([expected]);
  });

  it.each([
    ['named', `export const show = (req, res) => {};`, 'show: request'],
    ['function', `export function show(req, res, next) {}`, 'show: request'],
    ['default', `export default function show(req, res, next) {}`, 'show: request'],
    ['default arrow', `export default (req, res, next) => {};`, 'line 2: request'],
    ['in a list', `const show = (req, res) => {}; export { show };`, 'show: request'],
    ['default object', `export default { show(req, res) {} };`, 'show: request'],
    ['class', `export class C { show(req, res) {} }`, 'show: request'],
    ['default instance', `class C { show(req, res) {} } export default new C();`, 'show: request'],
  ])('ES module: %s', (_what, code, expected) => {
    expect(found(`import express from 'express';\n${code}`, { parser })).toEqual([expected]);
  });

  it.each([
    ['not exported', `function show(req, res) {}`],
    ['one parameter', `exports.show = (req) => {};`],
    ['other names', `exports.show = (a, b) => {};`],
    ['a third parameter that is something else', `exports.show = (req, res, options) => {};`],
    ['what a client got', `exports.show = (res, done) => res.json().then(done);`],
    ['a response that answers nothing here', `exports.show = (res, error) => log(res.statusCode, error);`],
    ['all unused', `exports.show = (_, __) => {};`],
    ['a generator', `exports.show = function* (req, res) {};`],
    ['a socket', `exports.listen = (io) => { io.on('connection', (socket) => { socket.on('x', (data, cb) => {}); }); };`],
    ['a queue', `queue.process(async (job, done) => {});`],
    ['a helper about a request', `exports.log = () => format(new Error('x'), {}); function format(error, request) {}`],
    ['a cache', `exports.warm = (cache) => { cache.get('k', async (req, res) => {}); };`],
    ['an options object that is no route table', `configure({ before: (req, res) => {} });`],
  ])('near miss: %s', (_what, code) => {
    expect(found(start + code, { parser })).toEqual([]);
  });

  it.each([
    ['a table of routes', `module.exports = { path: '/x', handler: (req, res) => {} };`],
    ['a list of routes', `const routes = [{ path: '/x', handler: (req, res) => {} }]; routes.forEach(add);`],
    ['a helper with a path', `defineRoute('/x', (req, res) => {});`],
  ])('%s', (_what, code) => {
    expect(found(start + code, { parser })).toHaveLength(1);
  });
});

describe.each(parsers)('handlers that the file calls itself (%s)', (parser) => {
  it('are handlers still, and say so', () => {
    const called = (code: string) => model(start + code, { parser }).handlers.map((handler) => handler.called);
    expect(called(`exports.show = show; function show(req, res) {}`)).toEqual([false]);
    expect(called(`exports.show = show; function show(req, res) {} exports.other = () => show({}, {});`)).toEqual([true]);
  });
});

describe('without a sign of Express', () => {
  it('believes next, and types, and nothing else', () => {
    expect(found(`exports.show = (req, res) => {};`)).toEqual([]);
    expect(found(`exports.show = (req, res, next) => {};`)).toEqual(['show: request']);
    expect(found(`export const show = (req: Request, res: Response) => {};`, { parser: 'typescript' })).toEqual(['show: request']);
  });

  it('leaves the files of other frameworks alone', () => {
    expect(found(`import { Controller } from '@nestjs/common';\nexport const show = (req, res, next) => {};`)).toEqual([]);
    expect(found(`import fastify from 'fastify';\nexport const show = (req, res, next) => {};`)).toEqual([]);
    expect(found(`import msw from 'msw';\nexport const show = (req, res, next) => {};`)).toEqual([]);
  });
});

describe('types', () => {
  const typescript: ModelOptions = { parser: 'typescript' };
  const file = `import { Request, Response, NextFunction, RequestHandler } from 'express';\n`;

  it.each([
    [`export const show: RequestHandler = (a, b) => {};`, ['show: request']],
    [`export const show = (a: Request, b: Response) => {};`, ['show: request']],
    [`export const show = (a: Request, b: Response, c: NextFunction) => {};`, ['show: request']],
    [`export const show = async (a: express.Request, b: express.Response): Promise<void> => {};`, ['show: request']],
    [`export const show = (a: AuthenticatedRequest, b: Response) => {};`, ['show: request']],
    [`export const onError: ErrorRequestHandler = (err, req, res, next) => {};`, ['onError: error']],
    [`export class C { show: RequestHandler = (a, b) => {}; }`, ['show: request']],
    [`export class C { public async show(req: Request, res: Response): Promise<void> {} }`, ['show: request']],
    [`export const show = ((req, res) => {}) satisfies RequestHandler;`, ['line 2: request']],
  ])('%s', (code, expected) => {
    expect(found(file + code, typescript)).toEqual(expected);
  });

  it.each([
    [`export const show = (req: NextApiRequest, res: NextApiResponse) => {};`],
    [`export const show = (req: IncomingMessage, res: ServerResponse) => {};`],
    [`export const show = (req: FastifyRequest, res: FastifyReply) => {};`],
    [`export const show = (a: Request, options: Options) => {};`],
    [`export abstract class C { abstract show(req: Request, res: Response): void; }`],
    [`export declare function show(req: Request, res: Response): void;`],
    [`export type Show = (req: Request, res: Response) => void;`],
  ])('nothing: %s', (code) => {
    expect(found(file + code, typescript)).toEqual([]);
  });
});

describe('settings.express.handlerNames', () => {
  it('says what else is a handler', () => {
    const code = `module.exports = function (request, toolkit) {}; function onCall(a, b) {}`;
    expect(found(code)).toEqual([]);
    expect(found(code, { settings: { handlerNames: ['onCall'] } })).toEqual(['onCall: request']);
  });
});

describe('helpers of a project that runs Express', () => {
  const filename = project({ 'package.json': '{ "dependencies": { "express": "^4.0.0" } }', 'lib.js': '' }).path('lib.js');

  it.each([
    ['given the request', `exports.log = (req, what) => {};`, ['log: request']],
    ['given the request after what is bound', `exports.log = (config, req, res) => {};`, ['log: request']],
    ['given something else after what is bound', `exports.log = (config, req, done) => {};`, []],
    ['that answers with the response', `exports.fail = (res, error) => { res.status(500).send(error); };`, ['fail: request']],
    ['that reads what a client got', `exports.fail = (res, error) => res.json().then(error);`, []],
    ['that asks the response', `exports.fail = (res, error) => log(res.statusCode, error);`, []],
    ['that nobody else gets', `const fail = (res, error) => { res.status(500).send(error); };`, []],
  ])('%s', (_what, code, expected) => {
    expect(found(code, { filename })).toEqual(expected);
  });
});
