import type { TSESLint } from '@typescript-eslint/utils';

import { functionHead } from '../ast/heads.js';
import { paramName, parametersOf } from '../ast/nodes.js';
import { shortText } from '../ast/text.js';
import { createRule } from '../create-rule.js';
import { type Misfit, misfits } from '../express/arity.js';
import { subjectOf } from '../express/wording.js';
import { appendNext, removeDefault, unwrapCall } from '../fix/parameters.js';

type MessageIds = Misfit['cause'] | 'addNext' | 'removeDefault' | 'unwrap';
type Repair = Pick<TSESLint.ReportDescriptor<MessageIds>, 'fix' | 'suggest'>;

/** Reports what is meant as error middleware, and is none for Express because of its length. */
export default createRule<[], MessageIds>({
  name: 'error-handler-arity',
  meta: {
    type: 'problem',
    docs: {
      description: 'require that error middleware has four parameters',
      practice: 'error-middleware',
      presets: { recommended: 'error', strict: 'error' },
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      few: 'No error reaches {{subject}}: Express takes only functions with four parameters for error middleware, and this one has {{length}}. It runs for requests instead, with the request in the place of the error.',
      many: 'Express never calls {{subject}}: error middleware has four parameters, and this function has {{length}}.',
      default: 'No error reaches {{subject}}: a parameter with a default value does not count, so that Express sees {{length}} parameters instead of the four of error middleware.',
      rest: 'No error reaches {{subject}}: rest parameters do not count, so that Express sees {{length}} parameters instead of the four of error middleware.',
      wrapped: 'No error reaches {{subject}}: what `{{wrapper}}` returns has {{length}} parameters, and Express takes only functions with four for error middleware.',
      addNext: 'Add the parameter `next`.',
      removeDefault: 'Remove the default value.',
      unwrap: 'Register the function itself.',
    },
  },
  create(context, _options, express) {
    const { sourceCode } = context;

    function repairOf({ cause, handler, use }: Misfit): Repair {
      if (!handler) return {};
      const { fn, bound } = handler;
      if (cause === 'few') {
        const edit = appendNext(fn, bound, sourceCode);
        if (!edit) return {};
        return edit.isSure ? { fix: edit.fix } : { suggest: [{ messageId: 'addNext', fix: edit.fix }] };
      }
      if (cause === 'default') return suggestion('removeDefault', removeDefault(fn, bound, sourceCode));
      // Without its wrapper, nobody sees a rejection on Express 4.
      const isSafe = cause === 'wrapped' && (!fn.async || express.file.major === 5);
      return isSafe && use ? suggestion('unwrap', unwrapCall(use.node, sourceCode)) : {};
    }

    return {
      Program() {
        for (const { fn, kind, bound } of express.handlers) {
          // It has to be there though nothing calls it: for `no-unused-vars` it is used.
          const next = kind === 'error' ? paramName(parametersOf(fn)[bound + 3]) : undefined;
          if (next !== undefined) sourceCode.markVariableAsUsed(next, fn.body);
        }
        for (const misfit of misfits(express)) {
          const { cause, length, handler, elsewhere, use } = misfit;
          const name = use ? shortText(use.node) : '';
          const data = {
            length: String(length),
            subject: elsewhere ? `\`${name}\` (${elsewhere.path}:${elsewhere.line})` : handler ? subjectOf({ label: handler.label, kind: 'error' }) : '',
            wrapper: name,
          };
          const place = handler && cause !== 'wrapped' ? { loc: functionHead(handler.fn, sourceCode) } : { node: use?.node ?? sourceCode.ast };
          context.report({ ...place, messageId: cause, data, ...repairOf(misfit) });
        }
      },
    };
  },
});

function suggestion(messageId: 'removeDefault' | 'unwrap', fix: TSESLint.ReportFixFunction | undefined): Repair {
  return fix ? { suggest: [{ messageId, fix }] } : {};
}
