import type { RunningApp } from '../app.js';
import type { Example, Facts, Proof } from '../proof.js';
import { both, silent } from '../proof.js';

/** Runs into the bug, looks at the process, lets a process manager do its work, and pays again. */
async function payTwice(app: RunningApp): Promise<Facts> {
  const first = await app.answer('/pay/XXX');
  const process = await app.state();
  await app.restartIfExited();
  return { first, process, next: await app.answer('/pay/USD') };
}

const bad: Example = {
  file: 'bad.js',
  reports: both(["require('domain')"]),
  outcome: both({
    says: 'The client gets 500, but the lock it held is never released: from then on every payment gets 503.',
    facts: { first: 500, process: 'running', next: 503 },
  }),
};

const proof: Proof = {
  rule: 'no-domain',
  scenarios: [
    {
      title: 'an exception that nobody expected',
      observe: payTwice,
      bad,
      good: {
        file: 'good.js',
        reports: silent,
        outcome: both({
          says: 'The process exits with code 1, the process manager starts it again, and the next payment works.',
          facts: { first: 'connection closed', process: 'exited with code 1', next: 200 },
        }),
      },
    },
    {
      title: 'the same, expected by now',
      observe: payTwice,
      bad,
      good: {
        file: 'good.next.js',
        reports: silent,
        outcome: both({ says: 'The client gets 500 from the error middleware, and the next payment works.', facts: { first: 500, process: 'running', next: 200 } }),
      },
    },
  ],
};

export default proof;
