import noConsoleInRoutes from './no-console-in-routes/proof.js';
import noDomain from './no-domain/proof.js';
import noMemorySessionStore from './no-memory-session-store/proof.js';
import noNodeEnvOverride from './no-node-env-override/proof.js';
import noProcessEnvInRoutes from './no-process-env-in-routes/proof.js';
import noSyncIo from './no-sync-io/proof.js';
import noUncaughtExceptionListener from './no-uncaught-exception-listener/proof.js';
import type { Proof } from './proof.js';
import requireCatchNext from './require-catch-next/proof.js';
import streamErrorHandler from './stream-error-handler/proof.js';

/** Every proof there is, one a rule. */
export const proofs: readonly Proof[] = [
  noSyncIo,
  noConsoleInRoutes,
  noUncaughtExceptionListener,
  requireCatchNext,
  streamErrorHandler,
  noMemorySessionStore,
  noProcessEnvInRoutes,
  noDomain,
  noNodeEnvOverride,
];
