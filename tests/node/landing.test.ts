import { describe, expect, it } from 'vitest';

import { model } from '../express/model-of.js';

const served = (body: string): string => `
const fs = require('fs');
const jwt = require('jsonwebtoken');
const async = require('async');
const express = require('express');
const app = express();
app.get('/', (req, res, next) => {
  ${body}
});`;

/** Where the only \`throw\` of a handler lands. */
function landing(body: string): string {
  const { file, landings } = model(served(body));
  const [statement, ...others] = [...file.tree.units.values()].flatMap(({ throws }) => throws);
  if (!statement || others.length > 0) throw new Error('One throw, please.');
  return landings.of(statement).kind;
}

/** How the functions of a handler are taken that stand in calls, in source order. */
function taken(body: string): string[] {
  const { file, timing } = model(served(body));
  return [...file.tree.units.keys()].flatMap((fn) => {
    const found = fn.type === 'Program' ? undefined : timing.ofFunction(fn);
    return found ? `${found.runs} ${found.errorFirst ?? '-'}` : [];
  }).slice(1);
}

describe('Landings', () => {
  it.each([
    [`throw x;`, 'express'],
    [`try { throw x; } catch {}`, 'caught'],
    [`try { load(); } catch { throw x; }`, 'express'],
    [`try { setTimeout(() => { throw x; }); } catch {}`, 'process'],
    [`[1].map(() => { throw x; });`, 'express'],
    [`try { [1].map(() => { throw x; }); } catch {}`, 'caught'],
    [`(() => { throw x; })();`, 'express'],
    [`(function () { throw x; }).call(this);`, 'express'],
    [`setTimeout(() => { (() => { throw x; })(); });`, 'process'],
    [`setTimeout(async () => { throw x; });`, 'rejection'],
    [`load().then(() => { throw x; });`, 'rejection'],
    [`new Promise(() => { throw x; });`, 'rejection'],
    [`new Promise(() => { fs.stat('a', () => { throw x; }); });`, 'process'],
    [`load(() => { throw x; });`, 'unknown'],
    [`load((err) => { throw x; });`, 'process'],
    [`async.each([], (one) => { throw x; });`, 'unknown'],
    [`setTimeout(() => { async.each([], (one) => { throw x; }); });`, 'process'],
    [`function fail() { throw x; } fail();`, 'unknown'],
    [`function fail() { throw x; } setTimeout(fail);`, 'process'],
    [`class A { b = (() => { throw x; })(); }`, 'unknown'],
    [`const it = { *all() { throw x; } };`, 'unknown'],
  ])('%s: %s', (body, kind) => {
    expect(landing(body)).toBe(kind);
  });
});

describe('Timing', () => {
  it.each([
    [`fs.readFile('a', (e, text) => {});`, ['later known']],
    [`jwt.verify('a', 'b', (e, user) => {});`, ['now known']],
    [`res.sendFile('a', () => {});`, ['later known']],
    [`res.render('a', () => {});`, ['unknown known']],
    [`req.session.save((err) => {});`, ['later known']],
    [`db.find({}, (err, all) => {});`, ['later named']],
    [`db.find({}, (all) => {});`, ['unknown -']],
    [`db.find((err, all) => {});`, ['later named']],
    [`list.find((err) => {});`, ['now -']],
    [`db.findOne({}, () => {});`, ['later -']],
    [`signin(() => {}, (err) => {});`, ['unknown -', 'unknown -']],
    [`await0(once((err, all) => {}));`, ['unknown -']],
    [`upload(req, res, (err) => {});`, ['unknown named']],
    [`req.on('end', () => {});`, ['later -']],
    [`bus.on('ready', () => {});`, ['unknown -']],
    [`load().catch((err) => {});`, ['promise -']],
    [`run((err) => {}); function run(done) { done(); }`, ['now named']],
    [`run((err) => {}); function run(done) { setTimeout(done); }`, ['later named']],
    [`run((err) => {}); function run(done) { if (x) done(); else setTimeout(done); }`, ['unknown named']],
  ])('%s: %s', (body, found) => {
    expect(taken(body)).toEqual(found);
  });
});
