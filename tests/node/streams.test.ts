import * as parser from '@typescript-eslint/parser';
import { describe, expect, it } from 'vitest';

import { ExpressModel } from '../../src/express/model.js';
import { readSettings, sourceFile } from '../../src/express/file.js';
import { StreamFlow } from '../../src/node/stream-flow.js';
import { StreamMakers } from '../../src/node/stream-makers.js';
import { StreamSources } from '../../src/node/stream-sources.js';

function read(text: string) {
  const { ast, scopeManager, visitorKeys } = parser.parseForESLint(text, { range: true, loc: true, tokens: true, comment: true });
  const express = new ExpressModel(sourceFile({ ast, scopeManager, visitorKeys }, '/app/file.js', readSettings({ express: { version: 4 } })));
  const call = (code: string) => {
    const found = express.file.tree.calls.find(({ range }) => text.slice(...range) === code);
    if (!found) throw new Error(`no call ${code}`);
    return found;
  };
  return { express, call };
}

/** What happens to the stream that `make()` makes, by kind. */
function usesOf(code: string, path: readonly string[] = []): string[] {
  const { express, call } = read(code);
  const maker = call('make()');
  return new StreamFlow(express).usesOf(maker, path).map((use) => (use.kind === 'method' ? use.name : use.kind));
}

describe('StreamFlow', () => {
  it.each<[string, string[]]>([
    [`make().on('error', f).pipe(res)`, ['listener', 'piped']],
    [`make().on('end', f)`, ['event']],
    [`make().pipe(res).on('error', f)`, ['piped']],
    [`req.pipe(make()).on('error', f)`, ['fed', 'listener']],
    [`const a = make(); const b = a; b.on('error', f)`, ['listener']],
    [`let a = make(); a = other(); a.on('error', f)`, []],
    [`let a = make(); a = a.pipe(x); a.on('error', f)`, ['piped']],
    [`const o = { a: [make()] }; o.a[0].on('error', f)`, ['listener']],
    [`const { a } = { a: make() }; a.on('error', f)`, ['listener']],
    [`for (const s of [make()]) s.on('error', f)`, ['listener']],
    [`[make(), x].map((s) => s.on('error', f))`, ['listener']],
    [`const [, a] = await Promise.all([x, make()]); a.end()`, ['end']],
    [`make().then((s) => s.on('error', f))`, ['listener']],
    [`(async () => { for await (const c of make()) f(c); })()`, ['looped']],
    [`function g(s) { s.on('error', f); } g(make())`, ['listener']],
    [`function g({ s }) { s.on('error', f); } g({ s: make() })`, ['listener']],
    [`const g = () => make(); g().on('error', f)`, ['listener']],
    [`class A { b() { this.s = make(); } c() { this.s.on('error', f); } }`, ['listener']],
    [`class A { b() { this.s = make(); } } class B { c() { this.s.on('error', f); } }`, []],
    [`const o = {}; o.s = make(); o.s.on('error', f)`, ['listener']],
    [`const o = {}; o.s = make(); keep(o)`, ['escapes']],
    [`req.s = make()`, ['escapes']],
    [`export default make()`, ['escapes']],
    [`export const g = () => make()`, ['escapes']],
    [`keep(make())`, ['given']],
    [`keep({ s: make() })`, ['given']],
    [`keep(...[make()])`, ['escapes']],
    [`make().on(name, f)`, ['escapes']],
    [`make()[name]()`, ['escapes']],
    [`make().resize(1).on('error', f)`, ['resize', 'listener']],
    [`const n = make().address(); keep(n)`, ['address']],
    [`if (make()) f()`, []],
    [`const a = x ? make() : y; a.on('error', f)`, ['listener']],
    [`const a = x ?? make(); a.on('error', f)`, ['listener']],
  ])('%s', (code, uses) => {
    expect(usesOf(code)).toEqual(uses);
  });

  it('follows a part', () => {
    expect(usesOf(`const c = make(); c.on('exit', f); req.pipe(c.stdin); c.stdout.on('error', f)`, ['stdin'])).toEqual(['fed']);
    expect(usesOf(`const { stdin } = make(); stdin.on('error', f)`, ['stdin'])).toEqual(['listener']);
  });

  it('tells since when and where', () => {
    const { express, call } = read(`async function open() { return make(); } function g(s) { s.on('error', f); } async function h() { const s = await open(); g(s); }`);
    const [use] = new StreamFlow(express).usesOf(call('make()'));
    expect(use).toMatchObject({ kind: 'listener', at: call('g(s)'), since: call('open()') });
  });

  it('gives up on what never ends', () => {
    const code = `let a = make(); ${Array.from({ length: 600 }, (_, i) => `const v${i} = ${i ? `v${i - 1}` : 'a'};`).join(' ')}`;
    expect(usesOf(code)).toEqual(['escapes']);
  });
});

describe('StreamMakers', () => {
  const fs = `const fs = require('fs'); const zlib = require('zlib'); `;

  it.each<[string, string | undefined]>([
    [`${fs}fs.createReadStream('a')`, 'fs.createReadStream'],
    [`${fs}const { createReadStream: x } = fs; x('a')`, 'fs.createReadStream'],
    [`const tar = require('tar'); tar.create({ gzip: true }, [])`, 'tar.create'],
    [`const tar = require('tar'); tar.create({ file: f }, [])`, undefined],
    [`const fs = require('./fs'); fs.createReadStream('a')`, undefined],
    [`function g(fs = require('fs')) { fs.createReadStream('a') }`, undefined],
  ])('%s', (code, name) => {
    const { express } = read(code);
    const makers = new StreamMakers(express);
    expect(express.file.tree.calls.flatMap((call) => makers.factOf(call)?.name ?? [])).toEqual(name === undefined ? [] : [name]);
  });
});

describe('StreamSources', () => {
  it.each<[string, string[]]>([
    [`load().pipe(res)`, ['load()']],
    [`(await load()).on('end', f).pipe(res)`, ['load()']],
    [`const { data } = await load(); data.pipe(res)`, ['load() data']],
    [`load().then((a) => { a.body.pipe(res); })`, ['load() body']],
    [`const [, s] = await Promise.all([x, load()]); s.pipe(res)`, ['load()']],
    [`function g(s) { s.pipe(res); }`, []],
    [`this.s.pipe(res)`, []],
    [`require('send')(req, p).pipe(res)`, []],
    [`require('sharp')(p).resize(1).pipe(res)`, []],
  ])('%s', (code, sources) => {
    const { express } = read(code);
    const pipe = express.file.tree.calls.find((call) => call.callee.type === 'MemberExpression' && call.callee.property.type === 'Identifier' && call.callee.property.name === 'pipe');
    if (pipe?.callee.type !== 'MemberExpression') throw new Error('no pipe');
    const found = new StreamSources(express, new StreamMakers(express)).behind(pipe.callee.object);
    expect(found.map(({ origin, path }) => [code.slice(...origin.range), ...path].join(' '))).toEqual(sources);
  });
});
