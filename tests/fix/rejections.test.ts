/** What the repairs of rejections write, to the letter, beside code that needs none. */
import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/require-catch-next.js';

/** Code behind an app; `first` stands before everything else. */
function withApp(code: string, first = ''): string {
  return `${first && `${first}\n`}import express from 'express';\nimport { load, save } from './db';\n\nconst app = express();\n${code}`;
}

/** Code behind an app and a function that rejects. */
function withFail(code: string, first = ''): string {
  return withApp(`async function fail() { throw new Error('down'); }\n${code}`, first);
}

const tester = new RuleTester();

tester.run('require-catch-next: the end of a chain, with next', rule, {
  valid: [
    {
      name: 'a chain that ends in a catch',
      code: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x)).catch(next);
});`),
    },
    {
      name: 'rejections handled with the second argument of the last then',
      code: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x)).then(null, next);
});`),
    },
    {
      name: 'finally before the catch',
      code: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x)).finally(() => release()).catch(next);
});`),
    },
    {
      name: 'an answer instead of next',
      code: withFail(`app.get('/', (req, res) => {
  fail().then((x) => res.json(x)).catch(() => res.sendStatus(500));
});`),
    },
    {
      name: 'a helper of this file that answers',
      code: withFail(`const oops = (res) => (error) => res.status(500).json({ error });
app.get('/', (req, res) => {
  fail().then((x) => res.json(x)).catch(oops(res));
});`),
    },
    {
      name: 'a helper of another file',
      code: withFail(`app.get('/', (req, res) => {
  fail().then((x) => res.json(x)).catch(oops);
});`, `import { oops } from './oops';`),
    },
    {
      name: "work that is not the request's, with a catch of its own",
      code: withFail(`app.get('/', (req, res) => {
  fail().catch((error) => console.error(error));
  res.json(1);
});`),
    },
    {
      name: 'the same after the answer',
      code: withFail(`app.get('/', (req, res) => {
  res.json(1);
  fail().then((x) => console.log(x)).catch(() => {});
});`),
    },
    {
      name: 'the next handler runs when there is nothing to answer',
      code: withFail(`app.get('/', (req, res, next) => {
  fail().then((user) => { req.user = user; next(); }).catch(() => next());
});`),
    },
  ],
  invalid: [
    {
      name: 'with next there already',
      code: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x));
});`),
      output: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x)).catch(next);
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'with next added',
      code: withFail(`app.get('/', (req, res) => {
  fail().then((x) => res.json(x));
});`),
      output: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x)).catch(next);
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'with next under another name',
      code: withFail(`app.get('/', (req, res, done) => {
  fail().then((x) => res.json(x));
});`),
      output: withFail(`app.get('/', (req, res, done) => {
  fail().then((x) => res.json(x)).catch(done);
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'with next added to a function expression',
      code: withFail(`app.get('/', function (req, res) {
  fail().then((x) => res.json(x));
});`),
      output: withFail(`app.get('/', function (req, res, next) {
  fail().then((x) => res.json(x)).catch(next);
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'with next added after a typed parameter',
      code: withFail(`app.get('/', (req: express.Request, res: express.Response) => {
  fail().then((x) => res.json(x));
});`),
      output: withFail(`app.get('/', (req: express.Request, res: express.Response, next) => {
  fail().then((x) => res.json(x)).catch(next);
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'comments and a missing semicolon stay',
      code: withFail(`app.get('/', (req, res /* the response */) => {
  fail() // the database
    .then((x) => res.json(x)) // the answer
})`),
      output: withFail(`app.get('/', (req, res, next /* the response */) => {
  fail() // the database
    .then((x) => res.json(x)).catch(next) // the answer
})`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'parentheses stay',
      code: withFail(`app.get('/', (req, res) => {
  (fail().then((x) => res.json(x)));
});`),
      output: withFail(`app.get('/', (req, res, next) => {
  (fail().then((x) => res.json(x)).catch(next));
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'void stays',
      code: withFail(`app.get('/', (req, res) => {
  void fail().then((x) => res.json(x));
});`),
      output: withFail(`app.get('/', (req, res, next) => {
  void fail().then((x) => res.json(x)).catch(next);
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'an optional chain',
      code: withFail(`app.get('/', (req, res) => {
  fail()?.then((x) => res.json(x));
});`),
      output: withFail(`app.get('/', (req, res, next) => {
  fail()?.then((x) => res.json(x)).catch(next);
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'a second argument of then that throws',
      code: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x), (e) => { throw e; });
});`),
      output: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x), (e) => { throw e; }).catch(next);
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'a catch that is not the last link, on lines of their own',
      code: withFail(`app.get('/', (req, res, next) => {
  fail()
    .catch(next)
    .then((x) => res.json(x));
});`),
      output: withFail(`app.get('/', (req, res, next) => {
  fail()
    .then((x) => res.json(x))
    .catch(next);
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'a catch that is not the last link, with a comment',
      code: withFail(`app.get('/', (req, res, next) => {
  fail()/* down? */.catch(next).then((x) => res.json(x));
});`),
      output: withFail(`app.get('/', (req, res, next) => {
  fail()/* down? */.catch(next).then((x) => res.json(x)).catch(next);
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'a catch that is not the last link',
      code: withFail(`app.get('/', (req, res, next) => {
  fail().catch(next).then((x) => res.json(x));
});`),
      output: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x)).catch(next);
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'inside a callback of the handler',
      code: withFail(`app.get('/', (req, res) => {
  later(() => { fail().then((x) => res.json(x)); });
});`),
      output: withFail(`app.get('/', (req, res, next) => {
  later(() => { fail().then((x) => res.json(x)).catch(next); });
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'two chains',
      code: withFail(`app.get('/', (req, res, next) => {
  if (req.query.a) fail().then((x) => res.json(x));
  else fail().then((x) => res.send(x));
});`),
      output: withFail(`app.get('/', (req, res, next) => {
  if (req.query.a) fail().then((x) => res.json(x)).catch(next);
  else fail().then((x) => res.send(x)).catch(next);
});`),
      errors: [
        { messageId: 'floating', line: 7 },
        { messageId: 'floating', line: 8 },
      ],
    },
    {
      name: 'two chains and one next to add',
      code: withFail(`app.get('/', (req, res) => {
  if (req.query.a) fail().then((x) => res.json(x));
  else fail().then((x) => res.send(x));
});`),
      output: [
        withFail(`app.get('/', (req, res, next) => {
  if (req.query.a) fail().then((x) => res.json(x)).catch(next);
  else fail().then((x) => res.send(x));
});`),
        withFail(`app.get('/', (req, res, next) => {
  if (req.query.a) fail().then((x) => res.json(x)).catch(next);
  else fail().then((x) => res.send(x)).catch(next);
});`),
      ],
      errors: [
        { messageId: 'floating', line: 7 },
        { messageId: 'floating', line: 8 },
      ],
    },
    {
      name: 'a dynamic import',
      code: withApp(`app.get('/', (req, res) => {
  import('./views').then((views) => res.send(views.index()));
});`),
      output: withApp(`app.get('/', (req, res, next) => {
  import('./views').then((views) => res.send(views.index())).catch(next);
});`),
      errors: [
        { messageId: 'floating', line: 6 },
      ],
    },
    {
      name: 'error middleware has its next',
      code: withFail(`app.use((err, req, res, next) => {
  fail().then(() => res.sendStatus(500));
});`),
      output: withFail(`app.use((err, req, res, next) => {
  fail().then(() => res.sendStatus(500)).catch(next);
});`),
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
  ],
});

tester.run('require-catch-next: the end of a chain, where no next can be had', rule, {
  valid: [],
  invalid: [
    {
      name: 'a default value',
      code: withFail(`app.get('/', (req, res = {}) => {
  fail().then((x) => res.json(x));
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'rest parameters',
      code: withFail(`app.get('/', (req, ...rest) => {
  fail().then((x) => rest[0].json(x));
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'one parameter',
      code: withFail(`app.get('/', (req) => {
  fail().then((x) => req.res.json(x));
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'a named function',
      code: withFail(`app.get('/', show);
function show(req, res) {
  fail().then((x) => res.json(x));
}`),
      output: null,
      errors: [
        { messageId: 'floating', line: 8 },
      ],
    },
    {
      name: 'a method',
      code: withFail(`const users = {
  show(req, res) { fail().then((x) => res.json(x)); },
};
app.get('/', users.show);`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'next means something else',
      code: withFail(`app.get('/', (req, res) => {
  fail().then((x) => res.json(x));
});`, `import { next } from './queue';`),
      output: null,
      errors: [
        { messageId: 'floating', line: 8 },
      ],
    },
    {
      name: 'next is shadowed',
      code: withFail(`app.get('/', (req, res, next) => {
  later((next) => { fail().then((x) => res.json(x)); });
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'next is destructured',
      code: withFail(`app.get('/', (req, res, { next }) => {
  fail().then((x) => res.json(x));
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'arguments',
      code: withFail(`app.get('/', function (req, res) {
  log(arguments);
  fail().then((x) => res.json(x));
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 8 },
      ],
    },
    {
      name: 'a param callback has five parameters',
      code: withFail(`app.param('id', (req, res) => {
  fail().then((x) => res.json(x));
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'a function below the handlers',
      code: withFail(`const answer = (res) => { fail().then((x) => res.json(x)); };
app.get('/', (req, res) => answer(res));`),
      output: null,
      errors: [
        { messageId: 'floating', line: 6 },
      ],
    },
    {
      name: 'an error handler with three parameters',
      code: withFail(`export const onError: express.ErrorRequestHandler = (err, req, res) => {
  fail().then((x) => res.json(x));
};`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
  ],
});

tester.run('require-catch-next: promises that do not carry the answer', rule, {
  valid: [
    {
      name: 'awaited',
      code: withFail(`app.get('/', async (req, res, next) => {
  try { await fail(); res.end(); } catch (e) { next(e); }
});`),
    },
    {
      name: 'a query of Prisma, which is sent when awaited',
      code: withApp(`app.get('/', (req, res) => {
  prisma.user.findMany();
  res.end();
});`, `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();`),
    },
    {
      name: 'a function nobody here awaits',
      code: withApp(`app.get('/', (req, res) => {
  save(1);
  res.end();
});`),
    },
    {
      name: 'code that never runs',
      code: withFail(`app.get('/', (req, res) => {
  if (false) fail();
  res.end();
});`),
    },
    {
      name: 'startup',
      code: withFail(`fail();
app.get('/', (req, res) => { res.end(); });`),
    },
    {
      name: 'a promise handed to somebody',
      code: withFail(`app.get('/', (req, res) => {
  track(fail());
  res.end();
});`),
    },
    {
      name: 'a promise that is kept',
      code: withFail(`app.get('/', (req, res) => {
  app.locals.pending = fail();
  res.end();
});`),
    },
    {
      name: 'cached promises',
      code: withFail(`let pending;
app.get('/', (req, res, next) => {
  pending ??= fail();
  pending.then((x) => res.json(x)).catch(next);
});`),
    },
  ],
  invalid: [
    {
      name: 'in an async handler',
      code: withFail(`app.get('/', async (req, res, next) => {
  fail();
  res.end();
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7, suggestions: [
          { messageId: 'addAwait', output: withFail(`app.get('/', async (req, res, next) => {
  await fail();
  res.end();
});`) },
          { messageId: 'appendCatch', output: withFail(`app.get('/', async (req, res, next) => {
  fail().catch(next);
  res.end();
});`) },
        ] },
      ],
    },
    {
      name: 'in a handler',
      code: withFail(`app.get('/', (req, res, next) => {
  fail();
  res.end();
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7, suggestions: [
          { messageId: 'appendCatch', output: withFail(`app.get('/', (req, res, next) => {
  fail().catch(next);
  res.end();
});`) },
        ] },
      ],
    },
    {
      name: 'void in an async handler',
      code: withFail(`app.get('/', async (req, res, next) => {
  void fail();
  res.end();
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7, suggestions: [
          { messageId: 'addAwait', output: withFail(`app.get('/', async (req, res, next) => {
  await fail();
  res.end();
});`) },
          { messageId: 'appendCatch', output: withFail(`app.get('/', async (req, res, next) => {
  void fail().catch(next);
  res.end();
});`) },
        ] },
      ],
    },
    {
      name: 'in an async helper',
      code: withFail(`const track = async () => {
  /* quickly */ fail(); // and go
};
app.get('/', async (req, res, next) => {
  try { await track(); res.end(); } catch (e) { next(e); }
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7, suggestions: [
          { messageId: 'addAwait', output: withFail(`const track = async () => {
  /* quickly */ await fail(); // and go
};
app.get('/', async (req, res, next) => {
  try { await track(); res.end(); } catch (e) { next(e); }
});`) },
        ] },
      ],
    },
    {
      name: 'in a helper',
      code: withFail(`const track = () => {
  fail();
};
app.get('/', (req, res) => {
  track();
  res.end();
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7 },
      ],
    },
    {
      name: 'in middleware',
      code: withFail(`app.use((req, res, next) => {
  fail();
  next();
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 7, suggestions: [
          { messageId: 'appendCatch', output: withFail(`app.use((req, res, next) => {
  fail().catch(next);
  next();
});`) },
        ] },
      ],
    },
    {
      name: 'a function that is awaited elsewhere in the file',
      code: withApp(`app.get('/a', async (req, res, next) => {
  try { res.json(await save(1)); } catch (e) { next(e); }
});
app.get('/b', (req, res, next) => {
  save(2);
  res.end();
});`),
      output: null,
      errors: [
        { messageId: 'floating', line: 9, suggestions: [
          { messageId: 'appendCatch', output: withApp(`app.get('/a', async (req, res, next) => {
  try { res.json(await save(1)); } catch (e) { next(e); }
});
app.get('/b', (req, res, next) => {
  save(2).catch(next);
  res.end();
});`) },
        ] },
      ],
    },
  ],
});

tester.run('require-catch-next: promises looked at too late', rule, {
  valid: [
    {
      name: 'in the other branch',
      code: withFail(`app.get('/', async (req, res, next) => {
  try {
    const a = fail();
    if (req.query.x) await load(); else res.json(await a);
  } catch (e) { next(e); }
});`),
    },
    {
      name: 'awaited at once',
      code: withFail(`app.get('/', async (req, res, next) => {
  try {
    const a = fail();
    const x = await a;
    await load();
    res.json(x);
  } catch (e) { next(e); }
});`),
    },
    {
      name: 'handed to somebody before',
      code: withFail(`app.get('/', async (req, res, next) => {
  try {
    const a = fail();
    track(a);
    await load();
    res.json(await a);
  } catch (e) { next(e); }
});`),
    },
    {
      name: 'nothing is awaited between',
      code: withFail(`app.get('/', async (req, res, next) => {
  try {
    const a = fail();
    const b = fail();
    res.json(await Promise.all([a, b]));
  } catch (e) { next(e); }
});`),
    },
  ],
  invalid: [
    {
      name: 'another await between',
      code: withFail(`app.get('/', async (req, res, next) => {
  try {
    const a = fail();
    await load();
    res.json(await a);
  } catch (e) { next(e); }
});`),
      output: null,
      errors: [
        { messageId: 'late', line: 8 },
      ],
    },
    {
      name: 'two, awaited one after the other',
      code: withFail(`app.get('/', async (req, res, next) => {
  try {
    const a = fail();
    const b = fail();
    res.json([await a, await b]);
  } catch (e) { next(e); }
});`),
      output: null,
      errors: [
        { messageId: 'late', line: 9 },
      ],
    },
  ],
});

tester.run('require-catch-next: callbacks whose promise is thrown away', rule, {
  valid: [
    {
      name: 'socket.io',
      code: withFail(`const io = new Server();
io.on('connection', async (socket) => {
  socket.on('message', async (text) => { await fail(); });
});`, `import { Server } from 'socket.io';`),
    },
    {
      name: 'queues',
      code: withFail(`new Worker('mail', async (job) => { await fail(); });
queue.process(async (job) => { await fail(); });`, `import { Worker } from 'bullmq';`),
    },
    {
      name: 'cron',
      code: withFail(`cron.schedule('* * * * *', async () => { await fail(); });`, `import cron from 'node-cron';`),
    },
    {
      name: 'the callback of listen',
      code: withFail(`app.listen(3000, async () => { await fail(); });`),
    },
    {
      name: 'a function that may look at the promise',
      code: withFail(`app.get('/', (req, res) => {
  eachLimit([1], async (x) => { await fail(); });
  res.end();
});`, `import { eachLimit } from './async';`),
    },
    {
      name: 'then looks at it',
      code: withFail(`app.get('/', (req, res, next) => {
  load().then(async () => { await fail(); }).catch(next);
});`),
    },
    {
      name: 'a cursor of the database',
      code: withFail(`app.get('/', async (req, res, next) => {
  try { await collection.find({}).forEach(async (x) => { await fail(); }); } catch (e) { next(e); }
});`),
    },
    {
      name: 'a cache that looks like an app',
      code: withFail(`cache.get('key', async (req, res) => { res.json(await fail()); });`, `import cache from './cache';`),
    },
  ],
  invalid: [
    {
      name: 'a timer',
      code: withFail(`app.get('/', (req, res) => {
  setTimeout(async () => { res.json(await fail()); }, 10);
});`),
      output: null,
      errors: [
        { messageId: 'discarded', line: 7 },
      ],
    },
    {
      name: 'forEach',
      code: withFail(`app.get('/', (req, res) => {
  [1, 2].forEach(async (x) => {
    await fail();
  });
  res.end();
});`),
      output: null,
      errors: [
        { messageId: 'discarded', line: 7 },
      ],
    },
    {
      name: 'a callback that returns its promise',
      code: withFail(`app.get('/', (req, res) => {
  [1, 2].forEach((x) => fail());
  res.end();
});`),
      output: null,
      errors: [
        { messageId: 'discarded', line: 7 },
      ],
    },
    {
      name: 'a listener',
      code: withFail(`app.post('/', (req, res) => {
  req.on('end', async () => { res.json(await fail()); });
});`),
      output: null,
      errors: [
        { messageId: 'discarded', line: 7 },
      ],
    },
    {
      name: 'an executor',
      code: withFail(`app.get('/', (req, res, next) => {
  new Promise(async (resolve) => { resolve(await fail()); }).then((x) => res.json(x)).catch(next);
});`),
      output: null,
      errors: [
        { messageId: 'discarded', line: 7 },
      ],
    },
  ],
});

tester.run('require-catch-next: errors that are caught and not told', rule, {
  valid: [
    {
      name: 'answered after the try',
      code: withFail(`app.get('/', async (req, res) => {
  let x;
  try { x = await fail(); } catch (e) { console.error(e); }
  res.json(x);
});`),
    },
    {
      name: 'answered before',
      code: withFail(`app.get('/', async (req, res) => {
  try { res.json(1); await fail(); } catch (e) { console.error(e); }
});`),
    },
    {
      name: 'answered in the finally',
      code: withFail(`app.get('/', async (req, res) => {
  try { res.write(await fail()); } catch (e) { console.error(e); } finally { res.end(); }
});`),
    },
    {
      name: 'a helper that is given the response',
      code: withFail(`app.get('/', async (req, res) => {
  try { res.json(await fail()); } catch (e) { sendError(res, e); }
});`),
    },
    {
      name: 'tried again',
      code: withFail(`app.get('/', async (req, res) => {
  for (let i = 0; i < 3; i++) {
    try { res.json(await fail()); return; } catch (e) { console.error(e); }
  }
  res.sendStatus(500);
});`),
    },
    {
      name: 'a helper, whose caller answers',
      code: withFail(`const quiet = async () => {
  try { return await fail(); } catch (e) { console.error(e); }
};
app.get('/', async (req, res) => { res.json(await quiet()); });`),
    },
    {
      name: 'thrown again',
      code: withFail(`app.get('/', async (req, res) => {
  try { res.json(await fail()); } catch (e) { console.error(e); throw e; }
});`),
      settings: { express: { version: 5 } },
    },
  ],
  invalid: [
    {
      name: 'a clause that logs',
      code: withFail(`app.get('/', async (req, res, next) => {
  try {
    res.json(await fail());
  } catch (e) {
    console.error(e); // for the log
  }
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 8, suggestions: [
          { messageId: 'forward', output: withFail(`app.get('/', async (req, res, next) => {
  try {
    res.json(await fail());
  } catch (e) {
    console.error(e); // for the log
    next(e);
  }
});`) },
        ] },
      ],
    },
    {
      name: 'a clause that logs, next added',
      code: withFail(`app.get('/', async (req, res) => {
  try {
    res.json(await fail());
  } catch (e) {
    console.error(e);
  }
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 8, suggestions: [
          { messageId: 'forward', output: withFail(`app.get('/', async (req, res, next) => {
  try {
    res.json(await fail());
  } catch (e) {
    console.error(e);
    next(e);
  }
});`) },
        ] },
      ],
    },
    {
      name: 'a clause without semicolons',
      code: withFail(`app.get('/', async (req, res, next) => {
  try { res.json(await fail()) } catch (e) { console.error(e) }
})`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 7, suggestions: [
          { messageId: 'forward', output: withFail(`app.get('/', async (req, res, next) => {
  try { res.json(await fail()) } catch (e) { console.error(e); next(e); }
})`) },
        ] },
      ],
    },
    {
      name: 'a clause without semicolons, on lines of its own',
      code: withFail(`app.get('/', async (req, res, next) => {
  try {
    res.json(await fail())
  } catch (e) {
    console.error(e)
  }
})`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 8, suggestions: [
          { messageId: 'forward', output: withFail(`app.get('/', async (req, res, next) => {
  try {
    res.json(await fail())
  } catch (e) {
    console.error(e)
    next(e);
  }
})`) },
        ] },
      ],
    },
    {
      name: 'a clause that continues',
      code: withFail(`app.get('/', async (req, res, next) => {
  again: {
    try { res.json(await fail()); } catch (e) { console.error(e); break again; }
  }
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 8 },
      ],
    },
    {
      name: 'a finally that returns',
      code: withFail(`app.get('/', async (req, res, next) => {
  try { res.json(await fail()); } finally { return; }
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 7 },
      ],
    },
    {
      name: 'an empty clause',
      code: withFail(`app.get('/', async (req, res, next) => {
  try {
    res.json(await fail());
  } catch (e) {}
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 8, suggestions: [
          { messageId: 'forward', output: withFail(`app.get('/', async (req, res, next) => {
  try {
    res.json(await fail());
  } catch (e) { next(e); }
});`) },
        ] },
      ],
    },
    {
      name: 'a clause without the error',
      code: withFail(`app.get('/', async (req, res, next) => {
  try {
    res.json(await fail());
  } catch {
    console.error('failed');
  }
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 8 },
      ],
    },
    {
      name: 'a clause that returns',
      code: withFail(`app.get('/', async (req, res, next) => {
  try {
    res.json(await fail());
  } catch (e) {
    console.error(e);
    return;
  }
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 8 },
      ],
    },
    {
      name: 'a function that only logs',
      code: withFail(`app.get('/', (req, res) => {
  fail().then((x) => res.json(x)).catch(console.error);
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 7, suggestions: [
          { messageId: 'forward', output: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x)).catch(next);
});`) },
        ] },
      ],
    },
    {
      name: 'an arrow that only logs',
      code: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x)).catch((e) => console.error(e));
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 7, suggestions: [
          { messageId: 'forward', output: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x)).catch((e) => { console.error(e); next(e); });
});`) },
        ] },
      ],
    },
    {
      name: 'an arrow with a comment',
      code: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x)).catch((e) => /* for the log */ console.error(e));
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 7 },
      ],
    },
    {
      name: 'an arrow with a body',
      code: withFail(`app.get('/', (req, res, next) => {
  fail()
    .then((x) => res.json(x))
    .catch((e) => {
      console.error(e);
    });
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 7, suggestions: [
          { messageId: 'forward', output: withFail(`app.get('/', (req, res, next) => {
  fail()
    .then((x) => res.json(x))
    .catch((e) => {
      console.error(e);
      next(e);
    });
});`) },
        ] },
      ],
    },
    {
      name: 'an arrow without the error',
      code: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x)).catch(() => {});
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 7 },
      ],
    },
    {
      name: 'a named function that only logs',
      code: withFail(`const report = (e) => console.error(e);
app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x)).catch(report);
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 8, suggestions: [
          { messageId: 'forward', output: withFail(`const report = (e) => console.error(e);
app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x)).catch(next);
});`) },
        ] },
      ],
    },
    {
      name: 'the second argument of then',
      code: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x), (e) => { console.error(e); });
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 7, suggestions: [
          { messageId: 'forward', output: withFail(`app.get('/', (req, res, next) => {
  fail().then((x) => res.json(x), (e) => { console.error(e); next(e); });
});`) },
        ] },
      ],
    },
    {
      name: 'next called e already',
      code: withFail(`app.get('/', (req, res, e) => {
  fail().then((x) => res.json(x)).catch((e) => { console.error(e); });
});`),
      output: null,
      errors: [
        { messageId: 'swallowed', line: 7 },
      ],
    },
  ],
});

tester.run('require-catch-next: handlers of Express 4: wrapped', rule, {
  valid: [
    {
      name: 'wrapped',
      code: withFail(`app.get('/', asyncHandler(async (req, res) => { res.json(await fail()); }));`, `import asyncHandler from 'express-async-handler';`),
      settings: { express: { version: 4 } },
    },
    {
      name: 'held in a constant',
      code: withFail(`const show = asyncHandler(async (req, res) => { res.json(await fail()); });
app.get('/', show);`, `import asyncHandler from 'express-async-handler';`),
      settings: { express: { version: 4 } },
    },
    {
      name: 'a wrapper named in the options',
      code: withFail(`app.get('/', protect(async (req, res) => { res.json(await fail()); }));`, `const protect = globalThis.protect;`),
      options: [{ wrappers: ['protect'] }],
      settings: { express: { version: 4 } },
    },
    {
      name: 'a wrapper that is a method, named in the options',
      code: withFail(`const tools = { protect: (fn) => fn };
app.get('/', tools.protect(async (req, res) => { res.json(await fail()); }));`),
      options: [{ wrappers: ['protect'] }],
      settings: { express: { version: 4 } },
    },
    {
      name: 'a wrapper named in the settings',
      code: withFail(`const protect = (fn) => fn;
app.get('/', protect(async (req, res) => { res.json(await fail()); }));`),
      settings: { express: { version: 4, wrappers: ['protect'] } },
    },
    {
      name: 'nothing in it can reject',
      code: withFail(`app.get('/', async (req, res) => { await sleep(5); res.json(1); });`, `import { setTimeout as sleep } from 'node:timers/promises';`),
      settings: { express: { version: 4 } },
    },
    {
      name: 'a timer made into a promise',
      code: withFail(`const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
app.get('/', async (req, res) => { await sleep(5); res.json(1); });`),
      settings: { express: { version: 4 } },
    },
    {
      name: 'exported, and registered elsewhere',
      code: withFail(`export const show = async (req, res) => { res.json(await fail()); };`),
      settings: { express: { version: 4 } },
    },
    {
      name: 'a controller class, registered elsewhere',
      code: withFail(`export class Users {
  async show(req, res) { res.json(await fail()); }
}`),
      settings: { express: { version: 4 } },
    },
    {
      name: 'about a request, but no handler',
      code: withFail(`export async function format(error, request) { return fail(error, request); }`),
      settings: { express: { version: 4 } },
    },
    {
      name: 'another framework',
      code: `import Fastify from 'fastify';
const fastify = Fastify();
fastify.get('/', async (request, reply) => { await load(); });`,
      settings: { express: { version: 4 } },
    },
    {
      name: 'Koa',
      code: `import Router from '@koa/router';
const router = new Router();
router.get('/', async (ctx) => { ctx.body = await load(); });`,
      settings: { express: { version: 4 } },
    },
  ],
  invalid: [
    {
      name: 'with a package in scope',
      code: withFail(`app.get('/', async (req, res) => {
  res.json(await fail());
});`, `import asyncHandler from 'express-async-handler';`),
      output: withFail(`app.get('/', asyncHandler(async (req, res) => {
  res.json(await fail());
}));`, `import asyncHandler from 'express-async-handler';`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'with a package in scope under another name',
      code: withFail(`app.get('/', async (req, res) => res.json(await fail()));`, `const h = require('express-async-handler');`),
      output: withFail(`app.get('/', h(async (req, res) => res.json(await fail())));`, `const h = require('express-async-handler');`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'with a function of this file that is proved',
      code: withFail(`const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
app.get('/', async (req, res) => {
  res.json(await fail()); // the answer
});`),
      output: withFail(`const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
app.get('/', wrap(async (req, res) => {
  res.json(await fail()); // the answer
}));`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'a function expression',
      code: withFail(`const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
app.get('/', async function (req, res) {
  res.json(await fail());
});`),
      output: withFail(`const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
app.get('/', wrap(async function (req, res) {
  res.json(await fail());
}));`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'a named handler, where it is registered',
      code: withFail(`const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
app.get('/', show);
async function show(req, res) { res.json(await fail()); }`),
      output: withFail(`const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
app.get('/', wrap(show));
async function show(req, res) { res.json(await fail()); }`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 8 },
      ],
    },
    {
      name: 'a method, where it is registered',
      code: withFail(`const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
const users = { async show(req, res) { res.json(await fail()); } };
app.get('/', users.show);`),
      output: withFail(`const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
const users = { async show(req, res) { res.json(await fail()); } };
app.get('/', wrap(users.show));`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'parentheses and comments stay',
      code: withFail(`app.get('/', /* auth */ (async (req, res) => {
  res.json(await fail());
}) /* end */);`, `import asyncHandler from 'express-async-handler';`),
      output: withFail(`app.get('/', /* auth */ (asyncHandler(async (req, res) => {
  res.json(await fail());
})) /* end */);`, `import asyncHandler from 'express-async-handler';`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'among others',
      code: withFail(`app.get('/', auth, async (req, res, next) => { await fail(); next(); }, async (req, res) => { res.json(await fail()); });`, `import asyncHandler from 'express-async-handler';`),
      output: withFail(`app.get('/', auth, asyncHandler(async (req, res, next) => { await fail(); next(); }), asyncHandler(async (req, res) => { res.json(await fail()); }));`, `import asyncHandler from 'express-async-handler';`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'in an array',
      code: withFail(`app.get('/', [auth, async (req, res) => { res.json(await fail()); }]);`, `import asyncHandler from 'express-async-handler';`),
      output: withFail(`app.get('/', [auth, asyncHandler(async (req, res) => { res.json(await fail()); })]);`, `import asyncHandler from 'express-async-handler';`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'with a type',
      code: withFail(`app.get('/', (async (req, res) => { res.json(await fail()); }) as express.RequestHandler);`, `import asyncHandler from 'express-async-handler';`),
      output: withFail(`app.get('/', (asyncHandler(async (req, res) => { res.json(await fail()); })) as express.RequestHandler);`, `import asyncHandler from 'express-async-handler';`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'registered twice',
      code: withFail(`const show = async (req, res) => { res.json(await fail()); };
app.get('/a', show);
app.get('/b', show);`, `import asyncHandler from 'express-async-handler';`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'a wrapper of the project, known by its name only',
      code: withFail(`app.get('/', async (req, res) => {
  res.json(await fail());
});`, `import { asyncHandler } from './async';`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7, suggestions: [
          { messageId: 'wrap', data: { wrapper: 'asyncHandler' }, output: withFail(`app.get('/', asyncHandler(async (req, res) => {
  res.json(await fail());
}));`, `import { asyncHandler } from './async';`) },
          { messageId: 'tryCatch', output: withFail(`app.get('/', async (req, res, next) => { try {
  res.json(await fail());
} catch (error) { next(error); } });`, `import { asyncHandler } from './async';`) },
        ] },
      ],
    },
    {
      name: 'a wrapper of the project in an expression',
      code: withFail(`app.get('/', async (req, res) => res.json(await fail()));`, `import { asyncHandler } from './async';`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7, suggestions: [
          { messageId: 'wrap', data: { wrapper: 'asyncHandler' }, output: withFail(`app.get('/', asyncHandler(async (req, res) => res.json(await fail())));`, `import { asyncHandler } from './async';`) },
        ] },
      ],
    },
    {
      name: 'a wrapper of the settings',
      code: withFail(`app.get('/', async (req, res) => res.json(await fail()));`, `import { protect } from './async';`),
      output: withFail(`app.get('/', protect(async (req, res) => res.json(await fail())));`, `import { protect } from './async';`),
      settings: { express: { version: 4, wrappers: ['protect'] } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'a wrapper that does not forward is not used',
      code: withFail(`const wrap = (fn) => (req, res, next) => { log(req); fn(req, res, next); };
app.get('/', async (req, res) => res.json(await fail()));`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'a wrapper that is declared inside another function is not used',
      code: withFail(`function setup() { const wrap = (fn) => (req, res, next) => fn(req, res, next).catch(next); return wrap; }
app.get('/', async (req, res) => res.json(await fail()));`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'a wrapper whose name means something else there',
      code: withFail(`function setup(asyncHandler) {
  app.get('/', async (req, res) => res.json(await fail()));
}`, `import asyncHandler from 'express-async-handler';`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 8 },
      ],
    },
    {
      name: 'a wrapper that is not set yet',
      code: withFail(`app.get('/', async (req, res) => res.json(await fail()));
const wrap = (fn) => (req, res, next) => fn(req, res, next).catch(next);`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6 },
      ],
    },
    {
      name: 'a package that is loaded further down',
      code: withFail(`app.get('/', async (req, res) => res.json(await fail()));
const wrap = require('express-async-handler');`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6 },
      ],
    },
    {
      name: 'a function declared further down',
      code: withFail(`app.get('/', async (req, res) => res.json(await fail()));
function wrap(fn) { return (req, res, next) => fn(req, res, next).catch(next); }`),
      output: withFail(`app.get('/', wrap(async (req, res) => res.json(await fail())));
function wrap(fn) { return (req, res, next) => fn(req, res, next).catch(next); }`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6 },
      ],
    },
    {
      name: 'a wrapper set by the time the function runs',
      code: withFail(`function setup() {
  app.get('/', async (req, res) => res.json(await fail()));
}
const wrap = (fn) => (req, res, next) => fn(req, res, next).catch(next);
setup();`),
      output: withFail(`function setup() {
  app.get('/', wrap(async (req, res) => res.json(await fail())));
}
const wrap = (fn) => (req, res, next) => fn(req, res, next).catch(next);
setup();`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'a wrapper between the handler and its registration',
      code: withFail(`const show = async (req, res) => res.json(await fail());
const wrap = (fn) => (req, res, next) => fn(req, res, next).catch(next);
app.get('/', show);`),
      output: withFail(`const show = async (req, res) => res.json(await fail());
const wrap = (fn) => (req, res, next) => fn(req, res, next).catch(next);
app.get('/', wrap(show));`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6 },
      ],
    },
    {
      name: 'a name that only types can use',
      code: withFail(`app.get('/', async (req, res) => res.json(await fail()));`, `import type { asyncHandler } from './async';`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7 },
      ],
    },
    {
      name: 'error middleware is never wrapped',
      code: withFail(`app.use(async (err, req, res, next) => { await fail(); next(err); });`, `import asyncHandler from 'express-async-handler';`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7, suggestions: [
          { messageId: 'tryCatch', output: withFail(`app.use(async (err, req, res, next) => { try { await fail(); next(err); } catch (error) { next(error); } });`, `import asyncHandler from 'express-async-handler';`) },
        ] },
      ],
    },
    {
      name: 'a param callback is never wrapped',
      code: withFail(`app.param('id', async (req, res, next, id) => { await fail(); next(); });`, `import asyncHandler from 'express-async-handler';`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 7, suggestions: [
          { messageId: 'tryCatch', output: withFail(`app.param('id', async (req, res, next, id) => { try { await fail(); next(); } catch (error) { next(error); } });`, `import asyncHandler from 'express-async-handler';`) },
        ] },
      ],
    },
  ],
});

tester.run('require-catch-next: handlers of Express 4: with a try of their own', rule, {
  valid: [
    {
      name: 'tried',
      code: withFail(`app.get('/', async (req, res, next) => {
  try { res.json(await fail()); } catch (error) { next(error); }
});`),
      settings: { express: { version: 4 } },
    },
  ],
  invalid: [
    {
      name: 'next is there',
      code: withFail(`app.get('/', async (req, res, next) => {
  res.json(await fail());
});`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'tryCatch', output: withFail(`app.get('/', async (req, res, next) => { try {
  res.json(await fail());
} catch (error) { next(error); } });`) },
        ] },
      ],
    },
    {
      name: 'next is added',
      code: withFail(`app.get('/', async (req, res) => {
  // reads
  const x = await fail();
  res.json(x); // answers
});`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'tryCatch', output: withFail(`app.get('/', async (req, res, next) => { try {
  // reads
  const x = await fail();
  res.json(x); // answers
} catch (error) { next(error); } });`) },
        ] },
      ],
    },
    {
      name: 'on one line',
      code: withFail(`app.get('/', async (req, res) => { res.json(await fail()); });`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'tryCatch', output: withFail(`app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch (error) { next(error); } });`) },
        ] },
      ],
    },
    {
      name: 'next is called error',
      code: withFail(`app.get('/', async (req, res, error) => { res.json(await fail()); });`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'tryCatch', output: withFail(`app.get('/', async (req, res, error) => { try { res.json(await fail()); } catch (err) { error(err); } });`) },
        ] },
      ],
    },
    {
      name: 'error is used in the body',
      code: withFail(`app.get('/', async (req, res, next) => { const error = await fail(); res.json(error); });`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'tryCatch', output: withFail(`app.get('/', async (req, res, next) => { try { const error = await fail(); res.json(error); } catch (error) { next(error); } });`) },
        ] },
      ],
    },
    {
      name: 'no next can be had',
      code: withFail(`app.get('/', async (req, res = {}) => { res.json(await fail()); });`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6 },
      ],
    },
    {
      name: 'an expression',
      code: withFail(`app.get('/', async (req, res) => res.json(await fail()));`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6 },
      ],
    },
    {
      name: 'error middleware',
      code: withFail(`app.use(async (err, req, res, next) => { await fail(); next(err); });`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'tryCatch', output: withFail(`app.use(async (err, req, res, next) => { try { await fail(); next(err); } catch (error) { next(error); } });`) },
        ] },
      ],
    },
    {
      name: 'a param callback',
      code: withFail(`app.param('id', async (req, res, next, id) => { await fail(); next(); });`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'tryCatch', output: withFail(`app.param('id', async (req, res, next, id) => { try { await fail(); next(); } catch (error) { next(error); } });`) },
        ] },
      ],
    },
    {
      name: 'a named function',
      code: withFail(`async function show(req, res, next) { res.json(await fail()); }
app.get('/', show);`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'tryCatch', output: withFail(`async function show(req, res, next) { try { res.json(await fail()); } catch (error) { next(error); } }
app.get('/', show);`) },
        ] },
      ],
    },
    {
      name: 'a directive',
      code: withFail(`app.get('/', async function (req, res, next) {
  'use strict';
  res.json(await fail());
});`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'tryCatch', output: withFail(`app.get('/', async function (req, res, next) {
  'use strict'; try {
  res.json(await fail());
} catch (error) { next(error); } });`) },
        ] },
      ],
    },
    {
      name: 'a directive without a semicolon',
      code: withFail(`app.get('/', async function (req, res, next) {
  'use strict'
  res.json(await fail())
})`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'tryCatch', output: withFail(`app.get('/', async function (req, res, next) {
  'use strict'; try {
  res.json(await fail())
} catch (error) { next(error); } })`) },
        ] },
      ],
    },
    {
      name: 'a function declaration inside',
      code: withFail(`app.get('/', async (req, res, next) => {
  res.json(await read());
  async function read() { return fail(); }
});`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'tryCatch', output: withFail(`app.get('/', async (req, res, next) => { try {
  res.json(await read());
  async function read() { return fail(); }
} catch (error) { next(error); } });`) },
        ] },
      ],
    },
    {
      name: 'a promise that is returned from a try',
      code: withFail(`app.get('/', async (req, res, next) => {
  try {
    return fail();
  } catch (e) { next(e); }
});`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'addAwait', output: withFail(`app.get('/', async (req, res, next) => {
  try {
    return await fail();
  } catch (e) { next(e); }
});`) },
          { messageId: 'appendCatch', output: withFail(`app.get('/', async (req, res, next) => {
  try {
    return fail().catch(next);
  } catch (e) { next(e); }
});`) },
        ] },
      ],
    },
    {
      name: 'a promise that does not carry the answer, returned',
      code: withFail(`app.use((req, res) => fail());`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'appendCatch', output: withFail(`app.use((req, res, next) => fail().catch(next));`) },
        ] },
      ],
    },
    {
      name: 'two promises that are returned',
      code: withFail(`app.get('/', (req, res, next) => {
  if (req.query.a) return fail().then((x) => res.json(x));
  return fail().then((x) => res.send(x));
});`),
      output: [
        withFail(`app.get('/', (req, res, next) => {
  if (req.query.a) return fail().then((x) => res.json(x)).catch(next);
  return fail().then((x) => res.send(x));
});`),
        withFail(`app.get('/', (req, res, next) => {
  if (req.query.a) return fail().then((x) => res.json(x)).catch(next);
  return fail().then((x) => res.send(x)).catch(next);
});`),
      ],
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6 },
      ],
    },
    {
      name: 'a promise that is returned',
      code: withFail(`app.get('/', (req, res, next) => {
  return fail().then((x) => res.json(x));
});`),
      output: withFail(`app.get('/', (req, res, next) => {
  return fail().then((x) => res.json(x)).catch(next);
});`),
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6 },
      ],
    },
    {
      name: 'a comment at the end',
      code: withFail(`app.get('/', async (req, res, next) => {
  res.json(await fail());
  // done
});`),
      output: null,
      settings: { express: { version: 4 } },
      errors: [
        { messageId: 'handler', line: 6, suggestions: [
          { messageId: 'tryCatch', output: withFail(`app.get('/', async (req, res, next) => { try {
  res.json(await fail());
  // done
} catch (error) { next(error); } });`) },
        ] },
      ],
    },
  ],
});

tester.run('require-catch-next: what a companion runs', rule, {
  valid: [
    {
      name: 'a verify function with a try',
      code: `import { Strategy } from 'passport-local';
export default new Strategy(async (name, password, done) => {
  try { done(null, await find(name)); } catch (error) { done(error); }
});`,
    },
    {
      name: 'cors looks at the promise',
      code: withFail(`app.use(cors({ origin: async (origin, callback) => { callback(null, await fail()); } }));`, `import cors from 'cors';`),
    },
  ],
  invalid: [
    {
      name: 'a verify function',
      code: `import { Strategy } from 'passport-local';
export default new Strategy(async (name, password, done) => {
  done(null, await find(name));
});`,
      output: null,
      errors: [
        { messageId: 'companion', line: 2 },
      ],
    },
    {
      name: 'a verify function with options',
      code: `import passport from 'passport';
import { Strategy as JwtStrategy } from 'passport-jwt';
passport.use(new JwtStrategy(options, async (payload, done) => {
  const user = await User.findById(payload.sub);
  done(null, user);
}));`,
      output: null,
      errors: [
        { messageId: 'companion', line: 3 },
      ],
    },
    {
      name: 'a file filter',
      code: `import multer from 'multer';
export default multer({ fileFilter: async (req, file, cb) => { cb(null, await allowed(file)); } });`,
      output: null,
      errors: [
        { messageId: 'companion', line: 2 },
      ],
    },
    {
      name: 'the callback of authenticate',
      code: withFail(`app.post('/login', (req, res, next) => {
  passport.authenticate('local', async (err, user) => { res.json(await fail(user)); })(req, res, next);
});`, `import passport from 'passport';`),
      output: null,
      errors: [
        { messageId: 'companion', line: 8 },
      ],
    },
  ],
});

tester.run('require-catch-next: generators', rule, {
  valid: [
    {
      name: 'run by a package',
      code: withFail(`app.get('/', function* (req, res) { res.json(yield fail()); });`, `import yields from 'express-yields';`),
    },
    {
      name: 'wrapped',
      code: withFail(`app.get('/', wrap(function* (req, res) { res.json(yield fail()); }));`, `import { wrap } from './co';`),
    },
  ],
  invalid: [
    {
      name: 'as it is',
      code: withFail(`app.get('/', function* (req, res) { res.json(yield fail()); });`),
      output: null,
      errors: [
        { messageId: 'generator', line: 6 },
      ],
    },
  ],
});
