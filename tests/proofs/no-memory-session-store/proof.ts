import type { RunningApp } from '../app.js';
import type { Facts, Proof } from '../proof.js';
import { both, silent } from '../proof.js';

/** Logs in, asks who is there, and asks again when the app was deployed anew. */
async function acrossRestart(app: RunningApp): Promise<Facts> {
  const login = await app.send('/login', { method: 'POST' });
  const before = await app.send('/me');
  await app.restart();
  return { login, before, after: await app.send('/me') };
}

/** Logs in, and asks who is there until each of the two workers must have answered. */
async function acrossWorkers(app: RunningApp): Promise<Facts> {
  const login = await app.send('/login', { method: 'POST' });
  const answers = new Set<string | number>();
  for (let i = 0; i < 40 && answers.size < 2; i += 1) {
    answers.add(await app.send('/me'));
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return { login, answers: [...answers].sort().join(' and ') };
}

const proof: Proof = {
  rule: 'no-memory-session-store',
  scenarios: [
    {
      title: 'a restart',
      observe: acrossRestart,
      bad: {
        file: 'bad.js',
        reports: both(['app.use(session({']),
        outcome: both({ says: 'Whoever has logged in is logged out by the next restart: 401.', facts: { login: 200, before: 200, after: 401 } }),
      },
      good: {
        file: 'good.js',
        reports: silent,
        outcome: both({ says: 'The client stays logged in.', facts: { login: 200, before: 200, after: 200 } }),
      },
    },
    {
      title: 'two workers',
      observe: acrossWorkers,
      bad: {
        file: 'bad.cluster.js',
        reports: both(['store: new session.MemoryStore()']),
        outcome: both({ says: 'The client is logged in with one worker, and gets 401 from the other one.', facts: { login: 200, answers: '200 and 401' } }),
      },
      good: {
        file: 'good.cluster.js',
        reports: silent,
        outcome: both({ says: 'Both workers know the client.', facts: { login: 200, answers: '200' } }),
      },
    },
  ],
};

export default proof;
