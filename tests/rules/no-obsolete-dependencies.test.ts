import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/no-obsolete-dependencies.js';

const five = { express: { version: 5 } };
const four = { express: { version: 4 } };
const errors = [{ messageId: 'obsolete' as const }];

new RuleTester({ languageOptions: { parserOptions: { sourceType: 'module' } } }).run('no-obsolete-dependencies', rule, {
  valid: [
    `import pm2 from 'pm2';`,
    `import forever from './forever.js';`,
    `import { forever } from 'rxjs-forever';`,
    `import type { Monitor } from 'forever-monitor';`,
    `export type { Monitor } from 'forever-monitor';`,
    `load('strong-pm');`,
    `function start(require) { require('strong-pm'); }`,
    `const name = 'cluster-service';`,
    { code: `import 'express-async-errors';`, name: 'Express 4', settings: four },
    { code: `import 'express-async-errors';`, name: 'an Express that is not known' },
    { code: `import 'express-async-errors';`, options: [{ extra: [], ignore: ['express-async-errors'] }], name: 'a package that may be used', settings: five },
    { code: `import request from 'request';`, options: [{ extra: ['req'], ignore: [] }], name: 'a package of another name' },
  ],
  invalid: [
    {
      code: `import 'express-async-errors';`,
      errors: [
        {
          messageId: 'obsolete',
          data: { name: 'express-async-errors', why: 'cannot be loaded with Express 5, so that the app does not start', instead: 'Delete the import: Express 5 hands rejections on by itself' },
          line: 1,
          column: 8,
        },
      ],
      name: 'Express 5',
      settings: five,
    },
    { code: `require('express-async-errors');`, errors, name: 'Express 5, required', settings: five },
    { code: `import pm from 'strong-pm';`, errors },
    { code: `const forever = require('forever/lib/forever');`, errors },
    { code: `import monitor = require('forever-monitor');`, errors },
    { code: `export * from 'cluster-service';`, errors },
    { code: `import pm from 'node-pm';\nconst loop = require(\`strongloop\`);`, errors: [{ messageId: 'obsolete' }, { messageId: 'obsolete' }] },
    { code: `import request from 'request';`, options: [{ extra: ['request'], ignore: [] }], errors: [{ messageId: 'listed', data: { name: 'request' } }], name: 'a package from the options' },
    { code: `import 'express-async-errors';`, options: [{ extra: ['express-async-errors'], ignore: [] }], errors: [{ messageId: 'listed' }], name: 'a known one from the options', settings: four },
  ],
});
