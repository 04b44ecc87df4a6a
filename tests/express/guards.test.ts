import { describe, expect, it } from 'vitest';

import { calledName } from '../../src/ast/nodes.js';
import { areAlternatives, type Chance, chanceInProduction } from '../../src/express/guards.js';
import { model } from './model-of.js';

function callsTo(code: string, name: string) {
  const { file } = model(code);
  return { file, calls: file.tree.calls.filter((call) => calledName(call) === name) };
}

describe('whether code runs in production', () => {
  it.each<[Chance, string]>([
    ['always', `here();`],
    ['always', `if (process.env.NODE_ENV === 'production') here();`],
    ['never', `if (process.env.NODE_ENV !== 'production') here();`],
    ['never', `if (process.env.NODE_ENV === 'production') other(); else here();`],
    ['maybe', `if (config.debug) here();`],
    ['never', `if (config.debug && process.env.NODE_ENV === 'development') here();`],
    ['never', `if (!process.env.NODE_ENV) here();`],
    ['maybe', `if (config.debug || process.env.NODE_ENV === 'development') here();`],
    ['never', `process.env.NODE_ENV === 'development' && here();`],
    ['always', `process.env.NODE_ENV === 'development' || here();`],
    ['maybe', `cached ?? here();`],
    ['maybe', `cached ||= here();`],
    ['never', `const x = process.env.NODE_ENV === 'production' ? other() : here();`],
    ['always', `if (here()) other();`],
    ['never', `const { NODE_ENV } = process.env; if (NODE_ENV === 'test') here();`],
    ['never', `const { NODE_ENV: env = 'development' } = process.env; if (env === 'test') here();`],
    ['never', `const env = process.env.NODE_ENV || 'development'; if (env === 'development') here();`],
    ['never', `var env = process.env.NODE_ENV || 'development'; if ('development' == env) here();`],
    ['never', `let env = process.env.NODE_ENV; if (env === 'development') here();`],
    ['maybe', `var env = process.env.NODE_ENV; env = pick(); if (env === 'development') here();`],
    ['never', `if (app.get('env') === 'development') here();`],
    ['maybe', `if (req.get('host') === 'localhost') here();`],
    ['never', `switch (process.env.NODE_ENV) { case 'production': break; case 'development': here(); break; }`],
    ['maybe', `switch (process.env.NODE_ENV) { case 'production': case 'development': here(); break; }`],
    ['maybe', `switch (process.env.NODE_ENV) { case 'development': break; default: here(); }`],
    ['never', `app.configure('development', () => here());`],
    ['always', `app.configure('production', () => here());`],
    ['always', `app.configure(() => here());`],
    ['never', `function start() { if (process.env.NODE_ENV === 'production') return; here(); }`],
    ['never', `function start() { if (process.env.NODE_ENV === 'production') { throw new Error('no'); } here(); }`],
    ['maybe', `function start() { if (done) return; here(); }`],
    ['always', `function start() { if (process.env.NODE_ENV === 'test') return; here(); }`],
    ['always', `if (process.env.NODE_ENV === 'test') other(); here();`],
    ['maybe', `try { other(); } catch { here(); }`],
    ['never', `while (false || process.env.NODE_ENV === 'test') { here(); }`],
    // What a function is called under is another question.
    ['always', `if (process.env.NODE_ENV === 'test') run(() => here());`],
  ])('%s: %s', (expected, code) => {
    const { file, calls } = callsTo(code, 'here');
    expect(calls.map((call) => chanceInProduction(file, call))).toEqual([expected]);
  });
});

describe('whether only one of two runs', () => {
  it.each<[boolean, string]>([
    [true, `if (x) here(); else here();`],
    [true, `if (x) { here(); } else if (y) { here(); }`],
    [true, `use(x ? here() : here());`],
    [true, `here() || here();`],
    [true, `switch (x) { case 1: here(); break; default: here(); }`],
    [false, `here(); here();`],
    [false, `if (x) here(); here();`],
    [false, `if (x) { here(); here(); }`],
    [false, `switch (x) { case 1: here(); here(); }`],
  ])('%s: %s', (expected, code) => {
    const { calls: [one, other] } = callsTo(code, 'here');
    expect(one && other && areAlternatives(one, other)).toBe(expected);
  });
});
