import { RuleTester } from '@typescript-eslint/rule-tester';
import { Linter } from 'eslint';
import { expect, it } from 'vitest';

import plugin from '../../src/index.js';
import rule from '../../src/rules/stream-error-handler.js';
import { project } from '../files.js';

const tester = new RuleTester({ languageOptions: { parserOptions: { ecmaFeatures: { jsx: false } } } });
const settings = { express: { version: 4 } };

const modules = `
const fs = require('fs');
const http = require('http');
const net = require('net');
const path = require('path');
const zlib = require('zlib');
const util = require('util');
const crypto = require('crypto');
const events = require('events');
const stream = require('stream');
const readline = require('readline');
const consumers = require('stream/consumers');
const { spawn, exec, execFile, fork } = require('child_process');
const { Worker } = require('worker_threads');
const WebSocket = require('ws');
const express = require('express');
const app = express();`;

/** A handler that has no \`next\`, so that nothing can be repaired, and what answers in its place. */
const served = (body: string, after = ''): string => `${modules}
app.get('/file', show);
async function show(req, res) {
  const fail = () => { res.status(500).end(); };
  ${body}
}
${after}`;

type Kind = 'crash' | 'late' | 'rethrown' | 'hang' | 'source' | 'pipeline';
type Pair = readonly [title: string, kind: Kind, bad: string, good: string, after?: string];

/** Each row: what is reported, and its neighbour, which differs in one thing. */
const pairs: readonly Pair[] = [
  // Rows of the table of runtime cases.
  ['a file piped', 'crash', `fs.createReadStream('a').pipe(res);`, `fs.createReadStream('a').on('error', fail).pipe(res);`],
  ['in a try', 'crash', `try { fs.createReadStream('a').pipe(res); } catch (e) { fail(); }`, `try { fs.createReadStream('a').once('error', fail).pipe(res); } catch (e) { fail(); }`],
  ['never piped', 'crash', `fs.createReadStream('a');`, `fs.createReadStream('a').on('error', fail);`],
  ['addListener', 'crash', `const s = fs.createReadStream('a'); s.addListener('end', fail); s.pipe(res);`, `const s = fs.createReadStream('a'); s.addListener('error', fail); s.pipe(res);`],
  ['prependListener', 'crash', `const s = fs.createReadStream('a'); s.prependListener('close', fail); s.pipe(res);`, `const s = fs.createReadStream('a'); s.prependListener('error', fail); s.pipe(res);`],
  ['a listener on the response', 'crash', `fs.createReadStream('a').pipe(res).on('error', fail);`, `const s = fs.createReadStream('a'); s.pipe(res); s.on('error', fail);`],
  ['after a microtask', 'late', `const s = fs.createReadStream('a'); await load(); s.on('error', fail); s.pipe(res);`, `const s = fs.createReadStream('a'); await Promise.resolve(); await null; s.on('error', fail); s.pipe(res);`],
  ['a wait that leaves', 'late', `const s = fs.createReadStream('a'); if (req.query.x) { await load(); } s.on('error', fail);`, `const s = fs.createReadStream('a'); if (req.query.x) { await load(); return; } s.on('error', fail);`],
  ['a wait in another branch', 'late', `const s = fs.createReadStream('a'); if (req.query.x) { await load(); s.on('error', fail); }`, `const s = fs.createReadStream('a'); if (req.query.x) { await load(); } else { s.on('error', fail); }`],
  ['a wait before', 'late', `const s = fs.createReadStream('a'); await load(); s.on('error', fail);`, `await load(); const s = fs.createReadStream('a'); s.on('error', fail);`],
  ['a listener in a later turn', 'late', `const s = fs.createReadStream('a'); s.on('open', () => { s.on('error', fail); });`, `const s = fs.createReadStream('a'); s.on('open', () => { s.pipe(res); }); s.on('error', fail);`],
  ['a timer', 'late', `const s = fs.createReadStream('a'); setTimeout(() => { s.on('error', fail); }, 10);`, `const s = fs.createReadStream('a'); [1].forEach(() => { s.on('error', fail); });`],
  ['listener on the first only', 'crash', `fs.createReadStream('a').on('error', fail).pipe(zlib.createGunzip()).pipe(res);`, `fs.createReadStream('a').on('error', fail).pipe(zlib.createGunzip()).on('error', fail).pipe(res);`],
  ['listener on the last only', 'crash', `fs.createReadStream('a').pipe(zlib.createGunzip()).on('error', fail).pipe(res);`, `fs.createReadStream('a').on('error', fail).pipe(zlib.createGunzip()).on('error', fail).pipe(res);`],
  ['a listener that throws', 'rethrown', `fs.createReadStream('a').on('error', (e) => { throw e; }).pipe(res);`, `fs.createReadStream('a').on('error', (e) => { try { throw e; } catch { fail(); } }).pipe(res);`],
  ['a listener that rejects', 'rethrown', `fs.createReadStream('a').on('error', async (e) => { throw e; }).pipe(res);`, `fs.createReadStream('a').on('error', async (e) => { fail(e); }).pipe(res);`],
  ['a listener that emits on the response', 'rethrown', `fs.createReadStream('a').on('error', (e) => { res.emit('error', e); }).pipe(res);`, `fs.createReadStream('a').on('error', (e) => { res.emit('close', e); }).pipe(res);`],
  ['pipeline without a callback', 'pipeline', `stream.pipeline(fs.createReadStream('a'), res);`, `stream.pipeline(fs.createReadStream('a'), res, fail);`],
  ['pipeline of a list', 'pipeline', `stream.pipeline([fs.createReadStream('a'), res]);`, `stream.pipeline([fs.createReadStream('a'), res], fail);`],
  ['pipeline to a file', 'pipeline', `stream.pipeline(req, fs.createWriteStream('a'));`, `stream.pipeline(req, fs.createWriteStream('a'), (err) => res.end());`],
  ['promisified pipeline', 'pipeline', `const run = stream.pipeline; run(fs.createReadStream('a'), res);`, `const run = util.promisify(stream.pipeline); await run(fs.createReadStream('a'), res);`],
  ['pipeline of promises', 'crash', `const s = fs.createReadStream('a'); s.pipe(res);`, `const s = fs.createReadStream('a'); await stream.promises.pipeline(s, res);`],
  ['finished', 'crash', `const s = fs.createReadStream('a'); stream.finished(res, fail); s.pipe(res);`, `const s = fs.createReadStream('a'); stream.finished(s, fail); s.pipe(res);`],
  ['finished that hears no error', 'crash', `const s = fs.createReadStream('a'); stream.finished(s, { error: false }, fail);`, `const s = fs.createReadStream('a'); stream.finished(s, { error: true }, fail);`],
  ['compose', 'crash', `stream.compose(fs.createReadStream('a'), zlib.createGunzip()).pipe(res);`, `stream.compose(fs.createReadStream('a'), zlib.createGunzip()).on('error', fail).pipe(res);`],
  ['for await', 'late', `const s = fs.createReadStream('a'); await load(); try { for await (const c of s) res.write(c); } catch { fail(); }`, `const s = fs.createReadStream('a'); try { for await (const c of s) res.write(c); } catch { fail(); }`],
  ['toArray', 'crash', `const s = fs.createReadStream('a'); s.setEncoding('utf8');`, `const s = fs.createReadStream('a'); s.setEncoding('utf8'); res.json(await s.toArray());`],
  ['text', 'crash', `const s = fs.createReadStream('a'); res.send(s.path);`, `const s = fs.createReadStream('a'); res.send(await consumers.text(s));`],
  ['events.once', 'crash', `const s = fs.createReadStream('a'); s.once('open', fail);`, `const s = fs.createReadStream('a'); await events.once(s, 'open');`],
  ['errorMonitor', 'crash', `fs.createReadStream('a').on(events.errorMonitor, fail).pipe(res);`, `fs.createReadStream('a').on('error', fail).pipe(res);`],
  ['an event in a variable', 'crash', `const s = fs.createReadStream('a'); for (const e of ['open', 'close']) s.on('open', fail);`, `const s = fs.createReadStream('a'); for (const e of ['error', 'close']) s.on(e, fail);`],
  ['signal hides', 'hang', `fs.createReadStream('a', { signal: req.signal }).pipe(res);`, `fs.createReadStream('a', { signal: req.signal }).on('error', fail).pipe(res);`],
  ['signal does not hide a child', 'crash', `spawn('x', [], { signal: req.signal });`, `spawn('x', [], { signal: req.signal }).on('error', fail);`],
  // What crashes, beside what does not.
  ['a file to write', 'crash', `req.pipe(fs.createWriteStream('a'));`, `req.pipe(fs.createWriteStream('a')).on('error', fail);`],
  ['a file handle', 'crash', `const f = await fs.promises.open('a'); f.createReadStream().pipe(res);`, `const f = await fs.promises.open('a'); f.createReadStream().on('error', fail).pipe(res);`],
  ['http.get', 'crash', `http.get('http://x', (up) => { up.on('error', fail); up.pipe(res); });`, `http.get('http://x', (up) => { up.pipe(res); }).on('error', fail);`],
  ['http.request', 'crash', `http.request('http://x').end();`, `const r = http.request('http://x'); r.end(); r.on('error', fail);`],
  ['a socket', 'crash', `net.connect(80).pipe(res);`, `net.connect(80).on('error', fail).pipe(res);`],
  ['listen', 'crash', `net.createServer(load).listen(0);`, `net.createServer(load);`],
  ['a child process', 'crash', `const c = spawn('x'); c.stdout.on('error', fail); c.stdout.pipe(res);`, `const c = spawn('x'); c.on('error', fail); c.stdout.pipe(res);`],
  ['exec', 'crash', `spawn('x');`, `exec('x'); execFile('x'); fork('x');`],
  ['stdin of a child', 'crash', `const c = exec('x'); req.pipe(c.stdin);`, `const c = exec('x'); req.pipe(c.stdin); c.stdin.on('error', fail);`],
  ['stdin without data', 'crash', `const c = exec('x'); c.stdin.write(req.body);`, `const c = exec('x'); c.stdin.end();`],
  ['a worker', 'crash', `new Worker('a.js');`, `new Worker('a.js').on('error', fail);`],
  ['a web socket', 'crash', `new WebSocket('ws://x');`, `new globalThis.WebSocket('ws://x');`],
  ['a decompressor', 'crash', `req.pipe(zlib.createGunzip()).pipe(res);`, `req.pipe(zlib.createGzip()).pipe(res);`],
  ['a decompressor without input', 'crash', `const z = zlib.createInflate(); z.write(req.body);`, `const z = zlib.createInflate();`],
  ['a cipher', 'crash', `req.pipe(crypto.createDecipheriv('a', k, iv)).pipe(res);`, `req.pipe(crypto.createHash('sha1')).pipe(res);`],
  ['readline over a file', 'crash', `readline.createInterface({ input: fs.createReadStream('a') }).on('line', load);`, `readline.createInterface({ input: fs.createReadStream('a') }).on('line', load).on('error', fail);`],
  ['readline over stdin', 'crash', `readline.createInterface({ input: fs.createReadStream('a') });`, `readline.createInterface({ input: process.stdin });`],
  ['lines in a loop', 'crash', `const rl = readline.createInterface({ input: fs.createReadStream('a') }); rl.pause();`, `const rl = readline.createInterface({ input: fs.createReadStream('a') }); for await (const l of rl) res.write(l);`],
  ['a generator that waits', 'crash', `stream.Readable.from(rows()).pipe(res);`, `stream.Readable.from([1, 2]).pipe(res);`, `async function* rows() { yield await load(); }`],
  ['PassThrough.destroy', 'crash', `const p = new stream.PassThrough(); p.pipe(res); p.destroy(new Error('x'));`, `const p = new stream.PassThrough(); p.pipe(res); p.destroy();`],
  ['a transform that fails', 'crash', `req.pipe(new stream.Transform({ transform(c, e, done) { done(new Error('x')); } })).pipe(res);`, `req.pipe(new stream.Transform({ transform(c, e, done) { done(null, c); } })).pipe(res);`],
  ['emit in another turn', 'crash', `const e = new events.EventEmitter(); setTimeout(() => { e.emit('error', new Error('x')); }, 1);`, `const e = new events.EventEmitter(); e.emit('error', new Error('x'));`],
  ['what only its own code breaks', 'crash', `const p = fs.createReadStream('a'); p.pipe(res);`, `const p = new stream.PassThrough(); p.pipe(res);`],
  // Where listeners are.
  ['an alias', 'crash', `const s = fs.createReadStream('a'); const t = fs.createReadStream('b'); t.on('error', fail);`, `const s = fs.createReadStream('a'); const t = s; t.on('error', fail);`],
  ['another variable of the same name', 'crash', `const s = fs.createReadStream('a'); { const s = net.connect(1); s.on('error', fail); }`, `const s = fs.createReadStream('a'); { s.on('error', fail); }`],
  ['a chain in a variable', 'crash', `const s = fs.createReadStream('a').pipe(res); s.on('error', fail);`, `const s = fs.createReadStream('a').on('error', fail); s.pipe(res);`],
  ['a variable that is written again', 'crash', `let s = fs.createReadStream('a'); s = s.pipe(zlib.createGunzip()); s.on('error', fail);`, `let s = fs.createReadStream('a'); s.on('error', fail); s = s.pipe(zlib.createGunzip()); s.on('error', fail);`],
  ['a variable of two branches', 'crash', `let s; if (req.x) s = fs.createReadStream('a'); else s = req; s.on('end', fail);`, `let s; if (req.x) s = fs.createReadStream('a'); else s = req; s.on('error', fail);`],
  ['a helper', 'crash', `const s = fs.createReadStream('a'); guard(s);`, `const s = fs.createReadStream('a'); guard(s);`.replace('guard', 'guards'), `function guard(x) { x.on('end', load); } function guards(x) { x.on('error', load); }`],
  ['a helper after a wait', 'late', `const s = fs.createReadStream('a'); await load(); guard(s);`, `const s = fs.createReadStream('a'); guard(s); await load();`, `function guard(x) { x.on('error', load); }`],
  ['a list', 'crash', `const a = fs.createReadStream('a'); [a].forEach((s) => s.on('end', fail));`, `const a = fs.createReadStream('a'); [a].forEach((s) => s.on('error', fail));`],
  ['a loop', 'crash', `const a = fs.createReadStream('a'); for (const s of [a, req]) s.on('end', fail);`, `const a = fs.createReadStream('a'); for (const s of [a, req]) s.on('error', fail);`],
  ['a member of an object', 'crash', `const o = { s: fs.createReadStream('a') }; o.s.on('end', fail);`, `const o = { s: fs.createReadStream('a') }; o.s.on('error', fail);`],
  ['an object filled later', 'crash', `const o = {}; o.s = fs.createReadStream('a'); o.s.on('end', fail);`, `const o = {}; o.s = fs.createReadStream('a'); o.s.on('error', fail);`],
  ['what a function returns', 'crash', `open().pipe(res);`, `open().on('error', fail).pipe(res);`, `function open() { return fs.createReadStream('a'); }`],
  ['what an async function returns', 'crash', `const s = await open(); s.pipe(res);`, `const s = await open(); s.on('error', fail); s.pipe(res);`, `async function open() { return fs.createReadStream('a'); }`],
  ['then', 'crash', `open().then((s) => { s.pipe(res); });`, `open().then((s) => { s.on('error', fail); s.pipe(res); });`, `async function open() { return fs.createReadStream('a'); }`],
  ['Promise.all', 'crash', `const [s] = await Promise.all([fs.createReadStream('a'), load()]); s.pipe(res);`, `const s = fs.createReadStream('a').on('error', fail); await Promise.all([s, load()]);`],
  ['an escape', 'crash', `const s = fs.createReadStream('a'); console.log(s);`, `const s = fs.createReadStream('a'); upload(s);`],
  ['a stream in an argument', 'crash', `const body = { s: fs.createReadStream('a') }; console.log(body.s);`, `upload({ body: fs.createReadStream('a') });`],
  ['a stream that is stored', 'crash', `const s = fs.createReadStream('a'); s.path = 1;`, `req.file = fs.createReadStream('a');`],
  ['both sides of a choice', 'crash', `const s = req.x ? fs.createReadStream('a') : req; s.pipe(res);`, `const s = req.x ? fs.createReadStream('a') : req; s.on('error', fail).pipe(res);`],
  ['http or https', 'crash', `const m = req.secure ? require('https') : http; m.get('x');`, `const m = req.secure ? require('https') : http; m.get('x').on('error', fail);`],
  // Sources nothing is known of.
  ['an unknown source', 'source', `const s = await storage.open(req.params.id); s.pipe(res);`, `const s = await storage.open(req.params.id); s.on('error', fail); s.pipe(res);`],
  ['an unknown source, typed or sent', 'source', `const s = await load(); if (s instanceof fs.ReadStream && s?.pipe) { s.pipe(res); } else { res.send(s); }`, `const s = await load(); res.send(s);`],
  ['an unknown source into a file', 'source', `load().pipe(fs.createWriteStream('a')).on('error', fail);`, `load().on('error', fail).pipe(fs.createWriteStream('a')).on('error', fail);`],
  ['an unknown source before a transform', 'source', `load().pipe(tint()).pipe(res);`, `load().on('error', fail).pipe(tint()).pipe(res);`],
  ['a stream among others', 'source', `const [s, stats] = await Promise.all([load(), req.stats]); s.pipe(res);`, `const [s, stats] = await Promise.all([load(), req.stats]); s.on('error', fail).pipe(res);`],
  ['a parameter', 'source', `load().then((s) => s.pipe(res));`, `load((s) => s.pipe(res));`],
  ['no stream', 'source', `load().pipe(res.status(200));`, `load().pipe(map((x) => x));`],
  ['the request', 'source', `req.app.storage.open().pipe(res);`, `req.pipe(res);`],
  ['another package', 'source', `require('canvas').createCanvas(1).createPNGStream().pipe(res);`, `require('send')(req, 'a').pipe(res);`],
  ['an answer of axios', 'hang', `const a = await require('axios').get('x', { responseType: 'stream' }); a.data.pipe(res);`, `const a = await require('axios').get('x', { responseType: 'stream' }); a.data.on('error', fail).pipe(res);`],
  ['an answer taken apart', 'hang', `const { data } = await require('axios')({ url: 'x' }); data.pipe(res);`, `const { data } = await require('axios')({ url: 'x' }); data.on('error', fail); data.pipe(res);`],
  ['a promise of axios', 'hang', `require('axios').get('x').then((a) => { a.data.pipe(res); });`, `require('axios').get('x').then((a) => { stream.pipeline(a.data, res, fail); });`],
  // Packages.
  ['request', 'crash', `require('request')('http://x').pipe(res);`, `require('request')('http://x', (err, r, body) => { res.send(body); });`],
  ['a proxied request', 'crash', `req.pipe(require('request')('http://x')).pipe(res);`, `req.pipe(require('request')('http://x')).on('error', fail).pipe(res);`],
  ['superagent', 'crash', `require('superagent').get('x').pipe(res);`, `await require('superagent').get('x');`],
  ['busboy', 'crash', `req.pipe(require('busboy')({ headers: req.headers }));`, `const b = require('busboy')({ headers: req.headers }); b.on('error', fail); req.pipe(b);`],
  ['archiver', 'crash', `const a = require('archiver')('zip'); a.pipe(res); a.finalize();`, `const a = require('archiver')('zip'); a.on('error', fail); a.pipe(res); a.finalize();`],
  ['sharp', 'crash', `require('sharp')('a').resize(1).pipe(res);`, `res.send(await require('sharp')('a').resize(1).toBuffer());`],
  ['GridFS', 'crash', `const b = new (require('mongodb').GridFSBucket)(db); b.openDownloadStream(1).pipe(res);`, `const b = new (require('mongodb').GridFSBucket)(db); b.openDownloadStream(1).on('error', fail).pipe(res);`],
  ['tar', 'crash', `require('tar').create({ gzip: true }, ['a']).pipe(res);`, `await require('tar').create({ gzip: true, file: req.path }, ['a']);`],
  ['a promisified spawn', 'crash', `require('cross-spawn')('x');`, `await require('promisify-child-process').spawn('x');`],
  // The request path.
  ['startup', 'crash', `fs.createReadStream('a');`, ``, `fs.createReadStream('a'); net.createServer().listen(1);`],
  ['a function of the app', 'crash', `copy();`, `load();`, `function copy() { fs.createReadStream('a').pipe(fs.createWriteStream('b').on('error', load)); }`],
];

/** The same title in both lists, for the report. */
tester.run('stream-error-handler: pairs', rule, {
  valid: pairs.map(([title, , , good, after]) => ({ name: `${title}: ok`, code: served(good, after), settings })),
  invalid: pairs.map(([title, messageId, bad, , after]) => ({ name: title, code: served(bad, after), settings, errors: [{ messageId }] })),
});

/** An inline handler, where edits are possible. */
const inline = (body: string, params = 'req, res', more = ''): string => `const fs = require('fs');
const zlib = require('zlib');
const axios = require('axios');
const { spawn } = require('child_process');
const express = require('express');
${more}const app = express();
app.get('/file', (${params}) => {
  ${body}
});`;

const crash = [{ messageId: 'crash' as const }];

tester.run('stream-error-handler: edits', rule, {
  valid: [],
  invalid: [
    { code: inline(`fs.createReadStream('a').pipe(res);`, 'req, res, next'), output: inline(`fs.createReadStream('a').on('error', next).pipe(res);`, 'req, res, next'), errors: crash, name: 'next is there', settings },
    { code: inline(`fs.createReadStream('a').pipe(res);`, 'req, res, done'), output: inline(`fs.createReadStream('a').on('error', done).pipe(res);`, 'req, res, done'), errors: crash, name: 'next is called otherwise', settings },
    { code: inline(`fs.createReadStream('a').pipe(res);`), output: inline(`fs.createReadStream('a').on('error', next).pipe(res);`, 'req, res, next'), errors: crash, name: 'next is added', settings },
    {
      code: inline(`fs.createReadStream('a')\n    .pipe(zlib.createGunzip())\n    .pipe(res);`),
      output: [
        inline(`fs.createReadStream('a')\n    .on('error', next)\n    .pipe(zlib.createGunzip())\n    .pipe(res);`, 'req, res, next'),
        inline(`fs.createReadStream('a')\n    .on('error', next)\n    .pipe(zlib.createGunzip().on('error', next))\n    .pipe(res);`, 'req, res, next'),
      ],
      errors: [...crash, ...crash],
      name: 'every link, one pass each',
      settings,
    },
    { code: inline(`const s = fs.createReadStream('a');\n  s.pipe(res);`, 'req, res, next'), output: inline(`const s = fs.createReadStream('a');\n  s.on('error', next);\n  s.pipe(res);`, 'req, res, next'), errors: crash, name: 'after a variable', settings },
    { code: inline(`const s = fs.createReadStream('a'), t = 1;\n  s.pipe(res);`, 'req, res, next'), output: inline(`const s = fs.createReadStream('a').on('error', next), t = 1;\n  s.pipe(res);`, 'req, res, next'), errors: crash, name: 'in a declaration of two', settings },
    { code: inline(`fs.createReadStream('a') // big\n    .pipe(res); /* done */`, 'req, res, next'), output: inline(`fs.createReadStream('a').on('error', next) // big\n    .pipe(res); /* done */`, 'req, res, next'), errors: crash, name: 'comments stay', settings },
    { code: inline(`const c = spawn('x');\n  c.stdout.pipe(res);`), output: inline(`const c = spawn('x');\n  c.on('error', next);\n  c.stdout.pipe(res);`, 'req, res, next'), errors: crash, name: 'a child', settings },
    { code: inline(`load(() => { fs.createReadStream('a').pipe(res); });`, 'req, res, next'), output: inline(`load(() => { fs.createReadStream('a').on('error', next).pipe(res); });`, 'req, res, next'), errors: crash, name: 'in a closure', settings },
    { code: inline(`if (!req.user) return res.status(401).end();\n  fs.createReadStream('a').pipe(res);`, 'req, res, next'), output: inline(`if (!req.user) return res.status(401).end();\n  fs.createReadStream('a').on('error', next).pipe(res);`, 'req, res, next'), errors: crash, name: 'an early answer that leaves', settings },
    { code: inline(`load((next) => { fs.createReadStream('a').pipe(res); });`, 'req, res, next'), output: null, errors: crash, name: 'shadowed', settings },
    { code: inline(`const next = 1; fs.createReadStream('a').pipe(res);`), output: null, errors: crash, name: 'a name that is taken', settings },
    { code: inline(`fs.createReadStream('a').pipe(res);`, 'req, res, next = load'), output: null, errors: crash, name: 'a default', settings },
    { code: inline(`fs.createReadStream('a').pipe(res);`, 'req, res, ...rest'), output: null, errors: crash, name: 'a rest', settings },
    { code: inline(`const w = new Worker;`, 'req, res, next', `const { Worker } = require('worker_threads');\n`), output: null, errors: crash, name: 'no parentheses', settings },
    {
      code: `const fs = require('fs'); const express = require('express'); const app = express(); app.param('id', (req, res) => { fs.createReadStream('a').pipe(res); });`,
      output: null,
      errors: crash,
      name: 'param',
      settings,
    },
    {
      code: inline(`res.json({});\n  spawn('x');`, 'req, res, next'),
      output: null,
      errors: [{ messageId: 'crash', suggestions: [{ messageId: 'addListener', output: inline(`res.json({});\n  spawn('x').on('error', next);`, 'req, res, next') }] }],
      name: 'answered before',
      settings,
    },
    {
      code: inline(`const c = spawn('x');\n  c.on('close', () => res.end());`, 'req, res, next'),
      output: null,
      errors: [{ messageId: 'crash', suggestions: [{ messageId: 'addListener', output: inline(`const c = spawn('x');\n  c.on('error', next);\n  c.on('close', () => res.end());`, 'req, res, next') }] }],
      name: 'something answers when it closes',
      settings,
    },
    {
      code: inline(`return new Promise((resolve, reject) => { fs.createReadStream('a').on('end', resolve).pipe(res); });`, 'req, res, next'),
      output: null,
      errors: [{ messageId: 'crash', suggestions: [{ messageId: 'addListener', output: inline(`return new Promise((resolve, reject) => { fs.createReadStream('a').on('error', reject).on('end', resolve).pipe(res); });`, 'req, res, next') }] }],
      name: 'reject of the promise around',
      settings,
    },
    { code: inline(`return new Promise((resolve) => { fs.createReadStream('a').on('end', resolve).pipe(res); });`, 'req, res, next'), output: null, errors: crash, name: 'a promise without reject', settings },
    {
      code: inline(`axios.get('x').then((a) => { a.data.pipe(res); });`, 'req, res, next'),
      output: null,
      errors: [{ messageId: 'hang', suggestions: [{ messageId: 'addListener', output: inline(`axios.get('x').then((a) => { a.data.on('error', next).pipe(res); });`, 'req, res, next') }] }],
      name: 'a hang becomes an answer: a choice',
      settings,
    },
    {
      code: inline(`open().pipe(res);`),
      output: null,
      errors: [{ messageId: 'source', suggestions: [{ messageId: 'addListener', output: inline(`open().on('error', next).pipe(res);`, 'req, res, next') }] }],
      name: 'an unknown source: a choice',
      settings,
    },
    {
      code: inline(`fs.createReadStream('a').pipe(zlib.createGzip()).pipe(res);`, 'req, res, next', `const { pipeline } = require('stream');\n`),
      output: inline(`fs.createReadStream('a').on('error', next).pipe(zlib.createGzip()).pipe(res);`, 'req, res, next', `const { pipeline } = require('stream');\n`),
      errors: [{ messageId: 'crash', suggestions: [{ messageId: 'usePipeline', output: inline(`pipeline(fs.createReadStream('a'), zlib.createGzip(), res, (err) => { if (err) next(err); });`, 'req, res, next', `const { pipeline } = require('stream');\n`) }] }],
      name: 'pipeline',
      settings,
    },
    {
      code: inline(`fs.createReadStream('a').pipe(res);`, 'req, res, next', `const { pipeline } = require('stream/promises');\n`),
      output: inline(`fs.createReadStream('a').on('error', next).pipe(res);`, 'req, res, next', `const { pipeline } = require('stream/promises');\n`),
      errors: crash,
      name: 'pipeline of promises is another',
      settings,
    },
    {
      code: inline(`fs.createReadStream('a') /* big */.pipe(res);`, 'req, res, next', `const { pipeline } = require('stream');\n`),
      output: inline(`fs.createReadStream('a').on('error', next) /* big */.pipe(res);`, 'req, res, next', `const { pipeline } = require('stream');\n`),
      errors: crash,
      name: 'pipeline would lose a comment',
      settings,
    },
    { code: `import fs from 'node:fs';\nimport express, { Request, Response } from 'express';\nconst app = express();\napp.get('/a', (req: Request, res: Response) => { (fs.createReadStream('a') as NodeJS.ReadableStream).pipe(res); });`, output: null, errors: crash, name: 'TypeScript', settings },
  ],
});

const logging = `fs.createReadStream('a').on('error', (err) => { console.error(err); }).pipe(res);`;
const strict = [{ reportLogOnly: true }] as const;

tester.run('stream-error-handler: reportLogOnly', rule, {
  valid: [
    { code: inline(logging), name: 'off by default', settings },
    { code: inline(logging), options: [{ reportLogOnly: false }], name: 'off', settings },
    { code: inline(`fs.createReadStream('a').on('error', (err) => { console.error(err); res.end(); }).pipe(res);`), options: strict, name: 'answers too', settings },
    { code: inline(`fs.createReadStream('a').on('error', console.error).on('error', next).pipe(res);`, 'req, res, next'), options: strict, name: 'one of two answers', settings },
    { code: inline(`fs.createReadStream('a').on('error', () => { clean(); }).pipe(res);`), options: strict, name: 'does something else', settings },
    { code: inline(`req.pipe(fs.createWriteStream('a').on('error', console.error)); res.end();`), options: strict, name: 'the client does not wait for it', settings },
  ],
  invalid: [
    { code: inline(logging), options: strict, errors: [{ messageId: 'logged' }], name: 'a function', settings },
    { code: inline(`fs.createReadStream('a').on('error', console.error).pipe(res);`), options: strict, errors: [{ messageId: 'logged' }], name: 'console.error', settings },
    { code: inline(`fs.createReadStream('a').on('error', () => {}).pipe(res);`), options: strict, errors: [{ messageId: 'logged' }], name: 'nothing', settings },
    { code: inline(`fs.createReadStream('a').on('error', (e) => { if (e) logger.warn(e); else logger.debug('?'); }).pipe(zlib.createGzip()).pipe(res);`), options: strict, errors: [{ messageId: 'logged' }], name: 'if', settings },
    { code: inline(`require('http').get('http://x', (up) => { up.pipe(res); }).on('error', console.error);`), options: strict, errors: [{ messageId: 'logged' }], name: 'an outgoing request whose answer is the answer', settings },
    { code: inline(`open().on('error', console.error).pipe(res);`), options: strict, errors: [{ messageId: 'logged' }], name: 'an unknown source', settings },
  ],
});

tester.run('stream-error-handler: where', rule, {
  valid: [
    { code: `const fs = require('fs'); fs.createReadStream('a').pipe(process.stdout);`, name: 'no Express' },
    { code: `const fs = require('fs'); const express = require('express'); class Files { show(req, res, next) { this.s = fs.createReadStream('a'); this.watch(next); this.s.pipe(res); } watch(next) { this.s.on('error', next); } } const files = new Files(); express().get('/', files.show.bind(files));`, name: 'a field with a listener', settings },
    { code: `const express = require('express'); express().get('/', (req, res) => { load((err, s) => { s.pipe(res); }); });`, name: 'a parameter is its maker’s business', settings },
    { code: `const { createReadStream } = require('./mine'); const express = require('express'); express().get('/', (req, res) => { createReadStream('a'); });`, name: 'another function of the name', settings },
  ],
  invalid: [
    { code: `const fs = require('fs'); const express = require('express'); class Files { show(req, res) { this.s = fs.createReadStream('a'); this.s.pipe(res); } } const files = new Files(); express().get('/', files.show.bind(files));`, errors: crash, name: 'a field', settings },
    { code: `import fs from 'node:fs'; import type { Request, Response } from 'express'; export const show = (req: Request, res: Response) => { fs.createReadStream('a').pipe(res); };`, errors: crash, name: 'an exported controller', settings },
    { code: `const express = require('express'); class Files { async show(req, res) { const s = await this.open(); s.pipe(res); } } module.exports = Files;`, errors: [{ messageId: 'source' }], name: 'an exported class', settings },
    {
      code: inline(`send(res);`, 'req, res', `function send(res) {\n  fs.createReadStream('a').pipe(res);\n}\n`),
      errors: [{ messageId: 'crash', data: { name: 'fs.createReadStream', why: 'the file is missing or cannot be opened', route: '`GET /file` reaches it through `send`' }, line: 7, column: 3, endLine: 7, endColumn: 22 }],
      name: 'what the message says',
      settings,
    },
  ],
});

const file = { name: 'fs.createReadStream', why: 'the file is missing or cannot be opened', route: '`GET /file` runs it' };

tester.run('stream-error-handler: messages', rule, {
  valid: [],
  invalid: [
    { code: inline(`const s = fs.createReadStream('a'); load(await user()); s.on('error', next);`, 'req, res, next').replace('(req', 'async (req'), errors: [{ messageId: 'late', data: file }], name: 'late: at what makes the stream', settings },
    { code: inline(`fs.createReadStream('a')\n    .on('error', (e) => { throw e; });`), errors: [{ messageId: 'rethrown', data: file, line: 9 }], name: 'rethrown: at the listener', settings },
    { code: inline(`pipeline(req, res);`, 'req, res', `const { pipeline } = require('stream');\n`), errors: [{ messageId: 'pipeline', data: { name: 'pipeline', why: '', route: '`GET /file` runs it' } }], name: 'pipeline', settings },
  ],
});

it('is silent after its own fixes, which do not grow', () => {
  const linter = new Linter();
  const config: Linter.Config = { languageOptions: { sourceType: 'commonjs' }, plugins: { express: plugin }, rules: { 'express/stream-error-handler': 'error' }, settings };
  for (const [title, , bad, , after = ''] of pairs) {
    const code = served(bad, after).replace('async function show(req, res)', 'async function show(req, res, next)');
    const once = linter.verifyAndFix(code, config);
    const twice = linter.verifyAndFix(once.output, config);
    expect(twice.fixed, title).toBe(false);
    expect(once.messages.filter(({ fix, fatal }) => fix !== undefined || fatal), title).toEqual([]);
    if (once.fixed) expect(once.messages, title).toEqual([]);
  }
});

const copying = `const fs = require('fs');\nexports.copy = (from, to) => { fs.createReadStream(from).pipe(to); };\nexports.careful = (from, to) => { fs.createReadStream(from).on('error', (e) => to.destroy(e)).pipe(to); };\n`;
const elsewhere = project({
  'scripts/files.js': copying,
  'lib/files.js': copying,
});
const deciphering = (use: string) => `const crypto = require('crypto');\nexports.read = (text, key, iv) => { const d = crypto.createDecipheriv('aes-256-cbc', key, iv); ${use} };`;
const calling = (call: string) => `const app = require('express')();\nconst files = require('./lib/files');\napp.get('/', (req, res) => { ${call}; res.end(); });`;

const filename = elsewhere.path('app.js');

tester.run('stream-error-handler: in other files', rule, {
  valid: [
    { filename, code: calling(`files.careful('a', log)`), name: 'a stream that another file starts and listens to' },
    { filename, code: calling(`files.copy('a', log)`), name: 'a stream that another file starts, which is reported there' },
    { filename: elsewhere.path('scripts/files.js'), code: copying, name: 'a stream in a script' },
    { filename: elsewhere.path('lib/cipher.js'), code: deciphering(`return d.update(text, 'hex', 'utf8') + d.final('utf8');`), name: 'a cipher that is no stream: it throws' },
  ],
  invalid: [
    {
      filename,
      code: calling(`files.copy('a', log)`).replace('lib', 'scripts'),
      errors: [{ messageId: 'elsewhere', data: { call: 'files.copy', leadsTo: 'calls `fs.createReadStream` (scripts/files.js:2)', where: '`GET /` calls it' } }],
      name: 'a stream that another file starts',
    },
    {
      filename: elsewhere.path('lib/files.js'),
      code: copying,
      errors: [{ messageId: 'crash', data: { name: 'fs.createReadStream', why: 'the file is missing or cannot be opened', route: '`copy`, which other files can call, runs it' }, line: 2 }],
      name: 'a stream that a function makes which other files can call',
    },
    { filename: elsewhere.path('lib/cipher.js'), code: deciphering('text.pipe(d).pipe(process.stdout);'), errors: [{ messageId: 'crash', line: 2 }], name: 'a cipher that is a stream' },
  ],
});
