import { describe, expect, it } from 'vitest';

import { listenings } from '../../src/express/listening.js';
import { misplaced } from '../../src/express/sequence.js';
import { onlyForwards, redundantWrappers } from '../../src/express/redundant.js';
import { isFunction } from '../../src/ast/nodes.js';
import { model, parsers } from './model-of.js';

const start = `const express = require('express');\nconst app = express();\n`;

describe.each(parsers)('what stands in the wrong place (%s)', (parser) => {
  const kinds = (code: string): string[] => misplaced(model(start + code, { parser })).map(({ kind, missed }) => `${kind} ${missed.name} ${missed.line}`);
  const fail = 'app.use((err, req, res, next) => { res.end(); });';
  const route = `app.get('/x', (req, res) => { res.end(); });`;

  it.each([
    [`${fail}\n${route}`, ['errors GET /x 4']],
    [`${route}\n${fail}`, []],
    [`${fail}\n${route}\n${fail}`, []],
    [`${fail}\nconst more = express();\nmore.get('/x', (req, res) => { res.end(); });`, []],
    [`${route}\napp.use(require('compression')());`, ['unused GET /x 3']],
    [`app.use(require('compression')());\n${route}`, []],
    [`app.use(express.static('a'), require('compression')());`, []],
    ['app.use();', []],
  ])('%s', (code, expected) => {
    expect(kinds(code)).toEqual(expected);
  });
});

describe('onlyForwards', () => {
  const answer = (code: string): boolean => {
    const express = model(code);
    const fn = [...express.file.tree.units.keys()].find((node) => isFunction(node));
    if (!isFunction(fn)) throw new Error('There is no function.');
    return onlyForwards(express, fn);
  };

  it.each([
    ['const wrap = (fn) => (req, res, next) => fn(req, res, next).catch(next);', true],
    ['const wrap = (fn) => (...args) => Promise.resolve(fn(...args)).catch(args[2]);', true],
    ['const wrap = (fn) => async (req, res, next) => { try { await fn(req, res, next); } catch (e) { next(e); } };', true],
    ['const wrap = (fn) => async (req, res, next) => { try { await fn(req, res, next); } catch (e) { log(e); next(e); } };', false],
    ['const wrap = (fn) => async (req, res, next) => { try { await fn(req, res, next); } catch (e) { e.status = 500; next(e); } };', false],
    ['const wrap = (fn) => (req, res, next) => fn(req, res, next);', false],
    ['const wrap = (fn) => (req, res, next) => { fn(req, res, next); };', false],
    ['const wrap = () => (req, res, next) => next();', false],
    ['const wrap = (fn) => { throw fn; };', false],
  ])('%s', (code, expected) => {
    expect(answer(code)).toBe(expected);
  });

  it('counts on Express 5 alone', () => {
    const code = `${start}const wrap = require('express-async-handler');\napp.get('/x', wrap(async () => {}));`;
    expect(redundantWrappers(model(code, { settings: { version: 5 } }), new Set())).toMatchObject([{ isRegistered: true }]);
    expect(redundantWrappers(model(code, { settings: { version: 4 } }), new Set())).toEqual([]);
    expect(redundantWrappers(model(code), new Set())).toEqual([]);
  });
});

describe.each(parsers)('listenings (%s)', (parser) => {
  it.each([
    ['app.listen(3000);', 1],
    [`require('http').createServer(app).listen(3000);`, 1],
    [`const { Server } = require('http');\nconst server = Server(app);\nserver.listen(3000);`, 1],
    [`require('http').createServer((req, res) => res.end()).listen(3000);`, 0],
    [`require('net').createServer(app).listen(3000);`, 0],
    ['other.listen(3000);', 0],
    ['app.listen;', 0],
  ])('%s', (code, expected) => {
    expect(listenings(model(start + code, { parser }))).toHaveLength(expected);
  });
});
