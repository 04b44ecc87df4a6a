import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/no-uncaught-exception-listener.js';
import { project } from '../files.js';

const strict = [{ allowExit: false, checkUnhandledRejection: false }] as const;
const lenient = [{ allowExit: true, checkUnhandledRejection: false }] as const;
const rejections = [{ allowExit: true, checkUnhandledRejection: true }] as const;

/** A test whose only suggestion is to look on: the event's name, where it stands first, changes. */
function survives(code: string) {
  const suggestions = [{ messageId: 'useMonitor' as const, output: code.replace("uncaughtException", 'uncaughtExceptionMonitor') }];
  return { code, errors: [{ messageId: 'survives' as const, suggestions }] };
}

const tester = new RuleTester({ languageOptions: { sourceType: 'module' } });

tester.run('no-uncaught-exception-listener: what the listener does', rule, {
  valid: [
    { code: `process.on('uncaughtExceptionMonitor', (err) => { log(err); });`, name: 'only looks' },
    { code: `process.on('SIGTERM', () => { log('stopping'); });`, name: 'another event' },
    { code: `process.on('uncaughtException', (err) => { log(err); process.exit(1); });`, name: 'exits' },
    { code: `process.on('uncaughtException', (err) => { if (server) server.close(() => process.exit(1)); else process.exit(1); });`, name: 'exits in both branches' },
    { code: `process.on('uncaughtException', (err) => { log(err); process.exit(); });`, name: 'exits with success' },
    { code: `process.once('uncaughtException', (err) => { log(err); process.exit(1); });`, name: 'exits the first time' },
    { code: `process.on('uncaughtException', () => { process.abort(); });`, name: 'aborts' },
    { code: `process.on('uncaughtException', (err) => { log(err); throw err; });`, name: 'throws again' },
    { code: `process.on('uncaughtException', async (err) => { await logger.flush(); process.exit(1); });`, name: 'exits when the logs are written' },
    { code: `async function report() { throw new Error('down'); }\nprocess.on('uncaughtException', async (err) => { try { await report(err); } finally { process.exit(1); } });`, name: 'exits after a rejection of its own' },
    { code: `import { handler } from './errors.js';\nprocess.on('uncaughtException', handler);`, name: 'listener of another file' },
    { code: `import { handle } from './errors.js';\nprocess.on('uncaughtException', (err) => { handle(err); });`, name: 'helper of another file' },
    { code: `export function listen(handler) { process.on('uncaughtException', handler); }`, name: 'listener that is handed in' },
    { code: `process.on('uncaughtException');`, name: 'no listener' },
    { code: `process.removeListener('uncaughtException', log);`, name: 'listener that is removed' },
    { code: `process.emit('uncaughtException', err);`, name: 'emitted' },
    { code: `import * as Sentry from '@sentry/node';\nSentry.init({ dsn });\napp.use(Sentry.Handlers.errorHandler()); // uncaughtException`, name: 'Sentry installs its own' },
  ],
  invalid: [
    {
      code: `process.on('uncaughtException', (err) => { log(err); });`,
      errors: [
        {
          messageId: 'survives',
          data: { name: "process.on('uncaughtException')", what: 'uncaught exception', instead: "Log in 'uncaughtExceptionMonitor', and let the process end." },
          line: 1,
          column: 1,
          endColumn: 31,
          suggestions: [
            { messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', (err) => { log(err); });` },
            { messageId: 'addExit', output: `process.on('uncaughtException', (err) => { log(err); process.exit(1); });` },
          ],
        },
      ],
      name: 'logs',
    },
    {
      code: `process.on('uncaughtException', () => {});`,
      errors: [
        {
          messageId: 'survives',
          suggestions: [
            { messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', () => {});` },
            { messageId: 'addExit', output: `process.on('uncaughtException', () => { process.exit(1); });` },
          ],
        },
      ],
      name: 'empty',
    },
    {
      code: `process.on('uncaughtException', (err) => console.error(err));`,
      errors: [{ messageId: 'survives', suggestions: [{ messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', (err) => console.error(err));` }] }],
      name: 'an expression, to which nothing can be appended',
    },
    {
      code: `process.on('uncaughtException', (err) => { log(err); process.exitCode = 1; });`,
      errors: [
        {
          messageId: 'exitCode',
          suggestions: [
            { messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', (err) => { log(err); process.exitCode = 1; });` },
            { messageId: 'addExit', output: `process.on('uncaughtException', (err) => { log(err); process.exitCode = 1; process.exit(1); });` },
          ],
        },
      ],
      name: 'sets the exit code',
    },
    {
      code: `process.once('uncaughtException', (err) => { log(err) });`,
      errors: [
        {
          messageId: 'survivesOnce',
          suggestions: [
            { messageId: 'useMonitor', output: `process.once('uncaughtExceptionMonitor', (err) => { log(err) });` },
            { messageId: 'addExit', output: `process.once('uncaughtException', (err) => { log(err); process.exit(1); });` },
          ],
        },
      ],
      name: 'once',
    },
    {
      code: `process.on('uncaughtException', (err) => { if (server) server.close(() => process.exit(1)); });`,
      errors: [
        {
          messageId: 'conditional',
          suggestions: [
            { messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', (err) => { if (server) server.close(() => process.exit(1)); });` },
            { messageId: 'addExit', output: `process.on('uncaughtException', (err) => { if (server) server.close(() => process.exit(1)); process.exit(1); });` },
          ],
        },
      ],
      name: 'exits in one branch',
    },
    {
      code: `process.on('uncaughtException', (err) => { if (err.known) { log(err); return; } process.exit(1); });`,
      errors: [
        {
          messageId: 'conditional',
          suggestions: [{ messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', (err) => { if (err.known) { log(err); return; } process.exit(1); });` }],
        },
      ],
      name: 'returns early: an exit at the end would not be reached',
    },
    {
      code: `async function report() { throw new Error('down'); }\nprocess.on('uncaughtException', async (err) => { await report(err); process.exit(1); });`,
      errors: [
        {
          messageId: 'rejects',
          line: 2,
          suggestions: [
            { messageId: 'useMonitor', output: `async function report() { throw new Error('down'); }\nprocess.on('uncaughtExceptionMonitor', async (err) => { await report(err); process.exit(1); });` },
          ],
        },
      ],
      name: 'async, and rejects',
    },
    survives(`import { logger } from './logger.js';\nprocess.on('uncaughtException', (err) => logger.error(err));`),
    {
      code: `process.on('uncaughtException', console.error);`,
      errors: [{ messageId: 'survives', suggestions: [{ messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', console.error);` }] }],
      name: 'a method that logs',
    },
    {
      code: `process.on('uncaughtException', report);\nfunction report(err) { log(err); }`,
      errors: [{ messageId: 'survives', suggestions: [{ messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', report);\nfunction report(err) { log(err); }` }] }],
      name: 'a function further down',
    },
  ],
});

tester.run('no-uncaught-exception-listener: where listeners are added', rule, {
  valid: [
    `emitter.on('uncaughtException', (err) => { log(err); });`,
    `function start(process) { process.on('uncaughtException', (err) => { log(err); }); }`,
    `import { process } from './children.js';\nprocess.on('uncaughtException', (err) => { log(err); });`,
    `import process from 'node:process';\nprocess.listeners('uncaughtException', (err) => { log(err); });`,
    `const event = 'uncaughtExceptionMonitor';\nprocess.on(event, (err) => { log(err); });`,
    `for (const event of ['SIGINT', 'SIGTERM']) process.on(event, () => { log('uncaughtException'); });`,
    `for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, () => { process.exit(1); });`,
    `['uncaughtException'].forEach((event) => process.on(event, () => process.exit(1)));`,
    `process.setUncaughtExceptionCaptureCallback(null);`,
    `process.setUncaughtExceptionCaptureCallback((err) => { process.exit(1); });`,
    `process.addUncaughtExceptionCaptureCallback((err) => { log(err); });`,
    `process.hasUncaughtExceptionCaptureCallback();`,
    { filename: 'app.test.ts', code: `process.on('uncaughtException', (err) => { log(err); });`, name: 'a test' },
  ],
  invalid: [
    ...[
      `process.addListener('uncaughtException', () => log());`,
      `process.prependListener('uncaughtException', () => log());`,
      `process['on']('uncaughtException', () => log());`,
      `process?.on('uncaughtException', () => log());`,
      `globalThis.process.on('uncaughtException', () => log());`,
      `global.process.on('uncaughtException', () => log());`,
      `import process from 'node:process';\nprocess.on('uncaughtException', () => log());`,
      `import * as proc from 'process';\nproc.on('uncaughtException', () => log());`,
      `import { on } from 'node:process';\non('uncaughtException', () => log());`,
      `const proc = process;\nproc.on('uncaughtException', () => log());`,
      `const { on } = process;\non('uncaughtException', () => log());`,
      `const on = process.on.bind(process);\non('uncaughtException', () => log());`,
      `require('process').on('uncaughtException', () => log());`,
      `process.on('SIGTERM', stop).on('uncaughtException', () => log());`,
      'process.on(`uncaughtException`, () => log());',
    ].map(survives),
    // TypeScript
    {
      code: `(process as NodeJS.EventEmitter).on('uncaughtException', (err: Error): void => log(err));`,
      errors: [{ messageId: 'survives', suggestions: [{ messageId: 'useMonitor', output: `(process as NodeJS.EventEmitter).on('uncaughtExceptionMonitor', (err: Error): void => log(err));` }] }],
    },
    {
      code: `process.prependOnceListener('uncaughtException', () => log());`,
      errors: [{ messageId: 'survivesOnce', suggestions: [{ messageId: 'useMonitor', output: `process.prependOnceListener('uncaughtExceptionMonitor', () => log());` }] }],
    },
    // The event's name stands elsewhere, for others to use as well: no suggestion.
    { code: `const event = 'uncaughtException';\nprocess.on(event, () => log());`, errors: [{ messageId: 'survives', line: 2, suggestions: null }] },
    { code: `const events = { fatal: 'uncaughtException' };\nprocess.on(events.fatal, () => log());`, errors: [{ messageId: 'survives', suggestions: null }] },
    { code: `for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, () => log());`, errors: [{ messageId: 'survives', suggestions: null }] },
    { code: `const events = ['SIGINT', 'uncaughtException'];\nevents.forEach((event) => process.on(event, () => log()));`, errors: [{ messageId: 'survives', suggestions: null }] },
    { code: `function listen(event) { process.on(event, () => log()); }\nlisten('uncaughtException');`, errors: [{ messageId: 'survives', line: 1, suggestions: null }] },
    survives(`function listen(handler) { process.on('uncaughtException', handler); }\nlisten((err) => log(err));`),
    survives(`for (const method of ['on']) process[method]('uncaughtException', () => log());`),
    // Capture callbacks
    {
      code: `process.setUncaughtExceptionCaptureCallback((err) => { log(err); });`,
      errors: [
        {
          messageId: 'survives',
          data: { name: 'process.setUncaughtExceptionCaptureCallback()', what: 'uncaught exception', instead: "Log in 'uncaughtExceptionMonitor', and let the process end." },
          suggestions: [{ messageId: 'addExit', output: `process.setUncaughtExceptionCaptureCallback((err) => { log(err); process.exit(1); });` }],
        },
      ],
    },
    { code: `process.addUncaughtExceptionCaptureCallback((err) => { log(err); return true; });`, errors: [{ messageId: 'survives', suggestions: null }] },
    { filename: 'tested.ts', ...survives(`process.on('uncaughtException', () => log());`), name: 'a file that is no test' },
  ],
});

tester.run('no-uncaught-exception-listener: allowExit', rule, {
  valid: [
    { code: `process.on('uncaughtException', () => { process.exit(1); });`, options: lenient, name: 'allowed: exits' },
    { code: `process.on('uncaughtException', () => { process.exit(0); });`, options: lenient, name: 'allowed: exits with success' },
    { code: `import { handler } from './errors.js';\nprocess.on('uncaughtException', handler);`, options: lenient, name: 'allowed: listener of another file' },
    { code: `process.on('uncaughtExceptionMonitor', () => { process.exit(1); });`, options: strict, name: 'strict: only looks' },
  ],
  invalid: [
    {
      code: `process.on('uncaughtException', () => { process.exit(1); });`,
      options: strict,
      errors: [{ messageId: 'exits', suggestions: [{ messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', () => { process.exit(1); });` }] }],
      name: 'strict: exits',
    },
    {
      code: `process.on('uncaughtException', () => { process.exit(0); });`,
      options: strict,
      errors: [{ messageId: 'exitsAsSuccess', suggestions: [{ messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', () => { process.exit(0); });` }] }],
      name: 'strict: exits with success',
    },
    {
      code: `import { handler } from './errors.js';\nprocess.on('uncaughtException', handler);`,
      options: strict,
      errors: [{ messageId: 'mayExit', suggestions: [{ messageId: 'useMonitor', output: `import { handler } from './errors.js';\nprocess.on('uncaughtExceptionMonitor', handler);` }] }],
      name: 'strict: listener of another file',
    },
    {
      code: `process.setUncaughtExceptionCaptureCallback(() => { process.exit(1); });`,
      options: strict,
      errors: [{ messageId: 'exits', suggestions: null }],
      name: 'strict: capture callback',
    },
  ],
});

tester.run('no-uncaught-exception-listener: checkUnhandledRejection', rule, {
  valid: [
    { code: `process.on('unhandledRejection', (reason) => { log(reason); });`, options: lenient, name: 'not asked for' },
    `process.on('unhandledRejection', (reason) => { log(reason); });`,
    { code: `process.on('unhandledRejection', (reason) => { throw reason; });`, options: rejections, name: 'throws again' },
    { code: `process.on('rejectionHandled', (reason) => { log('unhandledRejection', reason); });`, options: rejections, name: 'another event' },
  ],
  invalid: [
    {
      code: `process.on('unhandledRejection', (reason) => { log(reason); });`,
      options: rejections,
      errors: [
        {
          messageId: 'survives',
          data: { name: "process.on('unhandledRejection')", what: 'unhandled rejection', instead: 'Catch rejections where they arise, and let the process end.' },
          suggestions: [{ messageId: 'addExit', output: `process.on('unhandledRejection', (reason) => { log(reason); process.exit(1); });` }],
        },
      ],
      name: 'logs',
    },
    {
      code: `for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, () => log());`,
      options: rejections,
      errors: [
        { messageId: 'survives', suggestions: null },
        { messageId: 'survives', suggestions: null },
      ],
      name: 'both events by one call',
    },
  ],
});

tester.run('no-uncaught-exception-listener: the appended exit', rule, {
  valid: [`process.on('uncaughtException', function (err) {\n  log(err);\n  process.exit(1);\n});`],
  invalid: [
    {
      code: `process.on('uncaughtException', function (err) {\n    log(err);\n});`,
      errors: [
        {
          messageId: 'survives',
          suggestions: [
            { messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', function (err) {\n    log(err);\n});` },
            { messageId: 'addExit', output: `process.on('uncaughtException', function (err) {\n    log(err);\n    process.exit(1);\n});` },
          ],
        },
      ],
      name: 'keeps the layout',
    },
    {
      code: `process.on('uncaughtException', () => {\n  // TODO: report\n});`,
      errors: [
        {
          messageId: 'survives',
          suggestions: [
            { messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', () => {\n  // TODO: report\n});` },
            { messageId: 'addExit', output: `process.on('uncaughtException', () => {\n  // TODO: report\n  process.exit(1);\n});` },
          ],
        },
      ],
      name: 'keeps comments',
    },
    {
      code: `process.on('uncaughtException', (err) => {\n  log(err); // and go on\n});`,
      errors: [
        {
          messageId: 'survives',
          suggestions: [
            { messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', (err) => {\n  log(err); // and go on\n});` },
            { messageId: 'addExit', output: `process.on('uncaughtException', (err) => {\n  log(err); // and go on\n  process.exit(1);\n});` },
          ],
        },
      ],
      name: 'keeps comments behind a statement',
    },
    {
      code: `process.on('uncaughtException', (err) => {\n  log(err)\n})`,
      errors: [
        {
          messageId: 'survives',
          suggestions: [
            { messageId: 'useMonitor', output: `process.on('uncaughtExceptionMonitor', (err) => {\n  log(err)\n})` },
            { messageId: 'addExit', output: `process.on('uncaughtException', (err) => {\n  log(err)\n  process.exit(1);\n})` },
          ],
        },
      ],
      name: 'needs no semicolons',
    },
    {
      code: `import node from 'node:process';\nfunction listen(process) { node.on('uncaughtException', () => { log(process); }); }`,
      errors: [
        {
          messageId: 'survives',
          suggestions: [{ messageId: 'useMonitor', output: `import node from 'node:process';\nfunction listen(process) { node.on('uncaughtExceptionMonitor', () => { log(process); }); }` }],
        },
      ],
      name: 'is not offered where it would mean another process',
    },
  ],
});

tester.run('no-uncaught-exception-listener: loggers', rule, {
  valid: [
    `import winston from 'winston';\nwinston.createLogger({ transports: [new winston.transports.Console({ handleExceptions: true })] });`,
    `import winston from 'winston';\nwinston.createLogger({ exitOnError: true, transports: [new winston.transports.Console({ handleExceptions: true })] });`,
    `import winston from 'winston';\nwinston.createLogger({ exitOnError: (err) => err.code !== 'EPIPE', transports: [new winston.transports.Console({ handleExceptions: true })] });`,
    `import winston from 'winston';\nwinston.createLogger({ exitOnError: false, transports: [new winston.transports.Console()] });`,
    `import { createLogger } from 'winston';\ncreateLogger({ exitOnError: false, exceptionHandlers: [...fromElsewhere] });`,
    `import { createLogger } from 'winston';\ncreateLogger({ exitOnError: false, handleExceptions: true });`,
    `import { createLogger, transports } from 'winston';\nconst logger = createLogger({ exitOnError: false });\nlogger.rejections.handle(new transports.Console());`,
    `import { createLogger } from './logger.js';\ncreateLogger({ exitOnError: false, handleExceptions: true });`,
  ],
  invalid: [
    {
      code: `import winston from 'winston';\nwinston.createLogger({ exitOnError: false, transports: [new winston.transports.Console({ handleExceptions: true })] });`,
      errors: [{ messageId: 'logger', line: 2, column: 24, endColumn: 42 }],
    },
    { code: `import { createLogger, transports } from 'winston';\ncreateLogger({ exitOnError: false, exceptionHandlers: [new transports.File({ filename: 'x' })] });`, errors: [{ messageId: 'logger' }] },
    { code: `import { createLogger, transports } from 'winston';\nconst logger = createLogger({ exitOnError: false });\nlogger.exceptions.handle(new transports.Console());`, errors: [{ messageId: 'logger' }] },
    { code: `const winston = require('winston');\nconst logger = new winston.Logger({ exitOnError: false, transports: [new winston.transports.Console({ handleExceptions: true })] });`, errors: [{ messageId: 'logger' }] },
    { code: `const winston = require('winston');\nconst options = { handleExceptions: true };\nwinston.configure({ exitOnError: false, transports: [new winston.transports.File(options)] });`, errors: [{ messageId: 'logger' }] },
    { code: `const winston = require('winston');\nconst console = new winston.transports.Console({ handleExceptions: true });\nwinston.createLogger({ exitOnError: false, transports: console });`, errors: [{ messageId: 'logger' }] },
  ],
});

const elsewhere = project({
  'lib/end.js': `exports.end = (error) => { console.error(error); process.exit(1); };\nexports.tell = (error) => { console.error(error); };\nexports.perhaps = (error) => { if (error.fatal) process.exit(1); };\n`,
});
const filename = elsewhere.path('app.js');
const listening = (listener: string) => `const app = require('express')();\nconst lib = require('./lib/end');\nprocess.on('uncaughtException', ${listener});\napp.listen(80);`;

tester.run('no-uncaught-exception-listener: in other files', rule, {
  valid: [
    { filename, code: listening('lib.end'), name: 'a listener of another file that ends the process' },
    { filename, code: listening('(error) => { log(error); lib.end(error); }'), name: 'a listener that calls one' },
    { filename, code: listening('lib.tell'), name: 'other files are not to be read', settings: { express: { crossFile: false } } },
  ],
  invalid: [
    { filename, code: listening('lib.tell'), errors: [{ messageId: 'survives', suggestions: [{ messageId: 'useMonitor', output: listening('lib.tell').replace('uncaughtException', 'uncaughtExceptionMonitor') }] }], name: 'a listener of another file that goes on' },
    { filename, code: listening('lib.perhaps'), errors: [{ messageId: 'conditional', suggestions: [{ messageId: 'useMonitor', output: listening('lib.perhaps').replace('uncaughtException', 'uncaughtExceptionMonitor') }] }], name: 'a listener of another file that may go on' },
  ],
});
