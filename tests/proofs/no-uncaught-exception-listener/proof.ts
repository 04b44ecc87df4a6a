import type { RunningApp } from '../app.js';
import type { Facts, Proof } from '../proof.js';
import { both, silent } from '../proof.js';

/** Runs into the bug, looks at the process, lets a process manager do its work, and pays again. */
async function payTwice(app: RunningApp): Promise<Facts> {
  const first = await app.answer('/pay/XXX');
  const process = await app.state();
  await app.restartIfExited();
  const next = process.startsWith('running,') ? 'no answer' : await app.answer('/pay/USD');
  return { first, process, next };
}

async function findUser(app: RunningApp): Promise<Facts> {
  return { user: await app.answer('/users/7'), process: await app.state() };
}

const listener = "process.on('uncaughtException'";

const survives = {
  says: 'The client never gets an answer, and the lock it held is never released: from then on every payment gets 503.',
  facts: { first: 'no answer', process: 'running', next: 503 },
};

const restarts = {
  says: 'The process exits with code 1, the process manager starts it again, and the next payment works.',
  facts: { first: 'connection closed', process: 'exited with code 1', next: 200 },
};

const monitored = {
  file: 'good.js',
  reports: silent,
  outcome: both(restarts),
};

const proof: Proof = {
  rule: 'no-uncaught-exception-listener',
  scenarios: [
    {
      title: 'a listener that logs',
      repair: 'suggestion',
      observe: payTwice,
      bad: { file: 'bad.js', reports: both([listener]), outcome: both(survives) },
      good: monitored,
    },
    {
      title: 'a listener that only sets the exit code',
      repair: 'suggestion',
      observe: payTwice,
      bad: { file: 'bad.exit-code.js', reports: both([listener]), outcome: both(survives) },
      good: {
        file: 'good.exit.js',
        reports: silent,
        outcome: both({
          says: 'The process gives the other requests 200 ms, exits with code 1, and is started again; the next payment works.',
          facts: restarts.facts,
        }),
      },
    },
    {
      title: 'a listener that rejects',
      repair: 'suggestion',
      observe: payTwice,
      bad: {
        file: 'bad.async.js',
        reports: both([listener]),
        outcome: both({
          says: 'The rejection calls the listener again, without end: the process stays, busy, and answers nobody.',
          facts: { first: 'no answer', process: 'running, but answers nobody', next: 'no answer' },
        }),
      },
      good: monitored,
    },
    {
      title: 'the same for rejections',
      options: [{ checkUnhandledRejection: true }],
      observe: findUser,
      bad: {
        file: 'bad.rejection.js',
        reports: both(["process.on('unhandledRejection'"]),
        outcome: both({
          says: 'The client never gets an answer.',
          facts: { user: 'no answer', process: 'running' },
        }),
      },
      good: {
        file: 'good.rejection.js',
        reports: silent,
        outcome: both({
          says: 'The client gets 500 from the error middleware.',
          facts: { user: 500, process: 'running' },
        }),
      },
    },
  ],
  verdicts: [
    { file: 'good.exit.js', options: [{ allowExit: true }], reports: silent },
    { file: 'good.exit.js', options: [{ allowExit: false }], reports: both([listener]) },
    { file: 'bad.rejection.js', options: [{ checkUnhandledRejection: false }], reports: silent },
  ],
};

export default proof;
