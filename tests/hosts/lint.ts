import { relative, sep } from 'node:path';

import type { Project } from '../package/project.js';

/** What a host said, a line each and sorted: hosts go through files in orders of their own. */
export type Findings = readonly string[];

interface LintResult {
  readonly filePath: string;
  readonly output?: string;
  readonly messages: readonly { ruleId: string | null; message: string; line: number; column: number; fix?: unknown }[];
}

interface OxlintOutput {
  readonly diagnostics: readonly {
    readonly code?: string;
    readonly message: string;
    readonly filename: string;
    readonly labels: readonly { span: { line: number; column: number } }[];
  }[];
}

/** How ESLint is run. */
export interface Run {
  /** Its package in the project. */
  readonly eslint?: string;
  /** Whether it is configured by `.eslintrc.json`. */
  readonly legacy?: boolean;
  readonly input?: string;
}

/** What ESLint prints as JSON. */
export async function resultsOf(project: Project, args: readonly string[], { eslint = 'eslint', legacy = false, input }: Run = {}): Promise<readonly LintResult[]> {
  const output = await project.exec(`${eslint}/bin/eslint.js`, ['--format', 'json', ...args], {
    env: { ESLINT_USE_FLAT_CONFIG: String(!legacy) },
    accept: [0, 1],
    ...(input !== undefined && { input }),
  });
  return JSON.parse(output) as LintResult[];
}

/** Runs ESLint. */
export async function eslint(project: Project, args: readonly string[] = ['.'], run?: Run): Promise<Findings> {
  return findingsIn(project, await resultsOf(project, args, run));
}

/** What is in ESLint's results; `keep` says which messages count. */
export function findingsIn(project: Project, results: readonly LintResult[], keep: (message: LintResult['messages'][number]) => boolean = () => true): Findings {
  return results
    .flatMap(({ filePath, messages }) => {
      const path = relative(project.folder, filePath).split(sep).join('/');
      return messages.filter(keep).map(({ ruleId, message, line, column }) => `${path}:${line}:${column} ${ruleId ?? 'error'}: ${message}`);
    })
    .sort();
}

/** Runs oxlint with `.oxlintrc.json`. */
export async function oxlint(project: Project, args: readonly string[] = []): Promise<Findings> {
  const { diagnostics } = JSON.parse(await project.exec('oxlint/bin/oxlint', ['--format', 'json', ...args], { accept: [0, 1] })) as OxlintOutput;
  return diagnostics
    .map(({ code = 'error', message, filename, labels: [label] }) => {
      const rule = code.replace(/^(.*)\((.*)\)$/, '$1/$2');
      return `${filename.split(sep).join('/')}:${label?.span.line ?? 0}:${label?.span.column ?? 0} ${rule}: ${message}`;
    })
    .sort();
}

/** Findings without their wording: where, which rule, and the places in other files that the message names. */
export function outlined(findings: Findings): string[] {
  return findings.map((finding) => {
    const [, where = '', rule = '', message = ''] = /^(\S+) (?:express\/)?(\S+): (.*)$/s.exec(finding) ?? [];
    const elsewhere = message.match(/[\w./-]+\.[cm]?[jt]s:\d+/g) ?? [];
    return [where, rule, ...elsewhere].join(' ');
  });
}
