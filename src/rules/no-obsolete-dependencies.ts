import { createRule } from '../create-rule.js';
import { namesObsolete, obsoleteImports } from '../express/obsolete.js';

type Options = [{ extra: string[]; ignore: string[] }];

/** Reports imports of packages that are given up, or that Express has outlived. */
export default createRule<Options, 'obsolete' | 'listed'>({
  name: 'no-obsolete-dependencies',
  needsExpress: false,
  appliesTo: (text, [{ extra }]) => namesObsolete(text, extra),
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow packages that are not maintained any more, or that Express has outlived',
      practice: 'process-manager',
      presets: { recommended: 'warn', strict: 'error' },
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          extra: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'More packages to report.' },
          ignore: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Packages that may be used.' },
        },
      },
    ],
    defaultOptions: [{ extra: [], ignore: [] }],
    messages: {
      obsolete: '`{{name}}` {{why}}. {{instead}}.',
      listed: '`{{name}}` is listed as obsolete.',
    },
  },
  create(context, [{ extra, ignore }], express) {
    return {
      Program() {
        for (const { node, name, known } of obsoleteImports(express, new Set(extra), new Set(ignore))) {
          if (known) context.report({ node, messageId: 'obsolete', data: { name, why: known.why, instead: known.instead } });
          else context.report({ node, messageId: 'listed', data: { name } });
        }
      },
    };
  },
});
