import { describe, expect, it } from 'vitest';

import { functionName, isFunction } from '../../src/ast/nodes.js';
import { firstFrom, type Unit, unitAround, unitsWithin, within } from '../../src/ast/tree.js';
import { model, parsers } from '../express/model-of.js';

const nameOf = ({ node }: Unit): string => (isFunction(node) ? (functionName(node) ?? '?') : 'module');

/** What each function holds, its inner functions' left out: `f: 2 calls, 1 await`. */
function units(code: string, parser: (typeof parsers)[number]): string[] {
  return [...model(code, { parser }).file.tree.units.values()].map((unit) => {
    const { calls, awaits, returns, throws, tries, asyncLoops } = unit;
    const counts = Object.entries({ calls, awaits, returns, throws, tries, asyncLoops }).flatMap(([kind, nodes]) => (nodes.length ? [`${nodes.length} ${kind}`] : []));
    return [nameOf(unit), ...counts].join(', ');
  });
}

describe.each(parsers)('readTree (%s)', (parser) => {
  it('sorts nodes by the function they run in', () => {
    expect(units(`a(); function f() { b(); return () => { c(); new D(); throw e; }; }`, parser)).toEqual(['module, 1 calls', 'f, 1 calls, 1 returns', '?, 2 calls, 1 throws']);
    expect(units(`async function f() { try { await a(); } catch { for await (const b of c) d(); } }`, parser)).toEqual(['module', 'f, 2 calls, 1 awaits, 1 tries, 1 asyncLoops']);
    expect(units(`for (const a of b) c();`, parser)).toEqual(['module, 1 calls']);
  });

  it('takes classes apart', () => {
    expect(units(`class A extends b() { c = d(); static { e(); } constructor() { f(); } [g()]() { h(); } }`, parser)).toEqual(['module, 4 calls', 'constructor, 1 calls', '?, 1 calls']);
  });

  it.each([
    [1, `if (false) a(); else b();`],
    [1, `if (true) a(); else b();`],
    [1, `if (0) { a(); } b();`],
    [1, `true ? a() : b();`],
    [0, `false && a();`],
    [0, `true || a();`],
    [1, `null ?? a();`],
    [2, `if (x) a(); else b();`],
    [1, `x && a();`],
    [1, `while (false) a();`],
  ])('leaves out what can never run: %i calls in %s', (count, code) => {
    expect(model(code, { parser }).file.tree.root.calls).toHaveLength(count);
  });

  it('lists calls by where they start', () => {
    const { calls } = model(`c(b(a())); f.g().h();`, { parser }).file.tree;
    const starts = calls.map((call) => call.range[0]);
    expect(calls).toHaveLength(5);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it('lists writes to members, classes and module items', () => {
    const { memberWrites, classes, moduleItems } = model(`import a from 'a';\na.b = 1; a.b += 1; c = 2;\nclass D {}\nexport default class {}\nexport { a };`, { parser }).file.tree;
    expect(memberWrites).toHaveLength(2);
    expect(classes).toHaveLength(2);
    expect(moduleItems.map(({ type }) => type)).toEqual(['ImportDeclaration', 'ExportDefaultDeclaration', 'ExportNamedDeclaration']);
  });

  it('knows the function around a node; a function belongs to the one around it', () => {
    const { tree } = model(`function f() { g(() => { h(); }); }`, { parser }).file;
    expect(tree.calls.map((call) => nameOf(unitAround(tree, call)))).toEqual(['f', '?']);
    const arrow = [...tree.units.values()].at(-1);
    expect(arrow && nameOf(unitAround(tree, arrow.node))).toBe('f');
    expect(unitAround(tree, tree.root.node)).toBe(tree.root);
  });

  it('lists a unit and those inside it, outermost first', () => {
    const { tree } = model(`function a() { function b() {} function c() { function d() {} } } function e() {}`, { parser }).file;
    expect(unitsWithin(tree.root).map(nameOf)).toEqual(['module', 'a', 'e', 'b', 'c', 'd']);
    const [first] = tree.root.children;
    expect(first && unitsWithin(first).map(nameOf)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('looks nodes up by their place', () => {
    const { calls } = model(`a(); b(); c(d());`, { parser }).file.tree;
    expect(firstFrom(calls, 0)).toBe(0);
    expect(firstFrom(calls, 1)).toBe(1);
    expect(firstFrom(calls, 5)).toBe(1);
    expect(firstFrom(calls, 99)).toBe(4);
    expect(firstFrom([], 0)).toBe(0);
    expect(within(calls, 0, 9)).toHaveLength(2);
    expect(within(calls, 10, 16)).toHaveLength(2);
    expect(within(calls, 10, 15)).toHaveLength(1);
    expect(within(calls, 20, 30)).toHaveLength(0);
  });
});

describe('types', () => {
  it('are left out', () => {
    const { tree } = model(`type A = ReturnType<typeof f>; interface B { c(): void } function f(a: D<typeof g>): asserts a is E {} const h = <T,>(i: T) => i; declare function j(): void;`, { parser: 'typescript' }).file;
    expect([...tree.units.values()].map(nameOf)).toEqual(['module', 'f', 'h']);
    expect(tree.calls).toEqual([]);
  });

  it('do not hide what is inside assertions', () => {
    const { tree } = model(`(a() as B); <C>d(); e()!; f() satisfies G; h<I>();`, { parser: 'typescript' }).file;
    expect(tree.calls).toHaveLength(5);
  });
});
