/** What real Express 4 and 5 do with rejections, as pairs of code that differ by one thing. */

type Ids = readonly string[];

/** What is reported for the bad half, by the major of Express; the good half is silent on all. */
export interface Row {
  readonly says: string;
  readonly bad: string;
  readonly good: string;
  readonly on4: Ids;
  readonly on5: Ids;
  readonly unknown: Ids;
}

/** Stands before every row: an app, a promise that rejects, and one that cannot. */
export const prelude = `const express = require('express');
const app = express();
const fail = async () => { throw new Error('down'); };
const fine = async () => 1;
`;

const both = (says: string, bad: string, good: string, ...ids: Ids): Row => ({ says, bad, good, on4: ids, on5: ids, unknown: ids });
const only4 = (says: string, bad: string, good: string, ...ids: Ids): Row => ({ says, bad, good, on4: ids, on5: [], unknown: [] });

const handlers: readonly Row[] = [
  only4('an async handler throws', "app.get('/', async (req, res) => { throw new Error('no'); });", "app.get('/', (req, res) => { throw new Error('no'); });", 'handler'),
  only4('an await rejects', "app.get('/', async (req, res) => { await fail(); res.end(); });", "app.get('/', async (req, res) => { await fine(); res.end(); });", 'handler'),
  only4('an arrow returns what rejects', "app.get('/', (req, res) => fail());", "app.get('/', (req, res) => fine());", 'handler'),
  only4('an async arrow awaits in its expression', "app.get('/', async (req, res) => res.json(await fail()));", "app.get('/', async (req, res) => res.json(await fine()));", 'handler'),
  only4('a chain is returned', "app.get('/', (req, res, next) => { return fail().then((x) => res.json(x)); });", "app.get('/', (req, res, next) => { return fail().then((x) => res.json(x)).catch(next); });", 'handler'),
  only4('an async function called at once is returned', "app.get('/', (req, res) => (async () => { await fail(); })());", "app.get('/', (req, res) => (async () => { await fine(); })());", 'handler'),
  only4('use', 'app.use(async (req, res, next) => { await fail(); next(); });', 'app.use(async (req, res, next) => { await fine(); next(); });', 'handler'),
  only4('use with a path', "app.use('/api', async (req, res, next) => { await fail(); next(); });", "app.use('/api', async (req, res, next) => { await fine(); next(); });", 'handler'),
  only4('a router', "express.Router().get('/', async (req, res) => { await fail(); });", "express.Router().get('/', async (req, res) => { await fine(); });", 'handler'),
  only4('all', "app.all('/', async (req, res) => { await fail(); });", "app.all('/', async (req, res) => { await fine(); });", 'handler'),
  only4('route().get()', "app.route('/').get(async (req, res) => { await fail(); });", "app.route('/').get(async (req, res) => { await fine(); });", 'handler'),
  only4('nested arrays', "app.get('/', [[async (req, res) => { await fail(); }]]);", "app.get('/', [[async (req, res) => { await fine(); }]]);", 'handler'),
  only4('a sub-app', "const admin = express(); app.use('/admin', admin); admin.get('/', async (req, res) => { await fail(); });", "const admin = express(); app.use('/admin', admin); admin.get('/', async (req, res) => { await fine(); });", 'handler'),
  only4('a bound method', "class Users { async show(req, res) { await fail(); } }\nconst users = new Users();\napp.get('/', users.show.bind(users));", "class Users { async show(req, res) { await fine(); } }\nconst users = new Users();\napp.get('/', users.show.bind(users));", 'handler'),
  only4('a named function', "async function show(req, res) { await fail(); }\napp.get('/', show);", "async function show(req, res) { await fine(); }\napp.get('/', show);", 'handler'),
  only4('error middleware', 'app.use(async (err, req, res, next) => { await fail(); next(err); });', 'app.use(async (err, req, res, next) => { await fine(); next(err); });', 'handler'),
  only4('a param callback', "app.param('id', async (req, res, next, id) => { await fail(); next(); });", "app.param('id', async (req, res, next, id) => { await fine(); next(); });", 'handler'),
  only4('a param callback of a router', "const router = express.Router(); router.param('id', async (req, res, next, id) => { await fail(); next(); });", "const router = express.Router(); router.param('id', async (req, res, next, id) => { try { await fail(); next(); } catch (e) { next(e); } });", 'handler'),
  only4('input that cannot be parsed', "app.get('/', async (req, res) => { res.json(JSON.parse(req.query.x)); });", "app.get('/', (req, res) => { res.json(JSON.parse(req.query.x)); });", 'handler'),
  only4('input in a variable that cannot be parsed', "app.get('/', async (req, res) => { const text = req.get('x-filter'); res.json(JSON.parse(text)); });", "app.get('/', async (req, res) => { const text = '{}'; res.json(JSON.parse(text)); });", 'handler'),
  only4('an upload that is aborted', "const { pipeline } = require('stream/promises');\napp.post('/', async (req, res) => { await pipeline(req, process.stdout); res.end(); });", "const { pipeline } = require('stream/promises');\napp.post('/', async (req, res, next) => { try { await pipeline(req, process.stdout); res.end(); } catch (e) { next(e); } });", 'handler'),
  only4('for await over the request', "app.post('/', async (req, res) => { for await (const part of req) res.write(part); res.end(); });", "app.post('/', async (req, res, next) => { try { for await (const part of req) res.write(part); res.end(); } catch (e) { next(e); } });", 'handler'),
  both('a generator', "app.get('/', function* (req, res) { res.end(); });", "app.get('/', function (req, res) { res.end(); });", 'generator'),
  both('an async generator', "app.get('/', async function* (req, res) { res.end(); });", "app.get('/', async function (req, res) { res.end(); });", 'generator'),
];

const tries: readonly Row[] = [
  only4('an await outside the try', "app.get('/', async (req, res, next) => { const x = await fail(); try { res.json(x); } catch (e) { next(e); } });", "app.get('/', async (req, res, next) => { try { const x = await fail(); res.json(x); } catch (e) { next(e); } });", 'handler'),
  only4('try with finally only', "app.get('/', async (req, res) => { try { res.json(await fail()); } finally { console.log('done'); } });", "app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch (e) { next(e); } finally { console.log('done'); } });", 'handler'),
  only4('an await in the catch', "app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch (e) { await fail(); next(e); } });", "app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch (e) { await fine(); next(e); } });", 'handler'),
  only4('an await in the finally', "app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch (e) { next(e); } finally { await fail(); } });", "app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch (e) { next(e); } finally { await fine(); } });", 'handler'),
  only4('a throw in the catch', "app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch (e) { throw new Error('no'); } });", "app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch (e) { next(new Error('no')); } });", 'handler'),
  only4('a promise returned from the try', "app.get('/', async (req, res, next) => { try { return fail(); } catch (e) { next(e); } });", "app.get('/', async (req, res, next) => { try { return await fail(); } catch (e) { next(e); } });", 'handler'),
  both('a promise started in the try', "app.get('/', (req, res, next) => { try { fail(); res.end(); } catch (e) { next(e); } });", "app.get('/', async (req, res, next) => { try { await fail(); res.end(); } catch (e) { next(e); } });", 'floating'),
  both('a chain started in the try', "app.get('/', (req, res, next) => { try { fail().then((x) => res.json(x)); } catch (e) { next(e); } });", "app.get('/', async (req, res, next) => { try { await fail().then((x) => res.json(x)); } catch (e) { next(e); } });", 'floating'),
  both('a catch clause that only logs', "app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch (e) { console.error(e); } });", "app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch (e) { console.error(e); next(e); } });", 'swallowed'),
  both('an empty catch clause', "app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch {} });", "app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch {} res.end(); });", 'swallowed'),
  both('a catch clause that only sets a status', "app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch (e) { res.status(500); } });", "app.get('/', async (req, res, next) => { try { res.json(await fail()); } catch (e) { res.status(500).end(); } });", 'swallowed'),
  both('several awaits in one try are one finding', "app.get('/', async (req, res, next) => { try { const x = await fail(); const y = await fail(); res.json([x, y]); } catch (e) { console.error(e); } });", "app.get('/', async (req, res, next) => { try { const x = await fail(); const y = await fail(); res.json([x, y]); } catch (e) { res.sendStatus(500); } });", 'swallowed'),
  both('a finally that returns', "app.get('/', async (req, res) => { try { res.json(await fail()); } finally { return; } });", "app.get('/', async (req, res) => { try { res.json(await fail()); } finally { res.end(); return; } });", 'swallowed'),
];

const chains: readonly Row[] = [
  both('a promise that nobody looks at', "app.get('/', (req, res, next) => { fail(); });", "app.get('/', (req, res, next) => { fail().catch(next); });", 'floating'),
  both('a chain without a catch', "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)); });", "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch(next); });", 'floating'),
  both('void', "app.get('/', (req, res, next) => { void fail(); });", "app.get('/', (req, res, next) => { void fail().catch(next); });", 'floating'),
  both('an async function called at once', "app.get('/', (req, res, next) => { (async () => { await fail(); })(); });", "app.get('/', (req, res, next) => { (async () => { try { await fail(); } catch (e) { next(e); } })(); });", 'floating'),
  both('a handler that delegates', "const show = async (req, res) => { res.json(await fail()); };\napp.get('/', (req, res, next) => { show(req, res); });", "const show = async (req, res) => { res.json(await fail()); };\napp.get('/', (req, res, next) => { show(req, res).catch(next); });", 'floating'),
  both('work that goes on after the answer', "app.get('/', (req, res) => { fail(); res.end(); });", "app.get('/', (req, res) => { fail().catch(console.error); res.end(); });", 'floating'),
  both('Promise.all that nobody awaits', "app.get('/', (req, res, next) => { Promise.all([fail(), fine()]); res.end(); });", "app.get('/', async (req, res, next) => { try { await Promise.all([fail(), fine()]); res.end(); } catch (e) { next(e); } });", 'floating'),
  both('Promise.all instead of Promise.allSettled', "app.get('/', (req, res, next) => { Promise.all([fail(), fail()]); res.end(); });", "app.get('/', (req, res, next) => { Promise.allSettled([fail(), fail()]); res.end(); });", 'floating'),
  both('a race that nobody awaits', "app.get('/', async (req, res, next) => { try { Promise.race([fail(), fine()]); res.end(); } catch (e) { next(e); } });", "app.get('/', async (req, res, next) => { try { await Promise.race([fail(), fine()]); res.end(); } catch (e) { next(e); } });", 'floating'),
  both('map with an async callback', "app.get('/', (req, res, next) => { [1].map(async () => { await fail(); }); res.end(); });", "app.get('/', (req, res, next) => { Promise.all([1].map(async () => { await fail(); })).catch(next); res.end(); });", 'discarded'),
  both('await of an array of promises', "app.get('/', async (req, res, next) => { try { await [1].map(async () => { await fail(); }); res.end(); } catch (e) { next(e); } });", "app.get('/', async (req, res, next) => { try { await Promise.all([1].map(async () => { await fail(); })); res.end(); } catch (e) { next(e); } });", 'discarded'),
  both('a success handler that throws', "app.get('/', (req, res, next) => { fail().then(() => { throw new Error('no'); }, next); });", "app.get('/', (req, res, next) => { fail().then(() => { throw new Error('no'); }).then(null, next); });", 'floating'),
  only4('a success handler that throws, returned', "app.get('/', (req, res, next) => fail().then(() => { throw new Error('no'); }, next));", "app.get('/', (req, res, next) => fail().then(() => { throw new Error('no'); }).catch(next));", 'handler'),
  both('a then after the catch that throws', "app.get('/', (req, res, next) => { fail().catch(next).then(() => { throw new Error('no'); }); });", "app.get('/', (req, res, next) => { fail().then(() => { throw new Error('no'); }).catch(next); });", 'floating'),
  only4('a then after the catch that throws, returned', "app.get('/', (req, res, next) => fail().catch(next).then(() => { throw new Error('no'); }));", "app.get('/', (req, res, next) => fail().then(() => { throw new Error('no'); }).catch(next));", 'handler'),
  both('a then after the catch that answers again', "app.get('/', (req, res, next) => { fail().catch(next).then((x) => res.json(x)); });", "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch(next); });", 'floating'),
  both('a finally after the catch that throws', "app.get('/', (req, res, next) => { fail().catch(next).finally(() => { throw new Error('no'); }); });", "app.get('/', (req, res, next) => { fail().catch(next).finally(() => { console.log('done'); }); });", 'floating'),
  both('two branches, one of them without a catch', "app.get('/', (req, res, next) => { const p = fail(); p.then((x) => res.json(x)); p.catch(next); });", "app.get('/', (req, res, next) => { const p = fail(); p.then((x) => res.json(x)).catch(next); p.catch(console.error); });", 'floating'),
  both('a catch that throws', "app.get('/', (req, res, next) => { fail().catch((e) => { throw new Error('no'); }); });", "app.get('/', (req, res, next) => { fail().catch((e) => { next(new Error('no')); }); });", 'floating'),
  only4('a catch that throws, returned', "app.get('/', (req, res, next) => fail().catch((e) => { throw new Error('no'); }));", "app.get('/', (req, res, next) => fail().catch((e) => { next(new Error('no')); }));", 'handler'),
  both('next called at once', "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch(next()); });", "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch(() => next()); });", 'floating'),
  both('a catch without a handler', "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch(); });", "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch(next); });", 'floating'),
  both('next named, and not called', "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch((e) => next); });", "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch((e) => next(e)); });", 'swallowed'),
  both('a catch that is console.error', "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch(console.error); });", "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch((e) => { console.error(e); next(e); }); });", 'swallowed'),
  both('an empty catch', "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch(() => {}); });", "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch(() => { res.end(); }); });", 'swallowed'),
  both('a catch that only logs, before a then that needs the value', "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch((e) => console.error(e)); });", "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch((e) => console.error(e)).finally(() => res.end()); });", 'swallowed'),
  both('a catch that only sets a status', "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch((e) => res.status(500)); });", "app.get('/', (req, res, next) => { fail().then((x) => res.json(x)).catch((e) => res.status(500).end()); });", 'swallowed'),
  both('pipeline of stream/promises', "const { pipeline } = require('stream/promises');\napp.post('/', (req, res, next) => { pipeline(req, res); });", "const { pipeline } = require('stream/promises');\napp.post('/', (req, res, next) => { pipeline(req, res).catch(next); });", 'floating'),
  both('fs.promises', "const fs = require('fs');\napp.get('/', (req, res) => { fs.promises.readFile('x').then((x) => res.send(x)); });", "const fs = require('fs');\napp.get('/', (req, res, next) => { fs.promises.readFile('x').then((x) => res.send(x)).catch(next); });", 'floating'),
  both('new Promise with a reject', "app.get('/', (req, res, next) => { new Promise((resolve, reject) => { reject(new Error('no')); }).then((x) => res.json(x)); });", "app.get('/', (req, res, next) => { new Promise((resolve) => { resolve(1); }).then((x) => res.json(x)); });", 'floating'),
  both('a dynamic import', "app.get('/', (req, res, next) => { import('./views.js').then((x) => res.json(x)); });", "app.get('/', (req, res, next) => { import('./views.js').then((x) => res.json(x)).catch(next); });", 'floating'),
];

const late: readonly Row[] = [
  both('created early, awaited late', "app.get('/', async (req, res, next) => { try { const a = fail(); await fine(); res.json(await a); } catch (e) { next(e); } });", "app.get('/', async (req, res, next) => { try { const a = fail(); a.catch(() => {}); await fine(); res.json(await a); } catch (e) { next(e); } });", 'late'),
  both('created early, combined late', "app.get('/', async (req, res, next) => { try { const a = fail(); await fine(); res.json(await Promise.all([a, fine()])); } catch (e) { next(e); } });", "app.get('/', async (req, res, next) => { try { const a = fail(); res.json(await Promise.all([a, fine()])); } catch (e) { next(e); } });", 'late'),
  both('promises awaited one after the other', "app.get('/', async (req, res, next) => { try { const ps = [fail(), fail()]; for (const p of ps) await p; res.end(); } catch (e) { next(e); } });", "app.get('/', async (req, res, next) => { try { const ps = [fail(), fail()]; await Promise.all(ps); res.end(); } catch (e) { next(e); } });", 'late'),
  both('mapped promises awaited one after the other', "app.get('/', async (req, res, next) => { try { const ps = [1, 2].map(() => fail()); for (const p of ps) await p; res.end(); } catch (e) { next(e); } });", "app.get('/', async (req, res, next) => { try { const ps = [1, 2].map(() => fail()); await Promise.all(ps); res.end(); } catch (e) { next(e); } });", 'late'),
  both('for await over an array of promises', "app.get('/', async (req, res, next) => { try { for await (const x of [fail(), fail()]) res.write(x); res.end(); } catch (e) { next(e); } });", "app.get('/', async (req, res, next) => { try { for (const x of await Promise.all([fail(), fail()])) res.write(x); res.end(); } catch (e) { next(e); } });", 'late'),
];

const ends = 'try { await fail(); } catch (e) { next(e); }';
const callback = (says: string, before: string, after: string, sink: Ids[number] = 'discarded'): Row =>
  both(
    `an async callback: ${says}`,
    `app.get('/', (req, res, next) => { ${before}{ await fail(); }${after} });`,
    `app.get('/', (req, res, next) => { ${before}{ ${ends} }${after} });`,
    sink,
  );

const callbacks: readonly Row[] = [
  callback('setTimeout', 'setTimeout(async () => ', ', 10);'),
  both('an async function given to a timer by its name', "const show = async (res) => { res.json(await fail()); };\napp.get('/', (req, res, next) => { setTimeout(show, 10, res); });", "const show = async (res) => { res.json(await fine()); };\napp.get('/', (req, res, next) => { setTimeout(show, 10, res); });", 'discarded'),
  both('an async function given to forEach by its name', "const remove = async (id) => { await fail(id); };\napp.get('/', (req, res, next) => { [1, 2].forEach(remove); res.end(); });", "const remove = async (id) => { await fail(id); };\napp.get('/', (req, res, next) => { Promise.all([1, 2].map(remove)).then(() => res.end()).catch(next); });", 'discarded'),
  callback('setInterval', 'setInterval(async () => ', ', 10);'),
  callback('setImmediate', 'setImmediate(async () => ', ');'),
  callback('process.nextTick', 'process.nextTick(async () => ', ');'),
  callback('queueMicrotask', 'queueMicrotask(async () => ', ');'),
  callback('forEach', '[1].forEach(async () => ', ');'),
  callback('filter', 'const kept = [1].filter(async () => ', '); res.json(kept);'),
  callback('an emitter', "const bus = new (require('events'))(); bus.on('x', async () => ", ');'),
  callback('fs', "require('fs').readFile('x', async (err, data) => ", ');'),
  callback('the request', "req.on('end', async () => ", ');'),
  callback('the response', "res.on('finish', async () => ", ');'),
  callback('new Promise', 'new Promise(async (resolve) => ', ').catch(next);'),
  callback('sendFile', "res.sendFile('/x', async (err) => ", ');'),
  callback('download', "res.download('/x', async (err) => ", ');'),
  callback('render', "res.render('x', async (err, html) => ", ');'),
  callback('res.format', 'res.format({ json: async () => ', ' });'),
  callback('a callback of a middleware', "upload(req, res, async () => ", ');'),
  both('an async callback of a timer, not of the promise of one', "app.get('/', (req, res, next) => { setTimeout(async () => { res.json(await fail()); }, 5); });", "const { setTimeout: wait } = require('timers/promises');\napp.get('/', (req, res, next) => { wait(5).then(async () => { res.json(await fail()); }).catch(next); });", 'discarded'),
];

/** `bad`: the wrapper's definition does not forward. */
const wrapped = (says: string, wrapper: string, call: string, ids: Ids = ['handler']): Row => {
  const handler = 'async (req, res) => { res.json(await fail()); }';
  return only4(`in a wrapper: ${says}`, `${wrapper}\napp.get('/', ${handler});`, `${wrapper}\napp.get('/', ${call}(${handler}));`, ...ids);
};

const wrappers: readonly Row[] = [
  wrapped('express-async-handler', "const asyncHandler = require('express-async-handler');", 'asyncHandler'),
  wrapped('async-middleware', "const { wrap } = require('async-middleware');", 'wrap'),
  wrapped('express-async-wrap', "const wrap = require('express-async-wrap');", 'wrap'),
  wrapped('express-rescue', "const rescue = require('express-rescue');", 'rescue'),
  wrapped('middleware-async', "const mw = require('middleware-async').default;", 'mw'),
  wrapped('@awaitjs/express', "const { wrap } = require('@awaitjs/express');", 'wrap'),
  wrapped('Promise.resolve(fn()).catch(next)', 'const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);', 'wrap'),
  wrapped('Promise.resolve(fn()).catch(next), not returned', 'const wrap = (fn) => (req, res, next) => { Promise.resolve(fn(req, res, next)).catch(next); };', 'wrap'),
  wrapped('functions', 'function wrap(fn) { return function (req, res, next) { return Promise.resolve(fn(req, res, next)).catch(next); }; }', 'wrap'),
  wrapped('a named inner function', 'function wrap(fn) { return function wrapped(req, res, next) { return fn(req, res, next).catch((e) => next(e)); }; }', 'wrap'),
  wrapped('an inner function held in a constant', 'const wrap = (fn) => { const inner = (req, res, next) => { fn(req, res, next).catch(next); }; return inner; };', 'wrap'),
  wrapped('async with try and await', 'const wrap = (fn) => async (req, res, next) => { try { await fn(req, res, next); } catch (e) { next(e); } };', 'wrap'),
  wrapped('the last of the rest arguments', 'const wrap = (fn) => (...args) => { const next = args[args.length - 1]; return Promise.resolve(fn(...args)).catch(next); };', 'wrap'),
  wrapped('args[2]', 'const wrap = (fn) => (...args) => fn(...args).catch(args[2]);', 'wrap'),
  wrapped('args.at(-1)', 'const wrap = (fn) => (...args) => fn(...args).catch(args.at(-1));', 'wrap'),
  wrapped('then(undefined, next)', 'const wrap = (fn) => (req, res, next) => fn(req, res, next).then(undefined, next);', 'wrap'),
  wrapped('then(null, next)', 'const wrap = (fn) => (req, res, next) => { const p = fn(req, res, next); if (p && p.catch) p.catch(next); };', 'wrap'),
  wrapped('new Promise', 'const wrap = (fn) => (req, res, next) => { new Promise((resolve) => resolve(fn(req, res, next))).catch(next); };', 'wrap'),
  wrapped('Promise.resolve().then()', 'const wrap = (fn) => (req, res, next) => { Promise.resolve().then(() => fn(req, res, next)).catch(next); };', 'wrap'),
  wrapped('fn.call', 'const wrap = (fn) => function (req, res, next) { return fn.call(this, req, res, next).catch(next); };', 'wrap'),
  wrapped('fn.apply', 'const wrap = (fn) => function (req, res, next) { return Promise.resolve(fn.apply(this, arguments)).catch(next); };', 'wrap'),
  wrapped('one that answers itself', 'const wrap = (fn) => async (req, res) => { try { await fn(req, res); } catch (e) { res.status(500).json({ error: e.message }); } };', 'wrap'),
  wrapped('a method', 'class Base { wrap(fn) { return (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next); } }\nconst base = new Base();', 'base.wrap'),
  wrapped('imported from the project', "const { wrap } = require('./wrap');", 'wrap'),
  wrapped('imported from a package nobody knows', "const wrap = require('some-package');", 'wrap'),
  wrapped('util.promisify', "const { promisify } = require('util');", 'promisify'),
  only4('a wrapper that returns the promise from its try', 'const wrap = (fn) => async (req, res, next) => { try { return fn(req, res, next); } catch (e) { next(e); } };\napp.get(\'/\', wrap(async (req, res) => { res.json(await fail()); }));', 'const wrap = (fn) => async (req, res, next) => { try { return await fn(req, res, next); } catch (e) { next(e); } };\napp.get(\'/\', wrap(async (req, res) => { res.json(await fail()); }));', 'handler'),
  only4('a wrapper that only returns the promise', "const log = (fn) => (req, res, next) => { console.log(req.url); return fn(req, res, next); };\napp.get('/', log(async (req, res) => { res.json(await fail()); }));", "const log = (fn) => (req, res, next) => { console.log(req.url); return fn(req, res, next); };\napp.get('/', log(async (req, res) => { res.json(await fine()); }));", 'handler'),
  both('a wrapper that drops the promise', "const wrap = (fn) => (req, res, next) => { Promise.resolve(fn(req, res, next)); };\napp.get('/', wrap(async (req, res) => { res.json(await fail()); }));", "const wrap = (fn) => (req, res, next) => { Promise.resolve(fn(req, res, next)).catch(next); };\napp.get('/', wrap(async (req, res) => { res.json(await fail()); }));", 'floating'),
  only4('express-promise-router', "const router = require('express').Router(); router.get('/', async (req, res) => { res.json(await fail()); });", "const router = require('express-promise-router')(); router.get('/', async (req, res) => { res.json(await fail()); });", 'handler'),
  only4('express-promise-router: param', "const router = require('express').Router(); router.param('id', async (req, res, next, id) => { await fail(); next(); });", "const router = require('express-promise-router')(); router.param('id', async (req, res, next, id) => { await fail(); next(); });", 'handler'),
  only4('express-async-errors after a route', "app.get('/', async (req, res) => { res.json(await fail()); });\nrequire('express-async-errors');", "require('express-async-errors');\napp.get('/', async (req, res) => { res.json(await fail()); });", 'handler'),
  both('express-async-errors does not help a chain', "require('express-async-errors');\napp.get('/', (req, res, next) => { fail().then((x) => res.json(x)); });", "require('express-async-errors');\napp.get('/', (req, res, next) => fail().then((x) => res.json(x)));", 'floating'),
  only4('@awaitjs/express: get', "const { addAsync } = require('@awaitjs/express'); const api = addAsync(express()); api.get('/', async (req, res) => { res.json(await fail()); });", "const { addAsync } = require('@awaitjs/express'); const api = addAsync(express()); api.getAsync('/', async (req, res) => { res.json(await fail()); });", 'handler'),
  only4('express-async-handler around a param callback', "const wrap = require('express-async-handler');\napp.param('id', wrap(async (req, res, next, id) => { await fail(); next(); }));", "const wrap = require('middleware-async').default;\napp.param('id', wrap(async (req, res, next, id) => { await fail(); next(); }));", 'handler'),
];

const companions: readonly Row[] = [
  both("passport's verify function", "const { Strategy } = require('passport-local');\nmodule.exports = new Strategy(async (name, password, done) => { done(null, await fail()); });", "const { Strategy } = require('passport-local');\nmodule.exports = new Strategy(async (name, password, done) => { try { done(null, await fail()); } catch (e) { done(e); } });", 'companion'),
  both('deserializeUser', "const passport = require('passport');\npassport.deserializeUser(async (id, done) => { done(null, await fail()); });", "const passport = require('passport');\npassport.deserializeUser((id, done) => { fail().then((user) => done(null, user), done); });", 'companion'),
  both("multer's fileFilter", "const multer = require('multer');\nmodule.exports = multer({ fileFilter: async (req, file, cb) => { cb(null, await fail()); } });", "const multer = require('multer');\nmodule.exports = multer({ fileFilter: async (req, file, cb) => { try { cb(null, await fail()); } catch (e) { cb(e); } } });", 'companion'),
  both("multer's diskStorage", "const multer = require('multer');\nmodule.exports = multer.diskStorage({ destination: async (req, file, cb) => { cb(null, await fail()); } });", "const multer = require('multer');\nmodule.exports = multer.diskStorage({ destination: async (req, file, cb) => { cb(null, await fine()); } });", 'companion'),
  both("multer's storage engine", "class Engine { async _handleFile(req, file, cb) { cb(null, await fail()); } _removeFile(req, file, cb) { cb(null); } }\nmodule.exports = Engine;", "class Engine { async _handleFile(req, file, cb) { try { cb(null, await fail()); } catch (e) { cb(e); } } _removeFile(req, file, cb) { cb(null); } }\nmodule.exports = Engine;", 'companion'),
  both("the body parser's verify", "app.use(express.json({ verify: async (req, res, body) => { await fail(); } }));", "app.use(express.json({ verify: (req, res, body) => { throw new Error('no'); } }));", 'companion'),
  both('cors follows the promise, morgan does not', "const morgan = require('morgan');\napp.use(morgan('tiny', { skip: async (req, res) => { await fail(); } }));", "const cors = require('cors');\napp.use(cors(async (req, callback) => { callback(null, await fine()); }));", 'companion'),
];

const helpers: readonly Row[] = [
  only4('a helper that rejects', 'const read = async (id) => { return fail(id); };\nconst find = async (id) => { const x = await read(id); return x; };\napp.get(\'/\', async (req, res) => { res.json(await find(1)); });', 'const read = async (id) => { try { return await fail(id); } catch { return null; } };\nconst find = async (id) => { const x = await read(id); return x; };\napp.get(\'/\', async (req, res) => { res.json(await find(1)); });', 'handler'),
  only4('helpers that call each other', 'async function even(n) { if (n < 0) throw new Error(\'no\'); return n === 0 || odd(n - 1); }\nasync function odd(n) { return n !== 0 && (await even(n - 1)); }\napp.get(\'/\', async (req, res) => { res.json(await odd(3)); });', 'async function even(n) { return n === 0 || odd(n - 1); }\nasync function odd(n) { return n !== 0 && (await even(n - 1)); }\napp.get(\'/\', async (req, res) => { res.json(await odd(3)); });', 'handler'),
  both('a helper that floats a promise', 'const track = () => { fail(); };\napp.get(\'/\', (req, res) => { track(); res.end(); });', 'const track = () => { fail().catch(console.error); };\napp.get(\'/\', (req, res) => { track(); res.end(); });', 'floating'),
  both('a helper that returns a promise', 'const save = (x) => fail(x).then((y) => y + 1);\napp.get(\'/\', (req, res) => { save(1); res.end(); });', 'const save = (x) => fail(x).then((y) => y + 1).catch(() => 0);\napp.get(\'/\', (req, res) => { save(1); res.end(); });', 'floating'),
  both('a helper that is only reached from a handler', 'const track = () => { fail(); };\napp.get(\'/\', (req, res) => { track(); res.end(); });', 'const track = () => { fail(); };\ntrack();\napp.get(\'/\', (req, res) => { res.end(); });', 'floating'),
  both('a method of this', "class Users { async load() { throw new Error('no'); } show = (req, res) => { this.load(); res.end(); }; }\nconst users = new Users();\napp.get('/', users.show);", "class Users { async load() { return 1; } show = (req, res) => { this.load(); res.end(); }; }\nconst users = new Users();\napp.get('/', users.show);", 'floating'),
  both('a function that is awaited elsewhere', "const db = require('./db');\napp.get('/a', async (req, res, next) => { try { res.json(await db.save(1)); } catch (e) { next(e); } });\napp.get('/b', (req, res) => { db.save(2); res.end(); });", "const db = require('./db');\napp.get('/a', async (req, res, next) => { try { res.json(await db.load(1)); } catch (e) { next(e); } });\napp.get('/b', (req, res) => { db.save(2); res.end(); });", 'floating'),
  both('a function whose then is used elsewhere', "const db = require('./db');\napp.get('/a', (req, res, next) => { db.save(1).then((x) => res.json(x)).catch(next); });\napp.get('/b', (req, res) => { db.save(2); res.end(); });", "const db = require('./db');\napp.get('/a', (req, res, next) => { db.save(1, (e, x) => res.json(x)); });\napp.get('/b', (req, res) => { db.save(2); res.end(); });", 'floating'),
  both('a function that is awaited elsewhere, started with void by its author', "const db = require('./db');\napp.get('/a', async (req, res, next) => { try { res.json(await db.save(1)); } catch (e) { next(e); } });\napp.get('/b', (req, res) => { db.save(2); res.end(); });", "const db = require('./db');\napp.get('/a', async (req, res, next) => { try { res.json(await db.save(1)); } catch (e) { next(e); } });\napp.get('/b', (req, res) => { void db.save(2); res.end(); });", 'floating'),
];

const onUser = (body: string): string => `app.post('/', async (req, res, next) => { ${body} });`;

/** What a client leaves out, or sends wrongly, throws in an async handler as it does anywhere. */
const input: readonly Row[] = [
  only4('a member of what the body lacks', onUser('res.json(req.body.user.name);'), onUser('res.json(req.body.user?.name);'), 'handler'),
  only4('a method of what the query lacks', onUser('res.json(req.query.name.trim());'), onUser("res.json((req.query.name || '').trim());"), 'handler'),
  only4('a header that may be missing', onUser("res.json(req.headers.authorization.split(' ')[1]);"), onUser("res.json(req.headers.host.split(':')[0]);"), 'handler'),
  only4('a parameter of the path is always there', onUser('res.json(req.body.id.trim());'), onUser('res.json(req.params.id.trim());'), 'handler'),
  only4('taken out of the body', onUser('const { name } = req.body; res.json(name.trim());'), onUser("const { name = '' } = req.body; res.json(name.trim());"), 'handler'),
  only4('asked for before', onUser('const { name } = req.body; res.json(name.trim());'), onUser('const { name } = req.body; if (!name) return res.sendStatus(400); res.json(name.trim());'), 'handler'),
  only4('asked for in a condition', onUser('res.json(req.body.user.name);'), onUser("res.json(req.body.user ? req.body.user.name : '');"), 'handler'),
  only4('checked by a function that is given the body', onUser('log(req.url); res.json(req.body.user.name);'), onUser('check(req.body); res.json(req.body.user.name);'), 'handler'),
  only4('checked by a middleware before it', "app.post('/', log, async (req, res) => { res.json(req.body.user.name); });", "app.post('/', validateUser, async (req, res) => { res.json(req.body.user.name); });", 'handler'),
  only4('inside a try', onUser('res.json(req.body.user.name);'), onUser('try { res.json(req.body.user.name); } catch (e) { next(e); }'), 'handler'),
  only4('in a handler that is not async', onUser('res.json(req.body.user.name);'), "app.post('/', (req, res) => { res.json(req.body.user.name); });", 'handler'),
  only4('a URL that a client sends', onUser('res.json(new URL(req.query.back).host);'), onUser("res.json(new URL('https://example.org').host);"), 'handler'),
  only4('a URL in a variable', onUser('const { back } = req.query; res.json(new URL(back).host);'), onUser('const { back } = req.query; res.json(new URL(back, base).host);'), 'handler'),
  only4('a file that may be missing', "const fs = require('fs');\n" + onUser('res.json(fs.statSync(req.params.path).size);'), "const fs = require('fs');\n" + onUser('res.json(fs.existsSync(req.params.path));'), 'handler'),
  only4('a file of the program', "const fs = require('fs');\n" + onUser('res.send(fs.readFileSync(path.join(folder, name)));'), "const fs = require('fs');\n" + onUser("res.send(fs.readFileSync(path.join(__dirname, 'index.html')));"), 'handler'),
  only4('an answer after the answer', onUser("res.sendStatus(400).json({ ok: false });"), onUser("res.status(400).json({ ok: false });"), 'handler'),
  only4('an answer after the answer, in a catch', onUser("try { res.json(await fail()); } catch (e) { res.sendStatus(400).json({ ok: false }); }"), onUser("try { res.json(await fail()); } catch (e) { res.status(400).json({ ok: false }); }"), 'handler'),
  only4('a URL in a part of the request', onUser('const { query } = req; res.json(new URL(query.back).host);'), onUser("const { query } = settings; res.json(new URL(query.back).host);"), 'handler'),
  only4('a function that answers errors, in the catch', onUser('try { res.json(await fail()); } catch (e) { await tell(e); next(e); }'), onUser('try { res.json(await fail()); } catch (e) { await tell(res, e); }'), 'handler'),
];

/** Ways through a catch on which nobody answers. */
const silence: readonly Row[] = [
  both('one kind of error is answered', onUser('try { res.json(await fail()); } catch (e) { if (e.code === 1) next(e); }'), onUser('try { res.json(await fail()); } catch (e) { if (e.code === 1) next(e); else res.sendStatus(500); }'), 'swallowed'),
  both('one kind of error leaves at once', onUser('try { res.json(await fail()); } catch (e) { if (e.code === 1) return; next(e); }'), onUser('try { res.json(await fail()); } catch (e) { if (e.code === 1) return res.end(); next(e); }'), 'swallowed'),
  both('any error is answered', onUser('try { res.json(await fail()); } catch (e) { if (e.code) next(e); }'), onUser('try { res.json(await fail()); } catch (e) { if (e) next(e); }'), 'swallowed'),
  both('nothing is left to do once it is answered', onUser('try { res.json(await fail()); } catch (e) { if (ready) res.sendStatus(500); }'), onUser('try { res.json(await fail()); } catch (e) { if (!res.headersSent) res.sendStatus(500); }'), 'swallowed'),
  both('an answer after the condition', onUser('try { res.json(await fail()); } catch (e) { if (e.code === 1) log(e); }'), onUser('try { res.json(await fail()); } catch (e) { if (e.code === 1) log(e); next(e); }'), 'swallowed'),
];

/** What a package's functions give, through the objects that it makes. */
const records: readonly Row[] = [
  both('a document of mongoose', "const User = require('mongoose').model('User', schema);\napp.get('/', async (req, res, next) => { try { const user = await User.findById(1); user.save(); res.end(); } catch (e) { next(e); } });", "const User = require('mongoose').model('User', schema);\napp.get('/', async (req, res, next) => { try { const user = await User.findById(1).lean(); user.save(); res.end(); } catch (e) { next(e); } });", 'floating'),
  both('a document that is made here', "const User = require('mongoose').model('User', schema);\napp.get('/', (req, res) => { new User().save(); res.end(); });", "const User = require('mongoose').model('User', schema);\napp.get('/', (req, res) => { new User().save(next); res.end(); });", 'floating'),
  both('a query of mongoose is not sent', "const User = require('mongoose').model('User', schema);\napp.get('/', (req, res) => { User.create({}); res.end(); });", "const User = require('mongoose').model('User', schema);\napp.get('/', (req, res) => { User.updateOne({}); res.end(); });", 'floating'),
  both('a query of mongoose with a then is', "const User = require('mongoose').model('User', schema);\napp.get('/', (req, res) => { User.findOne({}).then((user) => res.json(user)); });", "const User = require('mongoose').model('User', schema);\napp.get('/', (req, res, next) => { User.findOne({}).then((user) => res.json(user)).catch(next); });", 'floating'),
  both('a model of sequelize', "const { Sequelize } = require('sequelize');\nconst User = new Sequelize('x').define('User', {});\napp.get('/', (req, res) => { User.update({}); res.end(); });", "const { Sequelize } = require('sequelize');\nconst User = new Sequelize('x').define('User', {});\napp.get('/', (req, res) => { User.build({}); res.end(); });", 'floating'),
  both('records are saved alike', "app.get('/a', async (req, res, next) => { try { await req.user.save(); res.end(); } catch (e) { next(e); } });\napp.get('/b', (req, res) => { req.post.save(); res.end(); });", "app.get('/a', async (req, res, next) => { try { await req.user.save(); res.end(); } catch (e) { next(e); } });\napp.get('/b', (req, res) => { req.post.save(file); res.end(); });", 'floating'),
  both('commands of one store', "const db = require('./redis');\napp.get('/', (req, res, next) => { db.get('a').then((x) => res.json(x)).catch(next); db.expire('a', 1); });", "const db = require('./redis');\napp.get('/', (req, res, next) => { db.get('a').then((x) => res.json(x)).catch(next); db.close('a', 1); });", 'floating'),
  both('hooks return what each is asked for', "const db = require('./db');\napp.get('/', async (req, res, next) => { try { await db.change('a'); res.end(); } catch (e) { next(e); } db.change('b'); });", "const hooks = require('./hooks');\napp.get('/', async (req, res, next) => { try { await hooks.change('a'); res.end(); } catch (e) { next(e); } hooks.change('b'); });", 'floating'),
];

/** Every pair, by what it is about. */
export const rows: Readonly<Record<string, readonly Row[]>> = { handlers, tries, chains, late, callbacks, wrappers, companions, helpers, input, silence, records };
