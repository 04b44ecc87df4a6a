import * as parser from '@typescript-eslint/parser';
import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/no-domain.js';

const tester = new RuleTester({ languageOptions: { sourceType: 'module' } });
const typescript = new RuleTester({ languageOptions: { parser, sourceType: 'module' } });

const errors = [{ messageId: 'domain' as const }];

tester.run('no-domain', rule, {
  valid: [
    `import domain from './domain.js';\ndomain.create();`,
    `import { User } from 'domain';`,
    `import { domain } from 'config';\nconst name = 'domain';`,
    `import { create } from 'domain/users';`,
    `const domain = require('./domain');`,
    `function load(require) { return require('domain'); }`,
    `const domain = cookies.get('domain');`,
    `res.cookie('sid', sid, { ['domain']: 'example.org' });`,
    `const domain = await import('./domain.js');`,
    `export { create } from './domain.js'; const name = 'domain';`,
    { filename: 'app.test.js', code: `const domain = require('domain');`, name: 'a test' },
  ],
  invalid: [
    { code: `import domain from 'domain';`, errors: [{ messageId: 'domain', line: 1, column: 1 }] },
    { code: `import domain from 'node:domain';`, errors },
    { code: `import * as domain from 'domain';`, errors },
    { code: `import { create } from 'domain';`, errors },
    { code: `import { create as createDomain, Domain } from 'domain';`, errors },
    { code: `import { anything } from 'node:domain';`, errors },
    { code: `import 'domain';`, errors },
    { code: `export { create } from 'node:domain';`, errors },
    { code: `const domain = require('domain');`, errors: [{ messageId: 'domain', column: 16, endColumn: 33 }] },
    { code: `const { create } = require('node:domain');`, errors },
    { code: `const d = require('domain').create();`, errors },
    { code: 'const domain = require(`domain`);', errors },
    { code: `const domain = await import('domain');`, errors },
    { code: `const domain = process.getBuiltinModule('domain');`, errors },
    { code: `import { createRequire } from 'node:module';\nconst load = createRequire(import.meta.url);\nconst domain = load('domain');`, errors },
    { code: `app.use((req, res, next) => { const d = require('domain').create(); d.run(next); });`, errors },
  ],
});

typescript.run('no-domain: TypeScript', rule, {
  valid: [`import type { Domain } from 'domain';`, `import { type Domain } from 'domain';`, `import { type Domain } from 'node:domain';`],
  invalid: [
    { code: `import domain = require('domain');`, errors },
    { code: `import { type Domain, create } from 'domain';`, errors },
  ],
});
