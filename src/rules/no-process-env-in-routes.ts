import { createRule } from '../create-rule.js';
import { leadsTo, reachedBy } from '../express/wording.js';
import { hoistVariable } from '../fix/hoist.js';
import { environmentReads, mentionsEnvironment } from '../node/environment.js';

type Options = [{ allow: string[] }];

/** Reports variables of the environment that are read while a request is served. */
export default createRule<Options, 'reads' | 'elsewhere' | 'hoist'>({
  name: 'no-process-env-in-routes',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow reading `process.env` while a request is served',
      practice: 'environment',
      presets: { strict: 'warn' },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          allow: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Variables that may be read, such as `NODE_ENV`.' },
        },
      },
    ],
    defaultOptions: [{ allow: [] }],
    messages: {
      reads: '`{{name}}` is looked up in the environment anew for each request, and only then does it show that it is missing; {{where}}. Read it once, when the app starts.',
      elsewhere: '`{{call}}` looks something up in the environment for each request: it {{leadsTo}}; {{where}}. Read it once, when the app starts.',
      hoist: 'Read it once, into `{{name}}`.',
    },
  },
  create(context, [{ allow }], express) {
    const isAllowed = (name: string): boolean => allow.includes(name) || (name === '…' && allow.length > 0);
    return {
      Program() {
        const { file, requestPath } = express;
        const reads = mentionsEnvironment(context.sourceCode.text) ? environmentReads(file) : undefined;
        for (const unit of reads ? requestPath.units : []) {
          const witness = requestPath.witness(unit);
          for (const { node, names } of reads?.get(unit) ?? []) {
            const reported = names.filter((name) => !isAllowed(name));
            if (!witness || reported.length === 0) continue;
            const hoisted = hoistVariable(node, file, context.sourceCode);
            context.report({
              node,
              messageId: 'reads',
              data: { name: `process.env.${reported.join('`, `process.env.')}`, where: reachedBy(witness, 'reads it') },
              suggest: hoisted ? [{ messageId: 'hoist', data: { name: hoisted.name }, fix: hoisted.fix }] : [],
            });
          }
        }
        for (const { node, name, where, culprits } of express.departures('reads')) {
          const reported = culprits.filter(({ what }) => !isAllowed(what.slice('process.env.'.length)));
          if (reported.length > 0) context.report({ node, messageId: 'elsewhere', data: { call: name, leadsTo: leadsTo(reported), where } });
        }
      },
    };
  },
});
