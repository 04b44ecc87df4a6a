import { describe, expect, it } from 'vitest';

import { calledMember, calledMethod, calledName, contains, functionLength, functionName, isFunction, memberName, parametersOf, paramName, staticString, unwrap, wrapped } from '../../src/ast/nodes.js';
import { readsOf, writtenExpressions } from '../../src/ast/scope.js';
import { model, type ModelOptions, parsers } from '../express/model-of.js';

/** The functions of some code. */
function functions(code: string, options?: ModelOptions) {
  return [...model(code, options).file.tree.units.keys()].filter(isFunction);
}

/** The first call of some code. */
function call(code: string, options?: ModelOptions) {
  const [first] = model(code, options).file.tree.calls;
  if (!first) throw new Error('There is no call.');
  return first;
}

describe.each(parsers)('functions (%s)', (parser) => {
  it.each([
    [0, `() => {}`],
    [2, `(a, b) => {}`],
    [1, `(a, b = 1) => {}`],
    [1, `(a, b = 1, c) => {}`],
    [1, `(a, ...b) => {}`],
    [0, `(...a) => {}`],
    [2, `({ a }, [b]) => {}`],
    [4, `function (err, req, res, next) {}`],
  ])('length %i: %s', (length, code) => {
    expect(functions(`(${code});`, { parser }).map(functionLength)).toEqual([length]);
  });

  it.each([
    ['f', `function f() {}`],
    ['f', `const f = () => {};`],
    ['f', `const g = function f() {};`],
    ['f', `f = () => {};`],
    ['f', `a.f = () => {};`],
    ['f', `a['f'] = () => {};`],
    ['f', `({ f() {} });`],
    ['f', `({ f: () => {} });`],
    ['f', `({ 'f': () => {} });`],
    ['f', `class A { f() {} }`],
    ['f', `class A { f = () => {}; }`],
    ['#f', `class A { #f() {} }`],
    [undefined, `(() => {});`],
    [undefined, `a[b] = () => {};`],
    [undefined, `({ [b]() {} });`],
    [undefined, `const { f } = () => {};`],
  ])('name %s: %s', (name, code) => {
    expect(functions(code, { parser }).map(functionName)).toEqual([name]);
  });

  it('names parameters that are plain', () => {
    const [fn] = functions(`(a, b = 1, ...c) => {};`, { parser });
    expect(fn?.params.map(paramName)).toEqual(['a', 'b', undefined]);
    expect(paramName(undefined)).toBeUndefined();
  });
});

describe.each(parsers)('expressions (%s)', (parser) => {
  it.each([
    ['a', undefined, `a();`],
    [undefined, 'b', `a.b();`],
    [undefined, 'b', `a['b']();`],
    [undefined, 'b', 'a[`b`]();'],
    [undefined, '0', `a[0]();`],
    [undefined, undefined, `a[b]();`],
    [undefined, 'b', `a?.b();`],
    [undefined, 'b', `a.b?.();`],
    [undefined, '#b', `class A { c() { this.#b(); } #b() {} }`],
    ['A', undefined, `new A();`],
    [undefined, undefined, `(() => {})();`],
  ])('name %s, method %s: %s', (name, method, code) => {
    expect(calledName(call(code, { parser }))).toBe(name);
    expect(calledMethod(call(code, { parser }))).toBe(method);
  });

  it.each([
    ['x', `a('x');`],
    ['x', 'a(`x`);'],
    ['', `a('');`],
    [undefined, 'a(`x${y}`);'],
    [undefined, `a(1);`],
    [undefined, `a(x);`],
    [undefined, `a();`],
  ])('static string %s: %s', (value, code) => {
    expect(staticString(call(code, { parser }).arguments[0])).toBe(value);
  });

  it('takes optional chains off, and puts them on again', () => {
    const node = call(`a?.b();`, { parser });
    expect(wrapped(node).type).toBe('ChainExpression');
    expect(unwrap(wrapped(node))).toBe(node);
    const member = calledMember(node);
    expect(member && memberName(member)).toBe('b');
    expect(member && contains(node, member)).toBe(true);
    expect(member && contains(member, node)).toBe(false);
  });
});

describe('TypeScript', () => {
  const typescript: ModelOptions = { parser: 'typescript' };

  it('has no bodies for overloads, and a parameter that is none', () => {
    expect(functions(`function f(a: string): void; function f(this: A, a: string, b?: number) {}`, typescript).map((fn) => [parametersOf(fn).length, functionLength(fn)])).toEqual([[2, 2]]);
  });

  it('is seen through', () => {
    expect(calledName(call(`(a as any)();`, typescript))).toBe('a');
    expect(calledMethod(call(`(<any>a)!.b!();`, typescript))).toBe('b');
    expect(staticString(call(`a('x' as const);`, typescript).arguments[0])).toBe('x');
    const [fn] = functions(`class A { constructor(private a: B, readonly b = 1) {} }`, typescript);
    expect(fn?.params.map(paramName)).toEqual(['a', 'b']);
  });
});

describe.each(parsers)('scopes (%s)', (parser) => {
  /** The variable behind the argument of `probe(…)`. */
  function probe(code: string) {
    const { file } = model(code, { parser });
    const argument = file.tree.calls.find((one) => calledName(one) === 'probe')?.arguments[0];
    if (argument?.type !== 'Identifier') throw new Error('Nothing to probe.');
    return { file, argument, variable: file.scopes.variableAt(argument) };
  }

  it('tells globals from what the file defines', () => {
    const isGlobal = (code: string) => {
      const { file, argument } = probe(code);
      return file.scopes.isGlobal(argument);
    };
    expect(isGlobal(`probe(process);`)).toBe(true);
    expect(isGlobal(`probe(undeclared);`)).toBe(true);
    expect(isGlobal(`function f(process) { probe(process); }`)).toBe(false);
    expect(isGlobal(`import process from 'process';\nprobe(process);`)).toBe(false);
    expect(isGlobal(`probe(later); var later;`)).toBe(false);
  });

  it('lists what is written to a variable, or nothing when that is not all', () => {
    const written = (code: string) => {
      const { variable } = probe(code);
      return variable && writtenExpressions(variable)?.map(({ type }) => type);
    };
    expect(written(`const a = 1; probe(a);`)).toEqual(['Literal']);
    expect(written(`let a = 1; a = b(); a ||= c; probe(a);`)).toEqual(['Literal', 'CallExpression', 'Identifier']);
    expect(written(`let a; probe(a);`)).toEqual([]);
    expect(written(`let a = 1; a += 1; probe(a);`)).toBeUndefined();
    expect(written(`let a = 1; a++; probe(a);`)).toBeUndefined();
    expect(written(`let a = 1; [a] = b; probe(a);`)).toBeUndefined();
    expect(written(`for (const a of b) probe(a);`)).toBeUndefined();
    expect(written(`const { a } = b; probe(a);`)).toBeUndefined();
  });

  it('lists where a variable is read', () => {
    const { variable } = probe(`let a = 1; a = 2; b(a); probe(a); a++;`);
    expect(variable && readsOf(variable)).toHaveLength(3);
  });
});
