import type { Proof } from '../proof.js';
import { both, silent } from '../proof.js';

const exits = 'The process exits with code 1: Express 4 needs the wrapper.';

const proof: Proof = {
  rule: 'no-redundant-async-wrapper',
  only: 5,
  scenarios: [
    {
      title: 'a guard in a wrapper',
      repair: 'fix',
      async observe(app) {
        return { secrets: await app.answer('/secrets'), process: await app.state() };
      },
      bad: {
        file: 'bad.js',
        reports: { 4: [], 5: ["app.use('/secrets', asyncHandler("] },
        outcome: both({
          says: 'The wrapper calls `next` with the reason, and there is none: the request goes on, and the client gets the secret.',
          facts: { secrets: 200, process: 'running' },
        }),
      },
      good: {
        file: 'good.js',
        reports: silent,
        outcome: {
          4: { says: exits, facts: { secrets: 'connection closed', process: 'exited with code 1' } },
          5: { says: 'Express makes an error of the rejection, and the client gets 500.', facts: { secrets: 500, process: 'running' } },
        },
      },
    },
  ],
};

export default proof;
