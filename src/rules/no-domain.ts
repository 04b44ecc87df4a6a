import { createRule } from '../create-rule.js';
import { domainLoads, mentionsDomain } from '../node/domains.js';

/** Reports Node's deprecated `domain` module, which keeps a process running in a state that nobody knows. */
export default createRule<[], 'domain'>({
  name: 'no-domain',
  needsExpress: false,
  appliesTo: mentionsDomain,
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow the deprecated `domain` module',
      practice: 'exceptions',
      presets: { recommended: 'error', strict: 'error' },
    },
    schema: [],
    messages: {
      domain: "A domain keeps the process running after an uncaught exception: what the request that failed held stays held, and every client after it meets that. Pass errors to `next`, let the process end after what nobody expected, and use `AsyncLocalStorage` to know whose request it was.",
    },
  },
  create(context, _options, express) {
    return {
      Program() {
        if (!express.isServed) return;
        for (const node of domainLoads(express.file)) context.report({ node, messageId: 'domain' });
      },
    };
  },
});
