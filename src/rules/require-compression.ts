import { createRule } from '../create-rule.js';
import { uncompressedApps } from '../express/compression.js';
import { useCompression } from '../fix/compress.js';

type Options = [{ reverseProxy: boolean }];

/** Reports apps that listen, and send everything as it is. */
export default createRule<Options, 'uncompressed' | 'useCompression'>({
  name: 'require-compression',
  appliesTo: (text) => /\.listen\b/.test(text),
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require that an app that listens compresses its answers',
      practice: 'compression',
      presets: { strict: 'warn' },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          reverseProxy: { type: 'boolean', description: 'Whether a proxy in front of the app compresses its answers.' },
        },
      },
    ],
    defaultOptions: [{ reverseProxy: false }],
    messages: {
      uncompressed: 'Nothing compresses what this app sends: clients wait for several times the bytes of text and JSON that they need. Use the middleware `compression`, or set `reverseProxy` if a proxy in front of the app does it.',
      useCompression: 'Use `compression` for all answers. Install it first.',
    },
  },
  create(context, [{ reverseProxy }], express) {
    const { sourceCode } = context;
    return {
      Program() {
        for (const { node, app } of reverseProxy ? [] : uncompressedApps(express, sourceCode.text)) {
          const fix = app === undefined ? undefined : useCompression(node, app, sourceCode);
          context.report({ node, messageId: 'uncompressed', suggest: fix ? [{ messageId: 'useCompression', fix }] : [] });
        }
      },
    };
  },
});
