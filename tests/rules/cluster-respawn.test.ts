import * as parser from '@typescript-eslint/parser';
import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/cluster-respawn.js';

const tester = new RuleTester({ languageOptions: { sourceType: 'module' } });
const typescript = new RuleTester({ languageOptions: { parser, sourceType: 'module' } });

/** A primary process that runs `code`, and workers that serve. */
function primary(code: string): string {
  return `import cluster from 'node:cluster';\nimport express from 'express';\nif (cluster.isPrimary) {\n${code}\n} else {\n  express().get('/', (req, res) => res.end()).listen(3000);\n}`;
}

const replaced = `cluster.on('exit', (worker) => {\n    console.error(worker.id);\n    cluster.fork();\n  });`;

/** Reported where nobody hears of the end of a worker. */
function unheard(code: string, output: string | null) {
  return { code: primary(code), errors: [{ messageId: 'unheard' as const, suggestions: output === null ? null : [{ messageId: 'addListener' as const, output: primary(output) }] }] };
}

/** Reported for a listener that replaces nobody. */
function notReplaced(code: string, output: string | null) {
  return { code: primary(code), errors: [{ messageId: 'notReplaced' as const, suggestions: output === null ? null : [{ messageId: 'addFork' as const, output: primary(output) }] }] };
}

function added(indent: string): string {
  return ["cluster.on('exit', (worker, code, signal) => {", '  console.error(`Worker ${worker.process.pid} ended (${signal || code}), forking another one`);', '  cluster.fork();', '});'].map((line) => `\n${indent}${line}`).join('');
}

tester.run('cluster-respawn: whether somebody listens', rule, {
  valid: [
    primary(`  cluster.fork();\n  ${replaced}`),
    primary(`  ${replaced}\n  cluster.fork();`),
    primary(`  const worker = cluster.fork();\n  worker.on('exit', () => cluster.fork());`),
    primary(`  cluster.fork().on('exit', () => cluster.fork());`),
    primary(`  cluster.fork();\n  for (const worker of Object.values(cluster.workers)) worker.on('exit', () => cluster.fork());`),
    primary(`  const workers = [];\n  workers.push(cluster.fork());\n  workers.forEach((worker) => worker.on('exit', () => cluster.fork()));`),
    primary(`  cluster.fork();\n  cluster.on('disconnect', () => cluster.fork());`),
    primary(`  function start() { const worker = cluster.fork(); worker.on('exit', start); }\n  start();`),
    primary(`  cluster.fork();\n  cluster.on(event, () => cluster.fork());`),
    `import { supervise } from './workers.js';\n${primary(`  supervise(cluster);\n  cluster.fork();`)}`,
    `import { supervise } from './workers.js';\n${primary(`  supervise(cluster.fork());`)}`,
    `import cluster from 'node:cluster';\nimport express from 'express';\nif (cluster.isPrimary) cluster.fork();\nexport default cluster;`,
    `import cluster from 'node:cluster';\nimport express from 'express';\nif (cluster.isWorker) express().get('/', (req, res) => res.end(cluster.worker.id)).listen(3000);\nfork();`,
    `import { fork } from 'node:child_process';\nimport express from 'express';\nconst name = 'cluster';\nfork('./worker.js');`,
    `import cluster from './cluster.js';\nimport express from 'express';\nconst name = 'cluster';\ncluster.fork();`,
    { filename: 'app.test.js', code: primary('  cluster.fork();'), name: 'a test' },
  ],
  invalid: [
    {
      code: primary('  cluster.fork();'),
      errors: [{ messageId: 'unheard', line: 4, column: 3, endColumn: 17, suggestions: [{ messageId: 'addListener', output: primary(`  cluster.fork();${added('  ')}`) }] }],
    },
    unheard('  for (let i = 0; i < 4; i++) {\n    cluster.fork();\n  }', `  for (let i = 0; i < 4; i++) {\n    cluster.fork();\n  }${added('  ')}`),
    unheard('  for (let i = 0; i < 4; i++) cluster.fork();', `  for (let i = 0; i < 4; i++) cluster.fork();${added('  ')}`),
    unheard('  cluster.fork();\n  cluster.on("online", (worker) => console.log(worker.id));', `  cluster.fork();${added('  ')}\n  cluster.on("online", (worker) => console.log(worker.id));`),
    unheard(`  cluster.fork();\n  process.on('exit', () => console.log('bye'));`, `  cluster.fork();${added('  ')}\n  process.on('exit', () => console.log('bye'));`),
    // What would have to be repeated is not known, a comment stands in the way, or the place runs many times.
    unheard('  for (let i = 0; i < 4; i++) cluster.fork({ id: i });', null),
    unheard('  cluster.fork(); // the only one', null),
    unheard('  os.cpus().forEach(() => { cluster.fork(); });', null),
    unheard('  os.cpus().forEach(cluster.fork);', null),
    {
      code: `const { fork } = require('cluster');\nconst express = require('express');\nfork();\nexpress().get('/', (req, res) => res.end());`,
      errors: [{ messageId: 'unheard', suggestions: null }],
    },
    {
      code: `const cluster = require('cluster');\nconst app = require('express')();\napp.get('/', (req, res) => res.end());\nif (cluster.isMaster) cluster.fork();\nelse app.listen(3000);`,
      errors: [{ messageId: 'unheard', suggestions: null }],
    },
  ],
});

tester.run('cluster-respawn: what the listener does', rule, {
  valid: [
    primary(`  cluster.fork();\n  cluster.on('exit', (worker) => { if (!worker.exitedAfterDisconnect) cluster.fork(); });`),
    primary(`  cluster.fork();\n  cluster.on('exit', () => { setTimeout(() => cluster.fork(), 1000); });`),
    primary(`  cluster.fork();\n  cluster.on('exit', () => { setTimeout(cluster.fork, 1000); });`),
    primary(`  const start = () => cluster.fork();\n  start();\n  cluster.on('exit', () => start());`),
    primary(`  cluster.fork();\n  cluster.on('exit', respawn);\n  function respawn() { cluster.fork(); }`),
    primary(`  cluster.fork();\n  cluster.on('exit', (worker) => { console.log(worker.id); });\n  cluster.on('exit', () => { cluster.fork(); });`),
    primary(`  cluster.fork();\n  cluster.on('exit', (worker, code) => { process.exit(code); });`),
    `import { onExit } from './workers.js';\n${primary(`  cluster.fork();\n  cluster.on('exit', onExit);`)}`,
    `import { replace } from './workers.js';\n${primary(`  cluster.fork();\n  cluster.on('exit', (worker) => { replace(worker); });`)}`,
    `export function run(onExit) {\n${primary(`  cluster.fork();\n  cluster.on('exit', (worker) => { onExit(worker); });`).replace(/^import.*\n/gm, '')}\n}\nimport cluster from 'node:cluster';\nimport express from 'express';`,
  ],
  invalid: [
    {
      code: primary(`  cluster.fork();\n  cluster.on('exit', (worker) => {\n    console.log(worker.id);\n  });`),
      errors: [
        {
          messageId: 'notReplaced',
          line: 5,
          column: 3,
          endColumn: 13,
          suggestions: [{ messageId: 'addFork', output: primary(`  cluster.fork();\n  cluster.on('exit', (worker) => {\n    console.log(worker.id);\n    cluster.fork();\n  });`) }],
        },
      ],
    },
    notReplaced(`  cluster.fork();\n  cluster.on('exit', () => {});`, `  cluster.fork();\n  cluster.on('exit', () => { cluster.fork(); });`),
    notReplaced(`  cluster.fork();\n  cluster.on('exit', (worker) => console.log(worker.id));`, null),
    notReplaced(`  cluster.fork();\n  cluster.on('exit', (worker) => { if (!worker) return; console.log(worker.id); });`, null),
    notReplaced(`  cluster.fork({ id: 1 });\n  cluster.on('exit', (worker) => { console.log(worker.id); });`, null),
    notReplaced(`  cluster.fork();\n  cluster.on('exit', report);\n  function report(worker) { console.log(worker.id); }`, null),
    {
      code: `import { logger } from './logger.js';\n${primary(`  cluster.fork();\n  cluster.on('exit', (worker) => logger.error(worker.id));`)}`,
      errors: [{ messageId: 'notReplaced', suggestions: null }],
    },
  ],
});

tester.run('cluster-respawn: requireLog', rule, {
  valid: [
    { code: primary(`  cluster.fork();\n  cluster.on('exit', () => cluster.fork());`), options: [{ requireLog: false }], name: 'without a word, where that is allowed' },
    { code: primary(`  cluster.fork();\n  ${replaced}`), options: [{ requireLog: true }], name: 'with the console' },
    { code: `import { logger } from './logger.js';\n${primary(`  cluster.fork();\n  cluster.on('exit', () => { logger.warn('a worker ended'); cluster.fork(); });`)}`, options: [{ requireLog: true }], name: 'with a logger' },
    { code: primary(`  cluster.fork();\n  cluster.on('exit', (worker) => { console.log(worker.id); });\n  cluster.on('exit', () => cluster.fork());`), options: [{ requireLog: true }], name: 'in another listener' },
  ],
  invalid: [
    { code: primary(`  cluster.fork();\n  cluster.on('exit', () => cluster.fork());`), options: [{ requireLog: true }], errors: [{ messageId: 'unlogged', line: 5 }], name: 'without a word' },
  ],
});

typescript.run('cluster-respawn: TypeScript', rule, {
  valid: [`import * as _cluster from 'cluster';\nimport express from 'express';\nconst cluster = _cluster as unknown as _cluster.Cluster;\nif (cluster.isPrimary) { cluster.fork(); cluster.on('exit', () => { cluster.fork(); }); }\nexpress().get('/', (req, res) => res.end());`],
  invalid: [
    {
      code: `import * as _cluster from 'cluster';\nimport express from 'express';\nconst cluster = _cluster as unknown as _cluster.Cluster;\nif (cluster.isPrimary) { cluster.fork({ id: 1 }); }\nexpress().get('/', (req, res) => res.end());`,
      errors: [{ messageId: 'unheard', suggestions: null }],
    },
  ],
});
