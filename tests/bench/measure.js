/**
 * Lints directories once under one configuration, and prints times and memory as JSON.
 * Arguments: the configuration's name, then the directories.
 */
import { performance } from 'node:perf_hooks';

import js from '@eslint/js';
import typescriptParser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';

import plugin from '../../dist/index.mjs';

const [name, ...directories] = process.argv.slice(2);

const languages = [
  { files: ['**/*.{js,mjs,cjs,jsx}'] },
  { files: ['**/*.{ts,mts,cts,tsx}'], languageOptions: { parser: typescriptParser } },
  { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
];

function rulesOf(configuration) {
  if (configuration === 'no rules') return {};
  if (configuration === 'one file at a time') return { ...rulesOf('recommended'), settings: { express: { crossFile: false } } };
  // Some of ESLint's own rules stop on TypeScript trees, for which they are not made.
  if (configuration === 'js/recommended') return { ...js.configs.recommended, files: ['**/*.{js,mjs,cjs,jsx}'] };
  return (
    plugin.configs[`flat/${configuration}`] ?? { plugins: { express: plugin }, rules: { [configuration]: 'error' } }
  );
}

const rules = {};
let wall = 0;
let parse = 0;
let files = 0;
let unreadable = 0;
let reports = 0;
const used = process.cpuUsage();

for (const cwd of directories) {
  const eslint = new ESLint({
    cwd,
    overrideConfigFile: true,
    overrideConfig: [...languages, rulesOf(name)],
    allowInlineConfig: false,
    errorOnUnmatchedPattern: false,
    stats: true,
  });
  const start = performance.now();
  const results = await eslint.lintFiles(['.']);
  wall += performance.now() - start;
  files += results.length;
  for (const { messages, stats } of results) {
    unreadable += messages.some(({ fatal }) => fatal) ? 1 : 0;
    reports += messages.filter(({ fatal }) => !fatal).length;
    for (const pass of stats.times.passes) {
      parse += pass.parse.total;
      for (const [id, { total }] of Object.entries(pass.rules ?? {})) rules[id] = (rules[id] ?? 0) + total;
    }
  }
}

const { user, system } = process.cpuUsage(used);
// In bytes: the most that the process had at any time, and what is left once garbage is gone (node --expose-gc).
const peak = process.resourceUsage().maxRSS * 1024;
globalThis.gc?.();
const heap = process.memoryUsage().heapUsed;

console.log(JSON.stringify({ wall, cpu: (user + system) / 1000, parse, files, unreadable, reports, rules, peak, heap }));
