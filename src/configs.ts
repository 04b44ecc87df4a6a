import type { Rule } from 'eslint';

import type { PresetEntry, RuleModule } from './create-rule.js';

/** The presets, from what is certain to everything there is. */
export type PresetName = 'recommended' | 'strict' | 'all';

/** Rule settings as a configuration file holds them. */
export type PresetRules = Record<string, PresetEntry>;

/** A preset for `.eslintrc`: `"extends": ["plugin:express/recommended"]`. */
export interface LegacyConfig {
  plugins: string[];
  rules: PresetRules;
}

/** A preset for `eslint.config.js`; it names no files, so that it follows those of the project. */
export interface FlatConfig {
  name: string;
  plugins: { express: PluginCore };
  rules: PresetRules;
}

/** The plugin without its presets, which is all a preset can contain. */
export interface PluginCore {
  meta: { name: string; version: string; namespace: string };
  rules: Record<string, PluginRule>;
}

/** A rule as ESLint loads it; its context is ESLint's to make, in the shape of the ESLint at hand. */
export interface PluginRule {
  meta: Rule.RuleMetaData;
  create(context: never): Record<string, Listener | undefined>;
}

/** Listeners take the nodes they name; a method type lets each name its own. */
type Listener = { listen(...args: unknown[]): void }['listen'];

/** All presets. ESLint's `defineConfig` finds `flat/recommended` when asked for `express/recommended`. */
export type Configs = Record<PresetName, LegacyConfig> & Record<`flat/${PresetName}`, FlatConfig>;

/** Computes every preset from what the rules say about themselves. */
export function configsOf(plugin: PluginCore, rules: Readonly<Record<string, RuleModule>>): Configs {
  const legacy = (preset: PresetName): LegacyConfig => ({ plugins: ['express'], rules: rulesOf(preset, rules) });
  const flat = (preset: PresetName): FlatConfig => ({
    name: `express/${preset}`,
    plugins: { express: plugin },
    rules: rulesOf(preset, rules),
  });
  return {
    recommended: legacy('recommended'),
    strict: legacy('strict'),
    all: legacy('all'),
    'flat/recommended': flat('recommended'),
    'flat/strict': flat('strict'),
    'flat/all': flat('all'),
  };
}

function rulesOf(preset: PresetName, rules: Readonly<Record<string, RuleModule>>): PresetRules {
  const chosen: PresetRules = {};
  for (const [name, rule] of Object.entries(rules)) {
    const { presets } = rule.meta.docs;
    const entry = preset === 'all' ? (presets.strict ?? 'error') : presets[preset];
    if (entry) chosen[`express/${name}`] = entry;
  }
  return chosen;
}
