import type { RunningApp } from '../app.js';
import type { Facts, Proof } from '../proof.js';
import { both, silent } from '../proof.js';

/** One client tries five passwords, each time with another address of its own making; the proxy adds the real one behind it. */
async function guess(app: RunningApp): Promise<Facts> {
  let last: number | string = 0;
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    last = await app.send('/login', { method: 'POST', headers: { 'x-forwarded-for': `198.51.100.${attempt}, 203.0.113.9` } });
  }
  return { last };
}

const proof: Proof = {
  rule: 'no-trust-proxy-true',
  scenarios: [
    {
      title: 'a limit for each address',
      observe: guess,
      bad: {
        file: 'bad.js',
        reports: both(["app.set('trust proxy', true)"]),
        outcome: both({ says: 'A client that makes up another address for each attempt may try as many passwords as it likes.', facts: { last: 401 } }),
      },
      good: {
        file: 'good.js',
        reports: silent,
        outcome: both({ says: 'After three attempts the client gets 429, whatever it writes into the header.', facts: { last: 429 } }),
      },
    },
  ],
};

export default proof;
