import { createRule } from '../create-rule.js';
import { type Misplaced, misplaced } from '../express/sequence.js';

/** Reports middleware that Express comes to too early or too late for what it is there for. */
export default createRule<[], Misplaced['kind']>({
  name: 'middleware-order',
  meta: {
    type: 'problem',
    docs: {
      description: 'require that error middleware comes after the routes, and compression before them',
      practice: 'error-middleware',
      presets: { recommended: 'error', strict: 'error' },
    },
    schema: [],
    messages: {
      errors: 'No error of `{{missed}}` (line {{line}}), nor of what follows it, reaches {{name}}: Express looks for error middleware further down only. Register it after the routes.',
      unused: '{{name}} compresses nothing: every route stands before it, and has answered by then, `{{missed}}` (line {{line}}) to begin with. Register it before them.',
      files: 'The files of `{{missed}}` (line {{line}}) go out uncompressed: a request gets to {{name}} only where it finds no file. Register the compression first.',
    },
  },
  create(context, _options, express) {
    return {
      Program() {
        for (const { kind, node, name, missed } of misplaced(express)) {
          context.report({ node, messageId: kind, data: { name, missed: missed.name, line: String(missed.line) } });
        }
      },
    };
  },
});
