import { createRule } from '../create-rule.js';
import { memorySessions, mentionsSessions } from '../express/sessions.js';

/** Reports session middleware that keeps its sessions in the memory of one process. */
export default createRule<[], 'noStore' | 'memoryStore'>({
  name: 'no-memory-session-store',
  appliesTo: mentionsSessions,
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow sessions that are kept in the memory of the process',
      practice: 'cluster',
      presets: { recommended: 'error', strict: 'error' },
    },
    schema: [],
    messages: {
      noStore: '`{{name}}` is given no store, so it keeps every session in the memory of this process: a restart logs all clients out, another worker does not know them, and sessions of clients that never return stay for ever. Give it a `store`, such as that of connect-redis.',
      memoryStore: 'A `MemoryStore` keeps every session in the memory of this process: a restart logs all clients out, another worker does not know them, and sessions of clients that never return stay for ever. Use another store, such as that of connect-redis.',
    },
  },
  create(context, _options, express) {
    return {
      Program() {
        if (!express.isServed) return;
        for (const { node, store } of memorySessions(express.file)) {
          const name = `${context.sourceCode.getText(node.callee)}()`;
          if (store) context.report({ node: store, messageId: 'memoryStore' });
          else context.report({ loc: { start: node.loc.start, end: node.callee.loc.end }, messageId: 'noStore', data: { name } });
        }
      },
    };
  },
});
