import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/require-graceful-shutdown.js';
import { project } from '../files.js';

const alone = project({ 'routes.js': `module.exports = (app) => app.get('/', (req, res) => res.end());`, 'test/stop.test.js': `process.kill(1, 'SIGTERM');` });
const helped = project({ 'lib/stop.js': `process.on('SIGTERM', () => server.close());` });
const packaged = project({ 'package.json': JSON.stringify({ dependencies: { express: '^4.21.2', 'http-terminator': '^3.2.0' } }) });
const filename = alone.path('server.js');
const start = `const express = require('express');\nconst app = express();\n`;
const listen = `const server = app.listen(3000);\n`;
const errors = [{ messageId: 'unheard' as const, data: { signals: 'SIGTERM' } }];

const tester = new RuleTester({ languageOptions: { sourceType: 'commonjs' } });

tester.run('require-graceful-shutdown: nobody listens', rule, {
  valid: [
    { filename, code: `${start}${listen}process.on('SIGTERM', () => { server.close(); });`, name: 'closes the server' },
    { filename, code: `${start}${listen}for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close());`, name: 'one of several signals' },
    { filename, code: `${start}${listen}require('http-graceful-shutdown')(server);`, name: 'a package that cares for it' },
    { filename, code: `${start}module.exports = app;`, name: 'does not listen' },
    { filename, code: `const net = require('net');\nnet.createServer().listen(3000); // express`, name: 'no app' },
    { filename, code: `const app = require('koa')();\napp.listen(3000); // express`, name: 'another framework' },
    { filename, code: `require('express');\nmodule.exports = (app) => { app.listen(3000); };`, name: 'an app that may be anything' },
    { filename: helped.path('server.js'), code: `${start}${listen}`, name: 'another file listens' },
    { filename: packaged.path('server.js'), code: `${start}${listen}`, name: 'a package that cares for it is installed' },
    { filename: alone.path('test/server.js'), code: `${start}${listen}`, name: 'a test' },
  ],
  invalid: [
    { filename, code: `${start}${listen}`, errors: [{ messageId: 'unheard', data: { signals: 'SIGTERM' }, line: 3, column: 16, endColumn: 32 }], name: 'an app' },
    { filename, code: `const express = require('express');\nrequire('http').createServer(express()).listen(3000);`, errors, name: 'a server' },
    { filename, code: `const https = require('https');\nconst app = require('express')();\nconst server = new https.Server(app);\nserver.listen(3000);`, errors, name: 'a server in a variable' },
    { filename, code: `class Api { constructor() { this.app = require('express')(); } start() { this.app.listen(3000); } }`, errors, name: 'in a class' },
    { filename, code: `${start}${listen}process.on('SIGINT', () => { server.close(); });`, errors, name: 'another signal' },
    { filename, code: `${start}${listen}process.on('SIGTERM', () => { server.close(); });`, options: [{ signals: ['SIGTERM', 'SIGUSR2'] }], errors: [{ messageId: 'unheard', data: { signals: 'SIGUSR2' } }], name: 'a signal from the options' },
  ],
});

tester.run('require-graceful-shutdown: a listener that exits', rule, {
  valid: [
    { filename, code: `${start}${listen}process.on('SIGTERM', () => { server.close(() => process.exit(0)); });`, name: 'exits when the server is closed' },
    { filename, code: `${start}${listen}process.on('SIGTERM', async () => { await db.end(); process.exit(0); });`, name: 'waits for something' },
    { filename, code: `${start}${listen}process.on('SIGTERM', () => { leave(); });`, name: 'a function that is not known' },
    { filename, code: `${start}${listen}process.on('SIGTERM', require('./stop'));`, name: 'a listener that is not known' },
    { filename, code: `${start}${listen}process.on('SIGTERM', () => { setTimeout(() => process.exit(0), 5000); });`, name: 'exits later' },
    { filename, code: `${start}${listen}process.on('SIGTERM', () => { console.log('stopping'); });`, name: 'does not exit' },
    { filename, code: `process.on('SIGTERM', () => { process.exit(0); }); // express`, name: 'does not listen for requests' },
  ],
  invalid: [
    { filename, code: `${start}${listen}process.on('SIGTERM', () => { console.log('stopping'); process.exit(0); });`, errors: [{ messageId: 'abrupt', data: { signals: 'SIGTERM' }, line: 4, column: 1, endColumn: 11 }], name: 'in place' },
    { filename, code: `${start}${listen}process.on('SIGTERM', leave);\nfunction leave() { say('stopping'); process.exit(0); }\nfunction say(text) { logger.info(text); }`, errors: [{ messageId: 'abrupt' }], name: 'through functions' },
  ],
});
