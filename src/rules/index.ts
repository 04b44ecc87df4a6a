import type { RuleModule } from '../create-rule.js';
import clusterRespawn from './cluster-respawn.js';
import errorHandlerArity from './error-handler-arity.js';
import middlewareOrder from './middleware-order.js';
import handleCallbackError from './handle-callback-error.js';
import noConsoleInRoutes from './no-console-in-routes.js';
import noDomain from './no-domain.js';
import noMemorySessionStore from './no-memory-session-store.js';
import noNodeEnvOverride from './no-node-env-override.js';
import noProcessEnvInRoutes from './no-process-env-in-routes.js';
import noObsoleteDependencies from './no-obsolete-dependencies.js';
import noRedundantAsyncWrapper from './no-redundant-async-wrapper.js';
import noSyncIo from './no-sync-io.js';
import noTrustProxyTrue from './no-trust-proxy-true.js';
import noUncaughtExceptionListener from './no-uncaught-exception-listener.js';
import noWorkerPerRequest from './no-worker-per-request.js';
import requireCatchNext from './require-catch-next.js';
import requireCompression from './require-compression.js';
import requireGracefulShutdown from './require-graceful-shutdown.js';
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
  'error-handler-arity': errorHandlerArity,
  'middleware-order': middlewareOrder,
  'no-redundant-async-wrapper': noRedundantAsyncWrapper,
  'no-trust-proxy-true': noTrustProxyTrue,
  'require-graceful-shutdown': requireGracefulShutdown,
  'require-compression': requireCompression,
  'no-memory-session-store': noMemorySessionStore,
  'no-process-env-in-routes': noProcessEnvInRoutes,
  'no-domain': noDomain,
  'no-node-env-override': noNodeEnvOverride,
  'no-obsolete-dependencies': noObsoleteDependencies,
  'cluster-respawn': clusterRespawn,
  'no-worker-per-request': noWorkerPerRequest,
  'handle-callback-error': handleCallbackError,
  'require-try-catch': requireTryCatch,
  'return-next-error': returnNextError,
} satisfies Record<string, RuleModule>;
