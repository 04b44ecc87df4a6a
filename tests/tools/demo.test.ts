import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import plugin from '../../src/index.js';
import { failuresOf, format, messagesOf, type Trial, tryOut } from './sample-app.js';

const update = process.env.UPDATE_DOCS === '1';
const readme = join(import.meta.dirname, '../../README.md');
const excerpt = /(<!-- output of the sample app -->\n)[^]*?(<!-- end output of the sample app -->)/;

let trial: Trial;
beforeAll(async () => {
  trial = await tryOut(plugin);
});

describe('the demo', () => {
  it('goes as it should', () => {
    expect(failuresOf(trial)).toEqual([]);
  });

  it('shows every recommended rule', () => {
    const shown = new Set(messagesOf(trial.found).map(({ ruleId }) => ruleId));
    expect([...shown].sort()).toEqual(Object.keys(plugin.configs.recommended.rules).sort());
  });

  it('shows what --fix changes', () => {
    expect(trial.diff).toMatch(/^\+.*\.catch\(next\)/m);
  });
});

describe('what the demo says of itself', () => {
  const file = 'routes/albums.js';
  const without = (rules: Trial['found']): Trial['found'] => rules.map((result) => ({ ...result, messages: [] }));

  it.each<[string, (trial: Trial) => Trial, string]>([
    ['nothing is found', (sound) => ({ ...sound, found: without(sound.found) }), 'Nothing was found.'],
    ['nothing is repaired', (sound) => ({ ...sound, found: sound.remaining }), 'Nothing could be repaired.'],
    ['a repair leaves its finding', (sound) => ({ ...sound, remaining: sound.found }), 'Repaired, and still reported: '],
    ['a finding is lost', (sound) => ({ ...sound, remaining: without(sound.remaining) }), 'Gone without a repair of its own: '],
    [
      'a repair is not stable',
      (sound) => ({ ...sound, repairedTwice: new Map([...sound.repairedTwice, [file, '']]) }),
      `A second --fix changes ${file} again.`,
    ],
  ])('is that %s', (_, spoil, failure) => {
    expect(failuresOf(spoil(trial)).join('\n')).toContain(failure);
  });
});

describe('README.md', () => {
  it('shows what ESLint says about the sample app (UPDATE_DOCS=1 writes it)', async () => {
    const page = readFileSync(readme, 'utf8');
    const output = await format(trial.found, false);
    const expected = page.replace(excerpt, (_, begin: string, end: string) => `${begin}\n\`\`\`text\n$ npx eslint .\n\n${output}\n\`\`\`\n\n${end}`);
    if (update) writeFileSync(readme, expected);
    expect(readFileSync(readme, 'utf8')).toBe(expected);
    expect(page).toMatch(excerpt);
  });

  it('links to what exists', () => {
    const targets = [...readFileSync(readme, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => !existsSync(join(readme, '..', target)))).toEqual([]);
  });
});
