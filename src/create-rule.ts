import type { TSESLint } from '@typescript-eslint/utils';

import { type ExpressModel, modelOf, showsExpress } from './express/model.js';
import { elsewhereFor } from './express/modules.js';
import { isPartOfServer } from './express/production.js';

/** Replaced with the version in package.json when the plugin is bundled and when it is tested. */
declare const __VERSION__: string;

/** The version of this plugin. */
export const version = __VERSION__;

/** How loudly a preset reports a rule. */
export type Severity = 'warn' | 'error';

/** A rule's entry in a preset: its severity alone, or with options. */
export type PresetEntry = Severity | [Severity, ...unknown[]];

/** What a rule says about itself besides what ESLint asks for. */
export interface RuleDocs {
  /** One line, in the imperative, for tables and editors. */
  description: string;
  /** The row of the checklist page this rule enforces. */
  practice: string;
  /** The presets this rule belongs to; `all` holds every rule. */
  presets: { recommended?: PresetEntry; strict?: PresetEntry };
}

/** A rule's context, as the rules of this plugin see it. */
export type RuleContext<MessageIds extends string, Options extends readonly unknown[]> = Readonly<
  TSESLint.RuleContext<MessageIds, Options>
>;

/** A finished rule: what ESLint loads, and what the presets are computed from. */
export type RuleModule<
  MessageIds extends string = string,
  Options extends readonly unknown[] = unknown[],
> = TSESLint.RuleModule<MessageIds, Options, RuleDocs> & {
  meta: { docs: RuleDocs & { url: string } };
};

interface RuleDefinition<Options extends readonly unknown[], MessageIds extends string> {
  name: string;
  /** Whether the rule has nothing to say about a file without any sign of Express; it has not, unless it says so. */
  needsExpress?: boolean;
  /** A cheap test on the text of other files that belong to a server: whether the rule can have anything to say about what they export. */
  appliesToExports?: (text: string) => boolean;
  /** One more cheap test on a file's text: whether the rule, with these options, can have anything to say. */
  appliesTo?: (text: string, options: Options) => boolean;
  meta: Omit<TSESLint.RuleMetaData<MessageIds, RuleDocs, Options>, 'docs'> & { docs: RuleDocs };
  create: (
    context: RuleContext<MessageIds, Options>,
    options: Options,
    express: ExpressModel,
  ) => TSESLint.RuleListener;
}

/**
 * Makes an ESLint rule from a definition. The rule gets its documentation URL, complete options on
 * every ESLint, and the model of the file's Express app, and it is not created at all for a file it
 * has nothing to say about.
 */
export function createRule<Options extends readonly unknown[], MessageIds extends string>({
  name,
  needsExpress = true,
  appliesTo = () => true,
  appliesToExports = () => false,
  meta,
  create,
}: RuleDefinition<Options, MessageIds>): RuleModule<MessageIds, Options> {
  const url = `https://github.com/eslint-plugin-express/eslint-plugin-express/blob/v${version}/docs/rules/${name}.md`;
  return {
    meta: { ...meta, docs: { ...meta.docs, url } },
    create(context) {
      const { sourceCode } = context;
      const options = withDefaults(meta.defaultOptions, context.options);
      if (!isScript(sourceCode) || !appliesTo(sourceCode.text, options)) return {};
      if (needsExpress && !showsExpress(sourceCode) && !(appliesToExports(sourceCode.text) && isPartOfServer(context.filename))) return {};
      const express = modelOf(context, elsewhereFor);
      if (!express) return {};
      return create(context, options, express);
    },
  };
}

/** Other languages' plugins run the rules of a configuration without `files` on their own trees. */
function isScript({ ast, scopeManager }: { ast: { type: string }; scopeManager: unknown }): boolean {
  return Boolean(scopeManager) && ast.type === 'Program';
}

/**
 * The user's options laid over the defaults, objects key by key, everything else replaced: what
 * ESLint itself does from 9.15 on. Doing it twice changes nothing.
 */
export function withDefaults<Options extends readonly unknown[]>(
  defaults: Options | undefined,
  options: Options,
): Options;
export function withDefaults(defaults: readonly unknown[] = [], options: readonly unknown[]): readonly unknown[] {
  return Array.from({ length: Math.max(defaults.length, options.length) }, (_, i) =>
    overlay(defaults[i], options[i]),
  );
}

function overlay(base: unknown, top: unknown): unknown {
  if (top === undefined) return base;
  if (!isPlainObject(base) || !isPlainObject(top)) return top;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(top)) merged[key] = overlay(base[key], value);
  return merged;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
