import { shortText } from '../ast/text.js';
import { createRule } from '../create-rule.js';
import { reachedBy } from '../express/wording.js';
import { returnFirst } from '../fix/return-first.js';

/** Reports answers, and calls of `next`, after which the same function surely answers or calls `next` again. */
export default createRule<[], 'answers' | 'handsOn' | 'loop' | 'addReturn'>({
  name: 'return-next-error',
  meta: {
    type: 'problem',
    docs: {
      description: 'require that a function ends where it has answered, or called `next`',
      practice: 'next-error',
      presets: { recommended: 'error', strict: 'error' },
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      answers: '`{{first}}` does not end this function: `{{second}}` (line {{line}}) answers the same request again, which throws, and can end the process for every client; {{where}}. Return here.',
      handsOn: '`{{first}}` does not end this function: `{{second}}` (line {{line}}) runs as well, and with it all handlers that follow, for a request that is done; {{where}}. Return here.',
      loop: 'A `return` in here leaves only the callback of `{{loop}}`: `{{second}}` (line {{line}}) runs as well, for a request that has its answer, which can end the process for every client; {{where}}.',
      addReturn: 'Return, so that nothing after it runs.',
    },
  },
  create(context, _options, express) {
    return {
      Program() {
        for (const unit of express.requestPath.units) {
          const witness = express.requestPath.witness(unit);
          for (const { first, second, then, loop } of witness ? express.secondAnswers.in(unit) : []) {
            const data = { first: shortText(first), second: shortText(second), line: String(second.loc.start.line), loop: loop ? shortText(loop) : '', where: witness ? reachedBy(witness, 'runs it') : '' };
            const fix = loop ? undefined : returnFirst(first);
            context.report({ node: first, messageId: loop ? 'loop' : then === 'next' ? 'handsOn' : 'answers', data, suggest: fix ? [{ messageId: 'addReturn', fix }] : [] });
          }
        }
      },
    };
  },
});
