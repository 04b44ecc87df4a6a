import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

describe('npm run new-rule', () => {
  const clone = mkdtempSync(join(tmpdir(), 'express-new-rule-'));
  const run = (script: string, ...args: string[]): string => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...args], { cwd: clone });
    return `${stdout.toString()}${stderr.toString()}`;
  };
  const read = (path: string): string => readFileSync(join(clone, path), 'utf8');

  beforeAll(() => {
    for (const path of ['package.json', 'tsconfig.json', 'src', 'tests']) {
      cpSync(join(root, path), join(clone, path), { recursive: true });
    }
    mkdirSync(join(clone, 'docs/rules'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'), 'junction');
    run('tests/tools/new-rule.js', 'no-zebra');
  });
  afterAll(() => {
    rmSync(clone, { recursive: true });
  });

  it('makes a rule that compiles', () => {
    const errors = run('node_modules/typescript/bin/tsc', '--noEmit').split('\n');
    expect(errors.filter((line) => line.includes('no-zebra'))).toEqual([]);
  });

  it('registers the rule and its proof', () => {
    expect(read('src/rules/index.ts')).toContain("import noZebra from './no-zebra.js';");
    expect(read('src/rules/index.ts')).toContain("  'no-zebra': noZebra,\n}");
    expect(read('tests/proofs/index.ts')).toContain("import noZebra from './no-zebra/proof.js';");
    expect(read('tests/proofs/index.ts')).toContain('  noZebra,\n]');
  });

  it('makes a page, a spec and examples', () => {
    expect(read('docs/rules/no-zebra.md')).toMatch(/^# express\/no-zebra\n/);
    expect(read('tests/rules/no-zebra.test.ts')).toContain("messageId: 'found'");
    expect(read('tests/proofs/no-zebra/bad.js')).toContain('express()');
  });

  it.each(['no-zebra', 'NoZebra', 'zebra'])('refuses %s', (name) => {
    expect(run('tests/tools/new-rule.js', name)).toContain('Usage');
  });
});
