import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';

import { modelsBuilt } from '../../src/express/model.js';
import plugin from '../../src/index.js';

/** How many models are built while `code` is linted with every rule. */
function built(code: string): number {
  const before = modelsBuilt();
  const messages = new Linter().verify(code, [{ plugins: { express: plugin }, rules: plugin.configs['flat/all'].rules }]);
  expect(messages.filter((message) => message.fatal)).toEqual([]);
  return modelsBuilt() - before;
}

describe('the model of a file', () => {
  it('is built once, however many rules run', () => {
    expect(built(`import express from 'express'; const app = express(); app.get('/', async (req, res) => { console.log(await load()); res.end(); });`)).toBe(1);
  });

  it('is not built for a file without any sign of Express', () => {
    expect(built(`export const sum = (a, b) => a + b; console.log(sum(1, 2));`)).toBe(0);
  });
});
