/**
 * What the plugin costs. Every configuration lints the same directories in a process of its own, all of
 * them once a round, so that a busy moment of the machine meets all alike; the tables show medians.
 *
 *   npm run bench -- [--runs 5] [directory …]
 */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import plugin from '../../dist/index.mjs';

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const runs = Number(values.runs);
const root = resolve(import.meta.dirname, '../..');
const directories = (positionals.length > 0 ? positionals : ['tests/proofs', 'node_modules/express4/lib']).map(
  (directory) => resolve(positionals.length > 0 ? process.cwd() : root, directory),
);

const names = Object.keys(plugin.rules).map((rule) => `express/${rule}`);
const configurations = ['no rules', 'js/recommended', 'recommended', 'strict', 'all', ...names];

function measure(configuration) {
  const script = resolve(import.meta.dirname, 'measure.js');
  return JSON.parse(execFileSync(process.execPath, [script, configuration, ...directories], { cwd: root }));
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const samples = new Map(configurations.map((configuration) => [configuration, []]));
for (let run = 0; run < runs; run += 1) {
  for (const configuration of configurations) samples.get(configuration).push(measure(configuration));
  process.stderr.write(`round ${run + 1} of ${runs}\n`);
}

const wallOf = (configuration) => median(samples.get(configuration).map(({ wall }) => wall));
const ruleOf = (configuration, rule) => median(samples.get(configuration).map(({ rules }) => rules[rule] ?? 0));
const ms = (number) => Number(number.toFixed(1));
const ratio = (number, base) => Number((number / base).toFixed(3));

const [{ files, unreadable, parse }] = samples.get('no rules');
console.log(`${files} files (${unreadable} could not be parsed), parsed in ${ms(parse)} ms; medians of ${runs} runs\n`);

const bare = wallOf('no rules');
const core = wallOf('js/recommended');
console.table(
  Object.fromEntries(
    ['no rules', 'js/recommended', 'recommended', 'strict', 'all'].map((configuration) => {
      const wall = wallOf(configuration);
      return [
        configuration,
        {
          'ms': ms(wall),
          'more than no rules': ms(wall - bare),
          '÷ no rules': ratio(wall, bare),
          '÷ js/recommended': ratio(wall, core),
          'reports': samples.get(configuration)[0].reports,
        },
      ];
    }),
  ),
);

const coreRules = Object.keys(samples.get('js/recommended')[0].rules).map((rule) => [
  rule,
  ruleOf('js/recommended', rule),
]);
const [dearest, price] = coreRules.reduce((a, b) => (b[1] > a[1] ? b : a), ['none', 0]);
console.log(`\nThe dearest rule of js/recommended is ${dearest}: ${ms(price)} ms.\n`);

console.table(
  Object.fromEntries(
    names
      .map((rule) => [rule, ruleOf(rule, rule)])
      .sort(([, a], [, b]) => b - a)
      .map(([rule, alone]) => [
        rule,
        {
          'ms alone': ms(alone),
          'ms in all': ms(ruleOf('all', rule)),
          [`÷ ${dearest}`]: ratio(alone, price),
          'reports': samples.get(rule)[0].reports,
        },
      ]),
  ),
);
