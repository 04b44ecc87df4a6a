import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'express-summary-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function summaryOf(results?: object): string {
  const path = join(folder, results ? 'results.json' : 'nothing.json');
  if (results) writeFileSync(path, JSON.stringify(results));
  return execFileSync(process.execPath, [join(import.meta.dirname, 'summary.js'), path], { encoding: 'utf8' });
}

const passing = { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] };
const failing = { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] };
const broken = { status: 'failed', assertionResults: [] };

it('counts tests', () => {
  const results = { numPassedTests: 3, numFailedTests: 1, testResults: [passing, failing] };
  expect(summaryOf(results)).toBe('3 passed, 1 failed\n');
});

it('counts a file that could not be run as a failure', () => {
  const results = { numPassedTests: 2, numFailedTests: 0, testResults: [passing, broken] };
  expect(summaryOf(results)).toBe('2 passed, 1 failed\n');
});

it('counts a run without results as a failure', () => {
  expect(summaryOf()).toBe('0 passed, 1 failed\n');
});
