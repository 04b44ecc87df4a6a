import type { Configs, PluginCore } from './configs.js';
import { configsOf } from './configs.js';
import { version } from './create-rule.js';
import { rules } from './rules/index.js';

const core: PluginCore = { meta: { name: 'eslint-plugin-express', version, namespace: 'express' }, rules };

/** The plugin, as ESLint and its users see it. */
const plugin: PluginCore & { configs: Configs } = Object.assign(core, { configs: configsOf(core, rules) });

export default plugin;
