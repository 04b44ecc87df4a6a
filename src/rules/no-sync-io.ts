import { createRule } from '../create-rule.js';
import { memberPath } from '../express/apps.js';
import { leadsTo, reachedBy } from '../express/wording.js';
import { awaitTwin } from '../fix/await-twin.js';
import { type BlockingUse, blockingUses } from '../node/blocked.js';

type MessageId = 'blocks' | 'elsewhere' | 'awaitTwin' | 'makeAsync';
type Options = [{ allow: string[]; extra: string[] }];

/** Reports calls on the request path that hold the thread until they are done. */
export default createRule<Options, MessageId>({
  name: 'no-sync-io',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow blocking calls while a request is served',
      practice: 'sync-functions',
      presets: { recommended: 'error', strict: 'error' },
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          allow: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Calls that may block, as they are written or by the name of the function: `fs.existsSync`, `existsSync`.' },
          extra: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'More functions that block: `images#resizeSync` by the package that exports it, `resizeSync` or `images.resizeSync` as they are called; or a package that is not reported otherwise: `better-sqlite3`.' },
        },
      },
    ],
    defaultOptions: [{ allow: [], extra: [] }],
    messages: {
      blocks: '`{{call}}` {{reason}}; {{where}}.',
      elsewhere: '`{{call}}` blocks every client: it {{leadsTo}}; {{where}}.',
      awaitTwin: 'Await `{{twin}}` instead.',
      makeAsync: 'Make the handler async, and await `{{twin}}` instead.',
    },
  },
  create(context, [{ allow, extra }], express) {
    const allowed = new Set(allow);
    const added = new Set(extra);
    return {
      Program() {
        for (const unit of express.requestPath.units) {
          const witness = express.requestPath.witness(unit);
          const uses = [...blockingUses(express.file, unit, added)];
          for (const use of uses) {
            if (!witness || isAllowed(use, allowed)) continue;
            const { name, reason = 'blocks every client while it runs' } = use.fact;
            const data = { call: name, reason, where: reachedBy(witness, use.how === 'handed' ? 'hands it over' : 'calls it') };
            const repair = awaitTwin(use, unit, uses, express, context.sourceCode);
            if (!repair) context.report({ node: use.node, messageId: 'blocks', data });
            else if (repair.sure) context.report({ node: use.node, messageId: 'blocks', data, fix: repair.fix });
            else context.report({ node: use.node, messageId: 'blocks', data, suggest: [{ messageId: repair.how, data: { twin: repair.twin }, fix: repair.fix }] });
          }
        }
        for (const { node, name, where, culprits } of express.departures('blocks')) {
          const reported = culprits.filter(({ what }) => !names(allowed, what));
          if (reported.length > 0) context.report({ node, messageId: 'elsewhere', data: { call: name, leadsTo: leadsTo(reported), where } });
        }
      },
    };
  },
});

function isAllowed({ fact, callee }: BlockingUse, allowed: ReadonlySet<string>): boolean {
  const written = memberPath(callee) ?? '';
  return names(allowed, fact.name) || names(allowed, written);
}

/** Whether a list names a function: as it is written, or by its last part. */
function names(allowed: ReadonlySet<string>, name: string): boolean {
  return allowed.has(name) || allowed.has(name.slice(name.lastIndexOf('.') + 1));
}
