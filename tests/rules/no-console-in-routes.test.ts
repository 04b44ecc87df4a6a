import { join } from 'node:path';

import { type InvalidTestCase, RuleTester, type TestCaseError } from '@typescript-eslint/rule-tester';
import { describe, expect, it } from 'vitest';

import rule from '../../src/rules/no-console-in-routes.js';
import { project } from '../files.js';
import { unsettled } from '../fix/settles.js';

type Options = NonNullable<Parameters<typeof rule.create>[0]['options']>;
interface Case {
  name: string;
  filename?: string;
  code: string;
  method?: string;
  where?: string;
  output?: string | string[];
  suggest?: readonly [logger: string, output: string];
  options?: Options;
  logger?: unknown;
}

const express = { version: 4 };

function common({ name, filename, code, options, logger }: Case) {
  return { name, code, ...(filename !== undefined && { filename }), settings: { express: { ...express, ...(logger !== undefined && { logger }) } }, ...(options && { options }) };
}

const valid = (cases: readonly Case[]) => cases.map(common);
type MessageId = 'console' | 'useLogger';

const invalid = (cases: readonly Case[]): InvalidTestCase<MessageId, Options>[] =>
  cases.map((one) => {
    const { method = 'log', where = '`GET /` calls it', output = null, suggest: [logger, suggestion] = [] } = one;
    const error: TestCaseError<MessageId> = {
      messageId: 'console',
      data: { method, where },
      suggestions: logger === undefined || suggestion === undefined ? undefined : [{ messageId: 'useLogger', data: { logger }, output: suggestion }],
    };
    return { ...common(one), output, errors: [error] };
  });

/** A route with this body, behind these lines. */
const route = (body: string, head = ''): string => `import express from 'express';\n${head}\nconst app = express();\napp.get('/', (req, res) => { ${body} });`;

const options = (more: Partial<Options[0]>): Options => [{ allow: [], checkErrorHandlers: true, ...more }];

const tester = new RuleTester({ languageOptions: { sourceType: 'module' } });

tester.run('no-console-in-routes: what serves a request', rule, {
  valid: valid([
    { name: 'at startup', code: `import express from 'express';\nconsole.log('starting');\nexpress().get('/', (req, res) => res.end());` },
    { name: 'in the listen callback', code: `import express from 'express';\nexpress().listen(3000, () => console.log('listening'));` },
    { name: 'in a helper that only startup calls', code: `import express from 'express';\nconst say = (text) => console.log(text);\nsay('starting');\nexpress().get('/', (req, res) => res.end());` },
    { name: 'in the factory of a handler', code: `import express from 'express';\nconst show = () => { console.log('made'); return (req, res) => res.end(); };\nexpress().get('/', show());` },
    { name: 'in dead code', code: route(`if (false) console.log('a'); res.end();`) },
    { name: 'on something that is no app', code: `import express from 'express';\nconst cache = new Map();\ncache.get('/', (key, value) => console.log(key));` },
    { name: 'in a socket', code: `import express from 'express';\nio.on('connection', (socket) => { console.log('hello'); });\nexpress().get('/', (req, res) => res.end());` },
  ]),
  invalid: invalid([
    { name: 'in an inline handler', code: route(`console.log('a'); res.end();`) },
    { name: 'in a helper that the handler calls', code: `import express from 'express';\nconst say = (text) => console.log(text);\nexpress().get('/', (req, res) => { say('a'); res.end(); });`, where: '`GET /` reaches it through `say`' },
    { name: 'in what a factory returns', code: `import express from 'express';\nconst show = () => (req, res) => { console.log('a'); res.end(); };\nexpress().get('/', show());` },
    { name: 'in a named handler', code: `import express from 'express';\nexpress().get('/', show);\nfunction show(req, res) { console.log('a'); res.end(); }` },
    { name: 'in middleware', code: `import express from 'express';\nexpress().use((req, res, next) => { console.log(req.url); next(); });`, where: 'the middleware calls it' },
    { name: 'in error middleware', code: `import express from 'express';\nexpress().use((err, req, res, next) => { console.error(err); next(err); });`, method: 'error', where: 'the error middleware calls it' },
    { name: 'in a method of a controller', code: `import express from 'express';\nexport class Users { show(req, res, next) { console.log('a'); res.end(); } }`, where: 'the handler `show` calls it' },
    { name: 'in a wrapped handler', code: `import express from 'express';\nimport wrap from 'express-async-handler';\nexport const show = wrap(async (req, res) => { console.log('a'); res.end(); });`, where: 'the handler `show` calls it' },
    { name: 'in a callback of passport', code: `import express from 'express';\nimport passport from 'passport';\nimport { Strategy as LocalStrategy } from 'passport-local';\npassport.use(new LocalStrategy((name, password, done) => { console.log(name); done(null, {}); }));`, where: "a callback of passport's `LocalStrategy` calls it" },
    { name: 'in a storage engine', code: `import express from 'express';\nimport multer from 'multer';\nexport class Storage { _handleFile(req, file, cb) { console.log(file); cb(); } }`, where: "multer's `_handleFile` calls it" },
    { name: 'in a promise callback', code: route(`find().then((user) => { console.log(user); res.json(user); });`) },
    { name: 'in an event of the request', code: route(`req.on('end', () => { console.log('done'); });`) },
  ]),
});

tester.run('no-console-in-routes: what prints', rule, {
  valid: valid([
    { name: 'a console of the file', code: route(`console.log('a'); res.end();`, `const console = { log() {} };`) },
    { name: 'a console that is handed in', code: `import express from 'express';\nfunction say(console) { console.log('a'); }\nexpress().get('/', (req, res) => { say(silent); res.end(); });` },
    { name: 'an imported console', code: route(`console.log('a'); res.end();`, `import { console } from './console.js';`) },
    { name: 'a member that is called console', code: route(`window.console.log('a'); req.console.log('a'); res.end();`) },
    { name: 'a timer', code: route(`console.time('a'); console.clear(); console.groupEnd(); res.end();`) },
    { name: 'a method computed of another object', code: route(`logger[level]('a'); res.end();`) },
    { name: 'a computed method, where some are allowed', code: route(`console[level]('a'); res.end();`), options: [{ allow: ['error'], checkErrorHandlers: true }] },
    { name: 'a logger, in production', code: route(`logger.info('a'); res.end();`, `import winston from 'winston';\nconst logger = process.env.CI ? console : winston.createLogger();`) },
    { name: 'a function that is stored', code: route(`req.log = console.log; res.end();`) },
    { name: 'a stream', code: route(`process.stdout.write('a'); res.end();`) },
  ]),
  invalid: invalid([
    ...['assert', 'count', 'debug', 'dir', 'dirxml', 'error', 'group', 'groupCollapsed', 'info', 'table', 'timeEnd', 'timeLog', 'trace', 'warn'].map((method): Case => ({ name: method, method, code: route(`console.${method}('a'); res.end();`) })),
    { name: 'whichever method', code: route(`console[level]('a'); res.end();`), method: '…' },
    { name: 'a computed member', code: route(`console['log']('a'); res.end();`) },
    { name: 'an optional member', code: route(`console?.log('a'); res.end();`) },
    { name: 'globalThis', code: route(`globalThis.console.log('a'); res.end();`) },
    { name: 'the module', code: route(`console.log('a'); res.end();`, `import console from 'node:console';`) },
    { name: 'a function of the module', code: route(`log('a'); res.end();`, `import { log } from 'console';`) },
    { name: 'an alias', code: route(`logger.log('a'); res.end();`, `const logger = console;`) },
    { name: 'destructured', code: route(`log('a'); res.end();`, `const { log } = console;`) },
    { name: 'bound', code: route(`log('a'); res.end();`, `const log = console.log.bind(console, '[app]');`) },
    { name: 'a member of a table', code: route(`logger.warn('a'); res.end();`, `const logger = { warn: console.warn };`), method: 'warn' },
    { name: 'applied', code: route(`console.log.apply(console, ['a']); res.end();`) },
    { name: 'as a callback', code: route(`save().catch(console.error); res.end();`), method: 'error', where: '`GET /` hands it over' },
    { name: 'as a bound callback', code: route(`save().catch(console.error.bind(console)); res.end();`), method: 'error', where: '`GET /` hands it over' },
    { name: 'as a listener', code: route(`stream.on('error', console.error); res.end();`), method: 'error', where: '`GET /` hands it over' },
  ]),
});

const error = `import express from 'express';\nconst app = express();\napp.get('/', (req, res) => res.end());\napp.use((err, req, res, next) => { console.error(err); next(err); });`;
const shared = `import express from 'express';\nconst say = (text) => console.log(text);\nconst app = express();\napp.use((err, req, res, next) => { say(err); next(err); });\napp.get('/', (req, res) => { say('a'); res.end(); });`;

tester.run('no-console-in-routes: allow and checkErrorHandlers', rule, {
  valid: valid([
    { name: 'an allowed method', code: route(`console.error('a'); res.end();`), options: options({ allow: ['error'] }) },
    { name: 'error middleware, not checked', code: error, options: options({ checkErrorHandlers: false }) },
    { name: 'a helper of error middleware, not checked', code: shared.replace(/\napp\.get.*/, ''), options: options({ checkErrorHandlers: false }) },
  ]),
  invalid: invalid([
    { name: 'a method that is not allowed', code: route(`console.log('a'); res.end();`), options: options({ allow: ['error'] }) },
    { name: 'error middleware', code: error, method: 'error', where: 'the error middleware calls it' },
    { name: 'a helper of error middleware', code: shared, where: 'the error middleware reaches it through `say`' },
    { name: 'a helper that a route calls too, where error middleware is not checked', code: shared, options: options({ checkErrorHandlers: false }), where: '`GET /` reaches it through `say`' },
  ]),
});

const pino = `import pino from 'pino';\nconst logger = pino();`;
const winston = `import winston from 'winston';\nconst logger = winston.createLogger({ level: 'info' });`;
/** The same route with two bodies. */
const change = (head: string, before: string, after: string) => ({ code: route(before, head), output: route(after, head) });

const fixes: Case[] = [
  { name: 'pino: text', ...change(pino, `console.log('a');`, `logger.info('a');`) },
  { name: 'pino: a value', ...change(pino, `console.log(req.body);`, `logger.info(req.body);`) },
  { name: 'pino: an error', ...change(pino, `try { save(); } catch (e) { console.error(e); }`, `try { save(); } catch (e) { logger.error(e); }`), method: 'error' },
  { name: 'pino: text and an error', ...change(pino, `save().catch((err) => { console.error('failed', err); });`, `save().catch((err) => { logger.error(err, 'failed'); });`), method: 'error' },
  { name: 'pino: text and a caught error', ...change(pino, `try { save(); } catch (e) { console.error('failed', e); }`, `try { save(); } catch (e) { logger.error(e, 'failed'); }`), method: 'error' },
  { name: 'pino: text and an error of .catch', ...change(pino, `save().catch((e) => { console.error('failed', e); });`, `save().catch((e) => { logger.error(e, 'failed'); });`), method: 'error' },
  { name: 'pino: text and a new error', ...change(pino, `console.warn('failed', new Error('a'));`, `logger.warn(new Error('a'), 'failed');`), method: 'warn' },
  { name: 'pino: text and an object', ...change(pino, `console.log('a', { id: 1 });`, `logger.info({ id: 1 }, 'a');`) },
  { name: 'pino: an error and text', ...change(pino, `save().catch((err) => { console.error(err, 'failed'); });`, `save().catch((err) => { logger.error(err, 'failed'); });`), method: 'error' },
  { name: 'pino: text and a variable', ...change(pino, `const { user } = req; console.log('user', user);`, `const { user } = req; logger.info({ user }, 'user');`) },
  { name: 'pino: text and a member', ...change(pino, `console.log('body', req.body);`, `logger.info({ body: req.body }, 'body');`) },
  { name: 'pino: text and an assertion', ...change(pino, `console.log('user', user as User);`, `logger.info({ user: user as User }, 'user');`) },
  { name: 'pino: text and an error’s message', ...change(pino, `save().catch((err) => { console.error('failed:', err.message); });`, `save().catch((err) => { logger.error({ message: err.message }, 'failed:'); });`), method: 'error' },
  { name: 'pino: text and several', ...change(pino, `save().catch((error) => { console.error('failed', error, req.body); });`, `save().catch((error) => { logger.error({ err: error, body: req.body }, 'failed'); });`), method: 'error' },
  { name: 'pino: a template and an error', ...change(pino, 'save().catch((err) => { console.error(`${a} failed`, err); });', 'save().catch((err) => { logger.error(err, `${a} failed`); });'), method: 'error' },
  { name: 'pino: printf', ...change(pino, `console.log('%s: %d', a, b);`, `logger.info('%s: %d', a, b);`) },
  { name: 'pino: a sum', ...change(pino, `console.log('a' + b);`, `logger.info('a' + b);`) },
  { name: 'pino: the methods', ...change(pino, `console.debug('a');`, `logger.debug('a');`), method: 'debug' },
  { name: 'pino: dir', ...change(pino, `console.dir(req.body);`, `logger.debug(req.body);`), method: 'dir' },
  { name: 'pino: a child', ...change(`import { pino } from 'pino';\nconst log = pino().child({ a: 1 });`, `console.log('a');`, `log.info('a');`) },
  { name: 'pino: in a helper', code: `import express from 'express';\n${pino}\nconst say = (text) => console.log(text);\nexpress().get('/', (req, res) => { say('a'); res.end(); });`, output: `import express from 'express';\n${pino}\nconst say = (text) => logger.info(text);\nexpress().get('/', (req, res) => { say('a'); res.end(); });`, where: '`GET /` reaches it through `say`' },
  { name: 'pino: below a condition', ...change(pino, `if (req.body) console.log('a'); else res.end();`, `if (req.body) logger.info('a'); else res.end();`) },
  { name: 'pino: a comment between the arguments that stay', ...change(pino, `console.log('%s', /* b */ b);`, `logger.info('%s', /* b */ b);`) },
  { name: 'pino: as a callback', ...change(pino, `save().catch(console.error);`, `save().catch((err) => logger.error(err));`), method: 'error', where: '`GET /` hands it over' },
  { name: 'pino: as a listener', ...change(pino, `stream.on('error', console.error);`, `stream.on('error', (err) => logger.error(err));`), method: 'error', where: '`GET /` hands it over' },
  { name: 'pino: declared below the handler', code: `import express from 'express';\nimport pino from 'pino';\nexpress().get('/', (req, res) => { console.log('a'); res.end(); });\nconst logger = pino();`, output: `import express from 'express';\nimport pino from 'pino';\nexpress().get('/', (req, res) => { logger.info('a'); res.end(); });\nconst logger = pino();` },
  { name: 'bunyan', ...change(`import bunyan from 'bunyan';\nconst log = bunyan.createLogger({ name: 'app' });`, `console.error('failed', new Error('a'));`, `log.error(new Error('a'), 'failed');`), method: 'error' },
  { name: 'winston: text', ...change(winston, `console.log('a');`, `logger.info('a');`) },
  { name: 'winston: a stack', ...change(winston, `save().catch((err) => { console.error(err.stack); });`, `save().catch((err) => { logger.error(err.stack); });`), method: 'error' },
  { name: 'winston: text and an error', ...change(winston, `save().catch((err) => { console.error('failed', err); });`, `save().catch((err) => { logger.error('failed', err); });`), method: 'error' },
  { name: 'winston: an error and text', ...change(winston, `save().catch((err) => { console.error(err, 'failed'); });`, `save().catch((err) => { logger.error('failed', err); });`), method: 'error' },
  { name: 'winston: a constructed logger', ...change(`import winston from 'winston';\nconst logger = new winston.Logger();`, `console.warn('a');`, `logger.warn('a');`), method: 'warn' },
  { name: 'winston: a shared logger', ...change(`import winston from 'winston';\nconst logger = winston.loggers.get('app');`, `console.info('a');`, `logger.info('a');`), method: 'info' },
  { name: 'log4js', ...change(`import log4js from 'log4js';\nconst log = log4js.getLogger();`, `console.log('a', b, ...c);`, `log.info('a', b, ...c);`) },
  { name: 'tslog', ...change(`import { Logger } from 'tslog';\nconst log = new Logger();`, `console.warn('a', b);`, `log.warn('a', b);`), method: 'warn' },
  { name: 'debug', ...change(`import createDebug from 'debug';\nconst debug = createDebug('app');`, `console.log('a', b);`, `debug('a', b);`) },
  { name: 'debug: a part', ...change(`import createDebug from 'debug';\nconst debug = createDebug('app').extend('api');`, `console.debug('a');`, `debug('a');`), method: 'debug' },
  { name: 'the logger of the request', ...change(`import pinoHttp from 'pino-http';`, `console.log('a', req.body);`, `req.log.info({ body: req.body }, 'a');`) },
  { name: 'the logger before debug', ...change(`import createDebug from 'debug';\nimport pino from 'pino';\nconst debug = createDebug('app');\nconst logger = pino();`, `console.log('a');`, `logger.info('a');`) },
];

const debug = `import createDebug from 'debug';\nconst debug = createDebug('app');`;
const suggest = (logger: string, head: string, before: string, after: string) => ({ code: route(before, head), suggest: [logger, route(after, head)] as const });

const suggestions: Case[] = [
  { name: 'a stack', ...suggest('logger.trace', pino, `console.trace('a');`, `logger.trace('a');`), method: 'trace' },
  { name: 'an error to debug, which is silent by default', ...suggest('debug', debug, `console.error('a');`, `debug('a');`), method: 'error' },
  { name: 'a callback to debug', ...suggest('debug', debug, `save().catch(console.error);`, `save().catch(debug);`), method: 'error', where: '`GET /` hands it over' },
  { name: 'winston: an error alone, whose stack is dropped', ...suggest('logger.error', winston, `save().catch((err) => { console.error(err); });`, `save().catch((err) => { logger.error(err); });`), method: 'error' },
  { name: 'winston: a value alone, which it writes into', ...suggest('logger.info', winston, `console.log(req.body);`, `logger.info('body', { body: req.body });`) },
  { name: 'winston: text and a value', ...suggest('logger.info', winston, `console.log('body', req.body);`, `logger.info('body', { body: req.body });`) },
  { name: 'winston: printf, which needs a format', ...suggest('logger.info', winston, `console.log('%s', a);`, `logger.info('%s', a);`) },
  { name: 'winston: as a callback', ...suggest('logger.error', winston, `save().catch(console.error);`, `save().catch((err) => logger.error(err));`), method: 'error', where: '`GET /` hands it over' },
  { name: 'winston: levels of its own', ...suggest('logger.warn', `import winston from 'winston';\nconst logger = winston.createLogger({ levels: winston.config.syslog.levels });`, `console.warn('a');`, `logger.warn('a');`), method: 'warn' },
  { name: 'a logger of the project', ...suggest('logger.info', `import logger from './logger.js';`, `console.log('a');`, `logger.info('a');`) },
  { name: 'a logger that the project makes', ...suggest('logger.info', `import Logger from './logger.js';\nconst logger = new Logger('app');`, `console.log('a');`, `logger.info('a');`) },
  { name: 'winston: text and an error’s message', ...suggest('logger.error', winston, `save().catch((err) => { console.error('failed:', err.message); });`, `save().catch((err) => { logger.error('failed:', { message: err.message }); });`), method: 'error' },
  { name: 'a named logger of the project', ...suggest('log.error', `import { log } from '../lib/log';`, `save().catch((err) => { console.error('failed', err); });`, `save().catch((err) => { log.error('failed', err); });`), method: 'error' },
];

const repaired = ({ name, output, ...one }: Case): Case[] => {
  const code = Array.isArray(output) ? output.at(-1) : output;
  return code === undefined ? [] : [{ ...one, name: `${name}, repaired`, code }];
};

tester.run('no-console-in-routes: repairs', rule, {
  valid: valid([...fixes.flatMap(repaired), ...suggestions.flatMap(({ suggest: [, output] = ['', ''], ...one }) => repaired({ ...one, output }))]),
  invalid: invalid([...fixes, ...suggestions]),
});

tester.run('no-console-in-routes: what is not repaired', rule, {
  valid: [],
  invalid: invalid([
    { name: 'no logger', code: route(`console.log('a');`) },
    { name: 'nothing to say', code: route(`console.log();`, pino) },
    ...['assert', 'count', 'group', 'groupCollapsed', 'table', 'timeEnd', 'timeLog'].map((method): Case => ({ name: `no method for ${method}`, method, code: route(`console.${method}('a');`, pino) })),
    { name: 'dir with options', code: route(`console.dir(req.body, { depth: 0 });`, pino), method: 'dir' },
    { name: 'pino: more than it takes', code: route(`console.log('a', 'b');`, pino) },
    { name: 'pino: a call that has no name', code: route(`console.log('a', load());`, pino) },
    { name: 'pino: the same name twice', code: route(`console.log('a', req.body, res.body);`, pino) },
    { name: 'pino: a field that it writes itself', code: route(`console.log('a', req.level);`, pino) },
    { name: 'pino: two values', code: route(`console.log(a, b);`, pino) },
    { name: 'pino: spread', code: route(`console.log(...a);`, pino) },
    { name: 'pino: fewer values than places', code: route(`console.log('%s %s', a);`, pino) },
    { name: 'pino: more values than places', code: route(`console.log('%s', a, b);`, pino) },
    { name: 'pino: a comment that would be moved', code: route(`console.log('a', /* why */ { b });`, pino) },
    { name: 'pino: a comment that would be lost', code: route(`console /* why */ .log('a');`, pino) },
    { name: 'pino: applied', code: route(`console.log.apply(console, a);`, pino) },
    { name: 'pino: a callback that gets anything', code: route(`names.forEach(console.log);`, pino), where: '`GET /` hands it over' },
    { name: 'pino: a listener for something else', code: route(`stream.on('data', console.log);`, pino), where: '`GET /` hands it over' },
    { name: 'pino: shadowed', code: route(`const logger = req.body; console.log('a');`, pino) },
    { name: 'pino: of another function', code: route(`console.log('a');`, `import pino from 'pino';\nfunction other() { const logger = pino(); return logger; }`) },
    { name: 'pino: further down', code: route(`console.log('a'); const logger = pino();`, `import pino from 'pino';`) },
    { name: 'pino: one of two', code: route(`console.log('a');`, `import pino from 'pino';\nimport other from 'other';\nconst logger = other ? pino() : other();`) },
    { name: 'pino: a type', code: route(`console.log('a');`, `import type { logger } from './logger.js';`) },
    { name: 'winston: the module itself, which has no transport', code: route(`console.log('a');`, `import winston from 'winston';`) },
    { name: 'winston: a value that has no name', code: route(`console.log(load());`, winston) },
    { name: 'winston: two values', code: route(`console.log(a, b);`, winston) },
    { name: 'an import that is no logger', code: route(`console.log('a');`, `import log from 'loglevel';`) },
    { name: 'a class of the project', code: route(`console.log('a');`, `import Logger from './logger.js';`) },
    { name: 'a logger of another package', code: route(`console.log('a');`, `import Logger from 'fancy';\nconst logger = new Logger('app');`) },
    { name: 'a member of a logger of the project', code: route(`console.log('a');`, `import { level as log } from './logger.js';`) },
    { name: 'the request of another function', code: `import express from 'express';\nimport pinoHttp from 'pino-http';\nconst say = (text) => console.log(text);\nexpress().get('/', (req, res) => { say('a'); res.end(); });`, where: '`GET /` reaches it through `say`' },
    { name: 'the logger of the request, without the package', code: route(`console.log('a');`, `import morgan from 'morgan';`) },
  ]),
});

const own = (logger: Options[0]['logger']): Options => options(logger ? { logger } : {});
const imported = `import logger from './logger.js';`;

const named: Case[] = [
  { name: 'imported already', ...change(imported, `console.log('a');`, `logger.info('a');`), options: own({ name: 'logger' }) },
  { name: 'imported already, from another folder', ...change(`import logger from '../../lib/logger';`, `console.log('a');`, `logger.info('a');`), options: own({ name: 'logger', import: './lib/logger.js' }) },
  { name: 'in the settings', ...change(imported, `console.log('a');`, `logger.info('a');`), logger: { name: 'logger' } },
  { name: 'in the settings, with a style', ...change(imported, `console.log('a', req.body);`, `logger.info({ body: req.body }, 'a');`), logger: { name: 'logger', style: 'pino' } },
  { name: 'the option before the settings', ...change(imported, `console.log('a', b);`, `logger.log('a', b);`), options: own({ name: 'logger', style: 'console' }), logger: { name: 'other', style: 'pino' } },
  { name: 'a function', ...change(`import say from './say.js';`, `console.log('a', b);`, `say('a', b);`), options: own({ name: 'say', style: 'debug' }) },
  { name: 'methods of its own', ...change(imported, `console.log('a');`, `logger.verbose('a');`), options: own({ name: 'logger', methods: { log: 'verbose' } }) },
  { name: 'a method that no logger has', ...change(imported, `console.table('a');`, `logger.rows('a');`), options: own({ name: 'logger', methods: { table: 'rows' } }), method: 'table' },
  { name: 'a member', ...change('', `console.log('a', req.body);`, `req.log.info({ body: req.body }, 'a');`), options: own({ name: 'req.log', style: 'pino' }) },
  { name: 'before another logger of the file', ...change(`${imported}\nimport pino from 'pino';\nconst other = pino();`, `console.log('a');`, `logger.info('a');`), options: own({ name: 'logger' }) },
  { name: 'not imported yet', code: route(`console.log('a');`, `import fs from 'fs';`), output: route(`logger.info('a');`, `import fs from 'fs';\nimport logger from './logger.js';`), options: own({ name: 'logger', import: './logger.js' }) },
  { name: 'not imported yet, in a folder below package.json', filename: join(process.cwd(), 'api', 'routes', 'file.js'), code: route(`console.log('a');`, `import fs from 'fs';`), output: route(`logger.info('a');`, `import fs from 'fs';\nimport logger from '../../lib/logger.js';`), options: own({ name: 'logger', import: './lib/logger.js' }) },
  { name: 'not imported yet, twice', code: `import express from "express"\nexpress().get('/', (req, res) => { console.log('a'); })`, output: `import express from "express"\nimport logger from "@/logger"\nexpress().get('/', (req, res) => { logger.info('a'); })`, options: own({ name: 'logger', import: '@/logger' }) },
  { name: 'not imported yet, behind a comment', code: `import express from 'express'; // the server\nexpress().get('/', (req, res) => { console.log('a'); });`, output: `import express from 'express'; // the server\nimport logger from '@/logger';\nexpress().get('/', (req, res) => { logger.info('a'); });`, options: own({ name: 'logger', import: '@/logger' }) },
  { name: 'not imported yet, on a line with more', code: `import express from 'express'; const app = express();\napp.get('/', (req, res) => { console.log('a'); });`, output: `import express from 'express';\nimport logger from '@/logger'; const app = express();\napp.get('/', (req, res) => { logger.info('a'); });`, options: own({ name: 'logger', import: '@/logger' }) },
  { name: 'not imported yet, where nothing is', code: `export function show(req: Request, res: Response, next: NextFunction) { console.log('a'); }`, output: `import logger from '@/logger';\nexport function show(req: Request, res: Response, next: NextFunction) { logger.info('a'); }`, options: own({ name: 'logger', import: '@/logger' }), where: 'the handler `show` calls it' },
];

tester.run('no-console-in-routes: logger', rule, {
  valid: valid(named.flatMap(repaired)),
  invalid: [
    ...invalid(named),
    ...invalid([
      { name: 'a name that means nothing here', code: route(`console.log('a');`), options: own({ name: 'logger' }) },
      { name: 'a name that means something else here', code: route(`const logger = req.body; console.log('a');`, imported), options: own({ name: 'logger', import: './logger.js' }) },
      { name: 'a name that is another import', code: route(`console.log('a');`, `import logger from 'morgan';`), options: own({ name: 'logger', import: './logger.js' }) },
      { name: 'a name that is bound further down', code: route(`console.log('a'); const logger = make();`), options: own({ name: 'logger' }) },
      { name: 'the file of the logger itself', code: route(`console.log('a');`), options: own({ name: 'logger', import: '../file.js' }) },
      { name: 'no method', code: route(`console.table('a');`, imported), options: own({ name: 'logger' }), method: 'table' },
      { name: 'a setting that names nothing', code: route(`console.log('a');`), logger: { style: 'pino' } },
      { name: 'a setting that is no object', code: route(`console.log('a');`), logger: 'logger' },
      { name: 'a setting with a style that does not exist', ...suggest('logger.info', imported, `console.log('a', b);`, `logger.info('a', { b });`), logger: { name: 'logger', style: 'fancy' } },
      { name: 'another logger of the file', code: route(`console.log('a');`, pino), options: own({ name: 'log' }) },
    ]),
  ],
});

const cjs: Case[] = [
  { name: 'not required yet', code: `'use strict';\n\nconst express = require('express');\nconst fs = require('fs').promises;\n\nexpress().get('/', (req, res) => { console.log('a'); });`, output: `'use strict';\n\nconst express = require('express');\nconst fs = require('fs').promises;\nconst logger = require('./logger');\n\nexpress().get('/', (req, res) => { logger.info('a'); });`, options: own({ name: 'logger', import: './logger' }) },
  { name: 'not required yet, behind a directive', code: `'use strict';\nmodule.exports = function show(err, req, res, next) { console.log('a'); };`, output: `'use strict';\nconst logger = require('./logger');\nmodule.exports = function show(err, req, res, next) { logger.info('a'); };`, options: own({ name: 'logger', import: './logger' }), where: 'the error handler `show` calls it' },
  { name: 'required', code: `const express = require('express');\nconst debug = require('debug')('app');\nexpress().get('/', (req, res) => { console.log('a'); });`, output: `const express = require('express');\nconst debug = require('debug')('app');\nexpress().get('/', (req, res) => { debug('a'); });` },
];

new RuleTester({ languageOptions: { sourceType: 'commonjs' } }).run('no-console-in-routes: in CommonJS', rule, {
  valid: valid([...cjs.flatMap(repaired), { name: 'at startup', code: `const express = require('express');\nconsole.log('a');` }]),
  invalid: invalid(cjs),
});

describe('no-console-in-routes: what is repaired', () => {
  const all = [...[...fixes, ...named].map((one) => ({ ...one, sourceType: 'module' as const })), ...cjs.map((one) => ({ ...one, sourceType: 'commonjs' as const })), ...suggestions.map((one) => ({ ...one, output: one.suggest?.[1], sourceType: 'module' as const }))];
  it.each(all)('stays as it is: $name', (one) => {
    expect(unsettled('no-console-in-routes', { ...one, settings: common(one).settings })).toEqual([]);
  });
});

const elsewhere = project({
  'lib/mail.js': `exports.send = (to) => { console.log(to); };\nexports.check = (to) => to.includes('@');\n`,
});
const requesting = (call: string) => `const app = require('express')();\nconst mail = require('./lib/mail');\napp.get('/', (req, res) => { res.json(${call}); });`;

const filename = elsewhere.path('app.js');

tester.run('no-console-in-routes: in other files', rule, {
  valid: [
    { filename, code: requesting('mail.check(1)'), name: 'a function that prints nothing' },
    { filename, code: requesting('mail.send(1)'), options: [{ allow: ['log'], checkErrorHandlers: true }], name: 'a method that may be called' },
  ],
  invalid: [
    {
      filename,
      code: requesting('mail.send(1)'),
      errors: [{ messageId: 'elsewhere', data: { call: 'mail.send', leadsTo: 'calls `console.log` (lib/mail.js:1)', where: '`GET /` calls it' } }],
      name: 'a function that prints',
    },
  ],
});
