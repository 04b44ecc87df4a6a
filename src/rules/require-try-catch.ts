import { shortText } from '../ast/text.js';
import { createRule } from '../create-rule.js';
import type { LateThrow } from '../express/model.js';
import { leadsTo, reachedBy } from '../express/wording.js';
import { handThrown } from '../fix/hand-thrown.js';

type Options = [{ extra: string[] }];

/** Reports what can throw in a callback that runs later, where neither Express nor any `try` catches it. */
export default createRule<Options, 'throws' | 'calls' | 'elsewhere' | 'tryCatch' | 'handOn'>({
  name: 'require-try-catch',
  meta: {
    type: 'problem',
    docs: {
      description: 'require a `try` around what can throw in a callback that runs later',
      practice: 'try-catch',
      presets: { recommended: 'error', strict: 'error' },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          extra: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'More functions that throw: `yup#validateSync` by the package that exports it, `validate` or `schema.parse` as they are called.' },
        },
      },
    ],
    defaultOptions: [{ extra: [] }],
    messages: {
      throws: 'What is thrown in a callback of `{{call}}` reaches nobody: neither Express nor a `try` around that call catches it, and the process ends for every client; {{where}}. Hand the error on instead.',
      calls: '`{{what}}` throws when {{when}}. In a callback of `{{call}}` neither Express nor a `try` around that call catches it, and the process ends for every client; {{where}}. Catch it in the callback.',
      elsewhere: 'A callback behind `{{call}}` can throw where nobody catches it: it {{leadsTo}}, and the process ends for every client; {{where}}.',
      tryCatch: 'Catch it in the callback, and hand the error to `{{to}}`.',
      handOn: 'Hand the error to `{{to}}`.',
    },
  },
  create(context, [{ extra }], express) {
    const more = new Set(extra);

    function report(risk: LateThrow, where: string): void {
      const data = { what: risk.name, when: risk.when ?? '', call: shortText(risk.by.call), where };
      const caught = handThrown(express, risk, context.sourceCode);
      context.report({
        node: risk.node,
        messageId: risk.when === undefined ? 'throws' : 'calls',
        data,
        suggest: caught ? [{ messageId: caught.by === 'try' ? 'tryCatch' : 'handOn', data: { to: caught.to }, fix: caught.fix }] : [],
      });
    }

    return {
      Program() {
        for (const unit of express.requestPath.units) {
          const witness = express.requestPath.witness(unit);
          if (witness) for (const risk of express.lateThrows(unit, more)) report(risk, reachedBy(witness, 'runs it'));
        }
        for (const { node, name, where, culprits } of express.departures('throws')) {
          context.report({ node, messageId: 'elsewhere', data: { call: name, leadsTo: leadsTo(culprits), where } });
        }
      },
    };
  },
});
