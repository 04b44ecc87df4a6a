import { shortText } from '../ast/text.js';
import { createRule } from '../create-rule.js';
import { redundantWrappers } from '../express/redundant.js';
import { unwrapCall } from '../fix/parameters.js';

type Options = [{ wrappers: string[] }];

/** Reports wrappers that only hand rejections to `next`, which Express 5 does by itself. */
export default createRule<Options, 'redundant' | 'unwrap'>({
  name: 'no-redundant-async-wrapper',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow wrappers that only forward rejections, which Express 5 does by itself',
      practice: 'promises',
      presets: { strict: 'warn' },
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          wrappers: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Names of more functions that do nothing but hand the rejections of the handler they wrap to `next`' },
        },
      },
    ],
    defaultOptions: [{ wrappers: [] }],
    messages: {
      redundant: 'Express 5 hands the rejections of this handler to `next` by itself: `{{wrapper}}` adds nothing.',
      unwrap: 'Use the handler itself.',
    },
  },
  create(context, [{ wrappers }], express) {
    return {
      Program() {
        for (const { call, isRegistered } of redundantWrappers(express, new Set(wrappers))) {
          const data = { wrapper: shortText(call.callee) };
          const fix = unwrapCall(call, context.sourceCode);
          if (!fix) context.report({ node: call.callee, messageId: 'redundant', data });
          else if (isRegistered) context.report({ node: call.callee, messageId: 'redundant', data, fix });
          // Its own code, or a test, may call what the wrapper returns, and count on no rejection.
          else context.report({ node: call.callee, messageId: 'redundant', data, suggest: [{ messageId: 'unwrap', fix }] });
        }
      },
    };
  },
});
