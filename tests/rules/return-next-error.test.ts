import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/return-next-error.js';

const tester = new RuleTester({ languageOptions: { parserOptions: { ecmaFeatures: { jsx: false } } } });

const served = (body: string, params = 'req, res, next'): string => `
const db = require('./db');
const fs = require('fs');
const express = require('express');
const app = express();
app.get('/users', async (${params}) => {
  ${body}
});`;

type Pair = readonly [title: string, kind: 'answers' | 'handsOn' | 'loop', bad: string, good: string];

/** Each row: what is reported (its first statement of that kind is marked with `return` in the suggestion), and its neighbour. */
const pairs: readonly Pair[] = [
  ['an error handed on', 'answers', `db.find({}, (err, all) => { if (err) «next(err); res.json(all); });`, `db.find({}, (err, all) => { if (err) return next(err); res.json(all); });`],
  ['in braces', 'answers', `if (!req.user) { «res.sendStatus(401); } res.json(req.user);`, `if (!req.user) { res.sendStatus(401); return; } res.json(req.user);`],
  ['an else', 'answers', `if (!req.user) { «res.sendStatus(401); } res.json(req.user);`, `if (!req.user) { res.sendStatus(401); } else { res.json(req.user); }`],
  ['after a wait', 'answers', `if (!req.user) { «next(new Error('x')); } const all = await db.all(); res.json(all);`, `if (!req.user) { return next(new Error('x')); } const all = await db.all(); res.json(all);`],
  ['a middleware', 'handsOn', `if (!req.user) { «res.sendStatus(401); } next();`, `if (!req.user) { res.sendStatus(401); } else { next(); }`],
  ['next twice', 'handsOn', `if (req.user) { «next(); } next('route');`, `if (req.user) { next(); return; } next('route');`],
  ['all that follows answers', 'answers', `if (!req.user) { «next(); } if (req.query.x) { res.json({}); } else { res.end('x'); }`, `if (!req.user) { next(); } if (req.query.x) { res.json({}); }`],
  ['a branch that answers, and leaves', 'answers', `if (!req.user) { «next(); } if (req.query.x) { return res.json({}); } res.end('x');`, `if (!req.user) { next(); } if (req.query.x) { return; } res.end('x');`],
  ['a look at what was sent', 'answers', `if (!req.user) { «res.sendStatus(401); } res.json({});`, `if (!req.user) { res.sendStatus(401); } if (!res.headersSent) { res.json({}); }`],
  ['a condition', 'answers', `if (!req.user) { «res.sendStatus(401); } res.json({});`, `if (!req.user) { res.sendStatus(401); } if (req.user) { res.json({}); }`],
  ['a catch', 'answers', `let all; try { all = await db.all(); } catch (err) { «next(err); } res.json(all);`, `try { res.json(await db.all()); } catch (err) { next(err); }`],
  ['a finally', 'answers', `try { «res.json(await db.all()); } finally { res.end('x'); }`, `try { res.json(await db.all()); } finally { db.close(); }`],
  ['a switch', 'answers', `switch (req.query.x) { case 'a': «res.json(1); case 'b': res.json(2); }`, `switch (req.query.x) { case 'a': res.json(1); break; case 'b': res.json(2); }`],
  ['behind a switch', 'answers', `switch (req.query.x) { case 'a': «res.json(1); break; case 'b': db.close(); } res.json(2);`, `switch (req.query.x) { case 'a': res.json(1); return; case 'b': db.close(); } res.json(2);`],
  ['a loop', 'answers', `for (const one of req.body) { if (!one) { «res.sendStatus(400); break; } } res.json({});`, `for (const one of req.body) { if (!one) { res.sendStatus(400); return; } } res.json({});`],
  ['a loop that goes on', 'answers', `for (const one of req.body) { if (!one) { «next(new Error('x')); } } res.json({});`, `for (const one of req.body) { if (!one) { return next(new Error('x')); } } res.json({});`],
  ['a callback that answers', 'answers', `if (!req.user) { «next(); } db.find({}, (err, all) => { if (err) return next(err); res.json(all); });`, `if (!req.user) { next(); } db.find({}, (err, all) => { if (err) return next(err); db.keep(all); });`],
  ['a chain that answers', 'answers', `if (!req.user) { «next(); } db.all().then((all) => res.json(all));`, `if (!req.user) { next(); } db.all().then((all) => db.keep(all));`],
  ['two answers', 'answers', `«res.json({}); res.send('x');`, `res.json({}); db.keep('x');`],
  ['an end without data', 'answers', `«res.send('x'); res.end('y');`, `res.send('x'); res.end();`],
  ['a status', 'answers', `«res.sendStatus(404); res.json({});`, `res.status(404); res.json({});`],
  ['a template with a callback', 'answers', `«res.render('a'); res.json({});`, `res.render('a', (err, html) => { db.keep(html); }); res.json({});`],
  ['another response', 'answers', `«res.json({}); res.json({});`, `const answer = await fetch('x').then((res) => res.json()); res.json(answer);`],
  ['an answer, and on', 'handsOn', `if (req.query.x) { «res.json({}); } next();`, `res.json({}); next();`],
];

const code = (bad: string): string => bad.replace('«', '');

tester.run('return-next-error: pairs', rule, {
  valid: pairs.map(([title, , , good]) => ({ name: `${title}: ok`, code: served(good) })),
  invalid: pairs.map(([title, messageId, bad]) => ({
    name: title,
    code: served(code(bad)),
    errors: [{ messageId, suggestions: [{ messageId: 'addReturn' as const, output: served(bad.replace('«', 'return ')) }] }],
  })),
});

tester.run('return-next-error: callbacks that run at once', rule, {
  valid: [
    served(`for (const one of req.body) { if (!one) return res.sendStatus(400); } res.json({});`),
    served(`req.body.forEach((one) => { if (!one) return db.keep(400); }); res.json({});`),
    served(`req.body.forEach((one) => { if (!one) return res.sendStatus(400); });`),
    served(`db.each((one) => { if (!one) return res.sendStatus(400); }); res.json({});`),
  ],
  invalid: [
    {
      code: served(`req.body.forEach((one) => { if (!one) return res.sendStatus(400); });\n  res.json({});`),
      errors: [{ messageId: 'loop', data: { loop: 'req.body.forEach()', second: 'res.json()', line: '8', where: '`GET /users` runs it' } }],
      name: 'a return that leaves the callback only',
    },
    { code: served(`const all = req.body.map((one) => { if (!one) { res.sendStatus(400); } return one; }); res.json(all);`), errors: [{ messageId: 'loop' }], name: 'in a map' },
  ],
});

tester.run('return-next-error: who answers', rule, {
  valid: [
    // A function that is no handler: who it answers is not known.
    `const express = require('express'); function show(out, done) { done(); out.json({}); }`,
    // The parameter is no `next`.
    served(`db.run((next) => { next(); next(); }); res.json({});`),
    // Half-typed
    served(`if (req.user) { next( ) }`),
  ],
  invalid: [
    {
      code: `const app = require('express')(); app.use((q, r, done) => { if (q.user) { done(); } r.json({}); });`,
      errors: [
        {
          messageId: 'answers',
          data: { first: 'done()', second: 'r.json()', line: '1', where: 'the middleware runs it' },
          suggestions: [{ messageId: 'addReturn', output: `const app = require('express')(); app.use((q, r, done) => { if (q.user) { return done(); } r.json({}); });` }],
        },
      ],
      name: 'parameters by other names',
    },
    {
      code: served(`if (!req.user) /* nobody */ next(); // on\n  res.json({});`),
      errors: [{ messageId: 'answers', suggestions: [{ messageId: 'addReturn', output: served(`if (!req.user) /* nobody */ return next(); // on\n  res.json({});`) }] }],
      name: 'comments stay',
    },
    { code: served(`req.user || next(); res.json({});`), errors: [{ messageId: 'answers' }], name: 'part of an expression' },
    { code: `const passport = require('passport'); passport.serializeUser((user, done) => { if (!user) done(new Error('x')); done(null, user.id); });`, errors: [{ messageId: 'handsOn', suggestions: [{ messageId: 'addReturn', output: `const passport = require('passport'); passport.serializeUser((user, done) => { if (!user) return done(new Error('x')); done(null, user.id); });` }] }], name: 'of a callback' },
  ],
});
