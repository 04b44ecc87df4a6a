import handleCallbackError from './handle-callback-error/proof.js';
import noConsoleInRoutes from './no-console-in-routes/proof.js';
import noSyncIo from './no-sync-io/proof.js';
import noUncaughtExceptionListener from './no-uncaught-exception-listener/proof.js';
import type { Proof } from './proof.js';
import requireCatchNext from './require-catch-next/proof.js';
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
  handleCallbackError,
  requireTryCatch,
  returnNextError,
];
