import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

import plugin from '../../src/index.js';
import { checks } from './checks.js';
import { thisRepository } from './repository.js';

const repository = thisRepository();

describe('this repository', () => {
  it.each(Object.entries(checks))('%s', (_, check) => {
    expect(check(repository)).toEqual([]);
  });

  it.each(['flat/recommended', 'flat/strict', 'flat/all'] as const)('has options ESLint accepts in %s', async (name) => {
    const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: plugin.configs[name] });
    await expect(eslint.calculateConfigForFile('app.js')).resolves.toHaveProperty('rules');
  });
});
