import { createRule } from '../create-rule.js';
import { namedLogger } from '../express/loggers.js';
import { leadsTo, reachedBy } from '../express/wording.js';
import { useLogger } from '../fix/use-logger.js';
import { consoleUses } from '../node/console.js';

interface LoggerOption {
  name: string;
  import?: string;
  style?: 'pino' | 'winston' | 'console' | 'debug';
  methods?: Record<string, string>;
}
type Options = [{ allow: string[]; checkErrorHandlers: boolean; logger?: LoggerOption }];

/** Reports the console on the request path. */
export default createRule<Options, 'console' | 'elsewhere' | 'useLogger'>({
  name: 'no-console-in-routes',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow the console while a request is served',
      practice: 'logging',
      presets: { recommended: 'warn', strict: 'error' },
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          allow: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Methods of `console` that may be called, such as `error`.' },
          checkErrorHandlers: { type: 'boolean', description: 'Whether error middleware, and what only it reaches, is checked too.' },
          logger: {
            type: 'object',
            additionalProperties: false,
            required: ['name'],
            description: 'The logger to use instead: its `name` as it is written (`logger`, `req.log`), the module to `import` it from, the `style` of its arguments (`pino`, `winston`, `console` or `debug`), and its `methods` where they are called otherwise (`{ "log": "verbose" }`). Without it, one that the file has.',
            properties: {
              name: { type: 'string', minLength: 1, description: 'As it is written: `logger`, `req.log`' },
              import: { type: 'string', minLength: 1, description: 'The module whose default export it is, for files that do not import it yet; a relative path starts from the folder of package.json' },
              style: { type: 'string', enum: ['pino', 'winston', 'console', 'debug'], description: 'How it takes its arguments' },
              methods: { type: 'object', additionalProperties: { type: 'string' }, description: 'Its method for a method of the console: `{ "log": "verbose" }`' },
            },
          },
        },
      },
    ],
    defaultOptions: [{ allow: [], checkErrorHandlers: true }],
    messages: {
      console: '`console.{{method}}` waits for the terminal or file that it writes to, and every client waits with it; {{where}}.',
      elsewhere: '`{{call}}` prints while every client waits: it {{leadsTo}}; {{where}}.',
      useLogger: 'Use `{{logger}}` instead.',
    },
  },
  create(context, [{ allow, checkErrorHandlers, logger: option }], express) {
    const named = namedLogger(option ?? express.file.settings.logger);
    return {
      Program() {
        const path = checkErrorHandlers ? express.requestPath : express.requestPathWithout('error');
        for (const unit of path.units) {
          const witness = path.witness(unit);
          for (const use of consoleUses(express.file.values, unit)) {
            if (!witness || isAllowed(use.method, allow)) continue;
            const data = { method: use.method, where: reachedBy(witness, use.how === 'handed' ? 'hands it over' : 'calls it') };
            const repair = useLogger(use, named, express, context.sourceCode);
            if (!repair) context.report({ node: use.node, messageId: 'console', data });
            else if (repair.sure) context.report({ node: use.node, messageId: 'console', data, fix: repair.fix });
            else context.report({ node: use.node, messageId: 'console', data, suggest: [{ messageId: 'useLogger', data: { logger: repair.logger }, fix: repair.fix }] });
          }
        }
        for (const { node, name, where, culprits } of express.departures('logs', path)) {
          const reported = culprits.filter(({ what }) => !isAllowed(what.slice('console.'.length), allow));
          if (reported.length > 0) context.report({ node, messageId: 'elsewhere', data: { call: name, leadsTo: leadsTo(reported), where } });
        }
      },
    };
  },
});

/** A method that is computed may be an allowed one. */
function isAllowed(method: string, allow: readonly string[]): boolean {
  return allow.includes(method) || (method === '…' && allow.length > 0);
}
