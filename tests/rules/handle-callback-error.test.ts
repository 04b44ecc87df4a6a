import { RuleTester } from '@typescript-eslint/rule-tester';
import { Linter } from 'eslint';
import { expect, it } from 'vitest';

import plugin from '../../src/index.js';
import { errorNames } from '../../src/node/callback-errors.js';
import rule from '../../src/rules/handle-callback-error.js';
import { project } from '../files.js';

const tester = new RuleTester({ languageOptions: { parserOptions: { ecmaFeatures: { jsx: false } } } });

/** A handler that hands nothing over by name, so that no edit can be offered. */
const served = (body: string, after = ''): string => `
const fs = require('fs');
const bcrypt = require('bcrypt');
const jwt = require('jsonwebtoken');
const async = require('async');
const stream = require('stream');
const multer = require('multer');
const { exec } = require('child_process');
const logger = require('./logger');
const db = require('./db');
const express = require('express');
const app = express();
app.get('/users', show);
function show(req, res) {
  ${body}
}
${after}`;

type Kind = 'ignored' | 'logged' | 'goesOn' | 'partial' | 'late' | 'hangs' | 'thrown' | 'early' | 'continues';
type Pair = readonly [title: string, kind: Kind, bad: string, good: string, after?: string];

/** Each row: what is reported, and its neighbour, which differs in one thing. */
const pairs: readonly Pair[] = [
  // Nothing looks at the error.
  ['an answer without a look', 'ignored', `db.find({}, (err, all) => { res.json(all); });`, `db.find({}, (err, all) => { if (err) return res.sendStatus(500); res.json(all); });`],
  ['an error that is not meant to be looked at', 'ignored', `fs.readFile('a', (_, text) => { res.send(text); });`, `fs.readFile('a', (_, text) => { console.log(text); });`],
  ['an unknown function', 'ignored', `db.find({}, (err, all) => { res.json(all); });`, `db.find({}, (_, all) => { res.json(all); });`],
  ['another name', 'ignored', `fs.readFile('a', (problem, text) => { res.send(text); });`, `db.find({}, (problem, all) => { res.json(all); });`],
  ['no parameter', 'ignored', `fs.writeFile('a', 'b', () => { res.send('stored'); });`, `fs.unlink('a', () => { res.send('gone'); });`],
  ['nothing depends on it', 'ignored', `db.save(req.body, (err) => { res.json({}); });`, `db.save(req.body, (err) => { logger.info('saved'); });`],
  ['arguments', 'ignored', `db.save(req.body, function (err) { res.json({}); });`, `db.save(req.body, function (err) { done.apply(null, arguments); res.json({}); });`],
  ['a shadowed error', 'ignored', `db.find({}, (err, all) => { load(all, (err) => { if (err) return res.sendStatus(500); res.json({}); }); });`, `db.find({}, (err, all) => { load(all, (error) => { if (err || error) return res.sendStatus(500); res.json({}); }); });`],
  ['a callback that is passed on to', 'ignored', `list((e, users) => res.json(e || users)); function list(found) { db.find({}, (err, all) => found(null, all)); }`, `list((e, users) => res.json(e || users)); function list(found) { db.find({}, (err, all) => found(err, all)); }`],
  ['a session', 'ignored', `req.session.destroy((err) => { res.redirect('/'); });`, `req.session.destroy(() => { res.redirect('/'); });`],
  ['a file that may be missing', 'ignored', `fs.readFile('a', (err, text) => { res.send(text); });`, `fs.readFile('a', (err, text) => { if (text) res.send(text); else res.send(''); });`],
  ['a token that may be wrong', 'ignored', `db.check(req.query.token, (err, user) => { res.json(user); });`, `jwt.verify(req.query.token, 'k', (err, user) => { if (!user) return res.sendStatus(401); res.json({}); });`],
  ['a cache', 'ignored', `db.find('k', (err, hit) => { if (hit) return res.json(hit); load(res); });`, `db.get('k', (err, hit) => { if (hit) return res.json(hit); load(res); });`],
  ['a file that is sent', 'ignored', `res.sendFile('/a', () => {});`, `res.sendFile('/a');`],
  ['a function with a name', 'ignored', `fs.readFile('a', sent); function sent(err, text) { res.send(text); }`, `fs.readFile('a', sent); function sent(err, text) { if (err) throw401(err); res.send(text); }`],
  ['bind', 'ignored', `db.find({}, function (err, all) { res.json(all); }.bind(this));`, `db.find({}, wrap(function (err, all) { res.json(all); }));`],
  ['a method', 'ignored', `db.users.find((err, all) => { res.json(all); });`, `db.users.find((err) => { res.json(err.all); });`],
  ['parameters in a pattern', 'ignored', `db.find({}, (err, { rows }) => { res.json({}); });`, `db.find({}, ({ rows }) => { res.json(rows); });`],
  ['an awaited result', 'ignored', `db.find({}, async (err, all) => { res.json(await fill(all)); });`, `db.find({}, async (err, all) => { if (err) return fail(res); res.json(await fill(all)); });`],
  // The result is read where there may be none.
  ['a read of the result', 'early', `fs.stat('a', (err, stats) => { res.json({ size: stats.size }); });`, `fs.stat('a', (err, stats) => { res.json({ size: stats ? stats.size : 0 }); });`],
  ['a read before the look', 'early', `fs.stat('a', (err, stats) => { const size = stats.size; if (err) return res.sendStatus(404); res.json({ size }); });`, `fs.stat('a', (err, stats) => { const size = stats?.size; if (err) return res.sendStatus(404); res.json({ size }); });`],
  ['a read beside the error', 'early', `get((err, rows) => res.json(err || rows)); function get(found) { db.query('x', (err, result) => { found(err, result.rows); }); }`, `get((err, rows) => res.json(err || rows)); function get(found) { db.query('x', (err, result) => { found(err, result && result.rows); }); }`],
  ['results beside an error', 'early', `db.query([], (err, results) => { res.json(results.length); });`, `async.parallel([], (err, results) => { if (results.length) res.json({}); else load(err, res); });`],
  ['output of a program', 'early', `db.exec2('ls', (err, out) => { const lines = out.split(' '); res.json(err ? [] : lines); });`, `exec('ls', (err, out) => { const lines = out.split(' '); res.json(err ? [] : lines); });`],
  ['a result with a default', 'early', `db.find({}, (err, all) => { const n = all.length; if (err) return fail(res, err); res.json(n); });`, `db.find({}, (err, all) => { all = all || []; const n = all.length; if (err) return fail(res, err); res.json(n); });`],
  ['in a try', 'early', `db.find({}, (err, all) => { const n = all.length; if (err) return fail(res, err); res.json(n); });`, `db.find({}, (err, all) => { try { res.json(all.length); } catch (e) { fail(res, err); } });`],
  ['after the error is handed on', 'continues', `run((cb) => { db.find({}, (err, all) => { if (err) { cb(err); } cb(null, all.length); }); });`, `run((cb) => { db.find({}, (err, all) => { if (err) { return cb(err); } cb(null, all.length); }); });`],
  ['a query, after the error is handed on', 'continues', `run((cb) => { db.find({}).exec((err, all) => { if (err || !all) { cb(err); } const more = all.length > 1; cb(null, more); }); });`, `run((cb) => { db.find({}).exec((err, all) => { if (err || !all) { cb(err); } else { const more = all.length > 1; cb(null, more); } }); });`],
  ['after the error is rejected', 'continues', `new Promise((resolve, reject) => { db.find({}, (err, all) => { if (err || !all) reject(err); resolve(all.length); }); });`, `new Promise((resolve, reject) => { db.find({}, (err, all) => { if (err) reject(err); resolve(all); }); });`],
  ['asked for the result first', 'late', `db.find({}, (err, user) => { if (!user) return res.sendStatus(404); if (err) return fail(res, err); res.json(user); });`, `db.find({}, (err, user) => { if (err) return fail(res, err); if (!user) return res.sendStatus(404); res.json(user); });`],
  ['a strategy asks first', 'late', `db.find({}, (err, user) => { if (user == null) return res.sendStatus(401); if (err) return fail(res, err); res.json(user); });`, `db.authenticate({}, (err, user) => { if (user == null) return res.sendStatus(401); if (err) return fail(res, err); res.json(user); });`],
  // Written down, and no more.
  ['a result after a log', 'goesOn', `db.find({}, (err, all) => { if (err) console.error(err); res.json(all); });`, `db.find({}, (err, all) => { if (err) { console.error(err); all = []; } res.json(all); });`],
  ['a log without a test', 'goesOn', `db.find({}, (err, all) => { console.log(err); res.json(all); });`, `db.find({}, (err, all) => { console.log(err); track(all, err); res.json(all); });`],
  ['a short log', 'goesOn', `db.find({}, (err, all) => { err && logger.error(err.message); res.json(all); });`, `db.find({}, (err, all) => { err && fail(err, res); res.json(all); });`],
  ['a log of a file', 'goesOn', `db.find({}, (err, all) => { if (err) logError('x', err); res.json(all); });`, `db.find({}, (err, all) => { if (err) logError(res, err); else res.json(all); });`, `function logError(to, err) { console.log(err); if (to.end) to.end(); }`],
  ['a log and no answer', 'hangs', `db.find({}, (err, all) => { if (err) return console.error(err); res.json(all); });`, `db.find({}, (err, all) => { if (err) return console.error(err); logger.info(all); });`],
  ['an answer elsewhere', 'hangs', `db.save({}, (err) => { if (err) { logger.error(err); return; } res.json({}); });`, `db.save({}, (err) => { if (err) { logger.error(err); return; } res.json({}); }); setTimeout(() => { res.json({}); }, 9);`],
  ['an else without an answer', 'hangs', `db.find({}, (err, all) => { if (!err) { res.json(all); } else { console.log(err); } });`, `db.find({}, (err, all) => { if (!err) { res.json(all); } else { fail(res); } });`],
  ['no else', 'hangs', `db.find({}, (err, all) => { if (!err) { res.json(all); } });`, `db.find({}, (err, all) => { if (!err) { res.json(all); } else { res.sendStatus(500); } });`],
  ['not null', 'hangs', `db.find({}, (err, all) => { if (err === null) { res.json(all); } });`, `let found; db.find({}, (err, all) => { if (err === null) { found = all; } res.json(found); });`],
  ['a file that is sent, and a log', 'hangs', `res.sendFile('/a', (err) => { if (err) console.error(err); });`, `res.sendFile('/a', (err) => { if (err) { console.error(err); res.sendStatus(404); } });`],
  ['a download, and a log', 'hangs', `res.download('/a', (err) => { logger.warn(err); });`, `stream.pipeline(fs.createReadStream('a'), res, (err) => { if (err) logger.warn(err); });`],
  // Some errors.
  ['one kind', 'partial', `db.pay({}, (err) => { if (err && err.type === 'Card') { return res.redirect('/card'); } res.redirect('/paid'); });`, `db.pay({}, (err) => { if (err && err.type === 'Card') { return res.redirect('/card'); } else if (err) { return fail(res); } res.redirect('/paid'); });`],
  ['one class', 'partial', `upload(req, res, (err) => { if (err instanceof multer.MulterError) { return res.sendStatus(413); } res.sendStatus(200); });`, `upload(req, res, (err) => { if (err instanceof Error) { return res.sendStatus(413); } res.sendStatus(200); });`],
  ['all but one kind', 'partial', `db.remove({}, (err) => { if (err && err.code === 'X') { return res.sendStatus(400); } res.sendStatus(204); });`, `db.remove({}, (err) => { if (err && err.code !== 'ENOENT') { return res.sendStatus(500); } res.sendStatus(204); });`],
  ['a condition of another thing', 'partial', `db.remove({}, (err) => { if (err && err.code === 'X') { return res.sendStatus(400); } res.sendStatus(204); });`, `db.remove({}, (err) => { if (err && !res.headersSent) { return res.sendStatus(400); } res.sendStatus(204); });`],
  // Thrown.
  ['thrown', 'thrown', `fs.readFile('a', (err, text) => { if (err) throw err; res.send(text); });`, `fs.readFile('a', (err, text) => { if (err) return fail(res, err); res.send(text); });`],
  ['thrown as another', 'thrown', `req.session.save((err) => { if (err) throw new Error('not saved'); res.json({}); });`, `req.session.save((err) => { if (err) return fail(res, new Error('not saved')); res.json({}); });`],
  ['thrown in a try', 'thrown', `bcrypt.hash('a', 8, (err, hash) => { if (err) { logger.error(err); throw err; } res.json(hash); });`, `bcrypt.hash('a', 8, (err, hash) => { try { if (err) throw err; res.json(hash); } catch (e) { fail(res, e); } });`],
  ['thrown at once', 'thrown', `db.load('t', (err, user) => { if (err) throw err; res.json(user); });`, `jwt.verify('t', 'k', (err, user) => { if (err) throw err; res.json(user); });`],
  ['thrown to who awaits it', 'thrown', `limit(req.path, (err) => { if (err) throw err; res.json({}); });`, `limit(req, res, (err) => { if (err) throw err; res.json({}); });`],
  ['an async callback is another rule\'s', 'thrown', `db.load('t', (err, user) => { if (err) throw err; res.json(user); });`, `db.load('t', async (err, user) => { if (err) throw err; res.json(user); });`],
];

/** The rule's options, as far as they are not the defaults. */
const having = (more: { pattern?: string; reportLogOnly?: boolean }): [{ pattern: string; reportLogOnly: boolean }] => [{ pattern: errorNames, reportLogOnly: false, ...more }];
const options = having({ reportLogOnly: true });

tester.run('handle-callback-error: pairs', rule, {
  valid: pairs.map(([title, , , good, after]) => ({ name: `${title}: ok`, code: served(good, after), options })),
  invalid: pairs.map(([title, messageId, bad, , after]) => ({ name: title, code: served(bad, after), options, errors: [{ messageId }] })),
});

tester.run('handle-callback-error: what is no callback for a result', rule, {
  valid: [
    `app.use((err, req, res, next) => { res.sendStatus(500); });`,
    `load().catch((err) => { res.sendStatus(500); });`,
    `load().then(show, (err) => { res.sendStatus(500); });`,
    `req.on('error', (err) => { res.sendStatus(500); });`,
    `errors.map((err) => res.write('x'));`,
    `errors.forEach((err) => { res.end('x'); });`,
    `validate(req).formatWith((error) => { res.end('x'); });`,
    `signin(req, (user) => { res.json(user); }, (err) => { res.redirect('/login'); });`,
    `process.on('uncaughtException', (err) => { res.end(); });`,
    `new Loader((err, user) => { res.json(user); });`,
    `load({ done: (err, user) => { res.json(user); } });`,
    `const next = (err, user) => { res.json(user); };`,
  ].map((body) => served(body)),
  invalid: [{ code: served(`load((err) => { res.sendStatus(500); });`), errors: [{ messageId: 'ignored' }] }],
});

tester.run('handle-callback-error: who runs it', rule, {
  valid: [
    // At startup
    served('res.json({});', `db.find({}, (err, all) => { if (!all) return; listen(all, () => {}); cb(all); });`),
    // In a queue
    served('res.json({});', `queue.process((job, cb) => { db.find({}, (err, all) => { cb(null, all); }); });`),
  ],
  invalid: [
    {
      code: served('list(res);', `function list(res) { db.find({}, (err, all) => { res.json(all); }); }`),
      errors: [{ messageId: 'ignored', data: { call: 'db.find()', where: '`GET /users` reaches it through `list`' } }],
    },
  ],
});

tester.run('handle-callback-error: options', rule, {
  valid: [
    // Without an option, a log is a decision.
    served(`db.save({}, (err) => { if (err) console.error(err); res.json({}); });`),
    { code: served(`db.find({}, (err, all) => { res.json(all); });`), options: having({ pattern: '^fehler$' }), name: 'another pattern' },
    { code: served(`db.find({}, (err, all) => { res.json(all); });`), options: having({ pattern: '(' }), name: 'no pattern' },
  ],
  invalid: [
    { code: served(`db.save({}, (err) => { if (err) console.error(err); res.json({}); });`), options, errors: [{ messageId: 'logged' }], name: 'a log' },
    { code: served(`db.find({}, (dbError, all) => { res.json(all); });`), options: having({ pattern: 'Error$' }), errors: [{ messageId: 'ignored' }], name: 'a pattern' },
    // A known function needs no name.
    { code: served(`fs.readFile('a', (err, text) => { res.send(text); });`), options: having({ pattern: '^fehler$' }), errors: [{ messageId: 'ignored' }], name: 'no pattern is needed' },
  ],
});

/** An inline handler, where edits are possible. */
const inline = (body: string, params = 'req, res'): string => `const fs = require('fs');
const db = require('./db');
const express = require('express');
const app = express();
app.get('/users', (${params}) => {
  ${body}
});`;

const handOn = (body: string, to = 'next', params = 'req, res, next'): { messageId: 'handOn'; data: { to: string }; output: string }[] => [{ messageId: 'handOn', data: { to }, output: inline(body, params) }];

tester.run('handle-callback-error: edits', rule, {
  valid: [],
  invalid: [
    {
      code: inline(`fs.readFile('a', (err, text) => { if (err) throw err; /* fine */ res.send(text); });`),
      output: inline(`fs.readFile('a', (err, text) => { if (err) return next(err); /* fine */ res.send(text); });`, 'req, res, next'),
      errors: [{ messageId: 'thrown', data: { call: 'fs.readFile()', where: '`GET /users` runs it' } }],
      name: 'a crash becomes an answer',
    },
    {
      code: inline(`fs.readFile('a', (err, text) => {\n    if (err) { throw new Error('no file', { cause: err }) } // why\n    res.send(text);\n  });`),
      output: inline(`fs.readFile('a', (err, text) => {\n    if (err) { return next(new Error('no file', { cause: err })) } // why\n    res.send(text);\n  });`, 'req, res, next'),
      errors: [{ messageId: 'thrown' }],
      name: 'another error',
    },
    {
      code: inline(`fs.readFile('a', (err, text) => { if (err) throw /* no file */ err; res.send(text); });`),
      output: null,
      errors: [{ messageId: 'thrown' }],
      name: 'a comment in the way',
    },
    {
      code: inline(`req.session.save((err) => { if (err) throw err; }); res.json({});`),
      output: null,
      errors: [{ messageId: 'thrown', suggestions: handOn(`req.session.save((err) => { if (err) return next(err); }); res.json({});`) }],
      name: 'answered already: a choice',
    },
    {
      code: inline(`fs.readFile('a', (err, text) => { [1].forEach(() => { if (err) throw err; }); res.send(text); });`),
      output: null,
      errors: [{ messageId: 'thrown' }],
      name: 'in a loop within the callback',
    },
    {
      code: inline(`fs.stat('a', (err, stats) => {\n    // how big\n    res.json(stats.size);\n  });`),
      output: inline(`fs.stat('a', (err, stats) => {\n    if (err) return next(err);\n    // how big\n    res.json(stats.size);\n  });`, 'req, res, next'),
      errors: [{ messageId: 'early', data: { what: 'stats.size', call: 'fs.stat()', where: '`GET /users` runs it' } }],
      name: 'a read of what is not there',
    },
    {
      code: inline(`db.find({}, (err, all) => { res.json(all); });`),
      output: null,
      errors: [{ messageId: 'ignored', suggestions: handOn(`db.find({}, (err, all) => { if (err) return next(err); res.json(all); });`) }],
      name: 'a function nothing is known of: a choice',
    },
    {
      code: inline(`db.find({}, (err, all) => res.json(all));`),
      output: null,
      errors: [{ messageId: 'ignored', suggestions: handOn(`db.find({}, (err, all) => { if (err) return next(err); return res.json(all); });`) }],
      name: 'an expression',
    },
    {
      code: inline(`db.find({}, (err, all) => ({ sent: res.json(all) }));`),
      output: null,
      errors: [{ messageId: 'ignored' }],
      name: 'an object in parentheses',
    },
    {
      code: inline(`list((e, all) => res.json(e || all)); function list(callback) { db.find({}, (err, all) => { callback(null, all); }); }`),
      output: null,
      errors: [{ messageId: 'ignored', suggestions: handOn(`list((e, all) => res.json(e || all)); function list(callback) { db.find({}, (err, all) => { if (err) return callback(err); callback(null, all); }); }`, 'callback', 'req, res') }],
      name: 'the callback of a function around it',
    },
    {
      code: inline(`return new Promise((resolve, reject) => { fs.readFile('a', (err, text) => { if (err) throw err; resolve(text); }); });`),
      output: inline(`return new Promise((resolve, reject) => { fs.readFile('a', (err, text) => { if (err) return reject(err); resolve(text); }); });`),
      errors: [{ messageId: 'thrown' }],
      name: 'reject',
    },
    {
      code: inline(`return new Promise((resolve) => { fs.readFile('a', (err, text) => { if (err) throw err; resolve(text); }); });`),
      output: null,
      errors: [{ messageId: 'thrown' }],
      name: 'a promise without reject',
    },
    {
      code: inline(`db.find({}, (err, next) => { res.json(next); });`, 'req, res, next'),
      output: null,
      errors: [{ messageId: 'ignored' }],
      name: 'a name that means something else',
    },
    {
      code: inline(`db.find({}, (err, all) => {\n    if (err) {\n      console.error(err); // what\n    }\n    res.json(all);\n  });`),
      output: null,
      errors: [{ messageId: 'goesOn', suggestions: handOn(`db.find({}, (err, all) => {\n    if (err) {\n      console.error(err); // what\n      return next(err);\n    }\n    res.json(all);\n  });`) }],
      name: 'after a log',
    },
    {
      code: inline(`db.find({}, (err, all) => { if (err) { console.error(err); return; } res.json(all); });`),
      output: null,
      errors: [{ messageId: 'hangs' }],
      name: 'after a log that leaves',
    },
    {
      code: inline(`db.pay({}, (err) => {\n    if (err && err.type === 'Card') return res.redirect('/card');\n    res.redirect('/paid');\n  });`),
      output: null,
      errors: [{ messageId: 'partial', suggestions: handOn(`db.pay({}, (err) => {\n    if (err && err.type === 'Card') return res.redirect('/card');\n    if (err) return next(err);\n    res.redirect('/paid');\n  });`) }],
      name: 'other errors',
    },
    {
      code: inline(`db.find({}, (err, user) => { if (!user) return res.sendStatus(404); if (err) return next(err); res.json(user); });`, 'req, res, next'),
      output: null,
      errors: [{ messageId: 'late', suggestions: handOn(`db.find({}, (err, user) => { if (err) return next(err); if (!user) return res.sendStatus(404); if (err) return next(err); res.json(user); });`) }],
      name: 'asked too late',
    },
    {
      code: inline(`new Promise((resolve, reject) => { db.find({}, (err, all) => { if (err) reject(err); resolve(all.length); }); });`),
      output: null,
      errors: [{ messageId: 'continues', data: { what: 'all.length', call: 'db.find()', where: '`GET /users` runs it' } }],
      name: 'handed on, and read all the same',
    },
    { code: inline(`fs.writeFile('a', 'b', () => { res.send('stored'); });`), output: null, errors: [{ messageId: 'ignored' }], name: 'no name for it' },
  ],
});

it('names the place in another file, and is silent about its neighbour', () => {
  const { folder } = project({
    'package.json': '{"dependencies":{"express":"4.22.3"}}',
    'users.js': `const db = require('db');
exports.lose = (callback) => {
  db.find({}, (err, all) => callback(null, all));
};
exports.keep = (callback) => {
  db.find({}, (err, all) => callback(err, all));
};`,
  });
  const lint = (call: string) =>
    new Linter({ cwd: folder }).verify(
      `const users = require('./users'); const app = require('express')(); app.get('/', (req, res, next) => { users.${call}((err, all) => { if (err) return next(err); res.json(all); }); });`,
      { files: ['**/*.js'], plugins: { express: plugin }, rules: { 'express/handle-callback-error': 'error' }, languageOptions: { sourceType: 'commonjs' } },
      `${folder}/app.js`,
    );
  expect(lint('lose')).toMatchObject([
    { messageId: 'elsewhere', message: 'The error of a callback is lost behind `users.lose`: it calls `db.find()` (users.js:3), and when that fails, the client gets a wrong answer or none; `GET /` calls it.' },
  ]);
  expect(lint('keep')).toEqual([]);
});
