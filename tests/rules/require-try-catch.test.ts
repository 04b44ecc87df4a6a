import { RuleTester } from '@typescript-eslint/rule-tester';
import { Linter } from 'eslint';
import { expect, it } from 'vitest';

import plugin from '../../src/index.js';
import rule from '../../src/rules/require-try-catch.js';
import { project } from '../files.js';

const tester = new RuleTester({ languageOptions: { parserOptions: { ecmaFeatures: { jsx: false } } } });

/** A handler without `next`, declared, so that no edit can be offered. */
const served = (body: string, after = ''): string => `
const fs = require('fs');
const _ = require('lodash');
const jwt = require('jsonwebtoken');
const async = require('async');
const assert = require('assert');
const yaml = require('js-yaml');
const db = require('./db');
const express = require('express');
const app = express();
app.get('/users', show);
function show(req, res) {
  ${body}
}
${after}`;

type Pair = readonly [title: string, kind: 'throws' | 'calls', bad: string, good: string, after?: string];

/** Each row: what is reported, and its neighbour, which differs in one thing. */
const pairs: readonly Pair[] = [
  // When the callback runs.
  ['a timer', 'calls', `setTimeout(() => { res.json(JSON.parse(req.query.q)); }, 1);`, `res.json(JSON.parse(req.query.q));`],
  ['setImmediate', 'calls', `setImmediate(() => { res.json(JSON.parse(req.query.q)); });`, `[1].forEach(() => { res.json(JSON.parse(req.query.q)); });`],
  ['nextTick', 'calls', `process.nextTick(() => { JSON.parse(req.query.q); });`, `(() => { JSON.parse(req.query.q); })();`],
  ['a microtask', 'throws', `queueMicrotask(() => { throw new Error('x'); });`, `Promise.resolve().then(() => { throw new Error('x'); }).catch(() => res.end());`],
  ['a file', 'calls', `fs.readFile('a', (err, text) => { if (err) return res.end(); res.json(JSON.parse(text)); });`, `res.json(JSON.parse(fs.readFileSync('a')));`],
  ['a try around the call', 'calls', `try { fs.readFile('a', (err, text) => { res.json(err || JSON.parse(text)); }); } catch (e) { res.end(); }`, `fs.readFile('a', (err, text) => { try { res.json(err || JSON.parse(text)); } catch (e) { res.end(); } });`],
  ['a finally', 'calls', `setTimeout(() => { try { JSON.parse(req.query.q); } finally { res.end(); } });`, `setTimeout(() => { try { JSON.parse(req.query.q); } catch { } finally { res.end(); } });`],
  ['in a catch clause', 'throws', `setTimeout(() => { try { load(); } catch (e) { throw e; } });`, `setTimeout(() => { try { try { load(); } catch (e) { throw e; } } catch { res.end(); } });`],
  ['an executor', 'throws', `new Promise(() => { setTimeout(() => { throw new Error('x'); }); });`, `new Promise(() => { throw new Error('x'); }).catch(() => res.end());`],
  ['an async callback is another rule\'s', 'throws', `setTimeout(() => { throw new Error('x'); });`, `setTimeout(async () => { throw new Error('x'); });`],
  ['an async handler', 'throws', `(async () => { setTimeout(() => { throw new Error('x'); }); })();`, `(async () => { throw new Error('x'); })().catch(() => res.end());`],
  ['the end of the body', 'calls', `let text = ''; req.on('data', (part) => { text += part; }); req.on('end', () => { res.json(JSON.parse(text)); });`, `let text = ''; req.on('data', (part) => { text += part; }); req.on('end', () => { res.json({ text }); });`],
  ['an event of a stream', 'throws', `fs.createReadStream('a').on('data', () => { throw new Error('x'); });`, `app.on('mount', () => { throw new Error('x'); });`],
  ['an error listener is another rule\'s', 'throws', `fs.createReadStream('a').on('end', (e) => { throw new Error('x'); });`, `fs.createReadStream('a').on('error', (e) => { throw e; });`],
  ['a database', 'throws', `db.users.findOne({}, () => { throw new Error('x'); });`, `db.users.walk({}, () => { throw new Error('x'); });`],
  ['a function by convention', 'calls', `db.load({}, (err, text) => { res.json(err || JSON.parse(text)); });`, `db.load({}, (text) => { res.json(JSON.parse(text)); });`],
  ['a function that calls back at once', 'calls', `db.load('t', (err, text) => { res.json(err || JSON.parse(text)); });`, `jwt.verify('t', 'k', (err, text) => { res.json(err || JSON.parse(text)); });`],
  ['a template', 'calls', `db.load('t', (err, text) => { res.json(err || JSON.parse(text)); });`, `res.render('t', (err, text) => { res.json(err || JSON.parse(text)); });`],
  ['a list within', 'calls', `setTimeout(() => { req.query.all.map((one) => JSON.parse(one)); });`, `req.query.all.map((one) => JSON.parse(one));`],
  ['lodash within', 'calls', `setTimeout(() => { _.map(req.query.all, (one) => JSON.parse(one)); });`, `_.map(req.query.all, (one) => JSON.parse(one));`],
  ['a conductor within', 'throws', `setTimeout(() => { async.each([1], (one, done) => { throw new Error('x'); }); });`, `async.each([1], (one, done) => { throw new Error('x'); });`],
  ['a function of the file', 'calls', `later((text) => { JSON.parse(text); }); function later(run) { setTimeout(() => run('x'), 1); }`, `now((text) => { JSON.parse(text); }); function now(run) { run('x'); }`],
  ['a function of the file that hands it on', 'calls', `later((text) => { JSON.parse(text); }); function later(run) { fs.readFile('a', run); }`, `later((text) => { JSON.parse(text); }); function later(run) { db.walk(run); }`],
  ['a function with a name', 'throws', `setTimeout(fail, 1); function fail() { throw new Error('x'); }`, `fail(); function fail() { throw new Error('x'); }`],
  ['a wrapper', 'throws', `setTimeout(function () { throw new Error('x'); }.bind(this), 1);`, `setTimeout(guard(function () { throw new Error('x'); }), 1);`],
  // What throws.
  ['a helper', 'calls', `setTimeout(() => { read(req.query.q); });`, `setTimeout(() => { read(req.query.q); });`.replaceAll('read', 'safe'), `function read(text) { return JSON.parse(text); } function safe(text) { try { return JSON.parse(text); } catch { return null; } }`],
  ['a helper that asks for arguments', 'throws', `setTimeout(() => { throw new Error('x'); });`, `setTimeout(() => { need(1); });`, `function need(one) { if (arguments.length < 1) throw new Error('one argument'); }`],
  ['its own text', 'calls', `setTimeout(() => { JSON.parse(req.body.text); });`, `setTimeout(() => { JSON.parse(JSON.stringify(req.body)); });`],
  ['its own text in a variable', 'calls', `setTimeout(() => { const text = req.body.text; JSON.parse(text); });`, `setTimeout(() => { const text = JSON.stringify(req.body); JSON.parse(text); });`],
  ['a constant', 'calls', `setTimeout(() => { JSON.parse(req.path); });`, `setTimeout(() => { JSON.parse('{}'); });`],
  ['asked for first', 'calls', `setTimeout(() => { if (req.body.text) JSON.parse(req.body.text); });`, `setTimeout(() => { if (isJSON(req.body.text)) JSON.parse(req.body.text); });`],
  ['another JSON', 'calls', `setTimeout(() => { JSON.parse(req.path); });`, `setTimeout(() => { const JSON = require('relaxed-json'); JSON.parse(req.path); });`],
  ['a URL', 'calls', `setTimeout(() => { new URL(req.query.to); });`, `setTimeout(() => { new URL(req.path, 'https://example.org'); });`],
  ['a URL of a known host', 'calls', `setTimeout(() => { new URL(\`https://\${req.query.host}\`); });`, `setTimeout(() => { new URL(\`https://example.org/\${req.params.id}\`); });`],
  ['a URI', 'calls', `setTimeout(() => { decodeURIComponent(req.query.q); });`, `setTimeout(() => { encodeURIComponent(req.query.q); });`],
  ['a pattern', 'calls', `setTimeout(() => { new RegExp(req.query.q); });`, `setTimeout(() => { new RegExp(db.pattern); });`],
  ['a token', 'calls', `setTimeout(() => { jwt.verify(req.query.t, 'k'); });`, `setTimeout(() => { jwt.decode(req.query.t); });`],
  ['YAML', 'calls', `setTimeout(() => { yaml.load(req.body.text); });`, `setTimeout(() => { yaml.dump(req.body.text); });`],
  ['an assertion', 'calls', `setTimeout(() => { assert.equal(req.path, '/'); });`, `setTimeout(() => { assert.rejects(load); });`],
  ['the error of the callback is another rule\'s', 'throws', `db.load({}, (err) => { if (err) return res.end(); throw new Error('x'); });`, `db.load({}, (err) => { if (err) throw err; res.end(); });`],
  // Who runs it.
  ['startup', 'throws', `setTimeout(() => { throw new Error('x'); });`, `res.end();`, `setTimeout(() => { if (db.broken) throw new Error('x'); });`],
];

tester.run('require-try-catch: pairs', rule, {
  valid: pairs.map(([title, , , good, after]) => ({ name: `${title}: ok`, code: served(good, title === 'startup' ? `setTimeout(() => { throw new Error('x'); });` : after) })),
  invalid: pairs.map(([title, messageId, bad, , after]) => ({ name: title, code: served(bad, title === 'startup' ? '' : after), errors: [{ messageId }] })),
});

tester.run('require-try-catch: options', rule, {
  valid: [
    served(`setTimeout(() => { schema.parse(req.body); });`),
    { code: served(`setTimeout(() => { try { schema.parse(req.body); } catch { res.end(); } });`), options: [{ extra: ['schema.parse'] }], name: 'caught' },
  ],
  invalid: [
    { code: served(`setTimeout(() => { schema.parse(req.body); });`), options: [{ extra: ['schema.parse'] }], errors: [{ messageId: 'calls', data: { what: 'schema.parse', when: 'it fails', call: 'setTimeout()', where: '`GET /users` runs it' } }], name: 'as it is called' },
    { code: served(`setTimeout(() => { require('yup').validateSync(req.body); });`), options: [{ extra: ['yup#validateSync'] }], errors: [{ messageId: 'calls' }], name: 'by its package' },
  ],
});

const inline = (body: string, params = 'req, res'): string => `const fs = require('fs');
const express = require('express');
const app = express();
app.get('/users', (${params}) => {
  ${body}
});`;

tester.run('require-try-catch: edits', rule, {
  valid: [],
  invalid: [
    {
      code: inline(`setTimeout(() => {\n    // what was sent\n    res.json(JSON.parse(req.query.q));\n  }, 1);`),
      errors: [
        {
          messageId: 'calls',
          data: { what: 'JSON.parse', when: 'its text is no valid JSON', call: 'setTimeout()', where: '`GET /users` runs it' },
          suggestions: [{ messageId: 'tryCatch', data: { to: 'next' }, output: inline(`setTimeout(() => { try {\n    // what was sent\n    res.json(JSON.parse(req.query.q));\n  } catch (error) { next(error); } }, 1);`, 'req, res, next') }],
        },
      ],
      name: 'a try in the callback',
    },
    {
      code: inline(`setTimeout(() => res.json(JSON.parse(req.query.q)), 1);`, 'req, res, next'),
      errors: [{ messageId: 'calls', suggestions: [{ messageId: 'tryCatch', output: inline(`setTimeout(() => { try { return res.json(JSON.parse(req.query.q)); } catch (error) { next(error); } }, 1);`, 'req, res, next') }] }],
      name: 'an expression',
    },
    {
      code: inline(`setTimeout(() => { if (!req.user) throw new Error('nobody'); res.end(); }, 1);`, 'req, res, next'),
      errors: [{ messageId: 'throws', suggestions: [{ messageId: 'handOn', data: { to: 'next' }, output: inline(`setTimeout(() => { if (!req.user) return next(new Error('nobody')); res.end(); }, 1);`, 'req, res, next') }] }],
      name: 'a throw',
    },
    {
      code: inline(`setTimeout(() => { [1].forEach(() => { throw new Error('x'); }); }, 1);`, 'req, res, next'),
      errors: [{ messageId: 'throws', suggestions: [{ messageId: 'tryCatch', output: inline(`setTimeout(() => { try { [1].forEach(() => { throw new Error('x'); }); } catch (error) { next(error); } }, 1);`, 'req, res, next') }] }],
      name: 'a throw in a loop',
    },
    {
      code: inline(`return new Promise((resolve, reject) => { setTimeout(() => { resolve(JSON.parse(req.query.q)); }, 1); });`),
      errors: [{ messageId: 'calls', suggestions: [{ messageId: 'tryCatch', data: { to: 'reject' }, output: inline(`return new Promise((resolve, reject) => { setTimeout(() => { try { resolve(JSON.parse(req.query.q)); } catch (error) { reject(error); } }, 1); });`) }] }],
      name: 'reject',
    },
    { code: inline(`setTimeout(() => { throw /* no */ new Error('x'); });`, 'req, res, error'), errors: [{ messageId: 'throws', suggestions: [{ messageId: 'tryCatch', data: { to: 'error' }, output: inline(`setTimeout(() => { try { throw /* no */ new Error('x'); } catch (err) { error(err); } });`, 'req, res, error') }] }], name: 'a comment in the way' },
    { code: inline(`const next = 1; setTimeout(() => { JSON.parse(req.query.q); });`), errors: [{ messageId: 'calls' }], name: 'a name that is taken' },
  ],
});

it('names the place in another file, and is silent about its neighbour', () => {
  const { folder } = project({
    'users.js': `const fs = require('fs');
exports.risky = (callback) => {
  fs.readFile('a', (err, text) => callback(err, JSON.parse(text)));
};
exports.sound = (callback) => {
  fs.readFile('a', (err, text) => callback(err, text));
};`,
  });
  const lint = (call: string) =>
    new Linter({ cwd: folder }).verify(
      `const users = require('./users'); const app = require('express')(); app.get('/', (req, res, next) => { users.${call}((err, all) => { if (err) return next(err); res.json(all); }); });`,
      { files: ['**/*.js'], plugins: { express: plugin }, rules: { 'express/require-try-catch': 'error' }, languageOptions: { sourceType: 'commonjs' } },
      `${folder}/app.js`,
    );
  expect(lint('risky')).toMatchObject([
    { messageId: 'elsewhere', message: 'A callback behind `users.risky` can throw where nobody catches it: it calls `JSON.parse` (users.js:3), and the process ends for every client; `GET /` calls it.' },
  ]);
  expect(lint('sound')).toEqual([]);
});
