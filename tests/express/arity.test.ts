import { describe, expect, it } from 'vitest';

import { misfits, shapeOf } from '../../src/express/arity.js';
import type { FunctionNode } from '../../src/ast/nodes.js';
import { model, parsers } from './model-of.js';

/** The shape of the first function in some code, as `length forErrors answers`. */
function shape(code: string, bound = 0): string {
  const express = model(code);
  const fn = [...express.file.tree.units.keys()].find((node): node is FunctionNode => node.type !== 'Program');
  if (!fn) throw new Error('There is no function.');
  const { length, forErrors, answers } = shapeOf(express, fn, bound);
  return [length, forErrors ? 'forErrors' : '', answers ? 'answers' : ''].filter((part) => part !== '').join(' ');
}

describe('shapeOf', () => {
  it.each([
    ['(err, req, res, next) => { res.end(); };', '4 forErrors answers'],
    ['(err, req, res, next) => res.status(500).json({});', '4 forErrors answers'],
    ['(err, req, res, next) => { if (res.headersSent) return next(err); res.status(500).end(); };', '4 forErrors answers'],
    ['(err, req, res, next) => { if (err.a) { res.end(); } else { res.json(1); } };', '4 forErrors answers'],
    ['(err, req, res, next) => { if (err.a) return next(err); res.status(500).end(); };', '4 forErrors'],
    ['(err, req, res, next) => { if (res.headersSent || err.a) return next(err); res.status(500).end(); };', '4 forErrors'],
    ['(err, req, res, next) => { if (err.a) res.end(); };', '4 forErrors'],
    ['(err, req, res, next) => { log(err); next(err); };', '4 forErrors'],
    ['(err, req, res, next) => {};', '4 forErrors'],
    ['(err, req, res) => { res.end(); };', '3 forErrors'],
    ['(err, req, res, next = f) => { res.end(); };', '3 forErrors'],
    ['(err, req, ...rest) => {};', '2 forErrors'],
    ['(_, req, res, next) => { res.end(); };', '4 forErrors answers'],
    ['(_, req) => {};', '2'],
    ['(err, data) => {};', '2'],
    ['(err) => {};', '1'],
    ['() => {};', '0'],
    ['(req, res, next) => {};', '3'],
    ['function* fail(err, req, res) {}', '3'],
  ])('%s', (code, expected) => {
    expect(shape(code)).toBe(expected);
  });

  it('takes off the arguments that are bound', () => {
    expect(shape('(log, err, req, res, next) => { res.end(); };', 1)).toBe('4 forErrors answers');
    expect(shape('(log, err, req, res, next) => { res.end(); };', 9)).toBe('0');
  });
});

describe.each(parsers)('misfits (%s)', (parser) => {
  const start = `const app = require('express')();\n`;
  const causes = (code: string): string[] => misfits(model(start + code, { parser })).map(({ cause, length }) => `${cause} ${length}`);

  it.each([
    ['app.use((err, req, res) => {});', ['few 3']],
    ['app.use((err, req, res, next) => {});', []],
    ['app.use([(err, req, res) => {}, (err, req) => {}]);', ['few 3', 'few 2']],
    ['app.use(x ? (err, req, res) => {} : (err, req, res, next) => {});', ['few 3']],
    ['app.use((err, req, res, next, more) => {});', ['many 5']],
    ['app.use((err, req, res, next = f) => {});', ['default 3']],
    ['app.use((err, ...rest) => {});', []],
    ['app.use(wrap((err, req, res) => {}));', []],
    ['app.use();', []],
    ['app.use(undefined, null, 1, ...handlers);', []],
  ])('%s', (code, expected) => {
    expect(causes(code)).toEqual(expected);
  });
});
