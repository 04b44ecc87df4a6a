import { describe, expect, it } from 'vitest';

import { isFunction } from '../../src/ast/nodes.js';
import { model } from './model-of.js';

/** The summary of the function called `name` in `code`. */
function summary(name: string, code: string) {
  const express = model(code);
  for (const [node] of express.file.tree.units) {
    if (isFunction(node) && node.id?.name === name) return express.summaryOf(node);
  }
  throw new Error(`no function ${name}`);
}

const start = `const fs = require('fs'); const app = require('express')();\n`;

describe('the summary of a function', () => {
  it('is plain data', () => {
    const found = summary('load', `${start}async function load(name) {\n  console.log(name);\n  return parse(fs.readFileSync(name));\n}\nfunction parse(text) { return JSON.parse(text); }`);
    expect(JSON.parse(JSON.stringify(found))).toEqual({
      name: 'load',
      line: 2,
      returnsPromise: true,
      rejects: [],
      blocks: [{ what: 'fs.readFileSync', line: 4 }],
      logs: [{ what: 'console.log', line: 3 }],
      answers: false,
      forwards: [],
      ends: 'never',
    });
  });

  it.each([
    ['an await without a try', `async function f() { await g(); }`, [{ what: 'g()', line: 2, how: 'await' }]],
    ['an await with a try', `async function f() { try { await g(); } catch {} }`, []],
    ['a throw', `async function f() { throw new Error(); }`, [{ what: 'throw', line: 2, how: 'throw' }]],
    ['a throw of a function that is not async', `function f() { throw new Error(); }`, []],
    ['a promise that is returned', `function f() { return g().then(h); }`, [{ what: 'g().then()', line: 2, how: 'return' }]],
    ['a promise that is returned with a catch', `function f() { return g().then(h).catch(() => null); }`, []],
  ])('says how it rejects: %s', (_what, code, rejects) => {
    expect(summary('f', start + code).rejects).toEqual(rejects);
  });

  it('follows the functions of the file, around cycles', () => {
    const code = `function a() { b(); } function b() { a(); c(); } function c() { fs.statSync('x'); } function d() { fs.statSync('y'); }`;
    expect(summary('a', start + code).blocks).toEqual([{ what: 'fs.statSync', line: 2 }]);
    expect(summary('a', start + code).logs).toEqual([]);
  });

  it.each([
    ['answers', `function f(req, res) { res.json({}); }`, true],
    ['only prepares the answer', `function f(req, res) { res.status(500); }`, false],
    ['answers through a helper', `function f(req, res) { fail(); function fail() { res.end(); } }`, true],
  ])('says whether it %s', (_what, code, answers) => {
    expect(summary('f', start + code).answers).toBe(answers);
  });

  it.each([
    ['forwards', `function f(fn) { return (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next); }`, [0]],
    ['drops', `function f(fn) { return (req, res, next) => { fn(req, res, next); }; }`, []],
  ])('says which handlers a wrapper %s', (_what, code, forwards) => {
    expect(summary('f', start + code).forwards).toEqual(forwards);
  });

  it.each([
    ['always', `function f() { process.exit(1); }`],
    ['sometimes', `function f() { if (Date.now() % 2) process.exit(1); }`],
    ['never', `function f() { console.error('still here'); }`],
  ])('says whether it ends the process: %s', (ends, code) => {
    expect(summary('f', start + code).ends).toBe(ends);
  });
});
