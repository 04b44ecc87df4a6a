import type { RuleModule } from '../create-rule.js';

/** Every rule of the plugin, by the name users switch it on with. */
export const rules = {} satisfies Record<string, RuleModule>;
