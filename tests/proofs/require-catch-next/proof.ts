import type { RunningApp } from '../app.js';
import type { Facts, Proof } from '../proof.js';
import { both, silent } from '../proof.js';

async function findUser(app: RunningApp): Promise<Facts> {
  return { user: await app.answer('/users/7'), process: await app.state() };
}

const exits = {
  says: 'The process exits with code 1, and every connection is lost.',
  facts: { user: 'connection closed', process: 'exited with code 1' },
};

const answers = {
  says: 'The client gets 500 from the error middleware.',
  facts: { user: 500, process: 'running' },
};

const proof: Proof = {
  rule: 'require-catch-next',
  scenarios: [
    {
      title: 'a chain without a catch',
      repair: 'fix',
      observe: findUser,
      bad: { file: 'bad.js', reports: both(['findUser(req.params.id).then(']), outcome: both(exits) },
      good: { file: 'good.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'an async handler',
      repair: 'fix',
      observe: findUser,
      bad: {
        file: 'bad.async.js',
        reports: { 4: ["app.get('/users/:id', async"], 5: [] },
        outcome: { 4: exits, 5: answers },
      },
      good: { file: 'good.async.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'an await outside the try',
      repair: 'suggestion',
      observe: findUser,
      bad: {
        file: 'bad.outside-try.js',
        reports: { 4: ["app.get('/users/:id', async"], 5: [] },
        outcome: { 4: exits, 5: answers },
      },
      good: { file: 'good.outside-try.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'a catch that only logs',
      repair: 'suggestion',
      observe: findUser,
      bad: {
        file: 'bad.log-only.js',
        reports: both(['findUser(req.params.id)']),
        outcome: both({
          says: 'The client never gets an answer.',
          facts: { user: 'no answer', process: 'running' },
        }),
      },
      good: { file: 'good.log-only.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'a promise awaited too late',
      observe: findUser,
      bad: {
        file: 'bad.late-await.js',
        reports: both(['const orders = findOrders(']),
        outcome: both({
          says: 'The process exits with code 1, in spite of the try: the promise rejects while nothing awaits it yet.',
          facts: exits.facts,
        }),
      },
      good: { file: 'good.late-await.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'work that goes on after the answer',
      repair: 'suggestion',
      observe: async (app) => ({
        order: await app.answer('/orders/7', { method: 'POST' }),
        process: await app.state(),
      }),
      bad: {
        file: 'bad.background.js',
        reports: both(['sendReceipt(req.params.id)']),
        outcome: both({
          says: 'The client gets its answer, if it is quick; then the process exits with code 1, and every connection is lost.',
          facts: { order: 202, process: 'exited with code 1' },
        }),
      },
      good: {
        file: 'good.background.js',
        reports: silent,
        outcome: both({
          says: 'The client gets its answer, and the process goes on.',
          facts: { order: 202, process: 'running' },
        }),
      },
    },
  ],
};

export default proof;
