import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/no-worker-per-request.js';

const tester = new RuleTester({ languageOptions: { sourceType: 'module' } });

const head = `import { Worker } from 'node:worker_threads';\nimport { fork } from 'node:child_process';\nimport express from 'express';\nconst app = express();\n`;

function thread(code: string) {
  return { code: head + code, errors: [{ messageId: 'thread' as const }] };
}

tester.run('no-worker-per-request', rule, {
  valid: [
    `${head}const worker = new Worker('./w.js');\napp.get('/', (req, res) => { worker.postMessage(1); res.end(); });`,
    `${head}let worker;\napp.get('/', (req, res) => { worker ??= new Worker('./w.js'); res.end(); });`,
    `${head}let worker;\napp.get('/', (req, res) => { if (!worker) worker = new Worker('./w.js'); res.end(); });`,
    `${head}let worker;\nfunction get() { if (worker) return worker; worker = new Worker('./w.js'); return worker; }\napp.get('/', (req, res) => { get().postMessage(1); res.end(); });`,
    `${head}const pool = [];\napp.get('/', (req, res) => { if (pool.length < 4) pool.push(new Worker('./w.js')); res.end(); });`,
    `${head}const jobs = new Map();\napp.get('/:id', (req, res) => { const worker = new Worker('./w.js'); jobs.set(req.params.id, worker); res.end(); });`,
    `${head}app.get('/', (req, res) => { app.locals.worker = new Worker('./w.js'); res.end(); });`,
    `${head}function make() { return new Worker('./w.js'); }\nconst worker = make();\napp.get('/', (req, res) => res.end());`,
    `import { Worker } from 'bullmq';\nimport express from 'express';\nimport 'node:worker_threads';\nexpress().get('/', (req, res) => { new Worker('queue', work); res.end(); });`,
    `import 'node:worker_threads';\nimport express from 'express';\nexpress().get('/', (req, res) => { new Worker('./w.js'); res.end(); });`,
    `${head}app.get('/', (req, res) => { spawn('ls'); res.end(); });`,
    { filename: 'app.test.js', code: `${head}app.get('/', (req, res) => { new Worker('./w.js'); res.end(); });`, name: 'a test' },
  ],
  invalid: [
    { code: `${head}app.get('/', (req, res) => { new Worker('./w.js'); res.end(); });`, errors: [{ messageId: 'thread', data: { where: '`GET /` starts it' }, line: 5, column: 30, endColumn: 50 }] },
    thread(`app.get('/', (req, res) => { const worker = new Worker('./w.js'); worker.once('message', (m) => res.json(m)); });`),
    thread(`function square(n, done) { const worker = new Worker('./w.js', { workerData: n }); worker.on('message', done); }\napp.get('/', (req, res) => { square(2, (n) => res.json(n)); });`),
    thread(`app.get('/', (req, res, next) => { new Promise((resolve, reject) => { const worker = new Worker('./w.js'); worker.on('message', resolve); worker.on('error', reject); }).then((n) => res.json(n)).catch(next); });`),
    { code: `${head}app.get('/', (req, res) => { const child = fork('./w.js'); child.send(1); res.end(); });`, errors: [{ messageId: 'process', data: { where: '`GET /` starts it' } }] },
    { code: `const cp = require('child_process');\nconst app = require('express')();\napp.get('/', (req, res) => { cp.fork('./w.js'); res.end(); });`, errors: [{ messageId: 'process' }] },
    { code: `const threads = require('worker_threads');\nconst app = require('express')();\napp.get('/', (req, res) => { let w = new threads.Worker('./w.js'); w.postMessage(1); res.end(); });`, errors: [{ messageId: 'thread' }] },
  ],
});
