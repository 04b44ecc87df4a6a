/**
 * What the plugin costs: every configuration lints the same directories. The tables show medians.
 *
 *   npm run bench -- [--runs 5] [directory …]
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import plugin from '../../dist/index.mjs';
import { median, rounded, takeSamples } from './samples.js';

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

const samples = takeSamples(configurations, directories, runs);
const wallOf = (configuration) => median(samples.get(configuration).map(({ wall }) => wall));
const ruleOf = (configuration, rule) => median(samples.get(configuration).map(({ rules }) => rules[rule] ?? 0));
const ratio = (number, base) => rounded(number / base, 3);

const [{ files, unreadable, parse }] = samples.get('no rules');
console.log(`${files} files (${unreadable} could not be parsed), parsed in ${rounded(parse)} ms; medians of ${runs} runs\n`);

const bare = wallOf('no rules');
const core = wallOf('js/recommended');
console.table(
  Object.fromEntries(
    ['no rules', 'js/recommended', 'recommended', 'strict', 'all'].map((configuration) => {
      const wall = wallOf(configuration);
      return [
        configuration,
        {
          'ms': rounded(wall),
          'more than no rules': rounded(wall - bare),
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
console.log(`\nThe dearest rule of js/recommended is ${dearest}: ${rounded(price)} ms.\n`);

console.table(
  Object.fromEntries(
    names
      .map((rule) => [rule, ruleOf(rule, rule)])
      .sort(([, a], [, b]) => b - a)
      .map(([rule, alone]) => [
        rule,
        {
          'ms alone': rounded(alone),
          'ms in all': rounded(ruleOf('all', rule)),
          [`÷ ${dearest}`]: ratio(alone, price),
          'reports': samples.get(rule)[0].reports,
        },
      ]),
  ),
);
