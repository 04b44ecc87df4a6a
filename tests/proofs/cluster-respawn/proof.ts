import { setTimeout as sleep } from 'node:timers/promises';

import type { RunningApp } from '../app.js';
import type { Example, Facts, Proof } from '../proof.js';
import { both, silent } from '../proof.js';

/** Lets one worker after the other crash, each as soon as there are two again, and asks once more. */
async function crashThrice(app: RunningApp): Promise<Facts> {
  await workersOf(app, 2);
  const before = await app.send('/');
  for (let crashes = 1; crashes <= 3; crashes += 1) {
    await app.send('/crash');
    await workersOf(app, 2 + crashes);
  }
  return { before, after: await app.send('/'), process: await app.state() };
}

/** Waits until so many workers have started, until it has taken too long, or nobody is left who could be waited for. */
async function workersOf(app: RunningApp, workers: number): Promise<void> {
  // A worker that is about to end may still be given a connection; ten in a row mean that there is none.
  for (let waited = 0, refused = 0; waited < 6000 && refused < 10 && app.listened < 1 + workers; waited += 100) {
    refused = (await app.send('/')) === 'connection closed' ? refused + 1 : 0;
    await sleep(100);
  }
}

const refused = {
  says: 'After two crashes every client is refused, and the primary process ends with code 0, as if all were well.',
  facts: { before: 200, after: 'connection closed', process: 'exited with code 0' },
};

const good: Example = {
  file: 'good.js',
  reports: silent,
  outcome: both({ says: 'A new worker answers.', facts: { before: 200, after: 200, process: 'running' } }),
};

const proof: Proof = {
  rule: 'cluster-respawn',
  scenarios: [
    {
      title: 'three crashes of two workers',
      repair: 'suggestion',
      observe: crashThrice,
      bad: { file: 'bad.js', reports: both(['cluster.fork()']), outcome: both(refused) },
      good,
    },
    {
      title: 'the same, written down',
      repair: 'suggestion',
      observe: crashThrice,
      bad: { file: 'bad.log.js', reports: both(["cluster.on('exit'"]), outcome: both(refused) },
      good,
    },
  ],
};

export default proof;
