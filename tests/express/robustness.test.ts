import { describe, expect, it } from 'vitest';

import { importedModules } from '../../src/express/handlers.js';
import { model, type ModelOptions, parsers } from './model-of.js';

/** Asks the model everything it can be asked; returns how many answers there are. */
function ask(code: string, options?: ModelOptions): { registrations: number; handlers: number; units: number; leaks: number; escapes: number } {
  const found = model(code, options);
  const units = [...found.requestPath.units];
  for (const { fn } of found.handlers) found.handlerAround(fn);
  for (const call of found.file.tree.calls) {
    found.witness(call);
    found.file.values.of(call);
    found.rejections.promises.isPromise(call);
  }
  found.unprotectedHandlers(new Set());
  for (const registration of found.registrations) found.isPatched(registration);
  return {
    registrations: found.registrations.length,
    handlers: found.handlers.length,
    units: units.length,
    leaks: units.reduce((sum, unit) => sum + found.rejections.leaks(unit).length, 0),
    escapes: found.handlers.reduce((sum, { fn }) => sum + found.rejections.escapes(fn).length, 0),
  };
}

const nothing = { registrations: 0, handlers: 0, units: 0, leaks: 0, escapes: 0 };

describe.each(parsers)('odd code (%s)', (parser) => {
  it.each([
    ['an empty file', ``],
    ['only a comment', `// express`],
    ['a directive', `'use strict';`],
    ['an empty export', `export {};`],
    ['export default alone', `export default null;`],
    ['export default of something undefined', `export default handler;`],
    ['export everything', `export * from 'express';`],
    ['export default of a nameless class', `export default class {}`],
    ['an app that is itself', `const app = app; app.get('/x', app);`],
    ['variables that are each other', `let a = b; var b = a; a.get('/x', b);`],
    ['a class that extends itself', `class A extends A { get() { this.get('/x', this.get); } }`],
    ['classes that extend each other', `class A extends B {} class B extends A {} new A().get('/x', new B().show);`],
    ['an object in itself', `const o = { ...o, o }; o.o.o.get('/x', o.o);`],
    ['a function that returns itself', `function f() { return f; } f()()().get('/x', f());`],
    ['a function that is given itself', `function f(g) { return g(g); } f(f).use(f(f));`],
    ['a prototype of itself', `function A() {} A.prototype = A.prototype; A.prototype.get('/x', A.prototype.get);`],
    ['patterns within patterns', `const { a: [{ b: { c = 1 } = {} }], ...rest } = x; rest.get('/x', c, rest.b);`],
    ['holes', `const [, , a, ...[b]] = []; a.get('/x', [, b, ,]);`],
    ['computed names', `const o = { [x]: 1, [y]() {}, get [z]() { return 1; } }; o[x].get('/x', o[y]);`],
    ['require of nothing', `require().get('/x', require(a), require(...b));`],
    ['import of something', `import(x).then(({ y }) => y.get('/x', y));`],
    ['calls without arguments', `a.get(); a.use(); a.param(); a.route().get(); a.catch(); a.then(); a.finally();`],
    ['bind of nothing', `f.bind(); a.get('/x', f.bind()); f.bind(...a)();`],
    ['names of Object.prototype', `const o = {}; o.constructor.get('/x', o.__proto__.hasOwnProperty, o.toString); a.toString('/x', (req, res) => {});`],
    ['a variable called __proto__', `const __proto__ = express(); __proto__.get('/x', (req, res) => {});`],
    ['labels and loops', `outer: for (;;) { for (const a of b) { if (c) continue outer; break outer; } }`],
    ['new without arguments', `const a = new (require('express').Router); a.get('/x');`],
    ['private names', `class A { #a = 1; static #b() {} has(o) { return #a in o && A.#b(); } }`],
    ['static blocks', `class A { static { this.a = 1; } static b = (() => this)(); }`],
    ['this at the top', `this.get('/x', this.show);`],
    ['tagged templates', 'a`x${b}`.get(`/x`, c`d`);'],
    ['generators', `function* g() { yield* g(); } a.get('/x', g);`],
    ['top-level await', `await a;\nexport {};`],
    ['spread of everything', `a.get(...b, ...c); a.use(...[...[...d]]);`],
    ['eval and with', `eval('x'); var arguments_ = arguments;`],
  ])('%s', (_what, code) => {
    expect(() => ask(code, { parser })).not.toThrow();
  });

  it('finds nothing where there is nothing', () => {
    expect(ask('', { parser })).toEqual(nothing);
    expect(ask('export default null;', { parser })).toEqual(nothing);
  });

  it('reads JSX', () => {
    expect(() => ask(`const a = <A b={<c.d.e />} {...f}>{(req, res) => g}</A>; app.get('/x', (req, res) => res.send(<A />));`, { parser, jsx: true })).not.toThrow();
  });
});

describe('half-typed TypeScript', () => {
  it.each([
    ['overloads', `export function show(req: Request): void; export function show(req: Request, res?: Response) {}`],
    ['abstract methods', `abstract class A { abstract get(path: string): void; constructor(); constructor(private a?: string) {} }`],
    ['a declared app', `declare const app: Express; app.get('/x', (req, res) => {});`],
    ['a declared module', `declare module 'express' { interface Request { user: User } }`],
    ['enums', `enum A { B = 'x', C = B } app.get(A.B, (req, res) => {});`],
    ['namespaces', `namespace A.B { export const c = 1; } app.get('/x', A.B.c);`],
    ['import types', `import type { Router } from 'express'; export type { Router }; let a: import('express').Router; a.get('/x', (req, res) => {});`],
    ['import equals', `import a = A.B; import fs = require('fs'); export import b = A.C; a.get('/x', b);`],
    ['export equals', `export = (req: Request, res: Response) => {};`],
    ['export as namespace', `export as namespace express;`],
    ['decorators', `@Controller('/x') class A { @Get() show(@Req() req: Request, @Res() res: Response) {} @Prop() a: string; }`],
    ['parameter properties', `class A { constructor(public app: Express, private readonly b = 1) { this.app.get('/x', (req, res) => {}); } }`],
    ['this parameters', `function show(this: App, req: Request, res: Response) {} app.get('/x', show);`],
    ['assertions', `(<any>app).get('/x', (<RequestHandler>show)!); (app satisfies Express as any)!.use(show);`],
    ['generics', `app.get<A, B>('/x', show<C>); const f = show<D>; app.use(f);`],
    ['index signatures and accessors', `class A { [key: string]: unknown; accessor b = 1; declare c: number; get d(): RequestHandler { return this.e; } e!: RequestHandler }`],
    ['assertion functions', `function assert(value: unknown): asserts value is string {}`],
    ['a function without a body', `export default function (req, res);`],
    ['an empty declaration', `export declare const a: string, b: number; declare function f(): void; app.get('/x', f);`],
    ['optional chains with assertions', `app?.router!.get?.('/x', (req, res) => {});`],
    ['satisfies on a table', `export const routes = [{ path: '/x', handler: (req, res) => {} }] satisfies Route[];`],
    ['using', `async function f() { await using a = b(); using c = d(); }`],
  ])('%s', (_what, code) => {
    expect(() => ask(code, { parser: 'typescript' })).not.toThrow();
  });
});

describe('large code', () => {
  /** Runs in much less than this on any machine, and in much more when something is quadratic or worse. */
  const limit = 8000;

  function timed(code: string): ReturnType<typeof ask> {
    const begin = performance.now();
    const answers = ask(code);
    expect(performance.now() - begin).toBeLessThan(limit);
    return answers;
  }

  const start = `const express = require('express'); const app = express(); const fail = async () => { throw new Error('x'); };\n`;

  it('reads 3,000 routes', () => {
    const routes = Array.from({ length: 3000 }, (_, i) => `app.get('/x${i}', async (req, res) => { res.json(await fail()); });`);
    expect(timed(start + routes.join('\n'))).toMatchObject({ registrations: 3000, handlers: 3000, escapes: 3000 });
  });

  it('reads 3,000 routes with handlers by name', () => {
    const routes = Array.from({ length: 3000 }, (_, i) => `app.get('/x${i}', show${i});\nfunction show${i}(req, res, next) { fail().then((x) => res.json(x)).catch(next); }`);
    expect(timed(start + routes.join('\n'))).toMatchObject({ registrations: 3000, handlers: 3000, leaks: 0 });
  });

  it('reads one handler registered 3,000 times', () => {
    const routes = Array.from({ length: 3000 }, (_, i) => `app.get('/x${i}', show);`);
    expect(timed(`${start}function show(req, res) { fail(); }\n${routes.join('\n')}`)).toMatchObject({ registrations: 3000, handlers: 1, leaks: 1 });
  });

  it('follows a chain of 2,000 functions', () => {
    const functions = Array.from({ length: 2000 }, (_, i) => `function f${i}() { return f${i + 1}(); }`);
    expect(timed(`${start}app.get('/x', (req, res) => { f0(); res.end(); });\n${functions.join('\n')}\nasync function f2000() { await fail(); }`)).toMatchObject({ units: 2003 });
  });

  it('follows a chain of 2,000 async functions', () => {
    const functions = Array.from({ length: 2000 }, (_, i) => `async function f${i}() { await f${i + 1}(); }`);
    expect(timed(`${start}app.get('/x', async (req, res) => { await f0(); res.end(); });\n${functions.join('\n')}\nasync function f2000() { await fail(); }`)).toMatchObject({ units: 2003 });
  });

  it('follows a chain of 2,000 variables', () => {
    const variables = Array.from({ length: 2000 }, (_, i) => `const a${i + 1} = a${i};`);
    expect(() => timed(`${start}const a0 = app;\n${variables.join('\n')}\na2000.get('/x', (req, res) => {});`)).not.toThrow();
  });

  it('follows promise chains as long as the parser reads', () => {
    const chain = (length: number) => `${start}app.get('/x', (req, res) => { fail()${'.then((x) => x)'.repeat(length)}; });`;
    expect(timed(chain(10))).toMatchObject({ leaks: 1 });
    expect(timed(chain(500))).toMatchObject({ leaks: 1 });
  });

  it('reads calls nested as deep as the parser reads', () => {
    expect(() => timed(`${start}app.get('/x', ${'wrap('.repeat(300)}async (req, res) => { await fail(); }${')'.repeat(300)});`)).not.toThrow();
    expect(() => timed(`${start}app.get('/x', (req, res) => { res.send(${'f('.repeat(300)}1${')'.repeat(300)}); });`)).not.toThrow();
  });

  it('reads functions nested 300 deep', () => {
    expect(() => timed(`${start}app.get('/x', (req, res) => { ${'run(() => { '.repeat(300)}fail();${' });'.repeat(300)} });`)).not.toThrow();
  });

  it('reads a chain of 1,000 registrations', () => {
    expect(timed(`${start}app${`.get('/x', (req, res) => {})`.repeat(500)};`)).toMatchObject({ registrations: 500 });
  });

  it('reads a long sum, a long condition and a long list', () => {
    expect(() => timed(`${start}app.get('/x' + ${Array.from({ length: 800 }, () => 'a').join(' + ')}, (req, res) => {});`)).not.toThrow();
    expect(() => timed(`${start}app.get('/x', ${'a ? b : '.repeat(500)}(req, res) => {});`)).not.toThrow();
    expect(timed(`${start}app.use([${Array.from({ length: 3000 }, () => '(req, res, next) => next()').join(', ')}]);`)).toMatchObject({ handlers: 3000 });
  });

  it('does not go through every combination of what variables may hold', () => {
    const names = Array.from({ length: 40 }, (_, i) => `a${i}`);
    const choices = names.map((name, i) => `let ${name} = x ? b${i} : c${i};\nif (y) ${name} = a${(i + 1) % 40}; else ${name} = a${(i + 7) % 40};`);
    expect(() => timed(`${start}${choices.join('\n')}\na0.get('/x', a1);`)).not.toThrow();
  });

  it('does not go through every combination of calls', () => {
    const functions = Array.from({ length: 40 }, (_, i) => `async function f${i}() { await f${i + 1}(); return f${i + 1}(); }`);
    expect(() => timed(`${start}app.get('/x', async (req, res) => { await f0(); });\n${functions.join('\n')}\nasync function f40() { await fail(); }`)).not.toThrow();
  });
});

describe('importedModules', () => {
  it('lists what is imported, exported from and required', () => {
    const code = `import a from 'a';\nimport 'b';\nexport * from 'c';\nexport { d } from 'd';\nconst e = require('e');\nfunction f() { require('f'); require(g); }`;
    expect([...importedModules(model(code).file)].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect([...importedModules(model(`import a = require('a');`, { parser: 'typescript' }).file)]).toEqual(['a']);
  });
});
