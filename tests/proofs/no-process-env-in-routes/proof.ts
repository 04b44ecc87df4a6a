import type { Proof } from '../proof.js';
import { both, silent } from '../proof.js';

const proof: Proof = {
  rule: 'no-process-env-in-routes',
  scenarios: [
    {
      title: 'a variable that is read for each photo',
      repair: 'suggestion',
      async observe(app) {
        const first = await app.send('/photos');
        const second = await app.send('/photos');
        return { first, second, reads: app.readsOf('CDN_URL') };
      },
      bad: {
        file: 'bad.js',
        reports: both(['process.env.CDN_URL']),
        outcome: both({ says: 'Two requests for five photos ask the environment ten times.', facts: { first: 200, second: 200, reads: 10 } }),
      },
      good: {
        file: 'good.js',
        reports: silent,
        outcome: both({ says: 'No request asks for it: it was read when the app started.', facts: { first: 200, second: 200, reads: 0 } }),
      },
    },
  ],
};

export default proof;
