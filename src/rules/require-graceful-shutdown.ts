import { createRule } from '../create-rule.js';
import { abruptStops } from '../express/shutdown.js';

type Options = [{ signals: string[] }];

/** Reports apps that cut their clients off when they are told to stop. */
export default createRule<Options, 'unheard' | 'abrupt'>({
  name: 'require-graceful-shutdown',
  appliesTo: (text) => /\.listen\b/.test(text),
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require that an app that listens closes its server when it is told to stop',
      practice: 'graceful-shutdown',
      presets: { strict: 'warn' },
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          signals: { type: 'array', items: { type: 'string' }, uniqueItems: true, minItems: 1, description: 'The signals that tell the app to stop.' },
        },
      },
    ],
    defaultOptions: [{ signals: ['SIGTERM'] }],
    messages: {
      unheard: 'Nobody listens for {{signals}}: each time the app is stopped or deployed, Node ends it at once, and every client whose request it serves loses the connection. Close the server then, and let the process end when its requests are done.',
      abrupt: 'This listener for {{signals}} ends the process at once: every client whose request is being served loses the connection. Close the server first, and exit when its requests are done.',
    },
  },
  create(context, [{ signals }], express) {
    return {
      Program() {
        for (const { kind, node, signals: own } of abruptStops(express, signals, context.sourceCode.text)) {
          context.report({ node, messageId: kind, data: { signals: own.join(', ') } });
        }
      },
    };
  },
});
