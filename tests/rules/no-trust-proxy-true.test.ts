import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/no-trust-proxy-true.js';

const start = `const app = require('express')();\n`;
const errors = [{ messageId: 'blind' as const }];

new RuleTester({ languageOptions: { sourceType: 'commonjs' } }).run('no-trust-proxy-true', rule, {
  valid: [
    `${start}app.set('trust proxy', 1);`,
    `${start}app.set('trust proxy', false);`,
    `${start}app.set('trust proxy', 'loopback, 10.0.0.1');`,
    `${start}app.set('trust proxy', ['loopback']);`,
    `${start}app.set('trust proxy', (ip) => ip === '10.0.0.1');`,
    `${start}app.set('trust proxy', config.proxies);`,
    `${start}app.set('trust proxy', process.env.PROXIES || true);`,
    `${start}app.set('trust proxy', async () => true);`,
    `${start}app.disable('trust proxy');`,
    `${start}app.enable('trust');\napp.set('etag', true); // trust proxy`,
    `${start}app.get('trust proxy');`,
    { code: `new Map().set('trust proxy', true);\nrequire('express');`, name: 'no app' },
    { filename: 'app.test.js', code: `${start}app.set('trust proxy', true);`, name: 'a test' },
  ],
  invalid: [
    { code: `${start}app.set('trust proxy', true);`, errors: [{ messageId: 'blind', line: 2, column: 24, endColumn: 28 }] },
    { code: `${start}app.enable('trust proxy');`, errors: [{ messageId: 'blind', line: 2, column: 1, endColumn: 26 }] },
    { code: `${start}app.set('trust proxy', () => true);`, errors },
    { code: `${start}const trust = true;\napp.set('trust proxy', trust);`, errors },
    { code: `${start}app.set('trust proxy', process.env.NODE_ENV === 'production' ? true : false);`, errors },
    { code: `module.exports = (server) => { server.set('trust proxy', true); }; // express`, errors, name: 'an app that is handed in' },
    { code: `class Server { constructor() { this.app = require('express')(); this.app.set('trust proxy', true); } }`, errors },
  ],
});
