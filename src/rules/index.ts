import type { RuleModule } from '../create-rule.js';
import handleCallbackError from './handle-callback-error.js';
import noConsoleInRoutes from './no-console-in-routes.js';
import noSyncIo from './no-sync-io.js';
import noUncaughtExceptionListener from './no-uncaught-exception-listener.js';
import requireCatchNext from './require-catch-next.js';
import requireTryCatch from './require-try-catch.js';
import returnNextError from './return-next-error.js';
import streamErrorHandler from './stream-error-handler.js';

/** Every rule of the plugin, by the name users switch it on with. */
export const rules = {
  'no-console-in-routes': noConsoleInRoutes,
  'no-sync-io': noSyncIo,
  'no-uncaught-exception-listener': noUncaughtExceptionListener,
  'require-catch-next': requireCatchNext,
  'stream-error-handler': streamErrorHandler,
  'handle-callback-error': handleCallbackError,
  'require-try-catch': requireTryCatch,
  'return-next-error': returnNextError,
} satisfies Record<string, RuleModule>;
