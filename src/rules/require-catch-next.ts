import { createRule } from '../create-rule.js';
import { functionHead } from '../ast/heads.js';

/** Reports rejections on the request path that reach neither `next` nor a response. */
export const requireCatchNext = createRule<[{ wrappers: string[] }], 'floating' | 'late' | 'discarded' | 'swallowed' | 'handler'>({
  name: 'require-catch-next',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require that every rejection on the request path reaches `next` or a response',
      practice: 'promises',
      presets: { recommended: 'error', strict: 'error' },
    },
    schema: [{ type: 'object', additionalProperties: false, properties: { wrappers: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Names of functions that forward the rejections of the handler they are given' } } }],
    defaultOptions: [{ wrappers: [] }],
    messages: {
      floating: 'floating',
      late: 'late',
      discarded: 'discarded by {{sink}}',
      swallowed: 'swallowed',
      handler: 'handler {{label}} {{how}} line {{line}}',
    },
  },
  create(context, _options, express) {
    return {
      Program() {
        for (const unit of express.requestPath.units) {
          for (const leak of express.rejections.leaks(unit)) {
            context.report({ node: leak.node, messageId: leak.kind, data: { sink: leak.sink?.name ?? '' } });
          }
        }
        for (const handler of express.handlers) {
          const use = handler.uses.find((one) => one.protection === 'none' && !(express.file.major === 4 && express.isPatched(one.registration)));
          const [escape] = express.rejections.escapes(handler.fn);
          if (!use || !escape || express.file.major !== 4) continue;
          context.report({ loc: functionHead(handler.fn, context.sourceCode), messageId: 'handler', data: { label: handler.label, how: escape.how, line: escape.node.loc.start.line } });
        }
      },
    };
  },
});
