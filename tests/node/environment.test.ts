import { describe, expect, it } from 'vitest';

import { environmentReads } from '../../src/node/environment.js';
import { model } from '../express/model-of.js';

function namesIn(code: string): string[] {
  return [...environmentReads(model(code).file).values()].flat().flatMap(({ names }) => names);
}

describe('the variables of the environment that are read', () => {
  it.each<[string, string[]]>([
    [`use(process.env.A);`, ['A']],
    [`use(process.env['A']);`, ['A']],
    [`use(process.env[name]);`, ['…']],
    [`use(process.env.A.length);`, ['A']],
    [`const { A, b: { c } } = process.env;`, ['A', 'b']],
    [`const { [name]: a } = process.env;`, ['…']],
    [`const { env } = process; use(env.A);`, ['A']],
    [`const { env } = require('node:process'); use(env.A);`, ['A']],
    [`process.env.A = 1;`, []],
    [`process.env.A ??= 1;`, []],
    [`delete process.env.A;`, []],
    [`use(process.env);`, []],
    [`use({ ...process.env });`, []],
    [`use(process.argv.A);`, []],
    [`use(other.env.A);`, []],
    [`function load(process) { use(process.env.A); }`, []],
    [`let a; function load() { if (a) return a; a = process.env.A; return a; }`, []],
  ])('%s', (code, expected) => {
    expect(namesIn(code)).toEqual(expected);
  });

  it('belong to the function that reads them', () => {
    const { file } = model(`use(process.env.A); function load() { use(process.env.B); }`);
    expect([...environmentReads(file)].map(([{ node }, reads]) => [node.type, reads.flatMap(({ names }) => names)])).toEqual(
      expect.arrayContaining([['Program', ['A']], ['FunctionDeclaration', ['B']]]),
    );
  });
});
