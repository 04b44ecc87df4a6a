import { createRequire } from 'node:module';

import * as typescriptParser from '@typescript-eslint/parser';
import { describe, expect, it, vi } from 'vitest';

import { readScopes } from '../../src/ast/scope.js';
import { readTree } from '../../src/ast/tree.js';
import { lineStarts } from '../../src/project/lines.js';
import { type Load, loadHere } from '../../src/project/load.js';
import { type HostParser, moduleParser, type ParsedModule, parseModule } from '../../src/project/parse.js';

const espree: unknown = createRequire(createRequire(import.meta.url).resolve('eslint'))('espree');
const flat = { languageOptions: { parser: espree } };
const flatTyped = { languageOptions: { parser: typescriptParser } };

/** Loads everything but these. */
function without(...names: readonly string[]): Load {
  return (name, of) => {
    if (names.includes(name)) throw new Error(`Cannot find module '${name}'`);
    return loadHere(name, of);
  };
}

const parseWithoutOxc = moduleParser(without('oxc-parser'));
const parseWithHostOnly = moduleParser(without('oxc-parser', 'espree', '@typescript-eslint/parser'));

/** Every name that refers to a variable of the module, and what declares that. */
function references(parsed: ParsedModule | undefined): string[] {
  if (!parsed) throw new Error('This cannot be read.');
  return parsed.scopeManager.scopes
    .flatMap((scope) => scope.references)
    .flatMap(({ identifier, resolved }) => {
      const [definition] = resolved?.defs ?? [];
      return definition ? `${identifier.name} → ${definition.type} ${resolved?.name ?? ''}` : [];
    });
}

describe('a text', () => {
  it.each<[what: string, filename: string, text: string, sameWithOneChange: [filename: string, text: string]]>([
    ['JavaScript', 'a.js', 'const a = 1;', ['a.js', 'const a = ;']],
    ['a module', 'a.mjs', 'import a from "a"; await a;', ['a.cjs', 'function f() { await a; }']],
    ['a module without saying so', 'a.js', 'import a from "a"; export default a;', ['a.js', 'import a from;']],
    ['CommonJS', 'a.cjs', 'if (a) return; module.exports = 1;', ['a.mjs', 'if (a) return;']],
    ['CommonJS without saying so', 'a.js', 'if (a) return; module.exports = 1;', ['a.ts', 'if (a) return 1 2;']],
    ['a sloppy script', 'a.js', 'with (a) { var await = 017; }', ['a.mjs', 'with (a) { var await = 017; }']],
    ['a script with a hashbang', 'a.js', '#!/usr/bin/env node\na();', ['a.js', '\n#!/usr/bin/env node\na();']],
    ['JSX', 'a.js', 'const a = <b c={d} />;', ['a.ts', 'const a = <b c={d} />;']],
    ['types', 'a.ts', 'const a: string = <string>b;', ['a.mjs', 'const a: string = b;']],
    ['types and JSX', 'a.tsx', 'const a: string = <b />;', ['a.mts', 'const a: string = <b />;']],
    ['types in CommonJS', 'a.cts', 'import a = require("a"); export = a;', ['a.mjs', 'import a = require("a");']],
    ['types of Flow', 'a.js', '// @flow\nimport type { A } from "a";\nfunction f(a: A): string {}', ['a.mjs', '// @flow\nfunction f(a: A) {}']],
    ['decorators', 'a.ts', '@a class B { @c() d = 1; constructor(@e private f: string) {} }', ['a.ts', '@ class B {}']],
    ['nothing', 'a.js', '', ['a.js', '}']],
  ])('is %s', (_, filename, text, [otherFilename, otherText]) => {
    expect(parseModule(filename, text)?.ast.type).toBe('Program');
    expect(parseModule(otherFilename, otherText)).toBeUndefined();
  });

  it.each(['a.json', 'a.css', 'a', 'a.vue'])('is no code in %s', (filename) => {
    expect(parseModule(filename, '')).toBeUndefined();
  });
});

describe('positions', () => {
  it.each<[string, string]>([
    ['ASCII', '/* a */ call(a);'],
    ['umlauts', '/* äöü */ call(ä);'],
    ['emoji', '/* 😀 */ const s = `💥${"🎉"}`; call(s);'],
    ['lines of Windows', 'a();\r\n\r\ncall(b);'],
    ['a hashbang', '#!/usr/bin/env 😀\ncall(a);'],
  ])('count UTF-16 units: %s', (_, text) => {
    for (const parse of [parseModule, parseWithoutOxc]) {
      const parsed = parse('a.js', text, flat);
      expect(parsed && readTree(parsed.ast, parsed.visitorKeys).calls.map(({ callee }) => text.slice(...callee.range))).toContain('call');
    }
  });

  it.each<[string, string, number[]]>([
    ['nothing', '', [1]],
    ['one line', 'abc', [1, 1, 1, 1]],
    ['two lines', 'a\nb', [1, 1, 2, 2]],
    ['an end', 'a\n', [1, 1, 2]],
    ['Windows', 'a\r\nb', [1, 1, 1, 2, 2]],
    ['old Macs', 'a\rb', [1, 1, 2, 2]],
    ['Unicode', 'a\u2028b\u2029c', [1, 1, 2, 2, 3, 3]],
    ['a form feed', 'a\fb', [1, 1, 1, 1]],
  ])('are on lines: %s', (_, text, expected) => {
    const lineOf = lineStarts(text);
    expect(Array.from({ length: text.length + 1 }, (_, offset) => lineOf(offset))).toEqual(expected);
  });
});

describe('scopes', () => {
  const cases: [what: string, filename: string, text: string, expected: string[]][] = [
    ['a variable', 'a.js', 'const a = 1; b(a, c);', ['a → Variable a', 'a → Variable a']],
    ['a shadowed variable', 'a.js', 'const a = 1; (a) => a;', ['a → Variable a', 'a → Parameter a']],
    ['an import', 'a.js', 'import { a as b } from "a"; b();', ['b → ImportBinding b']],
    ['a function', 'a.js', 'f(); function f() {}', ['f → FunctionName f']],
    ['a class', 'a.js', 'class A extends B { m() { return A; } #p = A; static { A; } } new A();', ['A → ClassName A', 'A → ClassName A', 'A → ClassName A', 'A → ClassName A']],
    ['a caught error', 'a.js', 'try { } catch (e) { e; }', ['e → CatchClause e']],
    ['a default and a pattern', 'a.js', 'function f({ a, ...b }, c = a) { return [b, c]; }', ['a → Parameter a', 'c → Parameter c', 'b → Parameter b', 'c → Parameter c']],
    ['an exported name', 'a.js', 'const a = 1; export { a as b };', ['a → Variable a', 'a → Variable a']],
    ['a parameter property', 'a.ts', 'class A { constructor(private a: string) { a; } }', ['a → Parameter a']],
    ['an enum', 'a.ts', 'enum A { B } A.B;', ['A → TSEnumName A']],
    ['a namespace', 'a.ts', 'namespace A { export const b = 1; } A.b;', ['b → Variable b', 'A → TSModuleName A']],
    ['import require', 'a.ts', 'import a = require("a"); a();', ['a → ImportBinding a']],
    ['an overload', 'a.ts', 'function f(a: string): void; function f(a) { return a; } f();', ['f → FunctionName f', 'a → Parameter a']],
    ['a type', 'a.ts', 'interface A {} const b: A = c;', ['A → Type A', 'b → Variable b']],
  ];

  it.each(cases)('know %s', (_, filename, text, expected) => {
    expect(references(parseModule(filename, text)).sort()).toEqual([...expected].sort());
  });

  it.each(cases)("know %s by the host's parser too", (_, filename, text, expected) => {
    const host = filename === 'a.ts' ? flatTyped : flat;
    expect(references(parseWithoutOxc(filename, text, host)).sort()).toEqual([...expected].sort());
  });

  it('are there for the model', () => {
    const parsed = parseModule('a.js', 'const a = 1; function f(b) { return c(a); }');
    expect(parsed && readScopes(parsed.scopeManager).topLevel.map(({ name }) => name)).toEqual(['a', 'f']);
    expect(parsed?.scopeManager.acquire(parsed.ast, true)?.type).toBe('module');
  });
});

describe('a tree', () => {
  it('has no parentheses, and everything else as ESLint has it', () => {
    const text = 'const a = (b)?.((c)); import("x"); o = { p, q() {}, get r() { return 1; } }; class A { p = 1; m() {} accessor x = 1; }';
    const parsed = parseModule('a.ts', text);
    const types = parsed && JSON.stringify(parsed.ast, (key, value: unknown) => (key === 'parent' ? undefined : value));
    for (const type of ['ChainExpression', 'ImportExpression', 'Property', 'PropertyDefinition', 'MethodDefinition', 'AccessorProperty']) {
      expect(types).toContain(`"type":"${type}"`);
    }
    expect(types).not.toContain('Parenthesized');
    expect(types).toContain('"range":[');
  });
});

describe('code that nests', () => {
  const nested: [what: string, of: (depth: number) => string][] = [
    ['brackets', (depth) => '['.repeat(depth) + ']'.repeat(depth)],
    ['blocks', (depth) => '{'.repeat(depth) + '}'.repeat(depth)],
    ['calls', (depth) => 'a('.repeat(depth) + ')'.repeat(depth)],
    ['type arguments', (depth) => `let a: ${'A<'.repeat(depth)}B${'>'.repeat(depth)}`],
    ['conditions', (depth) => `${'a ? b : '.repeat(depth)}c`],
    ['branches', (depth) => `${'if (a) {} else '.repeat(depth)}{}`],
    ['sums', (depth) => `a${' + a'.repeat(depth * 10)}`],
    ['negations', (depth) => `${'!'.repeat(depth)}a`],
  ];
  // A native parser that runs out of stack ends the process: if this goes wrong, there is no result at all.
  it.each(nested)('is read, and not when it is endless: %s', (_, of) => {
    const oxc = vi.fn(() => ({ program: undefined, errors: [] }));
    const parse = moduleParser((name) => (name === 'oxc-parser' ? { parseSync: oxc } : loadHere(name)));
    parse('a.ts', of(100));
    expect(oxc).toHaveBeenCalled();
    oxc.mockClear();
    parse('a.ts', of(10_000));
    expect(oxc).not.toHaveBeenCalled();
    expect(parseModule('a.ts', of(100))?.ast.type).toBe('Program');
    expect(parseModule('a.ts', of(100_000))).toBeUndefined();
  });
});

describe("without oxc, the host's parser", () => {
  it.each<[what: string, host: HostParser, filename: string, text: string, sameWithOneChange: [HostParser | undefined, string, string]]>([
    ['is espree', flat, 'a.js', 'class A { m(a) {} } export const f = (a) => a;', [undefined, 'a.js', 'a();']],
    ['reads no types as espree', flatTyped, 'a.ts', 'const a: string = b;', [flat, 'a.ts', 'const a: string = b;']],
    ['reads JSX', flat, 'a.js', 'const a = <b />;', [flat, 'a.js', 'const a = <b;']],
    ['reads a script', flat, 'a.js', 'with (a) b(); return;', [flat, 'a.js', 'with (a) b(; return;']],
    ['is the one of a path', { parserPath: createRequire(import.meta.url).resolve('@typescript-eslint/parser') }, 'a.ts', 'const a: string = b;', [{ parserPath: '/nowhere/parser.js' }, 'a.ts', 'const a: string = b;']],
    ['only parses', { languageOptions: { parser: { parse: () => ({ type: 'Program', body: [], range: [0, 0] }) } } }, 'a.js', '', [{ languageOptions: { parser: { parse: () => ({ type: 'Program' }) } } }, 'a.js', '']],
    ['says nothing of scopes', { languageOptions: { parser: { parseForESLint: () => ({ ast: { type: 'Program', body: [], range: [0, 0] } }) } } }, 'a.js', '', [{ languageOptions: { parser: { parseForESLint: () => ({}) } } }, 'a.js', '']],
    ['may be anything', flat, 'a.js', '', [{ languageOptions: { parser: 'espree' }, parserOptions: 1 }, 'a.js', '']],
  ])('%s', (_, host, filename, text, [otherHost, otherFilename, otherText]) => {
    expect(parseWithHostOnly(filename, text, host)?.ast.type).toBe('Program');
    expect(parseWithHostOnly(otherFilename, otherText, otherHost)).toBeUndefined();
  });

  it('is not asked where oxc can read the file, and is where it cannot', () => {
    const parse = vi.fn(() => ({ type: 'Program', body: [], range: [0, 0] }));
    const host = { languageOptions: { parser: { parse } } };
    parseModule('a.js', 'a();', host);
    expect(parse).not.toHaveBeenCalled();
    expect(parseModule('a.js', 'const a: %syntax%;', host)).toBeDefined();
    expect(parse).toHaveBeenCalledOnce();
  });

  it('is not asked to check types, nor to read the linted file', () => {
    const parse = vi.fn((_text: string, _options: unknown) => ({ type: 'Program', body: [], range: [0, 0] }));
    const parserOptions = { project: true, projectService: true, programs: [], filePath: 'app.ts', ecmaFeatures: { impliedStrict: true }, extraFileExtensions: ['.x'] };
    parseWithHostOnly('a.ts', '', { languageOptions: { parser: { parse }, parserOptions } });
    const [, options] = parse.mock.calls[0] ?? [];
    expect(options).toMatchObject({ filePath: 'a.ts', sourceType: 'module', ecmaFeatures: { impliedStrict: true, jsx: false }, extraFileExtensions: ['.x'] });
    for (const name of ['project', 'projectService', 'programs']) expect(options).not.toHaveProperty(name);
  });

  it('is not loaded by its path where it is at hand, nor before it is needed', () => {
    const load = vi.fn(without('oxc-parser', 'espree'));
    const parserPath = '/nowhere/parser.js';
    moduleParser(load)('a.js', '', { ...flat, parserPath });
    expect(load).not.toHaveBeenCalledWith(parserPath);
    moduleParser(load)('a.js', '', { parserPath });
    expect(load).toHaveBeenCalledWith(parserPath);
  });
});

describe('without oxc and a host', () => {
  it.each<[what: string, filename: string, text: string, missing: string]>([
    ["ESLint's parser reads JavaScript", 'a.js', 'class A { m(a) {} }', 'espree'],
    ['the usual parser reads TypeScript', 'a.ts', 'const a: string = b;', '@typescript-eslint/parser'],
  ])('%s', (_, filename, text, missing) => {
    expect(parseWithoutOxc(filename, text)?.ast.type).toBe('Program');
    expect(moduleParser(without('oxc-parser', missing))(filename, text)).toBeUndefined();
  });
});

describe('loading', () => {
  it('waits until there is something to read, and happens once', () => {
    const load = vi.fn(loadHere);
    const parse = moduleParser(load);
    expect(load).not.toHaveBeenCalled();
    parse('a.js', 'a');
    parse('b.js', 'b');
    expect(load.mock.calls.map(([name]) => name).sort()).toEqual(['./scope-manager.cjs', 'oxc-parser']);
  });

  it('is not tried again where it failed', () => {
    const load = vi.fn(without('oxc-parser'));
    const parse = moduleParser(load);
    for (const name of ['a.js', 'b.js']) expect(parse(name, 'a')).toBeDefined();
    expect(load.mock.calls.filter(([name]) => name === 'oxc-parser')).toHaveLength(1);
  });

  it.each<[string, Load]>([
    ['no scope analysis', without('./scope-manager.cjs')],
    ['a scope analysis of another shape', (name) => (name === './scope-manager.cjs' ? {} : loadHere(name))],
    ['a parser of another shape', (name) => (name === 'oxc-parser' ? { parse: 1 } : loadHere(name))],
    ['a parser that throws', (name) => (name === 'oxc-parser' ? { parseSync: () => { throw new Error('no'); } } : loadHere(name))],
    ['a parser with other trees', (name) => (name === 'oxc-parser' ? { parseSync: () => ({ program: { type: 'File' }, errors: [] }) } : loadHere(name))],
    ['nothing', () => { throw new Error('no'); }],
  ])('may find %s', (_, load) => {
    const parse = moduleParser((name, of) => (name === 'espree' ? undefined : load(name, of)));
    expect(parse('a.js', 'a')).toBeUndefined();
  });
});
