import { describe, expect, it } from 'vitest';

import { calledName, functionName } from '../../src/ast/nodes.js';
import type { Value } from '../../src/ast/values.js';
import { model, type ModelOptions, parsers } from '../express/model-of.js';

/** A value as text: `import fs.promises.readFile`, `global process.on`, `function show`, `instance of class A`. */
function text(value: Value): string {
  switch (value.kind) {
    case 'import':
      return `import ${[value.module, ...value.path].join('.')}`;
    case 'global':
      return `global ${value.path.join('.')}`;
    case 'function':
      return `function ${functionName(value.node) ?? '?'}${value.bound ? `, ${value.bound} bound` : ''}`;
    case 'class':
      return `class ${value.node.id?.name ?? '?'}`;
    case 'literal':
      return `literal ${value.node.type === 'Literal' ? value.node.raw : '?'}`;
    case 'instance':
    case 'promise':
    case 'awaited':
      return `${value.kind} of ${text(value.of)}`;
    case 'call':
      return `call of ${text(value.callee)}`;
    case 'member':
      return `${text(value.object)} . ${value.name ?? '?'}`;
    case 'param':
      return `param ${value.index}${value.path.map((part) => `.${part}`).join('')} of ${functionName(value.fn) ?? '?'}`;
    default:
      return value.kind;
  }
}

/** What the argument of `probe(…)` in the code may stand for. */
function values(code: string, options?: ModelOptions): string[] {
  const { file } = model(code, options);
  const call = file.tree.calls.find((one) => calledName(one) === 'probe');
  const [argument] = call?.arguments ?? [];
  if (!argument) throw new Error('Nothing to probe.');
  return file.values.of(argument).map(text);
}

describe.each(parsers)('values (%s)', (parser) => {
  it.each([
    // Imports
    ['import fs', `const fs = require('fs'); probe(fs);`],
    ['import fs', `const fs = require('node:fs'); probe(fs);`],
    ['import fs', `import fs from 'node:fs';\nprobe(fs);`],
    ['import fs', `import * as fs from 'fs';\nprobe(fs);`],
    ['import fs.readFile', `import { readFile } from 'fs';\nprobe(readFile);`],
    ['import fs.readFile', `import { readFile as read } from 'fs';\nprobe(read);`],
    ['import fs.readFile', `import { 'readFile' as read } from 'fs';\nprobe(read);`],
    ['import fs.readFile', `const { readFile } = require('fs'); probe(readFile);`],
    ['import fs.readFile', `const { readFile: read = x } = require('fs'); probe(read);`],
    ['import fs.readFile', `const fs = require('fs'); probe(fs.readFile);`],
    ['import fs.readFile', `const fs = require('fs'); probe(fs['readFile']);`],
    ['import fs.promises.readFile', `probe(require('fs').promises.readFile);`],
    ['import fs.promises.readFile', `const { promises: { readFile } } = require('fs'); probe(readFile);`],
    ['import a', `import { default as b } from 'a';\nprobe(b);`],
    ['import a', `const b = _interopRequireDefault(require('a')); probe(b.default);`],
    ['import a', `const b = __importStar(require('a')); probe(b);`],
    ['import a.b', `const a = await import('a');\nprobe(a.b);\nexport {};`],
    ['import a.b', `let x; x = require('a'); probe(x.b);`],
    ['import a.b', `const c = { d: require('a') }; probe(c.d.b);`],
    ['import a.b', `class C { d = require('a'); m() { probe(this.d.b); } }`],
    ['unknown', `probe(require(name));`],
    ['call of global require', `function f(require) {} probe(globalThis.require('a'));`],
    // Globals
    ['global process', `probe(process);`],
    ['global process.env.X', `probe(process.env.X);`],
    ['global process.on', `probe(globalThis.process.on);`],
    ['global process.on', `const { on } = process; probe(on);`],
    ['global console.log', `const log = console.log; probe(log);`],
    ['global console.log', `const log = console.log.bind(console); probe(log);`],
    ['param 0 of f', `function f(process) { probe(process); }`],
    ['global module.exports', `probe(exports);`],
    ['global module.exports.a', `probe(exports.a);`],
    // Functions
    ['function f', `probe(f); function f() {}`],
    ['function f', `const f = () => {}; probe(f);`],
    ['function f', `const f = function g() {}; const h = f; probe(h);`.replace('g()', '()')],
    ['function f, 1 bound', `function f() {} probe(f.bind(this, 1));`],
    ['function f', `function f() {} probe(f.bind(this));`],
    ['function f, 2 bound', `function f() {} const g = f.bind(null, 1); probe(g.bind(null, 2));`],
    ['function f', `function f() {} probe((0, f));`],
    ['function f', `function f() {} let g; probe(g = f);`],
    ['function f', `function f() {} probe(ready && f);`],
    // Members
    ['function f', `const o = { f() {} }; probe(o.f);`],
    ['function f', `const o = { f: () => {} }; const { f } = o; probe(f);`],
    ['function f', `const o = {}; o.f = () => {}; probe(o.f);`],
    ['function f', `const a = { f() {} }; const o = { ...a }; probe(o.f);`],
    ['function f', `const o = Object.freeze({ f() {} }); probe(o.f);`],
    ['function f', `exports.f = () => {}; probe(exports.f);`],
    ['function f', `module.exports.f = () => {}; probe(module.exports.f);`],
    ['function f', `const api = module.exports = {}; api.f = () => {}; probe(api.f);`],
    ['function f', `const list = [function f() {}]; probe(list[0]);`],
    ['object . missing', `const o = {}; probe(o.missing);`],
    ['object . ?', `const o = { f() {} }; probe(o[name]);`],
    // Classes
    ['class A', `class A {} probe(A);`],
    ['instance of class A', `class A {} probe(new A());`],
    ['instance of import a', `const A = require('a'); probe(new A());`],
    ['instance of import a . b', `const A = require('a'); probe(new A().b);`],
    ['function f', `class A { f() {} } probe(new A().f);`],
    ['function f', `class A { static f() {} } probe(A.f);`],
    ['function f', `class A { f = () => {}; } probe(new A().f);`],
    ['function f', `class A { constructor() { this.f = () => {}; } } probe(new A().f);`],
    ['function f', `class A { get f() { return function f() {}; } } probe(new A().f);`],
    ['function f', `class B { f() {} } class A extends B {} probe(new A().f);`],
    ['function f', `class A { f() {} g() { probe(this.f); } }`],
    ['function f', `class A { f() {} g() { const self = this; return () => { probe(self.f); }; } }`],
    ['function f', `class A { static f() {} static g() { probe(this.f); } }`],
    ['function #f', `class A { #f() {} g() { probe(this.#f); } }`],
    ['function f', `function A() {} A.prototype.f = function () {}; probe(new A().f);`],
    ['function f', `function A() {} A.prototype = { f() {} }; probe(new A().f);`],
    ['function f', `const o = { f() {}, g() { probe(this.f); } };`],
    ['class A . f', `class A { f() {} } probe(A.f);`],
    ['instance of class A . f', `class A { static f() {} } probe(new A().f);`],
    // Calls
    ['call of import a', `const a = require('a'); probe(a());`],
    ['call of import a.b', `const a = require('a'); probe(a.b(1));`],
    ['call of import a . c', `const a = require('a'); probe(a().c);`],
    ['call of call of import a', `const a = require('a'); probe(a()());`],
    ['function g', `function f() { return g; } function g() {} probe(f());`],
    ['function g', `const f = () => function g() {}; probe(f());`],
    ['import a', `function f() { return require('a'); } probe(f());`],
    ['unknown', `function f() {} probe(f());`],
    ['unknown', `function* f() { return 1; } probe(f());`],
    ['promise of import a', `async function f() { return require('a'); } probe(f());`],
    ['import a', `async function f() { return require('a'); }\nprobe(await f());\nexport {};`],
    ['awaited of call of import a', `import a from 'a';\nprobe(await a());`],
    // Parameters
    ['param 0 of f', `function f(a) { probe(a); }`],
    ['param 1 of f', `function f(a, b = 1) { probe(b); }`],
    ['param 0.b.c of f', `function f({ b: { c } }) { probe(c); }`],
    ['param 0.b of f', `function f(a) { probe(a.b); }`],
    ['param 0.1 of f', `function f([, b]) { probe(b); }`],
    ['param 1.... of f', `function f(a, ...rest) { probe(rest); }`],
    ['param 0 of f', `function f(a) { const b = a; return () => { probe(b); }; }`],
    // Literals and the rest
    ['literal 1', `probe(1);`],
    [`literal 'a'`, `const a = 'a'; probe(a);`],
    ['array', `probe([]);`],
    ['unknown', `probe(a + b);`],
    ['unknown', `for (const a in b) probe(a);`],
    ['unknown', `try {} catch (e) { probe(e); }`],
  ])('%s: %s', (expected, code) => {
    expect(values(code, { parser })).toEqual([expected]);
  });

  it.each([
    [['function a', 'function b'], `function a() {} function b() {} probe(x ? a : b);`],
    [['global x', 'function b'], `function b() {} probe(x || b);`],
    [['function a', 'function b'], `function a() {} function b() {} let c = a; c = b; probe(c);`],
    [['function a'], `let a = null; a = () => {}; probe(a);`],
    [[`literal 'a'`, `literal 'b'`], `for (const a of ['a', 'b']) probe(a);`],
    [['function a', 'function b'], `for (const f of [function a() {}, function b() {}]) probe(f);`],
    [['function a', 'unknown'], `function a() {} let c = a; c += 1; [c] = x; probe(c);`],
    [['function a', 'function b'], `function f(x) { if (x) return a; return b; } function a() {} function b() {} probe(f());`],
  ])('%j: %s', (expected, code) => {
    expect(values(code, { parser })).toEqual(expect.arrayContaining(expected));
  });

  it.each([
    [`let a = b; let b = a; probe(a);`],
    [`function f() { return f(); } probe(f());`],
    [`const o = { a: o2.a }; const o2 = { a: o.a }; probe(o.a);`],
    [`class A extends A {} probe(new A().f);`],
    [`class A extends B {} class B extends A {} probe(new A().f);`],
  ])('ends: %s', (code) => {
    expect(values(code, { parser }).length).toBeGreaterThan(0);
  });

  it('sees through TypeScript', () => {
    const typescript: ModelOptions = { parser: 'typescript' };
    expect(values(`import fs = require('fs'); probe(fs);`, typescript)).toEqual(['import fs']);
    expect(values(`const a = require('a') as A; probe((<B>a)!);`, typescript)).toEqual(['import a']);
    expect(values(`const a = require('a') satisfies A; probe(a?.b);`, typescript)).toEqual(['import a.b']);
    expect(values(`function f() {} probe(f<string>);`, typescript)).toEqual(['function f']);
    expect(values(`class A { constructor(private readonly b: B) { probe(this.b); } }`, typescript)).toEqual(['param 0 of constructor']);
    expect(values(`function f(this: A, a: B) { probe(a); }`, typescript)).toEqual(['param 0 of f']);
  });

  it('finds every function of a table', () => {
    const members = (code: string) => {
      const { file } = model(code, { parser });
      const call = file.tree.calls.find((one) => calledName(one) === 'probe');
      return file.values.of(call?.arguments[0] ?? file.program).flatMap((value) => file.values.membersOf(value)).map(functionName);
    };
    expect(members(`const o = { a() {}, b: () => {}, c: 1 }; probe(o);`)).toEqual(['a', 'b']);
    expect(members(`const o = { a() {} }; probe({ ...o, b() {} });`)).toEqual(['a', 'b']);
    expect(members(`probe([function a() {}, 1, , function b() {}]);`)).toEqual(['a', 'b']);
    expect(members(`class A { static a() {} b() {} } probe(A);`)).toEqual(['a']);
    expect(members(`class A { static a() {} b() {} constructor() {} } probe(new A());`)).toEqual(['b']);
    expect(members(`probe(x);`)).toEqual([]);
  });
});
