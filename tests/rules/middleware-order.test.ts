import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/middleware-order.js';
import { project } from '../files.js';

const start = `const express = require('express');\nconst app = express();\n`;
const routes = `app.get('/users', (req, res) => { res.json(list()); });`;
const handle = `app.use((err, req, res, next) => { res.status(500).end(); });`;
const tester = new RuleTester({ languageOptions: { sourceType: 'commonjs' } });

tester.run('middleware-order: error middleware', rule, {
  valid: [
    { code: `${start}${routes}\n${handle}`, name: 'after the routes' },
    { code: `${start}${handle}\n${routes}\n${handle}`, name: 'another one follows' },
    { code: `${start}${handle}`, name: 'no routes' },
    { code: `${start}${routes}\n${handle}\napp.get('*', (req, res) => { res.sendFile('index.html'); });`, name: 'between routes' },
    { code: `${start}app.use('/api', (req, res, next) => { next(); });\n${handle}\n${routes}`, name: 'after something that serves a path' },
    { code: `${start}app.use((req, res) => { res.end(); });\n${handle}\n${routes}`, name: 'after something that serves all' },
    { code: `${start}${handle}\napp.use((req, res) => { res.status(404).end(); });`, name: 'before the answer for all that is missing' },
    { code: `${start}app.use('/admin', (err, req, res, next) => { res.end(); });\n${routes}`, name: 'for a path' },
    { code: `${start}app.use((err, req, res, next) => { if (err.status === 400) return res.status(400).end(); next(err); });\n${routes}`, name: 'for some errors' },
    { code: `${start}app.use((err, req, res, next) => { if (err.code !== 'EBADCSRFTOKEN') return next(err); res.status(403).end(); });\n${routes}`, name: 'for one error' },
    { code: `${start}app.use((err, req, res, next) => { log(err); next(err); });\n${routes}`, name: 'hands all errors on' },
    { code: `${start}app.use(express.json());\n${handle}\n${routes}`, name: 'for the errors of a parser' },
    { code: `${start}app.use((req, res, next) => { next(); });\n${routes}`, name: 'no error middleware' },
    { code: `${start}${handle}\n${routes}\nrequire('./errors')(app);`, name: 'the app is handed on' },
    { code: `${start}${handle}\n${routes}\nfunction finish() { app.use(fail); }\nfunction fail(err, req, res, next) { res.end(); }`, name: 'more is registered elsewhere' },
    { code: `${start}${handle}\n${routes}\napp.use(require('./errors'));`, name: 'something unknown follows' },
    { code: `${start}${handle}\n${routes}\napp.use(raven.errorHandler());\nconst raven = require('raven');`, name: 'a package whose name says errors follows' },
    { code: `${start}const errorhandler = require('errorhandler');\n${handle}\n${routes}\napp.use(errorhandler());`, name: 'error middleware of a package follows' },
    { code: `${start}app.use(app.router);\n${handle}\n${routes}`, name: 'Express 3' },
    { code: `const app = require('koa')();\n${handle}\n${routes}`, name: 'no Express' },
    { code: `const one = require('express')();\nconst two = require('express')();\none.use((err, req, res, next) => { res.end(); });\ntwo.get('/', (req, res) => { res.end(); });`, name: 'two apps' },
    { code: `${start}app.use('/users', require('express').Router());\n${handle}`, name: 'after a router' },
    { filename: 'app.test.js', code: `${start}${handle}\n${routes}`, name: 'a test' },
  ],
  invalid: [
    {
      code: `${start}${handle}\n${routes}`,
      errors: [{ messageId: 'errors', data: { name: 'this middleware', missed: 'GET /users', line: '4' }, line: 3, column: 9 }],
    },
    {
      code: `${start}app.use(fail);\napp.use('/users', users);\nvar users = express.Router();\nfunction fail(err, req, res, next) { if (res.headersSent) return next(err); res.status(500).json({}); }`,
      errors: [{ messageId: 'errors', data: { name: '`fail`', missed: '/users', line: '4' } }],
    },
    { code: `${start}app.use(express.json());\napp.use(require('cors')());\n${handle}\n${routes}`, errors: [{ messageId: 'errors' }], name: 'behind other middleware' },
    { code: `${start}app.use(express.json());\napp.use(fail);\n${routes}\nfunction fail(err, req, res, next) { if (err.expose) { res.status(400).end(); } else { res.status(500).end(); } }`, errors: [{ messageId: 'errors', data: { name: '`fail`', missed: 'GET /users', line: '5' } }], name: 'behind a parser, with a name' },
    { code: `${start}app.use(require('errorhandler')());\n${routes}`, errors: [{ messageId: 'errors' }], name: 'of a package' },
    { code: `${start}${handle}\n${routes}\napp.use((req, res) => { res.status(404).end(); });`, errors: [{ messageId: 'errors' }], name: 'with an answer for all that is missing' },
    { code: `${start}${handle}\napp.route('/users').get((req, res) => { res.end(); });`, errors: [{ messageId: 'errors' }] },
    { code: `${start}${handle}\n${routes}\nrequire('http').createServer(app).listen(3000);`, errors: [{ messageId: 'errors' }], name: 'the app is given to a server' },
    { code: `class Api { constructor() { this.app = require('express')(); this.app.use((err, req, res, next) => { res.end(); }); this.app.get('/', (req, res) => { res.end(); }); } }`, errors: [{ messageId: 'errors' }], name: 'in a class' },
    { code: `const router = require('express').Router();\nrouter.use((err, req, res, next) => res.status(500).end());\nrouter.get('/', (req, res) => { res.end(); });\nmodule.exports = router;`, errors: [{ messageId: 'errors' }], name: 'on a router' },
  ],
});

const compression = `const compression = require('compression');\n`;

tester.run('middleware-order: compression', rule, {
  valid: [
    { code: `${start}${compression}app.use(compression());\napp.use(express.static('public'));\n${routes}`, name: 'first' },
    { code: `${start}${compression}${routes}\napp.use(compression());\napp.get('/more', (req, res) => { res.end(); });`, name: 'between routes' },
    { code: `${start}${compression}${routes}\napp.use(compression());\nrequire('./routes')(app);`, name: 'the app is handed on' },
    { code: `${start}${compression}${routes}\napp.use(compression());\napp.use(require('./routes'));`, name: 'something unknown follows' },
    { code: `${start}${compression}app.use('/files', express.static('public'));\napp.use(compression());\n${routes}`, name: 'behind the files of one path' },
    { code: `${start}${compression}${routes}\napp.get('/big', compression(), (req, res) => { res.end(); });`, name: 'for one route' },
    { code: `${start}${compression}app.use('/api', compression());\n${routes}`, name: 'for one path' },
  ],
  invalid: [
    {
      code: `${start}${compression}${routes}\napp.use(compression());\n${handle}`,
      errors: [{ messageId: 'unused', data: { name: '`compression()`', missed: 'GET /users', line: '4' }, line: 5, column: 9 }],
    },
    {
      code: `${start}${compression}app.use(express.static('public'));\napp.use(compression());\n${routes}`,
      errors: [{ messageId: 'files', data: { name: '`compression()`', missed: 'express.static()', line: '4' } }],
    },
    { code: `${start}${compression}${routes}\nif (process.env.NODE_ENV === 'production') app.use(compression({ level: 6 }));\napp.listen(3000);`, errors: [{ messageId: 'unused' }], name: 'under a condition' },
  ],
});

const other = project({
  'errors.js': `exports.fail = (err, req, res, next) => { res.status(500).end(); };\nexports.log = (err, req, res, next) => { next(err); };\nexports.auth = (req, res, next) => { next(); };`,
  'users.js': `const router = require('express').Router();\nrouter.get('/', (req, res) => { res.end(); });\nmodule.exports = router;`,
});
const filename = other.path('app.js');

tester.run('middleware-order: other files', rule, {
  valid: [
    { filename, code: `${start}const errors = require('./errors');\napp.use('/users', require('./users'));\napp.use(errors.fail);`, name: 'after the routes' },
    { filename, code: `${start}const errors = require('./errors');\napp.use(errors.log);\napp.use('/users', require('./users'));`, name: 'hands all errors on' },
    { filename, code: `${start}const errors = require('./errors');\napp.use(errors.auth);\napp.use('/users', require('./users'));`, name: 'no error middleware' },
    { filename, code: `${start}const errors = require('./errors');\napp.use(errors.fail);\napp.use('/users', require('./missing'));`, name: 'a router that is not known' },
  ],
  invalid: [
    {
      filename,
      code: `${start}const errors = require('./errors');\napp.use(errors.fail);\napp.use('/users', require('./users'));`,
      errors: [{ messageId: 'errors', data: { name: '`errors.fail`', missed: '/users', line: '5' } }],
      name: 'a router of another file',
    },
    { filename, code: `${start}const errors = require('./errors');\napp.use(errors.auth);\napp.use(errors.fail);\napp.use('/users', require('./users'));`, errors: [{ messageId: 'errors' }], name: 'middleware that is none for errors' },
  ],
});
