import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Linter } from 'eslint';

import plugin from '../../src/index.js';
import { project } from '../files.js';
import type { Major, Repair } from './proof.js';

const cwd = fileURLToPath(new URL('../..', import.meta.url));
/** A project in which there is nothing else. The settings decide which Express runs it. */
const alone = project({});
const linter = new Linter({ configType: 'flat', cwd });

/** How an example is linted. */
export interface LintRequest {
  rule: string;
  /** The example's path; the text may differ from what is on disk. */
  filename: string;
  major: Major;
  options?: readonly unknown[] | undefined;
}

/** Lints an example with one rule, and returns what it reports. */
export function lint(source: string, { rule, filename, major, options = [] }: LintRequest): Linter.LintMessage[] {
  return linter.verify(source, configFor(major, { [`express/${rule}`]: ['error', ...options] }), { filename: served(filename) });
}

/** Lints an example with a whole preset, and returns what it reports. */
export function lintWithPreset(
  source: string,
  { preset, filename, major }: { preset: 'recommended' | 'strict'; filename: string; major: Major },
): Linter.LintMessage[] {
  const { rules } = plugin.configs[`flat/${preset}`];
  return linter.verify(source, configFor(major, rules), { filename: served(filename) });
}

/** Repairs an example the way `eslint --fix` does, or an editor that takes the first suggestion each time. */
export function repair(source: string, how: Repair, request: LintRequest): string {
  if (how === 'fix') {
    const { rule, filename, major, options = [] } = request;
    const config = configFor(major, { [`express/${rule}`]: ['error', ...options] });
    return linter.verifyAndFix(source, config, { filename: served(filename) }).output;
  }
  let text = source;
  for (let pass = 0; pass < 10; pass += 1) {
    const suggestion = lint(text, request).flatMap(({ suggestions }) => suggestions ?? [])[0];
    if (!suggestion) return text;
    const { range, text: replacement } = suggestion.fix;
    text = text.slice(0, range[0]) + replacement + text.slice(range[1]);
  }
  throw new Error('Suggestions do not come to an end.');
}

/** Examples stand for an app's own files, alone in their project: in a folder of tests, the rules would pass over them. */
function served(filename: string): string {
  return join(alone.folder, relative(join(cwd, 'tests'), filename));
}

function configFor(major: Major, rules: Linter.RulesRecord): Linter.Config {
  return {
    languageOptions: { sourceType: 'commonjs' },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    plugins: { express: plugin },
    rules,
    settings: { express: { version: String(major) } },
  };
}
