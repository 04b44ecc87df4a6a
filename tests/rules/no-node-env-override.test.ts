import * as parser from '@typescript-eslint/parser';
import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/no-node-env-override.js';

const tester = new RuleTester({ languageOptions: { sourceType: 'module' } });
const typescript = new RuleTester({ languageOptions: { parser, sourceType: 'module' } });

const head = `import express from 'express';\nconst app = express();\n`;

function environment(code: string) {
  return { code: head + code, errors: [{ messageId: 'environment' as const }] };
}

function view(code: string) {
  return { code: head + code, errors: [{ messageId: 'views' as const }] };
}

tester.run('no-node-env-override: NODE_ENV', rule, {
  valid: [
    `${head}process.env.NODE_ENV = 'production';`,
    `${head}process.env.NODE_ENV ||= 'development';`,
    `${head}process.env.NODE_ENV ??= 'development';`,
    `${head}process.env.NODE_ENV = process.env.NODE_ENV || 'development';`,
    `${head}process.env.NODE_ENV = process.env.NODE_ENV === 'production' ? 'production' : 'development';`,
    `${head}process.env.NODE_ENV = argv.env;`,
    `${head}process.env.NODE_ENV = argv.dev ? 'development' : 'production';`,
    `${head}import { env } from './config.js';\nprocess.env.NODE_ENV = env;`,
    `${head}if (!process.env.NODE_ENV) process.env.NODE_ENV = 'development';`,
    `${head}if (process.env.NODE_ENV === undefined) { process.env.NODE_ENV = 'development'; }`,
    `${head}if (argv.dev) process.env.NODE_ENV = 'development';`,
    `${head}argv.dev && (process.env.NODE_ENV = 'development');`,
    `${head}process.env.NODE_ENVIRONMENT = 'development';`,
    `${head}config.NODE_ENV = 'development';`,
    `${head}function startInDevelopment() { process.env.NODE_ENV = 'development'; }\nif (argv.dev) startInDevelopment();`,
    `${head}export function start() { process.env.NODE_ENV = 'development'; }`,
    `${head}app.post('/debug', (req, res) => { process.env.NODE_ENV = 'development'; res.end(); });`,
    `import gulp from 'gulp';\nimport { express } from './gulp-express.js';\nprocess.env.NODE_ENV = 'development';`,
    { filename: 'app.test.js', code: `${head}process.env.NODE_ENV = 'test';`, name: 'a test' },
    { filename: 'dev-server.js', code: `${head}process.env.NODE_ENV = 'development';`, name: 'a server for development' },
    { filename: 'src/scripts/start.js', code: `${head}process.env.NODE_ENV = 'development';`, name: 'a script' },
  ],
  invalid: [
    {
      code: `${head}process.env.NODE_ENV = 'development';`,
      errors: [{ messageId: 'environment', data: { value: 'development' }, line: 3, column: 1, endColumn: 37 }],
    },
    environment(`process.env.NODE_ENV = 'staging';`),
    environment(`process.env['NODE_ENV'] = 'development';`),
    environment(`import { env } from 'node:process';\nenv.NODE_ENV = 'development';`),
    environment(`const environment = 'development';\nprocess.env.NODE_ENV = environment;`),
    environment(`if (process.env.NODE_ENV) process.env.NODE_ENV = 'development';`),
    environment(`if (process.env.NODE_ENV !== 'test') process.env.NODE_ENV = 'development';`),
    environment(`function start() { process.env.NODE_ENV = 'development'; app.listen(3000); }\nstart();`),
    { filename: 'src/device.js', code: `${head}process.env.NODE_ENV = 'development';`, errors: [{ messageId: 'environment' }], name: 'a name that only starts like one' },
  ],
});

tester.run('no-node-env-override: the app', rule, {
  valid: [
    `${head}app.set('env', 'production');`,
    `${head}app.set('env', process.env.NODE_ENV);`,
    `${head}app.set('env', process.env.NODE_ENV || 'development');`,
    `${head}app.set('env', config.env);`,
    `${head}if (app.get('env') === 'development') app.set('env', 'development');`,
    `${head}app.set('environment', 'development');`,
    `${head}config.set('env', 'development');`,
    `${head}app.enable('view cache');`,
    `${head}app.set('view cache', true);`,
    `${head}app.set('view cache', process.env.NODE_ENV === 'production');`,
    `${head}app.set('view cache', config.cache);`,
    `${head}if (process.env.NODE_ENV !== 'production') app.disable('view cache');`,
    `${head}if (app.get('env') === 'development') { app.set('view cache', false); }`,
    `${head}if (process.env.NODE_ENV === 'production') { app.enable('view cache'); } else { app.disable('view cache'); }`,
    `${head}if (config.live) app.disable('view cache');`,
    `${head}app.configure('development', () => { app.disable('view cache'); });`,
    `${head}app.disable('x-powered-by');`,
    `${head}app.disable(setting); // 'view cache'`,
    `import express from 'express';\nexport default (app) => { app.disable('view cache'); };`,
    `import express from 'express';\nexport function makeDevApp() { const app = express(); app.disable('view cache'); return app; }`,
    `import nunjucks from 'nunjucks';\nimport express from 'express';\nconst store = new Map();\nstore.set('env', 'development');\nexpress().use(store);`,
  ],
  invalid: [
    { code: `${head}app.set('env', 'development');`, errors: [{ messageId: 'app', data: { value: 'development' } }] },
    { code: `${head}app.set('env', app.get('env') === 'production' ? 'staging' : 'development');`, errors: [{ messageId: 'app', data: { value: 'staging' } }] },
    view(`app.disable('view cache');`),
    view(`app.set('view cache', false);`),
    view(`app.set('view cache', process.env.NODE_ENV !== 'production');`),
    view(`if (process.env.NODE_ENV === 'production') app.disable('view cache');`),
    view(`app.set('view engine', 'pug').disable('view cache');`),
    { code: `import express from 'express';\nexport function makeApp() { const app = express(); app.disable('view cache'); return app; }`, errors: [{ messageId: 'views' }] },
  ],
});

typescript.run('no-node-env-override: TypeScript', rule, {
  valid: [`import express from 'express';\nconst app: express.Express = express();\nprocess.env.NODE_ENV ??= 'development';`],
  invalid: [
    { code: `import express from 'express';\nexport const app: express.Express = express();\n(process.env as Record<string, string>).NODE_ENV = 'development';`, errors: [{ messageId: 'environment' }] },
  ],
});
