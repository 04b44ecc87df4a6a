import type { TSESLint } from '@typescript-eslint/utils';

import { createRule } from '../create-rule.js';
import { addExitListener, forkAgain } from '../fix/respawn.js';
import { mentionsCluster, workersOf } from '../node/clusters.js';

interface Options {
  /** Whether a listener that forks another worker has to write down that one ended. */
  requireLog: boolean;
}
type Suggestion = 'addListener' | 'addFork';

/** Reports workers of a cluster that nobody replaces when they end. */
export default createRule<[Options], 'unheard' | 'notReplaced' | 'unlogged' | Suggestion>({
  name: 'cluster-respawn',
  needsExpress: false,
  appliesTo: mentionsCluster,
  meta: {
    type: 'problem',
    docs: {
      description: 'require that a worker of a cluster that ends is replaced',
      practice: 'cluster',
      presets: { recommended: 'error', strict: ['error', { requireLog: true }] },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          requireLog: { type: 'boolean', description: 'Whether a listener that forks another worker has to write down that one ended. `strict` sets it to `true`.' },
        },
      },
    ],
    defaultOptions: [{ requireLog: false }],
    messages: {
      unheard: "Nobody replaces a worker that ends: each crash leaves fewer, until every client is refused. Listen for 'exit', write it down, and fork another worker.",
      notReplaced: 'This listener does not replace the worker that ended: each crash leaves fewer, until every client is refused. Fork another worker here.',
      unlogged: 'This listener replaces the worker that ended without a word: nobody learns that clients lose their connections to a crash. Write down which worker ended, and how.',
      addListener: "Listen for 'exit', and fork another worker.",
      addFork: 'Fork another worker.',
    },
  },
  create(context, [{ requireLog }], express) {
    const { sourceCode } = context;
    const suggestion = (messageId: Suggestion, fix: TSESLint.ReportFixFunction | undefined) => (fix ? [{ messageId, fix }] : []);
    return {
      Program() {
        const workers = express.isServer ? workersOf(express.file) : undefined;
        const [fork] = workers?.forks ?? [];
        if (!workers || !fork) return;
        const { listeners } = workers;
        const [first] = listeners;
        if (!first) {
          context.report({ node: fork, messageId: 'unheard', suggest: suggestion('addListener', addExitListener(fork, sourceCode)) });
        } else if (!listeners.some(({ forks }) => forks)) {
          context.report({ node: first.call.callee, messageId: 'notReplaced', suggest: suggestion('addFork', forkAgain(first.inline, fork, express.file, sourceCode)) });
        } else if (requireLog && !listeners.some(({ logs }) => logs)) {
          context.report({ node: first.call.callee, messageId: 'unlogged' });
        }
      },
    };
  },
});
