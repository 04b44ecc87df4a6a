import clusterRespawn from './cluster-respawn/proof.js';
import errorHandlerArity from './error-handler-arity/proof.js';
import middlewareOrder from './middleware-order/proof.js';
import handleCallbackError from './handle-callback-error/proof.js';
import noConsoleInRoutes from './no-console-in-routes/proof.js';
import noDomain from './no-domain/proof.js';
import noMemorySessionStore from './no-memory-session-store/proof.js';
import noNodeEnvOverride from './no-node-env-override/proof.js';
import noProcessEnvInRoutes from './no-process-env-in-routes/proof.js';
import noObsoleteDependencies from './no-obsolete-dependencies/proof.js';
import noRedundantAsyncWrapper from './no-redundant-async-wrapper/proof.js';
import noSyncIo from './no-sync-io/proof.js';
import noTrustProxyTrue from './no-trust-proxy-true/proof.js';
import noUncaughtExceptionListener from './no-uncaught-exception-listener/proof.js';
import noWorkerPerRequest from './no-worker-per-request/proof.js';
import type { Proof } from './proof.js';
import requireCatchNext from './require-catch-next/proof.js';
import requireCompression from './require-compression/proof.js';
import requireGracefulShutdown from './require-graceful-shutdown/proof.js';
import requireTryCatch from './require-try-catch/proof.js';
import returnNextError from './return-next-error/proof.js';
import streamErrorHandler from './stream-error-handler/proof.js';

/** Every proof there is, one a rule. */
export const proofs: readonly Proof[] = [
  noSyncIo,
  noConsoleInRoutes,
  noUncaughtExceptionListener,
  requireCatchNext,
  streamErrorHandler,
  errorHandlerArity,
  middlewareOrder,
  noRedundantAsyncWrapper,
  noTrustProxyTrue,
  requireGracefulShutdown,
  requireCompression,
  noMemorySessionStore,
  noProcessEnvInRoutes,
  noDomain,
  noNodeEnvOverride,
  noObsoleteDependencies,
  clusterRespawn,
  noWorkerPerRequest,
  handleCallbackError,
  requireTryCatch,
  returnNextError,
];
