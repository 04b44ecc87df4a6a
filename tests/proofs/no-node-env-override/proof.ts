import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { RunningApp } from '../app.js';
import type { Example, Facts, Proof } from '../proof.js';
import { both, silent } from '../proof.js';

/** Runs into an error, and looks at what the client is told. */
async function fail(app: RunningApp): Promise<Facts> {
  const status = await app.send('/photos/7');
  const body = await app.text('/photos/7');
  return { status, message: body.includes('private photos'), stack: body.includes('app.js:') };
}

async function readThrice(app: RunningApp): Promise<Facts> {
  await app.text('/');
  await app.text('/');
  return { third: await app.text('/') };
}

const leaks = { says: 'The client reads the message of the error, its stack, and the paths on the server.', facts: { status: 500, message: true, stack: true } };

const good: Example = {
  file: 'good.js',
  reports: silent,
  outcome: both({ says: 'Where NODE_ENV is `production`, the client reads "Internal Server Error".', facts: { status: 500, message: false, stack: false } }),
};

const proof: Proof = {
  rule: 'no-node-env-override',
  scenarios: [
    {
      title: 'NODE_ENV',
      observe: fail,
      bad: { file: 'bad.js', reports: both(["process.env.NODE_ENV = 'development'"]), outcome: both(leaks) },
      good,
    },
    {
      title: "the app's environment",
      observe: fail,
      bad: { file: 'bad.app.js', reports: both(["app.set('env', 'staging')"]), outcome: both(leaks) },
      good,
    },
    {
      title: 'the cache of views',
      prepare(directory) {
        mkdirSync(join(directory, 'views'));
        writeFileSync(join(directory, 'views', 'home.txt'), 'compiled %d times');
      },
      observe: readThrice,
      bad: {
        file: 'bad.views.js',
        reports: both(["app.disable('view cache')"]),
        outcome: both({ says: 'For the third client, the view is compiled for the third time.', facts: { third: 'compiled 3 times' } }),
      },
      good: {
        file: 'good.views.js',
        reports: silent,
        outcome: both({ says: 'The view is compiled once.', facts: { third: 'compiled 1 times' } }),
      },
    },
  ],
};

export default proof;
