import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { VisitorKeys } from '../ast/tree.js';
import { type HostParser, parseWithHost, usualHost } from './host-parser.js';
import { attempt, type Load, loadHere } from './load.js';
import { oxcParser } from './oxc.js';
import { addMissingLists } from './plain-tree.js';
import { scopeAnalysis } from './scope-analysis.js';
import { isSource } from './source-files.js';

export type { HostParser } from './host-parser.js';

/** A module as the model reads it. Its nodes have ranges in UTF-16 units; other positions they may lack. */
export interface ParsedModule {
  readonly ast: TSESTree.Program;
  readonly scopeManager: TSESLint.Scope.ScopeManager;
  readonly visitorKeys: VisitorKeys;
}

/** Reads the text of a file; undefined when that is neither JavaScript nor TypeScript, or nothing here can read it. Never throws. */
export type ParseModule = (filename: string, text: string, host?: HostParser) => ParsedModule | undefined;

/**
 * Makes a function that reads modules.
 * @param load how packages are loaded, and where from
 */
export function moduleParser(load: Load): ParseModule {
  const oxc = oxcParser(load);
  const scopes = scopeAnalysis(load);
  const usual = usualHost(load);
  return (filename, text, host) =>
    attempt(() => {
      const analysis = isSource(filename) ? scopes() : undefined;
      if (!analysis) return undefined;
      const ast = attempt(() => oxc()?.(filename, text));
      if (ast) return { ast, scopeManager: analysis.analyze(ast, analysis.visitorKeys), visitorKeys: analysis.visitorKeys };
      // What oxc refuses, the usual parsers refuse as well; the host's may know more.
      const other = host ?? (oxc() ? undefined : usual(filename));
      const parsed = other && parseWithHost(filename, text, other, load);
      if (!parsed) return undefined;
      const { scopeManager, visitorKeys = analysis.visitorKeys } = parsed;
      if (!scopeManager) addMissingLists(parsed.ast, visitorKeys);
      return { ast: parsed.ast, scopeManager: scopeManager ?? analysis.analyze(parsed.ast, visitorKeys), visitorKeys };
    });
}

/** Parses a file; undefined when it cannot be read as JavaScript or TypeScript, or no parser can be loaded. Never throws. */
export const parseModule: ParseModule = moduleParser(loadHere);
