import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Proof } from '../proof.js';
import { both, silent } from '../proof.js';

const proof: Proof = {
  rule: 'middleware-order',
  scenarios: [
    {
      title: 'error middleware before the routes',
      observe: async (app) => ({ user: await app.answer('/users/7') }),
      bad: {
        file: 'bad.js',
        reports: both(['app.use((err, req, res, next) =>']),
        outcome: both({ says: 'The client gets 500 from Express itself: the error middleware never sees the error.', facts: { user: 500 } }),
      },
      good: {
        file: 'good.js',
        reports: silent,
        outcome: both({ says: 'The client gets 503 from the error middleware.', facts: { user: 503 } }),
      },
    },
    {
      title: 'compression after the routes',
      observe: async (app) => ({ encoding: await app.encoding('/users') }),
      bad: {
        file: 'bad.compression.js',
        reports: both(['app.use(compression());']),
        outcome: both({ says: 'The answer goes out uncompressed.', facts: { encoding: 'none' } }),
      },
      good: {
        file: 'good.compression.js',
        reports: silent,
        outcome: both({ says: 'The answer is compressed with gzip.', facts: { encoding: 'gzip' } }),
      },
    },
    {
      title: 'compression after the files',
      prepare(directory) {
        mkdirSync(join(directory, 'public'));
        writeFileSync(join(directory, 'public/app.css'), 'body { margin: 0; }\n'.repeat(1000));
      },
      observe: async (app) => ({ encoding: await app.encoding('/app.css') }),
      bad: {
        file: 'bad.files.js',
        reports: both(['app.use(compression());']),
        outcome: both({ says: 'The file goes out uncompressed.', facts: { encoding: 'none' } }),
      },
      good: {
        file: 'good.files.js',
        reports: silent,
        outcome: both({ says: 'The file is compressed with gzip.', facts: { encoding: 'gzip' } }),
      },
    },
  ],
};

export default proof;
