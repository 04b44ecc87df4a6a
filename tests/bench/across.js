/**
 * What it costs to look across files: time and memory of a run that parses only, of the recommended rules on one file
 * at a time, and of the same rules across files, on apps that are made for it and on those in the given directories.
 *
 *   npm run bench:across -- [--runs 3] [--files 100,1000,5000] [directory …]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';

import { generateApp } from './generate.js';
import { median, rounded, takeSamples } from './samples.js';

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, files: { type: 'string', default: '100,1000,5000' } },
  allowPositionals: true,
});
const runs = Number(values.runs);
const sizes = values.files.split(',').map(Number).filter(Boolean);

const bare = 'no rules';
const alone = 'one file at a time';
const across = 'recommended';

const work = mkdtempSync(join(tmpdir(), 'express-bench-'));
const times = {};
const memory = {};

function bench(name, directory) {
  const samples = takeSamples([bare, alone, across], [directory], runs);
  const of = (configuration, what) => median(samples.get(configuration).map((sample) => sample[what]));
  const reports = (configuration) => samples.get(configuration)[0].reports;
  // What the plugin adds is told apart from what the machine does besides by the time that the process itself used.
  const share = (what) => rounded((100 * (of(across, what) - of(alone, what))) / of(bare, what));
  times[name] = {
    'files': samples.get(bare)[0].files,
    'no rules, ms': rounded(of(bare, 'wall'), 0),
    'one file at a time, ms': rounded(of(alone, 'wall'), 0),
    'across files, ms': rounded(of(across, 'wall'), 0),
    '% of no rules': share('wall'),
    '% by CPU time': share('cpu'),
    'reports': `${reports(alone)} → ${reports(across)}`,
  };
  const mb = (configuration, what) => rounded(of(configuration, what) / 2 ** 20, 0);
  memory[name] = Object.fromEntries(
    ['peak', 'heap'].flatMap((what) =>
      [bare, alone, across].map((configuration) => [`${what}, ${configuration === across ? 'across files' : configuration}`, mb(configuration, what)]),
    ),
  );
}

try {
  for (const size of sizes) {
    const folder = join(work, String(size));
    generateApp(folder, size);
    bench(`generated, ${size}`, folder);
  }
  for (const directory of positionals) bench(resolve(directory).split(sep).slice(-2).join('/'), resolve(directory));
} finally {
  rmSync(work, { recursive: true, force: true });
}

console.log(`\nTime: what looking across files adds is its share of the run without rules; medians of ${runs} runs`);
console.table(times);
console.log('\nMemory in MB: the most that the process had, and the heap that is left afterwards');
console.table(memory);
