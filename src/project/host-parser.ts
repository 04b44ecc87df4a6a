import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { VisitorKeys } from '../ast/tree.js';
import { attempt, isRecord, type Load, once } from './load.js';
import { isProgram } from './oxc.js';
import { isTyped } from './source-files.js';

/** The parser that the linted file was read with; a rule's context fits. */
export interface HostParser {
  /** What a flat configuration says. */
  readonly languageOptions?: { readonly parser?: unknown; readonly parserOptions?: unknown };
  /** Where ESLint 8 found the parser of an `.eslintrc`; asked only where there is no other. */
  readonly parserPath?: string | undefined;
  readonly parserOptions?: unknown;
}

/** What the host's parser makes of a text; scopes and keys only if it brings its own. */
export interface HostParsed {
  readonly ast: TSESTree.Program;
  readonly scopeManager: TSESLint.Scope.ScopeManager | undefined;
  readonly visitorKeys: VisitorKeys | undefined;
}

/** What would have TypeScript check the whole project, or belongs to the linted file alone. */
const leftOut = ['project', 'projectService', 'EXPERIMENTAL_useProjectService', 'program', 'programs', 'filePath', 'tokens', 'comment'];

/** Reads a text with the host's parser, first as a module, then as a script; undefined where it can do neither. */
export function parseWithHost(filename: string, text: string, host: HostParser, load: Load): HostParsed | undefined {
  const parser = parserOf(host, load);
  if (!parser) return undefined;
  const { languageOptions, parserOptions } = host;
  const given = { ...record(parserOptions), ...record(languageOptions?.parserOptions) };
  const kept = Object.fromEntries(Object.entries(given).filter(([name]) => !leftOut.includes(name)));
  for (const sourceType of /\.m[jt]s$/.test(filename) ? ['module'] : ['module', 'script']) {
    const options = {
      ecmaVersion: 'latest',
      ...kept,
      ecmaFeatures: { ...record(kept.ecmaFeatures), globalReturn: sourceType === 'script', jsx: !/\.[cm]?ts$/.test(filename) },
      sourceType,
      range: true,
      loc: true,
      filePath: filename,
    };
    const parsed = attempt(() => parser(text, options));
    if (parsed && isProgram(parsed.ast)) {
      const { ast, scopeManager, visitorKeys } = parsed;
      return {
        ast,
        scopeManager: isScopeManager(scopeManager) ? scopeManager : undefined,
        visitorKeys: isVisitorKeys(visitorKeys) ? visitorKeys : undefined,
      };
    }
  }
  return undefined;
}

/** The parsers that most hosts have: ESLint's own for JavaScript, typescript-eslint's for TypeScript. */
export function usualHost(load: Load): (filename: string) => HostParser | undefined {
  const javaScript = once(() => ({ languageOptions: { parser: load('espree', 'eslint') } }));
  const typeScript = once(() => ({ languageOptions: { parser: load('@typescript-eslint/parser') } }));
  return (filename) => (isTyped(filename) ? typeScript() : javaScript());
}

type Parser = (text: string, options: unknown) => { readonly ast?: unknown; readonly scopeManager?: unknown; readonly visitorKeys?: unknown };

function parserOf(host: HostParser, load: Load): Parser | undefined {
  const given = host.languageOptions?.parser ?? attempt(() => (host.parserPath === undefined ? undefined : load(host.parserPath)));
  if (hasParseForESLint(given)) return (text, options) => record(given.parseForESLint(text, options));
  if (hasParse(given)) return (text, options) => ({ ast: given.parse(text, options) });
  return undefined;
}

function hasParseForESLint(value: unknown): value is { parseForESLint(text: string, options: unknown): unknown } {
  return isRecord(value) && typeof value.parseForESLint === 'function';
}

function hasParse(value: unknown): value is { parse(text: string, options: unknown): unknown } {
  return isRecord(value) && typeof value.parse === 'function';
}

function isScopeManager(value: unknown): value is TSESLint.Scope.ScopeManager {
  return isRecord(value) && Array.isArray(value.scopes) && typeof value.acquire === 'function';
}

function isVisitorKeys(value: unknown): value is VisitorKeys {
  return isRecord(value);
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
