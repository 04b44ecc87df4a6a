import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { readScopes, type Scopes } from '../ast/scope.js';
import { readTree, type Tree, type VisitorKeys } from '../ast/tree.js';
import { Values } from '../ast/values.js';
import { type Elsewhere, nothingElsewhere } from './elsewhere.js';
import { type Major, majorOfSetting, packageFacts, type PackageFacts } from './version.js';

/** `settings.express`, validated. */
export interface ExpressSettings {
  /** The Express that runs the code; wins over every manifest. */
  readonly version: Major | undefined;
  /** More names of variables that hold an app or router. */
  readonly appNames: ReadonlySet<string>;
  /** More names of functions that are handlers although nothing in their file shows it. */
  readonly handlerNames: ReadonlySet<string>;
  /** Names of functions that forward the rejections of the handler they wrap. */
  readonly wrappers: ReadonlySet<string>;
  /** The logger to use instead of the console, as the rule's option has it. */
  readonly logger: unknown;
  /** Whether the files that a file imports are read too. */
  readonly crossFile: boolean;
}

/** A parsed file, however it was parsed: what the model is built from. */
export interface SourceFile {
  readonly filename: string;
  readonly program: TSESTree.Program;
  readonly tree: Tree;
  readonly scopes: Scopes;
  readonly values: Values;
  readonly settings: ExpressSettings;
  readonly facts: PackageFacts;
  /** The Express major that runs this file, as far as it is known. */
  readonly major: Major | undefined;
  /** What is known of other files. */
  readonly elsewhere: Elsewhere;
}

/** What a parser and a scope analysis give; ESLint's `SourceCode` fits. */
export interface ParsedFile {
  readonly ast: TSESTree.Program;
  readonly scopeManager: TSESLint.Scope.ScopeManager | null;
  readonly visitorKeys: VisitorKeys;
}

function names(value: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : []);
}

/** Reads `settings.express`; what does not fit is left out. */
export function readSettings(settings: unknown): ExpressSettings {
  const express = isRecord(settings) && isRecord(settings.express) ? settings.express : {};
  return {
    version: majorOfSetting(express.version),
    appNames: names(express.appNames),
    handlerNames: names(express.handlerNames),
    wrappers: names(express.wrappers),
    logger: express.logger,
    crossFile: express.crossFile !== false,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Prepares a parsed file for the model: one walk over its tree and one over its scopes. */
export function sourceFile(parsed: ParsedFile & { readonly scopeManager: TSESLint.Scope.ScopeManager }, filename: string, settings: ExpressSettings, elsewhere: Elsewhere = nothingElsewhere): SourceFile {
  const tree = readTree(parsed.ast, parsed.visitorKeys);
  const scopes = readScopes(parsed.scopeManager);
  const facts = packageFacts(filename);
  return {
    filename,
    program: parsed.ast,
    tree,
    scopes,
    values: new Values(tree, scopes),
    settings,
    facts,
    major: settings.version ?? facts.major,
    elsewhere,
  };
}
