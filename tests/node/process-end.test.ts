import { describe, expect, it } from 'vitest';

import { exceptionListeners } from '../../src/node/exception-listeners.js';
import { model, type ParserName, parsers } from '../express/model-of.js';

/** What the listener in `code` does: `always`, `always as success`, `sometimes`, `never`, `unknown`, with `rejects` before it. */
function endOf(code: string, parser: ParserName = 'espree'): string {
  const { file } = model(code.includes('uncaughtException') ? code : `process.on('uncaughtException', (err) => { ${code} });`, { parser });
  const [listener] = exceptionListeners(file);
  if (!listener) throw new Error('No listener was found.');
  const { ends, asSuccess, rejects } = listener.end;
  return `${rejects ? 'rejects, ' : ''}${ends}${asSuccess ? ' as success' : ''}`;
}

describe.each(parsers)('whether a listener ends the process (%s)', (parser) => {
  it.each([
    // At once
    ['always', `log(err); process.exit(1);`],
    ['never', `log(err); process.exitCode = 1;`],
    ['always', `process.abort();`],
    ['always', `process.kill(process.pid);`],
    ['always', `process.kill(process.pid, 'SIGTERM');`],
    ['never', `process.kill(process.pid, 0);`],
    ['never', `process.kill(child.pid);`],
    ['always', `throw err;`],
    ['never', `try { throw err; } catch {}`],
    ['never', `const end = () => process.exit(1);`],
    ['always', `const end = () => process.exit(1); end();`],
    ['never', ``],

    // The exit code
    ['always as success', `process.exit();`],
    ['always as success', `process.exit(0);`],
    ['always as success', `process.exit('0');`],
    ['always', `process.exit('1');`],
    ['always', `process.exit(err.code);`],
    ['always', `process.exit(-1);`],
    ['always as success', `process.exit(undefined);`],
    ['always', `process.exitCode = 1; process.exit();`],
    ['always as success', `process.exitCode = 0; process.exit();`],
    ['always', `if (err.code === 'EADDRINUSE') process.exit(0); else process.exit(1);`],
    ['always', `const code = 1; process.exit(code);`],
    ['always as success', `const code = 0; process.exit(code);`],
    ['always', `process.exit(err.status || 1);`],

    // Conditions
    ['always', `if (fatal) { process.exit(1); } else { process.exit(2); }`],
    ['sometimes', `if (fatal) { process.exit(1); }`],
    ['sometimes', `if (fatal) { log(err); } else { process.exit(1); }`],
    ['sometimes', `if (!fatal) { log(err); return; } process.exit(1);`],
    ['always', `if (!fatal) { log(err); } process.exit(1);`],
    ['sometimes', `fatal && process.exit(1);`],
    ['sometimes', `fatal || process.exit(1);`],
    ['always', `fatal ? process.exit(1) : process.exit(2);`],
    ['sometimes', `fatal ? process.exit(1) : log(err);`],
    ['always', `switch (err.code) { case 'EPIPE': log(err); default: process.exit(1); }`],
    ['sometimes', `switch (err.code) { case 'EPIPE': log(err); break; default: process.exit(1); }`],
    ['sometimes', `switch (err.code) { case 'EPIPE': process.exit(1); }`],
    ['sometimes', `for (const server of servers) process.exit(1);`],
    ['always', `while (true) { process.exit(1); }`],
    ['sometimes', `while (true) { if (fatal) break; process.exit(1); }`],
    ['always', `do { process.exit(1); } while (more);`],
    ['never', `if (false) process.exit(1);`],
    ['always', `if (true) process.exit(1);`],
    ['always', `if (err) process.exit(1);`],
    ['always', `if (process.env.NODE_ENV === 'production') process.exit(1);`],
    ['never', `if (process.env.NODE_ENV === 'development') process.exit(1);`],
    ['always', `if (process.env.NODE_ENV !== 'test') { process.exit(1); }`],

    // An earlier call has seen to it
    ['always', `let exiting = false; process.on('uncaughtException', (err) => { if (exiting) return; exiting = true; process.exit(1); });`],
    ['always', `let exiting = false; process.on('uncaughtException', (err) => { if (!exiting) { exiting = true; process.exit(1); } });`],
    ['sometimes', `let exiting = false; process.on('uncaughtException', (err) => { if (exiting) return; process.exit(1); });`],
    ['always', `let seen = 0; process.on('uncaughtException', (err) => { if (seen++ > 0) return; process.exit(1); });`],
    ['always', `const state = {}; process.on('uncaughtException', (err) => { if (state.exiting) return; state.exiting = true; process.exit(1); });`],

    ['always', `let state = 'running'; process.on('uncaughtException', (err) => { switch (state) { case 'exiting': return; } state = 'exiting'; process.exit(1); });`],
    ['sometimes', `let state = 'running'; process.on('uncaughtException', (err) => { switch (state) { case 'exiting': return; } process.exit(1); });`],
    ['never', `let state = 'running'; process.on('uncaughtException', (err) => { switch (state) { case 'exiting': return; } state = 'exiting'; log(err); });`],

    // try
    ['always', `try { log(err); } finally { process.exit(1); }`],
    ['always', `try { report(err); return; } finally { process.exit(1); }`],
    ['sometimes', `try { report(err); } catch { process.exit(1); }`],
    ['always', `try { report(err); process.exit(1); } catch { process.exit(2); }`],
    ['always', `try { throw err; } catch { process.exit(1); }`],
    ['always', `try { throw err; } catch (e) { throw e; }`],
    ['always', `try { throw err; } finally { log(err); }`],

    // In what it starts
    ['always', `server.close(() => process.exit(1));`],
    ['never', `server.close(() => log('closed'));`],
    ['never', `server.close();`],
    ['sometimes', `server.close((failed) => { if (failed) process.exit(1); });`],
    ['sometimes', `if (server) server.close(() => process.exit(1));`],
    ['always', `if (server) server.close(() => process.exit(1)); else process.exit(1);`],
    ['always', `setTimeout(() => process.exit(1), 1000).unref();`],
    ['always', `setTimeout(process.exit, 1000, 1);`],
    ['always as success', `setTimeout(process.exit, 1000);`],
    ['always as success', `setTimeout(process.exit, 1000, 0);`],
    ['always', `setTimeout(process.exit.bind(process, 1), 1000);`],
    ['always', `server.close(() => process.exit(0)); setTimeout(() => process.exit(1), 1000);`],
    ['always', `process.nextTick(() => process.exit(1));`],
    ['never', `setTimeout(() => { throw err; }, 10);`],
    ['never', `setTimeout(() => log(err), 10);`],
    ['always', `logger.on('finish', () => process.exit(1)); logger.end();`],
    ['never', `logger.on('error', () => process.exit(1));`],
    ['never', `process.on('SIGTERM', () => process.exit(1));`],
    ['sometimes', `servers.forEach(() => process.exit(1));`],
    ['never', `servers.forEach((server) => server.close());`],

    // Promises
    ['always', `Sentry.flush(2000).then(() => process.exit(1));`],
    ['always', `logger.flush().finally(() => process.exit(1));`],
    ['sometimes', `logger.flush().catch(() => process.exit(1));`],
    ['always', `logger.flush().then(() => process.exit(1)).catch(() => process.exit(2));`],
    ['always', `logger.flush().then(() => process.exit(1), () => process.exit(1));`],
    ['sometimes', `logger.flush().then(() => {}, () => process.exit(1));`],
    ['always', `Promise.all([a(), b()]).then(() => log('done')).finally(() => process.exit(1));`],
    ['never', `logger.flush().then(() => log('flushed'));`],
    ['always', `(async () => { await logger.flush(); process.exit(1); })();`],
    ['always', `new Promise((resolve) => setTimeout(resolve, 100)).then(() => process.exit(1));`],
    ['always', `new Promise((resolve) => { process.exit(1); });`],

    // Functions of the file
    ['always', `process.on('uncaughtException', end); function end() { process.exit(1); }`],
    ['never', `process.on('uncaughtException', end); function end() { console.error('?'); }`],
    ['always', `const shutdown = (code) => server.close(() => process.exit(code)); process.on('uncaughtException', () => shutdown(1));`],
    ['always as success', `const shutdown = (code) => server.close(() => process.exit(code)); process.on('uncaughtException', () => shutdown(0));`],
    ['always as success', `const shutdown = (code) => server.close(() => process.exit(code)); process.on('uncaughtException', () => shutdown());`],
    ['always', `const shutdown = (code = 1) => server.close(() => process.exit(code)); process.on('uncaughtException', () => shutdown());`],
    ['always', `const shutdown = (code) => process.exit(code ? code : 1); process.on('uncaughtException', () => shutdown());`],
    ['always', `class App { start() { process.on('uncaughtException', () => this.stop()); } stop() { process.exit(1); } }`],
    ['never', `class App { start() { process.on('uncaughtException', () => this.stop()); } stop() { this.server.close(); } }`],
    ['always', `const app = { start() { process.on('uncaughtException', this.stop.bind(this)); }, stop() { process.exit(1); } };`],
    ['always', `function exitHandler(options, err) { if (options.cleanup) log('clean'); if (options.exit) process.exit(1); } process.on('uncaughtException', exitHandler.bind(null, { exit: true }));`],
    ['never', `function exitHandler(options, err) { if (options.cleanup) log('clean'); if (options.exit) process.exit(1); } process.on('uncaughtException', exitHandler.bind(null, { cleanup: true }));`],
    ['always', `function make(code) { return () => process.exit(code); } process.on('uncaughtException', make(1));`],
    ['never', `function make(text) { return () => log(text); } process.on('uncaughtException', make('x'));`],
    ['always', `async function shutdown(code) { try { await server.destroy(); process.exit(code); } catch { process.exit(code || 1); } } process.on('uncaughtException', () => { shutdown(1); });`],
    ['always', `function a() { b(); } function b() { if (x) a(); process.exit(1); } process.on('uncaughtException', a);`],
    ['never', `function a() { b(); } function b() { if (x) a(); } process.on('uncaughtException', a);`],
    ['never', `function a() { a(); } process.on('uncaughtException', a);`],

    // Async listeners
    ['always', `process.on('uncaughtException', async (err) => { await logger.flush(); process.exit(1); });`],
    ['rejects, never', `process.on('uncaughtException', async (err) => { throw err; });`],
    ['rejects, never', `async function report() { throw new Error('down'); } process.on('uncaughtException', async (err) => { await report(err); process.exit(1); });`],
    ['rejects, sometimes', `async function report() { if (down) throw new Error('down'); } process.on('uncaughtException', async (err) => { await report(err); process.exit(1); });`],
    ['always', `async function report() { throw new Error('down'); } process.on('uncaughtException', async (err) => { try { await report(err); } finally { process.exit(1); } });`],
    ['always', `async function report() { throw new Error('down'); } process.on('uncaughtException', async (err) => { await report(err).catch(() => {}); process.exit(1); });`],
    ['always', `async function report() { throw new Error('down'); } process.on('uncaughtException', (err) => { report(err).finally(() => process.exit(1)); });`],
    ['never', `async function report() { throw new Error('down'); } process.on('uncaughtException', (err) => { report(err).then(() => process.exit(1)); });`],

    // Rejections go to the listener for them.
    ['unknown', `process.on('uncaughtException', async (err) => { throw err; }); process.on('unhandledRejection', () => process.exit(1));`],
    ['never', `process.on('uncaughtException', async (err) => { throw err; }); process.on('unhandledRejection', () => {});`],

    // What cannot be looked into
    ['unknown', `const { handle } = require('./errors'); process.on('uncaughtException', handle);`],
    ['unknown', `const errors = require('./errors'); process.on('uncaughtException', errors.handle);`],
    ['unknown', `const shutdown = require('./shutdown'); process.on('uncaughtException', () => shutdown());`],
    ['never', `const logger = require('./logger'); process.on('uncaughtException', (err) => { logger.error(err); });`],
    ['never', `const logger = require('./logger'); process.on('uncaughtException', logger.error);`],
    ['never', `const logger = require('./logger'); process.on('uncaughtException', logger.error.bind(logger));`],
    ['never', `process.on('uncaughtException', console.error);`],
    ['never', `const sentry = require('@sentry/node'); process.on('uncaughtException', (err) => { sentry.captureException(err); });`],
    ['unknown', `const closing = require('http-graceful-shutdown'); process.on('uncaughtException', (err) => { closing.shutdown(); });`],
    ['unknown', `module.exports = (handler) => { process.on('uncaughtException', handler); };`],
    ['unknown', `module.exports = (onError) => { process.on('uncaughtException', (err) => { onError(err); }); };`],
    ['unknown', `const { handle } = require('./errors'); process.on('uncaughtException', (err) => { for (const one of all) handle(one); });`],
    ['unknown', `const { handle } = require('./errors'); process.on('uncaughtException', (err) => { if (err.known) return; handle(err); });`],
    ['always', `const { handle } = require('./errors'); process.on('uncaughtException', (err) => { handle(err); process.exit(1); });`],
    ['always', `const pino = require('pino'); process.on('uncaughtException', pino.final(logger, (err, final) => { final.error(err); process.exit(1); }));`],
    ['unknown', `const pino = require('pino'); process.on('uncaughtException', pino.final(logger, (err, final) => { final.error(err); }));`],
    ['always', `process.on('uncaughtException', process.abort);`],
    ['always', `const { exit } = require('node:process'); process.on('uncaughtException', () => { exit(1); });`],
    ['always', `const exit = process.exit.bind(process); process.on('uncaughtException', () => { exit(1); });`],
    ['unknown', `const exit = require('./exit'); process.on('uncaughtException', () => { exit(1); });`],
    ['unknown', `process.on('uncaughtException', () => { lifecycle.emit('shutdown'); });`],
    ['never', `process.on('uncaughtException', () => { lifecycle.emit('error-seen'); });`],
    ['unknown', `process.on('uncaughtException', () => { process.emit('SIGTERM'); });`],
    ['unknown', `const cluster = require('cluster'); process.on('uncaughtException', () => { cluster.worker.disconnect(); });`],
    ['never', `const mongoose = require('mongoose'); process.on('uncaughtException', () => { mongoose.disconnect(); });`],
    ['unknown', `module.exports = () => new Promise((resolve, reject) => { process.on('uncaughtException', reject); });`],
  ])('%s: %s', (expected, code) => {
    expect(endOf(code, parser)).toBe(expected);
  });
});

describe('robustness', () => {
  it('gives up on code that is nested without measure, quickly', () => {
    const started = performance.now();
    expect(endOf(`${'wrap('.repeat(400)}err${')'.repeat(400)};`)).toBe('unknown');
    expect(endOf(`p${'.then(() => log(err))'.repeat(400)};`)).toBe('unknown');
    expect(endOf(`${'if (a) { b(); } else '.repeat(500)} process.exit(1);`)).toMatch(/sometimes|unknown/);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('does not follow every combination of calls', () => {
    const calls = Array.from({ length: 30 }, (_, i) => `function f${i}() { f${i + 1}(); f${i + 1}(); }`).join('\n');
    const started = performance.now();
    expect(endOf(`${calls} function f30() { log('?'); } process.on('uncaughtException', f0);`)).toMatch(/never|unknown/);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
