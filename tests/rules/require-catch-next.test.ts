import { type InvalidTestCase, RuleTester } from '@typescript-eslint/rule-tester';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';

import plugin from '../../src/index.js';
import rule from '../../src/rules/require-catch-next.js';
import { project } from '../files.js';
import { prelude, rows } from './require-catch-next.rows.js';

const linter = new Linter({ configType: 'flat' });

function lint(code: string, version: number | undefined) {
  const settings = { express: version === undefined ? {} : { version } };
  return linter.verify(code, { languageOptions: { sourceType: 'commonjs' }, plugins: { express: plugin }, rules: { 'express/require-catch-next': 'error' }, settings });
}

/** The messages on Express 4, on Express 5, and where the version is not known. */
function verdicts(code: string) {
  const ids = (version?: number) => lint(prelude + code, version).map((message) => message.messageId ?? message.message);
  return { on4: ids(4), on5: ids(5), unknown: ids() };
}

describe.each(Object.entries(rows))('what Express does: %s', (_about, pairs) => {
  it.each(pairs)('$says', ({ bad, good, on4, on5, unknown }) => {
    expect(verdicts(bad)).toEqual({ on4, on5, unknown });
    expect(verdicts(good)).toEqual({ on4: [], on5: [], unknown: [] });
  });
});

const start = `const express = require('express');
const app = express();
`;
type MessageIds = Parameters<Parameters<typeof rule.create>[0]['report']>[0] extends { messageId: infer Id extends string } ? Id : never;
type Invalid = InvalidTestCase<MessageIds, [{ wrappers: string[] }]>;

/** A case on a version of Express, behind the app that all of them share. */
function on(version: number, { code, output, errors, ...rest }: Omit<Invalid, 'output'> & { output: string | null }): Invalid {
  return {
    ...rest,
    code: start + code,
    output: output === null ? null : start + output,
    settings: { express: { version } },
    errors: errors.map(({ line = 0, suggestions, ...error }) => ({
      ...error,
      line: line + 2,
      ...(suggestions && { suggestions: suggestions.map((one) => ({ ...one, output: start + one.output })) }),
    })),
  };
}

/** A wrapper that leaves the promise to Express. */
const guarded = `const guard = (fn) => (req, res, next) => { count(req); return fn(req, res, next); };\napp.get('/', guard(async (req, res) => { res.json(await load()); }));`;

const tester = new RuleTester({ languageOptions: { sourceType: 'commonjs' } });

tester.run('require-catch-next: repairs', rule, {
  valid: [
    { code: start + guarded, options: [{ wrappers: ['guard'] }], name: 'wrapped by a function that the options name', settings: { express: { version: 4 } } },
    { code: start + guarded, name: 'wrapped by a function that the settings name', settings: { express: { version: 4, wrappers: ['guard'] } } },
  ],
  invalid: [
    on(4, { name: 'wrapped by a function that only returns the promise', code: guarded, output: null, errors: [{ messageId: 'handler', line: 2, suggestions: [{ messageId: 'tryCatch', output: guarded.replace('(req, res) => { res', '(req, res, next) => { try { res').replace('}));', '} catch (error) { next(error); } }));') }] }] }),
    on(5, {
      name: "the answer is in the chain: next is added",
      code: `app.get('/', (req, res) => {
  load().then((x) => res.json(x));
});`,
      output: `app.get('/', (req, res, next) => {
  load().then((x) => res.json(x)).catch(next);
});`,
      errors: [
        { messageId: 'floating', line: 2 },
      ],
    }),
    on(5, {
      name: "next is there under another name",
      code: `app.get('/', (req, res, done) => {
  load().then((x) => res.json(x)); // loads
});`,
      output: `app.get('/', (req, res, done) => {
  load().then((x) => res.json(x)).catch(done); // loads
});`,
      errors: [
        { messageId: 'floating', line: 2 },
      ],
    }),
    on(5, {
      name: "next is shadowed",
      code: `app.get('/', (req, res) => {
  load().then((next) => { more(next).then((x) => res.json(x)); }).catch(() => res.end());
});`,
      output: null,
      errors: [
        { messageId: 'floating', line: 2 },
      ],
    }),
    on(5, {
      name: "a handler with a name keeps its parameters",
      code: `function show(req, res) {
  load().then((x) => res.json(x));
}
app.get('/', show);`,
      output: null,
      errors: [
        { messageId: 'floating', line: 2 },
      ],
    }),
    on(5, {
      name: "a handler with a default keeps its parameters",
      code: `app.get('/', (req, res = null) => {
  load().then((x) => res.json(x));
});`,
      output: null,
      errors: [
        { messageId: 'floating', line: 2 },
      ],
    }),
    on(5, {
      name: "a handler that uses arguments keeps its parameters",
      code: `app.get('/', function (req, res) {
  log(arguments);
  load().then((x) => res.json(x));
});`,
      output: null,
      errors: [
        { messageId: 'floating', line: 3 },
      ],
    }),
    on(5, {
      name: "a param callback has its next",
      code: `app.param('id', (req, res, next, id) => {
  load(id).then((x) => { req.item = x; next(); });
});`,
      output: `app.param('id', (req, res, next, id) => {
  load(id).then((x) => { req.item = x; next(); }).catch(next);
});`,
      errors: [
        { messageId: 'floating', line: 2 },
      ],
    }),
    on(5, {
      name: "work beside the answer is for a person",
      code: `app.get('/', async (req, res) => {
  import('./audit.js').then((m) => m.write());
  res.end();
});`,
      output: null,
      errors: [
        { messageId: 'floating', line: 2, suggestions: [
          { messageId: 'addAwait', output: `app.get('/', async (req, res) => {
  await import('./audit.js').then((m) => m.write());
  res.end();
});` },
          { messageId: 'appendCatch', output: `app.get('/', async (req, res, next) => {
  import('./audit.js').then((m) => m.write()).catch(next);
  res.end();
});` },
        ] },
      ],
    }),
    on(4, {
      name: "a proved wrapper in scope",
      code: `const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
app.get('/', async (req, res) => {
  res.json(await load());
});`,
      output: `const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
app.get('/', wrap(async (req, res) => {
  res.json(await load());
}));`,
      errors: [
        { messageId: 'handler', line: 2 },
      ],
    }),
    on(4, {
      name: "a known wrapper in scope, around a name",
      code: `const asyncHandler = require('express-async-handler');
async function show(req, res) { res.json(await load()); }
app.get('/', show);`,
      output: `const asyncHandler = require('express-async-handler');
async function show(req, res) { res.json(await load()); }
app.get('/', asyncHandler(show));`,
      errors: [
        { messageId: 'handler', line: 2 },
      ],
    }),
    on(4, {
      name: "a wrapper of the project is for a person",
      code: `const catchAsync = require('./utils/catchAsync');
app.get('/', async (req, res, next) => {
  res.json(await load());
});`,
      output: null,
      errors: [
        { messageId: 'handler', line: 2, suggestions: [
          { messageId: 'wrap', data: { wrapper: 'catchAsync' }, output: `const catchAsync = require('./utils/catchAsync');
app.get('/', catchAsync(async (req, res, next) => {
  res.json(await load());
}));` },
          { messageId: 'tryCatch', output: `const catchAsync = require('./utils/catchAsync');
app.get('/', async (req, res, next) => { try {
  res.json(await load());
} catch (error) { next(error); } });` },
        ] },
      ],
    }),
    on(4, {
      name: "error middleware is not wrapped",
      code: `const asyncHandler = require('express-async-handler');
app.use(async (err, req, res, next) => {
  await report(err);
  next(err);
});`,
      output: null,
      errors: [
        { messageId: 'handler', line: 2, suggestions: [
          { messageId: 'tryCatch', output: `const asyncHandler = require('express-async-handler');
app.use(async (err, req, res, next) => { try {
  await report(err);
  next(err);
} catch (error) { next(error); } });` },
        ] },
      ],
    }),
    on(4, {
      name: "a param callback is not wrapped",
      code: `const asyncHandler = require('express-async-handler');
app.param('id', async (req, res, next, id) => {
  req.item = await load(id);
  next();
});`,
      output: null,
      errors: [
        { messageId: 'handler', line: 2, suggestions: [
          { messageId: 'tryCatch', output: `const asyncHandler = require('express-async-handler');
app.param('id', async (req, res, next, id) => { try {
  req.item = await load(id);
  next();
} catch (error) { next(error); } });` },
        ] },
      ],
    }),
    on(4, {
      name: "a promise returned from the try",
      code: `app.get('/', async (req, res, next) => {
  try { return fetch('http://x'); } catch (err) { next(err); }
});`,
      output: null,
      errors: [
        { messageId: 'handler', line: 1, suggestions: [
          { messageId: 'addAwait', output: `app.get('/', async (req, res, next) => {
  try { return await fetch('http://x'); } catch (err) { next(err); }
});` },
          { messageId: 'appendCatch', output: `app.get('/', async (req, res, next) => {
  try { return fetch('http://x').catch(next); } catch (err) { next(err); }
});` },
        ] },
      ],
    }),
    on(4, {
      name: "a returned chain that answers",
      code: `app.get('/', (req, res, next) => {
  return load().then((x) => res.json(x));
});`,
      output: `app.get('/', (req, res, next) => {
  return load().then((x) => res.json(x)).catch(next);
});`,
      errors: [
        { messageId: 'handler', line: 1 },
      ],
    }),
    on(5, {
      name: "console.error as the catch",
      code: `app.get('/', (req, res, next) => {
  load().then((x) => res.json(x)).catch(console.error);
});`,
      output: null,
      errors: [
        { messageId: 'swallowed', line: 2, suggestions: [
          { messageId: 'forward', output: `app.get('/', (req, res, next) => {
  load().then((x) => res.json(x)).catch(next);
});` },
        ] },
      ],
    }),
    on(5, {
      name: "a catch with an expression",
      code: `app.get('/', (req, res, next) => {
  load().then((x) => res.json(x)).catch((err) => console.error(err));
});`,
      output: null,
      errors: [
        { messageId: 'swallowed', line: 2, suggestions: [
          { messageId: 'forward', output: `app.get('/', (req, res, next) => {
  load().then((x) => res.json(x)).catch((err) => { console.error(err); next(err); });
});` },
        ] },
      ],
    }),
    on(5, {
      name: "a catch with a block",
      code: `app.get('/', (req, res, next) => {
  load().then((x) => res.json(x)).catch((err) => {
    console.error(err);
  });
});`,
      output: null,
      errors: [
        { messageId: 'swallowed', line: 2, suggestions: [
          { messageId: 'forward', output: `app.get('/', (req, res, next) => {
  load().then((x) => res.json(x)).catch((err) => {
    console.error(err);
    next(err);
  });
});` },
        ] },
      ],
    }),
    on(5, {
      name: "a catch clause",
      code: `app.get('/', async (req, res, next) => {
  try {
    res.json(await load());
  } catch (err) {
    console.error(err);
  }
});`,
      output: null,
      errors: [
        { messageId: 'swallowed', line: 3, suggestions: [
          { messageId: 'forward', output: `app.get('/', async (req, res, next) => {
  try {
    res.json(await load());
  } catch (err) {
    console.error(err);
    next(err);
  }
});` },
        ] },
      ],
    }),
    on(5, {
      name: "a catch clause without a name",
      code: `app.get('/', async (req, res, next) => {
  try {
    res.json(await load());
  } catch {
    console.error('failed');
  }
});`,
      output: null,
      errors: [
        { messageId: 'swallowed', line: 3 },
      ],
    }),
    on(5, {
      name: "created early, awaited late",
      code: `app.get('/', async (req, res, next) => {
  try {
    const orders = fetch('http://orders');
    const user = await load();
    res.json({ user, orders: await orders });
  } catch (err) { next(err); }
});`,
      output: null,
      errors: [
        { messageId: 'late', line: 3 },
      ],
    }),
    on(5, {
      name: "an async callback of a timer",
      code: `app.get('/', (req, res) => {
  setTimeout(async () => { await load(); }, 10);
  res.end();
});`,
      output: null,
      errors: [
        { messageId: 'discarded', line: 2 },
      ],
    }),
    on(5, {
      name: "an async callback of a list",
      code: `app.get('/', (req, res) => {
  req.body.ids.forEach(async (id) => { await load(id); });
  res.end();
});`,
      output: null,
      errors: [
        { messageId: 'discarded', line: 2 },
      ],
    }),
    on(5, {
      name: "a verify function",
      code: `const { Strategy } = require('passport-local');
module.exports = new Strategy(async (name, password, done) => { done(null, await load(name)); });`,
      output: null,
      errors: [
        { messageId: 'companion', line: 2 },
      ],
    }),
    on(5, {
      name: "a generator",
      code: `app.get('/', function* (req, res) { res.end(); });`,
      output: null,
      errors: [
        { messageId: 'generator', line: 1 },
      ],
    }),
  ],
});

/** How often a message is in the report, and what keeps the code from being parsed. */
function count(messages: readonly Linter.LintMessage[], id: string | undefined): number {
  return messages.filter(({ fatal, messageId }) => fatal === true || messageId === id).length;
}

describe.each(Object.entries(rows))('what is offered rids the code of the finding: %s', (_about, pairs) => {
  it.each(pairs)('$says', ({ bad }) => {
    const code = prelude + bad;
    for (const version of [4, 5]) {
      const before = lint(code, version);
      for (const { fix, messageId, suggestions = [] } of before) {
        for (const { range, text } of [...(fix ? [fix] : []), ...suggestions.map((one) => one.fix)]) {
          const after = code.slice(0, range[0]) + text + code.slice(range[1]);
          expect(count(lint(after, version), messageId), after).toBeLessThan(count(before, messageId));
        }
      }
    }
  });
});

describe('repairs', () => {
  it.each([
    ['a chain', `app.get('/', (req, res) => { load().then((x) => res.json(x)); });`],
    ['a wrapper', `const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);\napp.get('/', async (req, res) => { res.json(await load()); });`],
  ])('settle after one pass, and are silent: %s', (_what, code) => {
    const config = { plugins: { express: plugin }, languageOptions: { sourceType: 'commonjs' as const }, rules: { 'express/require-catch-next': 'error' as const }, settings: { express: { version: 4 } } };
    const once = linter.verifyAndFix(start + code, config);
    expect(once).toMatchObject({ fixed: true, messages: [] });
    expect(linter.verifyAndFix(once.output, config)).toMatchObject({ fixed: false, messages: [] });
  });
});

const services = `const send = async (to) => { await smtp.send(to); };\nexports.send = send;\nexports.later = (to) => { send(to); };\nexports.careful = (to) => { send(to).catch(() => {}); };\n`;
const elsewhere = project({
  'scripts/mail.js': services,
  'controllers/users.js': `exports.show = async (req, res) => { res.json(await db.load()); };\nexports.safe = async (req, res, next) => { try { res.json(await db.load()); } catch (e) { next(e); } };\n`,
  'services/mail.js': services,
  'utils/wrap.js': `module.exports = (fn) => (req, res, next) => { Promise.resolve(fn(req, res, next)).catch(next); };\n`,
  'utils/drop.js': `module.exports = (fn) => (req, res, next) => { fn(req, res, next); };\n`,
  'utils/same.js': `module.exports = (fn) => fn;\n`,
  'utils/useless.js': `module.exports = (fn) => (req, res, next) => fn(req, res, next);\n`,
});
const firing = (call: string) => `const hooks = { fire: async (name) => { await run(name); }, load: async (name) => { await run(name); } };\nconst log = () => {};\nexports.save = (name) => { ${call}; };`;
const querying = (body: string) => `const users = require('users-store');\nexports.find = async (a) => { ${body} };`;
const moving = (rest: string) => `const fse = require('fs-extra');\nexports.move = async (a, done) => { fse.move(a, ${rest}); };`;
const filename = elsewhere.path('app.js');
const routes = (handler: string, imports = '') => `const app = require('express')();\nconst users = require('./controllers/users');\n${imports}app.get('/', ${handler});`;
const mailing = (call: string) => `const app = require('express')();\nconst mail = require('./services/mail');\napp.get('/', (req, res) => { ${call}; res.end(); });`;
const show = { handler: 'users.show', path: 'controllers/users.js', start: '1', what: 'db.load()', line: '1', where: '`GET /`' };
const wrap = `const wrap = require('./utils/wrap');\n`;

tester.run('require-catch-next: in other files', rule, {
  valid: [
    { filename, code: routes('users.safe'), name: 'a handler that catches' },
    { filename, code: routes('wrap(users.show)', wrap), name: 'a handler in a wrapper that forwards' },
    { filename, code: routes('users.show'), name: 'a handler on Express 5', settings: { express: { version: 5 } } },
    { filename, code: mailing('mail.careful(1)'), name: 'a promise that is caught there' },
    { filename, code: mailing('mail.later(1)'), name: 'a promise that floats there, which is reported there' },
    { filename: elsewhere.path('services/mail.js'), code: services.replace('send(to); };\nexports.careful', 'return send(to); };\nexports.careful'), name: 'a promise that a function hands to other files' },
    { filename: elsewhere.path('services/mail.js'), code: services.replace('exports.later =', 'const later ='), name: 'a promise that floats in a function that nobody can call' },
    { filename: elsewhere.path('scripts/mail.js'), code: services, name: 'a promise that floats in a script' },
    { filename: elsewhere.path('services/files.js'), code: moving(`'b', done`), name: 'what is given a callback gives no promise' },
    { filename: elsewhere.path('services/files.js'), code: moving(`'b', trace((e) => done(e))`), name: 'what is given a callback in a call' },
    { filename: elsewhere.path('services/users.js'), code: querying(`await users.where(a); users.where(a);`), name: 'a query that is only refined' },
    { filename: elsewhere.path('services/saved.js'), code: firing('hooks.fire(name)'), name: 'an event that listeners are told of' },
    { filename, code: routes('users.show'), name: 'other files are not to be read', settings: { express: { crossFile: false } } },
  ],
  invalid: [
    { filename, code: routes('users.show'), output: null, errors: [{ messageId: 'distant', data: show, line: 3, column: 14, endColumn: 24 }], name: 'a handler that does not catch' },
    { filename, code: routes('useless(users.show)', `const useless = require('./utils/useless');\n`), output: null, errors: [{ messageId: 'distant' }], name: 'a handler in a wrapper that forwards nothing' },
    { filename, code: routes('same(users.show)', `const same = require('./utils/same');\n`), output: null, errors: [{ messageId: 'distant' }], name: 'a handler in a function that hands it on as it is' },
    {
      filename,
      code: routes('drop(users.show)', `const drop = require('./utils/drop');\n`),
      output: null,
      errors: [{ messageId: 'dropped', data: { wrapper: 'drop()', what: 'db.load()', place: 'controllers/users.js:1' } }],
      name: 'a handler in a wrapper that throws its promise away',
      settings: { express: { version: 5 } },
    },
    {
      filename,
      code: routes('drop(async (req, res) => {\n  res.json(await users.show());\n})', `const drop = require('./utils/drop');\n`),
      output: null,
      errors: [{ messageId: 'dropped', data: { wrapper: 'drop()', what: 'users.show()', place: 'line 5' } }],
      name: 'an inline handler in such a wrapper',
      settings: { express: { version: 5 } },
    },
    { filename, code: routes('users.show', `const wrap = require('./utils/useless');\n`), output: null, errors: [{ messageId: 'distant', data: show }], name: 'beside a function that only is called like a wrapper' },
    { filename, code: routes('users.show', wrap), output: routes('wrap(users.show)', wrap), errors: [{ messageId: 'distant', data: show }], name: 'beside a wrapper of the project' },
    {
      filename,
      code: mailing('mail.send(1)'),
      output: null,
      errors: [{ messageId: 'floating', data: { what: 'mail.send()', where: '`GET /` starts it', sink: '' }, suggestions: [{ messageId: 'appendCatch', output: mailing('mail.send(1).catch(next)').replace('(req, res)', '(req, res, next)') }] }],
      name: 'the promise of another file',
    },
    { filename, code: mailing('mail.later(1)').replace('services', 'scripts'), output: null, errors: [{ messageId: 'elsewhere', data: { call: 'mail.later', leadsTo: 'calls `send()` (scripts/mail.js:3)', where: '`GET /` calls it' } }], name: 'a promise that floats there, in a file that is looked at for nothing else' },
    { filename: elsewhere.path('services/mail.js'), code: services, output: null, errors: [{ messageId: 'floating', data: { what: 'send()', where: '`later`, which other files can call, starts it', sink: '' }, line: 3 }], name: 'a promise that floats in a function that other files can call' },
    { filename: elsewhere.path('services/files.js'), code: moving(`'b'`), output: null, errors: [{ messageId: 'floating', line: 2, suggestions: [{ messageId: 'addAwait', output: moving(`'b'`).replace('fse.move', 'await fse.move') }] }], name: 'what is given no callback gives a promise' },
    { filename: elsewhere.path('services/both.js'), code: `const app = require('express')();\n${services}app.get('/', (req, res) => { exports.later(1); res.end(); });`, output: null, errors: [{ messageId: 'floating', line: 4 }], name: 'once, where a request and other files lead to it' },
    { filename: elsewhere.path('services/both.js'), code: `const app = require('express')();\nconst send = async (to) => { await smtp.send(to); };\nfunction notify() { send(1); }\nexports.notify = () => { notify(); };\napp.get('/', (req, res) => { notify(); res.end(); });`, output: null, errors: [{ messageId: 'floating', line: 3 }], name: 'once, in a function that both call' },
    { filename: elsewhere.path('services/users.js'), code: querying(`await users.remove(a); users.remove(a);`), output: null, errors: [{ messageId: 'floating', line: 2, suggestions: [{ messageId: 'addAwait', output: querying(`await users.remove(a); await users.remove(a);`) }] }], name: 'a query that is sent' },
    { filename: elsewhere.path('services/saved.js'), code: firing('hooks.load(name)'), output: null, errors: [{ messageId: 'floating', line: 3 }], name: 'another promise of what tells of events' },
    { filename: elsewhere.path('services/saved.js'), code: firing('hooks.fire(name).then(log)'), output: null, errors: [{ messageId: 'floating', line: 3 }], name: 'an event whose result somebody waits for' },
  ],
});
