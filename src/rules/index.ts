import type { RuleModule } from '../create-rule.js';
import noUncaughtExceptionListener from './no-uncaught-exception-listener.js';
import requireCatchNext from './require-catch-next.js';

/** Every rule of the plugin, by the name users switch it on with. */
export const rules = {
  'no-uncaught-exception-listener': noUncaughtExceptionListener,
  'require-catch-next': requireCatchNext,
} satisfies Record<string, RuleModule>;
