import { createRule } from '../create-rule.js';
import { reachedBy } from '../express/wording.js';
import { workerStarts } from '../node/workers.js';

/** Reports threads and Node processes that are started for one request each. */
export default createRule<[], 'thread' | 'process'>({
  name: 'no-worker-per-request',
  appliesTo: (text) => /worker_threads|child_process/.test(text),
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow starting a thread or a Node process for each request',
      practice: 'worker-threads',
      presets: { strict: 'warn' },
    },
    schema: [],
    messages: {
      thread: '`new Worker()` starts a thread with a heap of its own for each request, so many clients at once mean as many threads; {{where}}. Keep a pool of workers, such as that of piscina.',
      process: '`fork()` starts a Node process for each request, so many clients at once mean as many processes; {{where}}. Keep a pool of workers, such as that of piscina.',
    },
  },
  create(context, _options, express) {
    return {
      Program() {
        for (const unit of express.requestPath.units) {
          const witness = express.requestPath.witness(unit);
          for (const { node, kind } of witness ? workerStarts(express.file, unit) : []) {
            if (witness) context.report({ node, messageId: kind, data: { where: reachedBy(witness, 'starts it') } });
          }
        }
      },
    };
  },
});
