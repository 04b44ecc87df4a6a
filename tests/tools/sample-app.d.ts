import type { ESLint, Linter } from 'eslint';

/** Code of the sample app that is right where it stands; line 0 where it is gone. */
export interface Neighbour {
  file: string;
  line: number;
  code: string;
  why: string;
}

/** A finding with its file, and with a name that survives a change of lines. */
export type Finding = Linter.LintMessage & { file: string; key: string };

/** The sample app before and after its repair; texts by file. */
export interface Trial {
  found: ESLint.LintResult[];
  remaining: ESLint.LintResult[];
  repaired: Map<string, string>;
  repairedTwice: Map<string, string>;
  /** undefined without git. */
  diff: string | undefined;
}

/** The plugin, however it was loaded. */
interface Plugin {
  configs: { 'flat/recommended': object };
}

export const sampleApp: string;
export function lintApp(plugin: Plugin, folder: string, options?: { fix?: boolean }): Promise<ESLint.LintResult[]>;
export function format(results: ESLint.LintResult[], color: boolean): Promise<string>;
export function tryOut(plugin: Plugin, options?: { color?: boolean }): Promise<Trial>;
export function failuresOf(trial: Trial): string[];
export function messagesOf(results: ESLint.LintResult[]): Finding[];
export function neighboursIn(texts: ReadonlyMap<string, string>): Neighbour[];
export function textsOf(folder: string, results: ESLint.LintResult[]): Map<string, string>;
