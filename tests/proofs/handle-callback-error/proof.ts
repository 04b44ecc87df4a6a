import type { RunningApp } from '../app.js';
import type { Facts, Proof } from '../proof.js';
import { both, silent } from '../proof.js';

function ask(path: string, method: 'GET' | 'POST' = 'GET'): (app: RunningApp) => Promise<Facts> {
  return async (app) => ({ answer: await app.answer(path, { method }), process: await app.state() });
}

const answers = {
  says: 'The client gets 500 from the error middleware.',
  facts: { answer: 500, process: 'running' },
};

const exits = { answer: 'connection closed', process: 'exited with code 1' };

const proof: Proof = {
  rule: 'handle-callback-error',
  scenarios: [
    {
      title: 'a result that is not there',
      repair: 'fix',
      observe: ask('/size'),
      bad: {
        file: 'bad.js',
        reports: both(["fs.stat('reports/latest.csv'"]),
        outcome: both({ says: 'The file is missing: the process exits with code 1, and every connection is lost.', facts: exits }),
      },
      good: { file: 'good.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'nothing looks at the error',
      repair: 'suggestion',
      observe: ask('/report'),
      bad: {
        file: 'bad.ignored.js',
        reports: both(["fs.readFile('reports/latest.csv'"]),
        outcome: both({ says: 'The client gets 200 and an empty report.', facts: { answer: 200, process: 'running' } }),
      },
      good: { file: 'good.ignored.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'the error is thrown',
      repair: 'fix',
      observe: ask('/report'),
      bad: {
        file: 'bad.thrown.js',
        reports: both(['throw err;']),
        outcome: both({ says: 'The process exits with code 1, and every connection is lost.', facts: exits }),
      },
      good: { file: 'good.ignored.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'the error is written down',
      observe: ask('/report'),
      bad: {
        file: 'bad.logged.js',
        reports: both(["fs.readFile('reports/latest.csv'"]),
        outcome: both({ says: 'The client never gets an answer.', facts: { answer: 'no answer', process: 'running' } }),
      },
      good: { file: 'good.ignored.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'the error is written down, and the callback goes on',
      options: [{ reportLogOnly: true }],
      observe: ask('/notes', 'POST'),
      bad: {
        file: 'bad.log-only.js',
        reports: both(["fs.writeFile('notes/latest.txt'"]),
        outcome: both({ says: 'Nothing is stored, and the client is told that it was.', facts: { answer: 200, process: 'running' } }),
      },
      good: { file: 'good.log-only.js', reports: silent, outcome: both(answers) },
    },
  ],
  verdicts: [{ file: 'bad.log-only.js', options: [{ reportLogOnly: false }], reports: silent }],
};

export default proof;
