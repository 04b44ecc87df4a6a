import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/no-redundant-async-wrapper.js';
import { project } from '../files.js';

const start = `const express = require('express');\nconst asyncHandler = require('express-async-handler');\nconst app = express();\n`;
const five = { express: { version: 5 } };
const show = `async (req, res) => { res.json(await load(req.params.id)); }`;
const tester = new RuleTester({ languageOptions: { sourceType: 'commonjs' } });

/** A case on Express 5 that is repaired. */
function repaired(name: string, before: string, after: string) {
  return { code: before, output: after, errors: [{ messageId: 'redundant' as const }], name, settings: five };
}

tester.run('no-redundant-async-wrapper: packages', rule, {
  valid: [
    { code: `${start}app.get('/', asyncHandler(${show}));`, name: 'Express 4', settings: { express: { version: 4 } } },
    { code: `${start}app.get('/', asyncHandler(${show}));`, name: 'an Express that is not known' },
    { code: `${start}app.get('/', ${show});`, name: 'no wrapper', settings: five },
    { code: `${start}app.use(asyncHandler(async (err, req, res, next) => { next(err); }));`, name: 'error middleware, which is reported for its length', settings: five },
    { code: `${start}app.get('/', asyncHandler(function* (req, res) {}));`, name: 'a generator', settings: five },
    { code: `${start}const rescue = require('express-rescue');\napp.use(rescue.from(TypeError, (err, req, res) => { res.end(); }));`, name: 'another function of the package', settings: five },
    { code: `${start}const { wrap } = require('express-await');\napp.get('/', wrap(${show}));`, name: 'a package that does more', settings: five },
    { code: `${start}app.get('/', asyncHandler());`, name: 'nothing to wrap', settings: five },
    { filename: 'app.test.js', code: `${start}app.get('/', asyncHandler(${show}));`, name: 'a test', settings: five },
  ],
  invalid: [
    {
      code: `${start}app.get('/', asyncHandler(${show}));`,
      output: `${start}app.get('/', ${show});`,
      errors: [{ messageId: 'redundant', data: { wrapper: 'asyncHandler' }, line: 4, column: 14, endColumn: 26 }],
      name: 'in place',
      settings: five,
    },
    repaired('in a list', `${start}app.get('/', [auth, asyncHandler(${show})]);`, `${start}app.get('/', [auth, ${show}]);`),
    repaired('a handler of another file', `${start}const users = require('./users');\napp.get('/', asyncHandler(users.show));`, `${start}const users = require('./users');\napp.get('/', users.show);`),
    repaired('with a comma behind it', `${start}app.get(\n  '/',\n  asyncHandler(\n    ${show},\n  ),\n);`, `${start}app.get(\n  '/',\n  ${show},\n);`),
    repaired('a function that is not async', `${start}app.get('/', asyncHandler((req, res) => load().then((all) => res.json(all))));`, `${start}app.get('/', (req, res) => load().then((all) => res.json(all)));`),
    repaired('another package', `${start}const rescue = require('express-rescue');\napp.get('/', rescue(${show}));`, `${start}const rescue = require('express-rescue');\napp.get('/', ${show});`),
    repaired('a callback for a parameter', `${start}app.param('id', asyncHandler(${show}));`, `${start}app.param('id', ${show});`),
    { code: `${start}app.get('/', asyncHandler(/* all users */ ${show}));`, output: null, errors: [{ messageId: 'redundant', suggestions: null }], name: 'a comment that would be lost', settings: five },
    {
      code: `${start}exports.show = asyncHandler(${show});`,
      output: null,
      errors: [{ messageId: 'redundant', suggestions: [{ messageId: 'unwrap', output: `${start}exports.show = ${show};` }] }],
      name: 'one that others may call',
      settings: five,
    },
    { code: `${start}module.exports.list = [].concat(asyncHandler(${show}) || null);`, output: null, errors: [{ messageId: 'redundant', suggestions: null }], name: 'where an arrow function would need parentheses', settings: five },
    {
      code: `${start}const { guard } = require('./guard');\napp.get('/', guard(${show}));`,
      output: `${start}const { guard } = require('./guard');\napp.get('/', ${show});`,
      options: [{ wrappers: ['guard'] }],
      errors: [{ messageId: 'redundant', data: { wrapper: 'guard' } }],
      name: 'a function that is named in the options',
      settings: five,
    },
  ],
});

const plain = [
  `const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);`,
  `const wrap = (fn) => (...args) => fn(...args).catch(args[2]);`,
  `const wrap = (fn) => async (req, res, next) => { try { await fn(req, res, next); } catch (err) { next(err); } };`,
  `function wrap(fn) { return function (req, res, next) { fn(req, res, next).catch((err) => next(err)); }; }`,
];
const more = [
  [`const wrap = (fn) => (req, res, next) => fn(req, res, next).catch((err) => { log(err); next(err); });`, 'logs'],
  [`const wrap = (fn) => (req, res, next) => fn(req, res, next).catch((err) => next(new Failure(err)));`, 'makes another error'],
  [`const wrap = (fn) => (req, res, next) => fn(req, res, next).catch((err) => { err.status = 500; next(err); });`, 'changes the error'],
  [`const wrap = (fn) => (req, res, next) => fn(req, res, next).then((body) => res.json(body)).catch(next);`, 'answers'],
  [`const wrap = (fn) => async (req, res, next) => { try { await fn(await load(req), res, next); } catch (err) { next(err); } };`, 'loads something first'],
  [`const wrap = (fn) => { register(fn); return (req, res, next) => fn(req, res, next).catch(next); };`, 'registers it'],
  [`const wrap = (fn, role) => (req, res, next) => fn(req, res, next).catch(next);`, 'takes more'],
  [`const wrap = (fn) => fn;`, 'is no wrapper'],
] as const;

tester.run('no-redundant-async-wrapper: functions', rule, {
  valid: [
    ...more.map(([wrapper, name]) => ({ code: `${start}${wrapper}\napp.get('/', wrap(${show}));`, name, settings: five })),
    { code: `${start}${plain[0]}\nexports.show = wrap(${show});`, name: 'not registered here', settings: five },
    { code: `class Api { get(path, handler) { this.all.push(handler); } start() { ${plain[0]} this.get('/', wrap(${show})); } }\nrequire('express');`, name: 'registered on something of its own', settings: five },
  ],
  invalid: plain.map((wrapper) => repaired(wrapper, `${start}${wrapper}\napp.get('/', wrap(${show}));`, `${start}${wrapper}\napp.get('/', ${show});`)),
});

const typed = new RuleTester();
typed.run('no-redundant-async-wrapper: types', rule, {
  valid: [{ code: `import asyncHandler from 'express-async-handler';\nexport const show = (req: Request, res: Response) => { res.end(); };`, name: 'no call', settings: five }],
  invalid: [
    repaired(
      'an import',
      `import express, { type Request } from 'express';\nimport asyncHandler from 'express-async-handler';\nexpress().get('/', asyncHandler(async (req: Request, res) => { await load(); }));`,
      `import express, { type Request } from 'express';\nimport asyncHandler from 'express-async-handler';\nexpress().get('/', async (req: Request, res) => { await load(); });`,
    ),
    { code: `import express from 'express';\nimport asyncHandler from 'express-async-handler';\nexpress().get('/', asyncHandler<Params>(async (req, res) => { await load(); }));`, output: null, errors: [{ messageId: 'redundant', suggestions: null }], name: 'types that would be lost', settings: five },
  ],
});

const app = project({
  'package.json': JSON.stringify({ dependencies: { express: '^5.1.0' } }),
  'wrap.js': plain[0]?.replace('const wrap =', 'module.exports =') ?? '',
  'log.js': more[0][0].replace('const wrap =', 'module.exports ='),
  'errors.js': 'exports.fail = async (err, req, res, next) => { res.end(); };',
});

tester.run('no-redundant-async-wrapper: other files', rule, {
  valid: [
    { filename: app.path('app.js'), code: `${start}const wrap = require('./log');\napp.get('/', wrap(${show}));`, name: 'does more' },
    { filename: app.path('app.js'), code: `${start}const wrap = require('./missing');\napp.get('/', wrap(${show}));`, name: 'is not known' },
    { filename: app.path('app.js'), code: `${start}app.use(asyncHandler(require('./errors').fail));`, name: 'error middleware' },
  ],
  invalid: [
    { filename: app.path('app.js'), code: `${start}const wrap = require('./wrap');\napp.get('/', wrap(${show}));`, output: `${start}const wrap = require('./wrap');\napp.get('/', ${show});`, errors: [{ messageId: 'redundant' }], name: 'does nothing else' },
  ],
});
