import { describe, expect, it } from 'vitest';

import { model, type ModelOptions, nameOf, parsers } from './model-of.js';

const start = `const express = require('express'); const app = express();\n`;

/** What becomes of the promise of `show`, or of the last handler in `code`. What a wrapper returns is a handler too. */
function protection(code: string, options?: ModelOptions): string | undefined {
  const { handlers } = model(code, options);
  return (handlers.find(({ fn }) => nameOf(fn) === 'show') ?? handlers.at(-1))?.uses[0]?.protection;
}

const show = `async function show(req, res) { res.json(await load()); }`;

describe.each(parsers)('wrappers proved from their body (%s)', (parser) => {
  it.each([
    // The table of wrappers that were run
    ['forwards', `const wrap = (fn) => (...args) => fn(...args).catch(args[2]);`],
    ['forwards', `const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);`],
    ['forwards', `const wrap = (fn) => (req, res, next) => { Promise.resolve(fn(req, res, next)).catch(next); };`],
    ['forwards', `const wrap = (fn) => (req, res, next) => fn(req, res, next).catch(next);`],
    ['forwards', `const wrap = (fn) => (req, res, next) => fn(req, res, next).then(undefined, next);`],
    ['forwards', `const wrap = (fn) => (req, res, next) => fn(req, res, next).catch((e) => next(e));`],
    ['forwards', `const wrap = (fn) => async (req, res, next) => { try { await fn(req, res, next); } catch (e) { next(e); } };`],
    ['forwards', `const wrap = (fn) => async (req, res, next) => { try { return await fn(req, res, next); } catch (e) { next(e); } };`],
    ['none', `const wrap = (fn) => async (req, res, next) => { try { return fn(req, res, next); } catch (e) { next(e); } };`],
    // Other spellings
    ['forwards', `function wrap(fn) { return function (req, res, next) { return fn(req, res, next).catch(next); }; }`],
    ['forwards', `function wrap(fn) { return (req, res, next) => { const p = fn(req, res, next); p.catch(next); }; }`],
    ['forwards', `function wrap(fn) { return function () { return fn.apply(this, arguments).catch(arguments[2]); }; }`],
    ['forwards', `const wrap = (fn) => (...args) => fn(...args).catch(args[args.length - 1]);`],
    ['forwards', `const wrap = (fn) => (...args) => fn(...args).catch(args.at(-1));`],
    ['forwards', `const wrap = (fn) => (...args) => { const next = args[args.length - 1]; return Promise.resolve(fn(...args)).catch(next); };`],
    ['forwards', `const wrap = (fn) => (req, res, next) => fn.call(null, req, res, next).catch(next);`],
    ['forwards', `const wrap = (fn) => (req, res, next) => fn(req, res, next).then(() => {}).catch(next);`],
    ['forwards', `const wrap = (fn) => (req, res, next) => fn(req, res, next).finally(log).catch(next);`],
    ['forwards', `const wrap = (fn) => (req, res, next) => fn(req, res, next).catch((e) => { res.status(500).json({ error: e.message }); });`],
    ['forwards', `const wrap = (fn, options = {}) => (req, res, next) => fn(req, res, next).catch(next);`],
    // What takes care of nothing
    ['none', `const wrap = (fn) => (req, res, next) => fn(req, res, next);`],
    ['none', `const wrap = (fn) => fn;`],
    // Here the function that the wrapper returns is what rejects.
    ['unknown', `const wrap = (fn) => async (req, res, next) => { await fn(req, res, next); };`],
    // Right, but beyond what is proved
    ['unknown', `const wrap = (fn) => (req, res, next) => Promise.try(() => fn(req, res, next)).catch(next);`],
    ['unknown', `const wrap = (fn) => (req, res, next) => new Promise((resolve) => resolve(fn(req, res, next))).catch(next);`],
  ])('%s: %s', (expected, wrapper) => {
    expect(protection(`${start}${wrapper}\napp.get('/x', wrap(${show}));`, { parser })).toBe(expected);
  });

  it.each([
    ['nobody looks at the promise', `const wrap = (fn) => (req, res, next) => { fn(req, res, next); };`],
    ['the chain before the catch is not returned', `const wrap = (fn) => (req, res, next) => { Promise.resolve(fn(req, res, next)); };`],
    ['a try without await', `const wrap = (fn) => (req, res, next) => { try { fn(req, res, next); } catch (e) { next(e); } };`],
    ['next is called, not handed over', `const wrap = (fn) => (req, res, next) => fn(req, res, next).catch(next());`],
    ['never called', `const wrap = (fn) => (req, res, next) => next();`],
    ['handed on to somebody else', `const wrap = (fn) => (req, res, next) => run(fn, req, res, next);`],
  ])('is no forwarding wrapper when %s: %s', (_what, wrapper) => {
    expect(protection(`${start}${wrapper}\napp.get('/x', wrap(${show}));`, { parser })).not.toBe('forwards');
  });

  it('takes a wrapper that awaits for the handler that rejects', () => {
    const found = model(`${start}const wrap = (fn) => async (req, res, next) => { await fn(req, res, next); };\napp.get('/x', wrap(${show}));`, { parser });
    const [inner] = found.handlers;
    expect(inner && found.rejections.escapes(inner.fn).map(({ how }) => how)).toEqual(['await']);
  });

  it('proves one parameter at a time', () => {
    const wrapper = `const wrap = (before, fn) => (req, res, next) => { before(req); return fn(req, res, next).catch(next); };`;
    const { handlers } = model(`${start}${wrapper}\napp.get('/x', wrap(async (req, res) => { await load(); }, async (req, res) => { await load(); }));`, { parser });
    expect(handlers.slice(1).map(({ uses }) => uses[0]?.protection === 'forwards')).toEqual([false, true]);
  });
});

describe.each(parsers)('wrappers of packages (%s)', (parser) => {
  it.each([
    ['express-async-handler', `const wrap = require('express-async-handler');`],
    ['express-async-wrap', `const wrap = require('express-async-wrap');`],
    ['express-rescue', `const wrap = require('express-rescue');`],
    ['middleware-async', `const wrap = require('middleware-async');`],
    ['async-middleware', `const { wrap } = require('async-middleware');`],
    ['@awaitjs/express', `const { wrap } = require('@awaitjs/express');`],
  ])('%s forwards', (_name, wrapper) => {
    expect(protection(`${start}${wrapper}\napp.get('/x', wrap(${show}));`, { parser })).toBe('forwards');
  });

  it.each([
    ['another package', `const wrap = require('some-wrapper');`],
    ['another file', `const { wrap } = require('./wrap');`],
    ['a parameter', `const wrap = options.wrap;`],
  ])('%s: unknown', (_name, wrapper) => {
    expect(protection(`${start}${wrapper}\napp.get('/x', wrap(${show}));`, { parser })).toBe('unknown');
  });

  it('knows what settings.express.wrappers names', () => {
    const code = `${start}const { guard } = require('./guard');\napp.get('/x', guard(${show}));`;
    expect(protection(code, { parser })).toBe('unknown');
    expect(protection(code, { parser, settings: { wrappers: ['guard'] } })).toBe('forwards');
    expect(protection(code.replace('guard(', 'guards.guard('), { parser, settings: { wrappers: ['guard'] } })).toBe('forwards');
  });

  it('knows that most of them take the name of a parameter for next', () => {
    const param = (wrapper: string) => protection(`${start}${wrapper}\napp.param('id', wrap(async (req, res, next, id) => { await load(id); }));`, { parser });
    expect(param(`const wrap = require('express-async-handler');`)).toBe('none');
    expect(param(`const wrap = require('express-rescue');`)).toBe('none');
    expect(param(`const wrap = require('middleware-async');`)).toBe('forwards');
    expect(param(`const wrap = (fn) => (...args) => fn(...args).catch(args[2]);`)).toBe('forwards');
  });
});

describe.each(parsers)('how a handler is registered (%s)', (parser) => {
  it.each([
    ['none', `app.get('/x', ${show});`],
    ['none', `app.use(${show});`],
    ['none', `app.route('/x').get(${show});`],
    ['none', `const router = express.Router(); router.get('/x', ${show});`],
    ['none', `app.get('/x', show.bind(app)); ${show}`],
    ['forwards', `const Router = require('express-promise-router'); const router = Router(); router.get('/x', ${show});`],
    ['forwards', `const Router = require('express-promise-router'); const router = new Router(); router.route('/x').get(${show});`],
    ['forwards', `const Router = require('express-promise-router'); const router = Router(); router.param('id', async (req, res, next, id) => { await load(id); });`],
    ['unknown', `app.get('/x', limit(${show}));`],
    ['forwards', `const wrap = require('express-async-handler'); app.get('/x', limit(wrap(${show})));`],
    ['forwards', `const wrap = require('express-async-handler'); app.get('/x', wrap(limit(${show})));`],
    ['forwards', `const wrap = require('express-async-handler'); const wrapped = wrap(${show}); app.get('/x', wrapped);`],
    ['forwards', `const wrap = require('express-async-handler'); app.get('/x', wrap(show)); ${show}`],
    ['forwards', `const wrap = require('express-async-handler'); const c = { show: wrap(${show}) }; app.get('/x', c.show);`],
    ['none', `const { addAsync } = require('@awaitjs/express'); const app2 = addAsync(express()); app2.get('/x', ${show});`],
  ])('%s: %s', (expected, code) => {
    expect(protection(start + code, { parser })).toBe(expected);
  });

  it('keeps the protection of each registration apart', () => {
    const code = `${start}const wrap = require('express-async-handler'); app.get('/x', wrap(show)); app.get('/y', show); ${show}`;
    expect(model(code, { parser }).handlers[0]?.uses.map((use) => use.protection)).toEqual(['forwards', 'none']);
  });
});

describe.each(parsers)('express-async-errors (%s)', (parser) => {
  /** Whether Express 4 is patched at each registration. */
  function patched(code: string): boolean[] {
    const found = model(code, { parser, settings: { version: 4 } });
    return found.registrations.map((registration) => found.isPatched(registration));
  }

  it.each([
    [[true], `${start}require('express-async-errors');\napp.get('/x', ${show});`],
    [[true], `require('express-async-errors');\n${start}app.get('/x', ${show});`],
    [[false, true], `${start}app.get('/x', ${show});\nrequire('express-async-errors');\napp.get('/y', ${show});`],
    // An import runs before everything else.
    [[true], `import express from 'express';\nconst app = express();\napp.get('/x', ${show});\nimport 'express-async-errors';`],
    [[false], `${start}app.get('/x', ${show});`],
    [[false], `${start}require('express-async-error');\napp.get('/x', ${show});`],
  ])('%j: %s', (expected, code) => {
    expect(patched(code)).toEqual(expected);
  });
});

describe('unprotectedHandlers', () => {
  const code = `${start}app.get('/x', ${show});`;
  const count = (text: string, options: ModelOptions, wrappers: string[] = []) => model(text, options).unprotectedHandlers(new Set(wrappers)).length;

  it('are those that Express 4 is given bare', () => {
    expect(count(code, { settings: { version: 4 } })).toBe(1);
    expect(count(code, { settings: { version: 5 } })).toBe(0);
    expect(count(code, {})).toBe(0);
  });

  it('are those that never run, and those whose promise a companion drops', () => {
    expect(count(`${start}app.get('/x', function* (req, res) {});`, { settings: { version: 4 } })).toBe(1);
    const verify = (fn: string) => `${start}app.use(express.json({ verify: ${fn} }));`;
    expect(count(verify('async (req, res, buf) => { await check(buf); }'), { settings: { version: 5 } })).toBe(1);
  });

  it('are not those of a patched Express, and not those that a named wrapper is around', () => {
    expect(count(`require('express-async-errors');\n${code}`, { settings: { version: 4 } })).toBe(0);
    const guarded = `${start}const guard = (fn) => (req, res, next) => fn(req, res, next);\napp.get('/x', guard(${show}));`;
    expect(count(guarded, { settings: { version: 4 } })).toBe(2);
    expect(count(guarded, { settings: { version: 4 } }, ['guard'])).toBe(0);
  });
});
