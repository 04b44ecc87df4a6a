import { createRule } from '../create-rule.js';
import { blindTrust } from '../express/trust.js';

/** Reports apps that believe what clients say about their own address. */
export default createRule<[], 'blind'>({
  name: 'no-trust-proxy-true',
  appliesTo: (text) => text.includes('trust proxy'),
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow `trust proxy` being `true`, which lets clients choose their address',
      practice: 'reverse-proxy',
      presets: { strict: 'warn' },
    },
    schema: [],
    messages: {
      blind: 'With `trust proxy` set to `true`, `req.ip` is whatever a client writes into X-Forwarded-For: rate limits, allow-lists and logs go by an address that it makes up. Set the number of proxies in front of the app, or their addresses.',
    },
  },
  create(context, _options, express) {
    return {
      Program() {
        for (const node of blindTrust(express)) context.report({ node, messageId: 'blind' });
      },
    };
  },
});
