import type { Proof } from '../proof.js';
import { both, silent } from '../proof.js';

const proof: Proof = {
  rule: 'require-compression',
  scenarios: [
    {
      title: 'a list as JSON',
      repair: 'suggestion',
      observe: async (app) => ({ encoding: await app.encoding('/users') }),
      bad: {
        file: 'bad.js',
        reports: both(['const app = express();']),
        outcome: both({ says: 'The answer goes out as it is.', facts: { encoding: 'none' } }),
      },
      good: {
        file: 'good.js',
        reports: silent,
        outcome: both({ says: 'The answer is compressed with gzip.', facts: { encoding: 'gzip' } }),
      },
    },
  ],
};

export default proof;
