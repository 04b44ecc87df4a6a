import * as parser from '@typescript-eslint/parser';
import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/no-process-env-in-routes.js';
import { project } from '../files.js';

const tester = new RuleTester({ languageOptions: { sourceType: 'module' } });
const typescript = new RuleTester({ languageOptions: { parser, sourceType: 'module' } });

const head = `import express from 'express';\nconst app = express();\n`;

/** Reported once, with the constant that is offered. */
function reads(code: string, name: string, output: string) {
  return { code: head + code, errors: [{ messageId: 'reads' as const, suggestions: [{ messageId: 'hoist' as const, data: { name }, output: head + output }] }] };
}

/** Reported once, without an offer. */
function onlyReported(code: string, before = head) {
  return { code: before + code, errors: [{ messageId: 'reads' as const, suggestions: null }] };
}

tester.run('no-process-env-in-routes: where it is read', rule, {
  valid: [
    `${head}const PORT = process.env.PORT;\napp.get('/', (req, res) => res.json(PORT));\napp.listen(process.env.PORT);`,
    `${head}function connect() { return open(process.env.DATABASE_URL); }\nconst db = connect();\napp.get('/', (req, res) => res.json(db));`,
    `${head}if (process.env.NODE_ENV !== 'production') app.get('/debug', (req, res) => res.json({}));`,
    `${head}app.get('/', guard(process.env.TOKEN), (req, res) => res.json({}));`,
    `${head}export const guard = (token = process.env.TOKEN) => (req, res, next) => (req.get('x-token') === token ? next() : res.sendStatus(401));\napp.use(guard());`,
    `${head}let config;\nfunction load() { if (config) return config; config = { key: process.env.KEY }; return config; }\napp.get('/', (req, res) => res.json(load().key));`,
    `app.get('/', (ctx) => { ctx.body = process.env.KEY; });`,
    { filename: 'app.test.js', code: `${head}app.get('/', (req, res) => res.json(process.env.KEY));` },
  ],
  invalid: [
    {
      code: `${head}app.get('/', (req, res) => res.json(process.env.KEY));`,
      errors: [
        {
          messageId: 'reads',
          data: { name: 'process.env.KEY', where: '`GET /` reads it' },
          line: 3,
          column: 37,
          endColumn: 52,
          suggestions: [{ messageId: 'hoist', data: { name: 'KEY' }, output: `${head}const KEY = process.env.KEY;\n\napp.get('/', (req, res) => res.json(KEY));` }],
        },
      ],
    },
    {
      code: `${head}function sign() { return process.env.KEY; }\napp.get('/', (req, res) => res.json(sign()));`,
      errors: [
        {
          messageId: 'reads',
          data: { name: 'process.env.KEY', where: '`GET /` reaches it through `sign`' },
          suggestions: [{ messageId: 'hoist', data: { name: 'KEY' }, output: `${head}const KEY = process.env.KEY;\n\nfunction sign() { return KEY; }\napp.get('/', (req, res) => res.json(sign()));` }],
        },
      ],
    },
    reads(`app.use((err, req, res, next) => { res.json(process.env.NODE_ENV); });`, 'NODE_ENV', `const NODE_ENV = process.env.NODE_ENV;\n\napp.use((err, req, res, next) => { res.json(NODE_ENV); });`),
    reads(`app.get('/', (req, res) => { setTimeout(() => res.json(process.env.KEY)); });`, 'KEY', `const KEY = process.env.KEY;\n\napp.get('/', (req, res) => { setTimeout(() => res.json(KEY)); });`),
    {
      code: `${head}export const show = (req, res) => res.json(process.env.KEY);`,
      errors: [{ messageId: 'reads', suggestions: [{ messageId: 'hoist', output: `${head}const KEY = process.env.KEY;\n\nexport const show = (req, res) => res.json(KEY);` }] }],
    },
  ],
});

tester.run('no-process-env-in-routes: how it is read', rule, {
  valid: [
    `${head}app.get('/', (req, res) => { process.env.LAST = req.path; res.end(); });`,
    `${head}app.get('/', (req, res) => { delete process.env.LAST; res.end(); });`,
    `${head}app.get('/', (req, res) => { spawn('ls', { env: { ...process.env } }); res.end(); });`,
    `${head}app.get('/', (req, res) => { spawn('ls', { env: process.env }); res.end(); });`,
    `${head}app.get('/', (req, res) => { const process = start(); res.json(process.env.KEY); });`,
    `${head}app.get('/', (req, res) => { const { ...rest } = process.env; res.end(); });`,
    `${head}import { env } from './config.js';\napp.get('/', (req, res) => { res.json(env.KEY); });`,
    `${head}const app2 = { env: 1 };\napp.get('/', (req, res) => { res.json(app2.env); });`,
  ],
  invalid: [
    onlyReported(`app.get('/', (req, res) => res.json(process.env[req.query.name]));`),
    reads(`app.get('/', (req, res) => res.json(process.env['KEY']));`, 'KEY', `const KEY = process.env['KEY'];\n\napp.get('/', (req, res) => res.json(KEY));`),
    onlyReported(`app.get('/', (req, res) => { const { KEY } = process.env; res.json(KEY); });`),
    {
      code: `${head}app.get('/', (req, res) => { const { KEY, SALT = 'x', ...rest } = process.env; res.json(KEY); });`,
      errors: [{ messageId: 'reads', data: { name: 'process.env.KEY`, `process.env.SALT', where: '`GET /` reads it' }, suggestions: null }],
    },
    onlyReported(`app.get('/', (req, res) => { let key; ({ KEY: key } = process.env); res.json(key); });`),
    onlyReported(`const env = process.env;\napp.get('/', (req, res) => res.json(env.KEY));`),
    onlyReported(`import { env } from 'node:process';\napp.get('/', (req, res) => res.json(env.KEY));`),
    onlyReported(`import process from 'node:process';\napp.get('/', (req, res) => res.json(process.env.KEY));`),
    onlyReported(`app.get('/', (req, res) => res.json(globalThis.process.env.KEY));`),
    onlyReported(`app.get('/', (req, res) => res.json(process?.env?.KEY));`),
    {
      code: `${head}app.get('/', (req, res) => res.json([process.env.A, process.env.B]));`,
      errors: [
        { messageId: 'reads', column: 38, suggestions: [{ messageId: 'hoist', output: `${head}const A = process.env.A;\n\napp.get('/', (req, res) => res.json([A, process.env.B]));` }] },
        { messageId: 'reads', column: 53, suggestions: [{ messageId: 'hoist', output: `${head}const B = process.env.B;\n\napp.get('/', (req, res) => res.json([process.env.A, B]));` }] },
      ],
    },
  ],
});

tester.run('no-process-env-in-routes: what is offered', rule, {
  valid: [],
  invalid: [
    reads(`const KEY = process.env.KEY;\napp.get('/', (req, res) => res.json(process.env.KEY));`, 'KEY', `const KEY = process.env.KEY;\napp.get('/', (req, res) => res.json(KEY));`),
    reads(`// Shows it.\n/* All of it. */\napp.get('/', (req, res) => res.json(process.env.KEY));`, 'KEY', `const KEY = process.env.KEY;\n\n// Shows it.\n/* All of it. */\napp.get('/', (req, res) => res.json(KEY));`),
    reads(`start(); // Now.\napp.get('/', (req, res) => res.json(process.env.KEY));`, 'KEY', `start(); // Now.\nconst KEY = process.env.KEY;\n\napp.get('/', (req, res) => res.json(KEY));`),
    {
      code: `import express from 'express'\nconst app = express()\napp.get('/', (req, res) => res.json(process.env.KEY))`,
      errors: [{ messageId: 'reads', suggestions: [{ messageId: 'hoist', output: `import express from 'express'\nconst app = express()\nconst KEY = process.env.KEY\n\napp.get('/', (req, res) => res.json(KEY))` }] }],
    },
    // The name means something else.
    onlyReported(`const KEY = 'key';\napp.get('/', (req, res) => res.json(process.env.KEY));`),
    onlyReported(`let KEY = process.env.KEY;\napp.get('/', (req, res) => res.json(process.env.KEY));`),
    onlyReported(`app.get('/', (req, res) => { const KEY = req.query.key; res.json(process.env.KEY === KEY); });`),
    onlyReported(`const KEY = process.env.KEY;\napp.get('/', (req, res) => { const KEY = req.query.key; res.json(process.env.KEY === KEY); });`),
    onlyReported(`app.get('/', (req, res) => res.json(process.env.URL));\nnew URL('http://localhost');`),
    onlyReported(`app.get('/', (req, res) => res.json(process.env['npm_package.version']));`),
    // It changes.
    onlyReported(`process.env.KEY = makeKey();\napp.get('/', (req, res) => res.json(process.env.KEY));`),
    // A comment would be lost.
    onlyReported(`app.get('/', (req, res) => res.json(process.env./* secret */KEY));`),
  ],
});

tester.run('no-process-env-in-routes: options', rule, {
  valid: [
    { code: `${head}app.get('/', (req, res) => res.json(process.env.NODE_ENV));`, options: [{ allow: ['NODE_ENV'] }], name: 'a variable that is allowed' },
    { code: `${head}app.get('/', (req, res) => res.json(process.env[req.query.name]));`, options: [{ allow: ['NODE_ENV'] }], name: 'one that may be allowed' },
  ],
  invalid: [
    {
      code: `${head}app.get('/', (req, res) => { const { NODE_ENV, KEY } = process.env; res.json(KEY); });`,
      options: [{ allow: ['NODE_ENV'] }],
      errors: [{ messageId: 'reads', data: { name: 'process.env.KEY', where: '`GET /` reads it' }, suggestions: null }],
      name: 'another one beside it',
    },
  ],
});

typescript.run('no-process-env-in-routes: TypeScript', rule, {
  valid: [`import type { Request, Response } from 'express';\nexport const show = (req: Request, res: Response) => res.json({});\nexport const key = process.env.KEY!;`],
  invalid: [
    {
      code: `import type { Request, Response } from 'express';\nexport const show = (req: Request, res: Response) => res.json(process.env.KEY!);`,
      errors: [{ messageId: 'reads', suggestions: [{ messageId: 'hoist', output: `import type { Request, Response } from 'express';\nconst KEY = process.env.KEY;\n\nexport const show = (req: Request, res: Response) => res.json(KEY!);` }] }],
    },
  ],
});

const app = project({
  'mail.js': `exports.send = () => post(process.env.MAIL_HOST);\nexports.host = process.env.MAIL_HOST;\n`,
  'env.js': `let host;\nexports.host = () => { if (host) return host; host = process.env.MAIL_HOST; return host; };\n`,
});

tester.run('no-process-env-in-routes: other files', rule, {
  valid: [
    { filename: app.path('routes.js'), code: `${head}import { host } from './mail.js';\napp.get('/', (req, res) => res.json(host));` },
    { filename: app.path('routes.js'), code: `${head}import { host } from './env.js';\napp.get('/', (req, res) => res.json(host()));` },
    { filename: app.path('routes.js'), code: `${head}import { send } from './mail.js';\nsend();` },
    { filename: app.path('routes.js'), code: `${head}import { send } from './mail.js';\napp.get('/', (req, res) => res.json(send()));`, options: [{ allow: ['MAIL_HOST'] }], name: 'an allowed one of another file' },
  ],
  invalid: [
    {
      filename: app.path('routes.js'),
      code: `${head}import { send } from './mail.js';\napp.get('/', (req, res) => res.json(send()));`,
      errors: [{ messageId: 'elsewhere', data: { call: 'send', leadsTo: 'calls `process.env.MAIL_HOST` (mail.js:1)', where: '`GET /` calls it' } }],
    },
  ],
});
