import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/**
 * Lints directories under every configuration, each time in a process of its own. All are measured once a round, so
 * that a busy moment of the machine meets all alike.
 * @returns what every run printed, by configuration
 */
export function takeSamples(configurations, directories, runs) {
  const script = resolve(import.meta.dirname, 'measure.js');
  const samples = new Map(configurations.map((configuration) => [configuration, []]));
  for (let run = 0; run < runs; run += 1) {
    // Every round starts with another one: what comes first finds the files in no cache.
    for (let i = 0; i < configurations.length; i += 1) {
      const configuration = configurations[(run + i) % configurations.length];
      const options = ['--expose-gc', script, configuration, ...directories];
      samples.get(configuration).push(JSON.parse(execFileSync(process.execPath, options, { maxBuffer: 2 ** 26, stdio: 'pipe' })));
    }
    process.stderr.write(`round ${run + 1} of ${runs}\n`);
  }
  return samples;
}

/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A number with so many digits behind the point. */
export function rounded(number, digits = 1) {
  return Number(number.toFixed(digits));
}
