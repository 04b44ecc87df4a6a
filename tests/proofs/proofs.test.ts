import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { RunningApp, hasTerminals } from './app.js';
import { proofs } from './index.js';
import { lint, lintWithPreset, repair } from './lint.js';
import type { Facts, Major, Outcome, PerMajor, Scenario, Verdict } from './proof.js';
import { both, majors, perMajor } from './proof.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const timeout = 60_000;

/** Runs a scenario on every major at once. */
async function run(sources: PerMajor<string>, scenario: Scenario): Promise<PerMajor<Facts>> {
  const [four, five] = await Promise.all([runOn(4, sources[4], scenario), runOn(5, sources[5], scenario)]);
  return { 4: four, 5: five };
}

async function runOn(major: Major, source: string, { stdout, prepare, mayEnd, observe }: Scenario): Promise<Facts> {
  const app = await RunningApp.start({ source, major, stdout, prepare, mayEnd });
  try {
    return await observe(app);
  } finally {
    app.stop();
  }
}

function factsOf(outcome: PerMajor<Outcome>): PerMajor<Facts> {
  return perMajor((major) => outcome[major].facts);
}

/** The source lines an example is reported at, each cut to the piece that is expected there. */
function reported(source: string, messages: readonly { line: number }[], expected: readonly string[]): string[] {
  const lines = source.split('\n');
  return messages.map(({ line }, index) => {
    const text = lines[line - 1]?.trim() ?? '';
    const piece = expected[index];
    return piece !== undefined && text.includes(piece) ? piece : text;
  });
}

it('there is a proof for every directory', () => {
  const directories = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(proofs.map(({ rule }) => rule).sort()).toEqual(directories.map(({ name }) => name).sort());
});

describe.each(proofs)('$rule', ({ rule, only, scenarios, verdicts = [] }) => {
  const path = (file: string): string => `${here}${rule}/${file}`;
  const read = (file: string): string => readFileSync(path(file), 'utf8');

  it('uses every example', () => {
    const files = readdirSync(`${here}${rule}`).filter((file) => file.endsWith('.js'));
    const used = new Set(scenarios.flatMap(({ bad, good }) => [bad.file, good.file]));
    expect([...used].sort()).toEqual(files.sort());
  });

  describe.each(scenarios)('$title', (scenario) => {
    const { bad, good, options } = scenario;
    const runnable = scenario.stdout !== 'terminal' || hasTerminals;

    it.runIf(runnable).each([bad, good])('$file runs as described', { timeout }, async ({ file, outcome }) => {
      expect(await run(both(read(file)), scenario)).toEqual(factsOf(outcome));
    });

    it.each([bad, good])('$file is reported as described', ({ file, reports }) => {
      expectReports({ file, options, reports });
    });

    it.each(majors.filter((major) => only === undefined || major === only))(`${good.file} breaks no recommended rule on Express %i`, (major) => {
      const request = { preset: 'recommended', filename: path(good.file), major } as const;
      expect(lintWithPreset(read(good.file), request)).toEqual([]);
    });

    const how = scenario.repair;
    if (!how) return;
    it(`${bad.file} is silent and sound after the ${how}`, { timeout }, async () => {
      const repaired = perMajor((major) => {
        const request = { rule, filename: path(bad.file), major, options };
        const source = repair(read(bad.file), how, request);
        expect(lint(source, request), source).toEqual([]);
        return source;
      });
      const outcome = perMajor((major) => (bad.reports[major].length > 0 ? good : bad).outcome[major]);
      if (runnable) expect(await run(repaired, scenario), repaired[4]).toEqual(factsOf(outcome));
    });
  });

  it.each(verdicts)('$file is judged by its options: $options', (verdict) => {
    expectReports(verdict);
  });

  function expectReports({ file, options, reports }: Omit<Verdict, 'options'> & Pick<Scenario, 'options'>): void {
    const source = read(file);
    const seen = perMajor((major) => {
      const messages = lint(source, { rule, filename: path(file), major, options });
      return reported(source, messages, reports[major]);
    });
    expect(seen).toEqual(reports);
  }
});
