import type { Proof } from '../proof.js';
import { both, silent } from '../proof.js';

const proof: Proof = {
  rule: 'no-worker-per-request',
  scenarios: [
    {
      title: 'three requests',
      async observe(app) {
        const answers = [await app.text('/squares/2'), await app.text('/squares/3'), await app.text('/squares/4')];
        const threads = answers.map((answer) => (JSON.parse(answer) as { thread: number }).thread);
        return { threads: new Set(threads).size };
      },
      bad: {
        file: 'bad.js',
        reports: both(['new Worker(__filename']),
        outcome: both({ says: 'Each of them starts a thread, with a V8 and a heap of its own.', facts: { threads: 3 } }),
      },
      good: {
        file: 'good.js',
        reports: silent,
        outcome: both({ says: 'One thread, started with the app, answers them all.', facts: { threads: 1 } }),
      },
    },
  ],
};

export default proof;
