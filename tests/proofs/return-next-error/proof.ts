import type { RunningApp } from '../app.js';
import type { Facts, Proof } from '../proof.js';
import { both, silent } from '../proof.js';

function ask(path: string, method: 'GET' | 'POST' = 'GET'): (app: RunningApp) => Promise<Facts> {
  return async (app) => ({ answer: await app.answer(path, { method }), process: await app.state() });
}

const proof: Proof = {
  rule: 'return-next-error',
  scenarios: [
    {
      title: 'an answer after next(err)',
      repair: 'suggestion',
      observe: ask('/report'),
      bad: {
        file: 'bad.js',
        reports: both(['next(err);']),
        outcome: both({ says: 'The client gets 500. Then the second answer throws, and the process exits with code 1.', facts: { answer: 500, process: 'exited with code 1' } }),
      },
      good: { file: 'good.js', reports: silent, outcome: both({ says: 'The client gets 500 from the error middleware.', facts: { answer: 500, process: 'running' } }) },
    },
    {
      title: 'next after an answer',
      repair: 'suggestion',
      async observe(app) {
        const answer = await app.answer('/notes/clear', { method: 'POST' });
        return { answer, notes: await app.answer('/notes') };
      },
      bad: {
        file: 'bad.next.js',
        reports: both(['res.sendStatus(401)']),
        outcome: both({ says: 'The client gets 401, and all notes are deleted.', facts: { answer: 401, notes: 404 } }),
      },
      good: { file: 'good.next.js', reports: silent, outcome: both({ says: 'The client gets 401, and nothing is deleted.', facts: { answer: 401, notes: 200 } }) },
    },
    {
      title: 'a return in a callback',
      observe: ask('/orders', 'POST'),
      bad: {
        file: 'bad.loop.js',
        reports: both(["res.status(400).json({ missing: product })"]),
        outcome: {
          4: { says: 'The client gets 400. Then the second answer throws, and the process exits with code 1.', facts: { answer: 400, process: 'exited with code 1' } },
          5: { says: 'The client gets 400, and the second answer throws.', facts: { answer: 400, process: 'running' } },
        },
      },
      good: { file: 'good.loop.js', reports: silent, outcome: both({ says: 'The client gets 400.', facts: { answer: 400, process: 'running' } }) },
    },
  ],
};

export default proof;
