import { RuleTester } from '@typescript-eslint/rule-tester';
import { Linter } from 'eslint';
import { expect, it } from 'vitest';

import plugin from '../../src/index.js';
import rule from '../../src/rules/error-handler-arity.js';
import { project } from '../files.js';

const start = `const express = require('express');\nconst app = express();\n`;
const tester = new RuleTester({ languageOptions: { sourceType: 'commonjs' } });

tester.run('error-handler-arity: parameters', rule, {
  valid: [
    { code: `${start}app.use((err, req, res, next) => { res.status(500).end(); });`, name: 'four parameters' },
    { code: `${start}app.use((req, res, next) => { next(); });`, name: 'middleware' },
    { code: `${start}app.use((request, response) => { response.end(); });`, name: 'a short one' },
    { code: `${start}function fail(err, req, res) { res.status(500).end(); }\napp.use((err, req, res, next) => { fail(err, req, res); });`, name: 'a helper of error middleware' },
    { code: `exports.format = (error, request) => String(error) + request.path;`, name: 'a helper of others' },
    { code: `exports.fail = (err, req, res) => { res.status(500).end(); };`, name: 'one that somebody else may call' },
    { code: `${start}app.use(report((err, req, res) => { log(err); }));`, name: 'given to a function that is not known' },
    { code: `${start}app.param('id', (err, req, res) => {});`, name: 'a callback for a parameter' },
    { code: `${start}app.get('/', (error, req, res) => { res.end(); });`, name: 'alone on a route' },
    { code: `${start}const fail = (log, err, req, res, next) => { log(err); next(err); };\napp.use(fail.bind(null, log));`, name: 'four parameters, and one that is bound' },
    { code: `bus.use((err, data) => { log(err, data); });`, name: 'no request' },
    { code: `bus.use((err, req) => { log(err, req); });`, name: 'something that may be no app, without a response' },
    { code: `interceptors.response.use((response) => response, (error) => { throw error; });`, name: 'interceptors of axios' },
    { code: `${start}app.use(function* (err, req, res) {});`, name: 'a generator' },
    { code: `${start}app.on('error', (err, req, res) => { log(err); });`, name: 'a listener' },
    { filename: 'app.test.js', code: `${start}app.use((err, req, res) => { res.end(); });`, name: 'a test' },
  ],
  invalid: [
    {
      code: `${start}app.use((err, req, res) => { res.status(500).end(); });`,
      output: `${start}app.use((err, req, res, next) => { res.status(500).end(); });`,
      errors: [{ messageId: 'few', data: { subject: 'the error middleware', length: '3' }, line: 3, column: 9, endColumn: 27 }],
    },
    {
      code: `${start}app.use(/* last */ function (error, request, response /* no next */) { response.end(); });`,
      output: `${start}app.use(/* last */ function (error, request, response, next /* no next */) { response.end(); });`,
      errors: [{ messageId: 'few' }],
      name: 'keeps comments',
    },
    {
      code: `${start}app.use('/api', fail);\nfunction fail(err, req, res) { res.status(500).end(); }`,
      output: `${start}app.use('/api', fail);\nfunction fail(err, req, res, next) { res.status(500).end(); }`,
      errors: [{ messageId: 'few', data: { subject: 'the error middleware on `/api`', length: '3' }, line: 4 }],
    },
    { code: `${start}app.use((err, req, res) => { res.send(next.title); });`, output: null, errors: [{ messageId: 'few' }], name: 'where `next` means something else' },
    {
      code: `${start}app.use((err, req, res) => { res.send(page.next); });`,
      output: `${start}app.use((err, req, res, next) => { res.send(page.next); });`,
      errors: [{ messageId: 'few' }],
      name: 'where `next` is only a member',
    },
    { code: `${start}app.use((err, req, next) => { next(err); });`, output: null, errors: [{ messageId: 'few' }], name: 'another parameter is missing' },
    { code: `${start}app.use((err, req) => { log(err); });`, output: null, errors: [{ messageId: 'few', data: { subject: 'the error middleware', length: '2' } }] },
    {
      code: `${start}app.use((_, req, res) => { res.status(500).end(); });`,
      output: `${start}app.use((_, req, res, next) => { res.status(500).end(); });`,
      errors: [{ messageId: 'few' }],
      name: 'the error is not used',
    },
    {
      code: `${start}const fail = (log, err, req, res) => { log(err); res.end(); };\napp.use(fail.bind(null, log));`,
      output: `${start}const fail = (log, err, req, res, next) => { log(err); res.end(); };\napp.use(fail.bind(null, log));`,
      errors: [{ messageId: 'few', data: { subject: 'the error middleware', length: '3' } }],
      name: 'four parameters, one of them bound',
    },
    { code: `${start}app.use((err, req, res, next, more) => { next(err); });`, output: null, errors: [{ messageId: 'many', data: { subject: 'the error middleware', length: '5' } }] },
    { code: `${start}app.post('/', upload, (err, req, res) => { res.end(); });`, output: `${start}app.post('/', upload, (err, req, res, next) => { res.end(); });`, errors: [{ messageId: 'few' }], name: 'behind other handlers of a route' },
    { code: `module.exports = (router) => { router.use((err, req, res) => { res.end(); }); };`, output: `module.exports = (router) => { router.use((err, req, res, next) => { res.end(); }); };`, errors: [{ messageId: 'few' }], name: 'on something that looks like an app' },
    {
      code: `${start}app.use((err, req, res, next = () => {}) => { next(err); });`,
      output: null,
      errors: [{ messageId: 'default', data: { subject: 'the error middleware', length: '3' }, suggestions: [{ messageId: 'removeDefault', output: `${start}app.use((err, req, res, next) => { next(err); });` }] }],
    },
    { code: `${start}app.use((err, req, res, next = /* nothing */ null) => { next(err); });`, output: null, errors: [{ messageId: 'default', suggestions: null }], name: 'a comment that would be lost' },
    { code: `${start}app.use((err, req = {}, res, next) => { next(err); });`, output: null, errors: [{ messageId: 'default', data: { subject: 'the error middleware', length: '1' } }] },
    { code: `${start}app.use((err, req, ...rest) => { rest[1](err); });`, output: null, errors: [{ messageId: 'rest', data: { subject: 'the error middleware', length: '2' } }] },
  ],
});

const wrap = `const wrap = (fn) => (...args) => Promise.resolve(fn(...args)).catch(args[args.length - 1]);\n`;

tester.run('error-handler-arity: wrappers', rule, {
  valid: [
    { code: `${start}const wrap = require('express-async-wrap');\napp.use(wrap(async (err, req, res, next) => { await log(err); res.end(); }));`, name: 'a package that keeps the length' },
    { code: `${start}const asyncHandler = require('express-async-handler');\napp.use(asyncHandler(async (req, res, next) => { await log(); res.end(); }));`, name: 'no error' },
    { code: `${start}const wrap = (fn) => (err, req, res, next) => Promise.resolve(fn(err, req, res, next)).catch(next);\napp.use(wrap(async (err, req, res, next) => { await log(err); res.end(); }));`, name: 'a wrapper for error middleware' },
    { code: `${start}const wrap = (fn) => fn.length === 4 ? (err, req, res, next) => fn(err, req, res, next).catch(next) : (req, res, next) => fn(req, res, next).catch(next);\napp.use(wrap(async (err, req, res, next) => { await log(err); res.end(); }));`, name: 'a wrapper that keeps the length' },
    { code: `${start}const log = (fn) => (req, res, next) => { res.on('close', fn); next(); };\napp.use(log((err, req, res, next) => {}));`, name: 'a function that does something else with it' },
    { code: `${start}const rescue = require('express-rescue');\napp.use(rescue.from(TypeError, (err, req, res, next) => { res.end(); }));`, name: 'a package that makes error middleware' },
  ],
  invalid: [
    {
      code: `${start}const asyncHandler = require('express-async-handler');\napp.use(asyncHandler((err, req, res, next) => { res.end(); }));`,
      output: null,
      errors: [
        {
          messageId: 'wrapped',
          data: { subject: 'the error middleware', length: '0', wrapper: 'asyncHandler()' },
          line: 4,
          suggestions: [{ messageId: 'unwrap', output: `${start}const asyncHandler = require('express-async-handler');\napp.use((err, req, res, next) => { res.end(); });` }],
        },
      ],
    },
    {
      code: `${start}${wrap}app.use(wrap(fail));\nasync function fail(err, req, res, next) { await log(err); res.end(); }`,
      output: null,
      errors: [{ messageId: 'wrapped', data: { subject: 'the error middleware', length: '0', wrapper: 'wrap()' }, suggestions: null }],
      settings: { express: { version: 4 } },
      name: 'async, on Express 4',
    },
    {
      code: `${start}${wrap}app.use(wrap(fail));\nasync function fail(err, req, res, next) { await log(err); res.end(); }`,
      output: null,
      errors: [{ messageId: 'wrapped', suggestions: [{ messageId: 'unwrap', output: `${start}${wrap}app.use(fail);\nasync function fail(err, req, res, next) { await log(err); res.end(); }` }] }],
      settings: { express: { version: 5 } },
      name: 'async, on Express 5',
    },
    {
      code: `${start}const rescue = require('express-rescue');\napp.use(rescue(/* always */ (err, req, res, next) => { res.end(); }));`,
      output: null,
      errors: [{ messageId: 'wrapped', suggestions: null }],
      name: 'a comment that would be lost',
    },
  ],
});

const typed = new RuleTester();
typed.run('error-handler-arity: types', rule, {
  valid: [
    `import type { ErrorRequestHandler } from 'express';\nexport const fail: ErrorRequestHandler = (err, req, res, next) => { res.end(); };`,
    `import type { ErrorRequestHandler } from 'express';\nexport const fail: ErrorRequestHandler = (err, req, res, next?) => { res.end(); };`,
    { code: `import type { ErrorRequestHandler } from 'express';\nconst fail: ErrorRequestHandler = (err, req, res) => { res.end(); };\nexport const all: ErrorRequestHandler = (err, req, res, next) => fail(err, req, res, next);`, name: 'one that is called' },
    `import type { RequestHandler } from 'express';\nexport const show: RequestHandler = (req, res) => { res.end(); };`,
  ],
  invalid: [
    {
      code: `import type { ErrorRequestHandler } from 'express';\nexport const fail: ErrorRequestHandler = (err, req, res) => { res.end(); };`,
      output: `import type { ErrorRequestHandler } from 'express';\nexport const fail: ErrorRequestHandler = (err, req, res, next) => { res.end(); };`,
      errors: [{ messageId: 'few', data: { subject: 'the error handler `fail`', length: '3' } }],
    },
    {
      code: `import express, { type NextFunction, Request, Response } from 'express';\nexpress().use((err: Error, req: Request, res: Response) => { res.end(); });`,
      output: `import express, { type NextFunction, Request, Response } from 'express';\nexpress().use((err: Error, req: Request, res: Response, next: NextFunction) => { res.end(); });`,
      errors: [{ messageId: 'few' }],
    },
    {
      code: `import express, { Request, Response } from 'express';\nexpress().use((err: Error, req: Request, res: Response) => { res.end(); });`,
      output: null,
      errors: [{ messageId: 'few', suggestions: [{ messageId: 'addNext', output: `import express, { Request, Response } from 'express';\nexpress().use((err: Error, req: Request, res: Response, next) => { res.end(); });` }] }],
    },
    { code: `import express, { Request, Response } from 'express';\nexpress().use((err: Error, req: Request, res?: Response) => { res?.end(); });`, output: null, errors: [{ messageId: 'few' }], name: 'an optional parameter, which none may follow' },
  ],
});

const app = project({
  'errors.js': `exports.fail = (err, req, res) => { res.status(500).end(); };\nexports.good = (err, req, res, next) => { res.status(500).end(); };\nexports.make = () => (err, req, res) => { res.end(); };`,
  'wrap.js': `module.exports = (fn) => (...args) => Promise.resolve(fn(...args)).catch(args[2]);`,
});
const filename = app.path('app.js');

tester.run('error-handler-arity: other files', rule, {
  valid: [
    { filename, code: `${start}const errors = require('./errors');\napp.use(errors.good);` },
    { filename, code: `${start}const errors = require('./errors');\napp.use((err, req, res, next) => errors.fail(err, req, res));` },
    { filename, code: `${start}const errors = require('./errors');\napp.use(errors.fail.bind(null, log));`, name: 'with bound arguments' },
    { filename, code: `${start}const errors = require('./missing');\napp.use(errors.fail);` },
    { filename, code: `${start}const errors = require('./errors');\napp.use(errors.fail);`, settings: { express: { crossFile: false } }, name: 'not looked into' },
  ],
  invalid: [
    {
      filename,
      code: `${start}const errors = require('./errors');\napp.use(errors.fail);`,
      output: null,
      errors: [{ messageId: 'few', data: { subject: '`errors.fail` (errors.js:1)', length: '3' }, line: 4, column: 9 }],
      name: 'a function of another file',
    },
    {
      filename,
      code: `${start}const errors = require('./errors');\nconst wrap = require('./wrap');\napp.use(wrap(errors.good));`,
      output: null,
      errors: [{ messageId: 'wrapped', data: { subject: '`wrap()` (errors.js:2)', length: '0', wrapper: 'wrap()' } }],
    },
    {
      filename,
      code: `${start}const wrap = require('./wrap');\napp.use(wrap((err, req, res, next) => { res.end(); }));`,
      output: null,
      errors: [{ messageId: 'wrapped', suggestions: [{ messageId: 'unwrap', output: `${start}const wrap = require('./wrap');\napp.use((err, req, res, next) => { res.end(); });` }] }],
    },
  ],
});

it('keeps no-unused-vars from taking the fourth parameter for unused', () => {
  const code = `${start}app.use((err, req, res, next) => { res.end(); });`;
  const messages = (rules: Linter.RulesRecord) => new Linter().verify(code, { plugins: { express: plugin }, languageOptions: { sourceType: 'commonjs' }, rules }).map(({ message }) => message);
  expect(messages({ 'no-unused-vars': 'error' })).toEqual(["'next' is defined but never used."]);
  expect(messages({ 'no-unused-vars': 'error', 'express/error-handler-arity': 'error' })).toEqual([]);
});
