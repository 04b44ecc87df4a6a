import type { RunningApp } from '../app.js';
import type { Facts, Proof } from '../proof.js';
import { both, silent } from '../proof.js';

function ask(path: string): (app: RunningApp) => Promise<Facts> {
  return async (app) => ({ answer: await app.answer(path), process: await app.state() });
}

const exits = {
  says: 'The process exits with code 1, and every connection is lost.',
  facts: { answer: 'connection closed', process: 'exited with code 1' },
};

const answers = {
  says: 'The client gets 500 from the error middleware.',
  facts: { answer: 500, process: 'running' },
};

const proof: Proof = {
  rule: 'require-try-catch',
  scenarios: [
    {
      title: 'a callback that runs later',
      repair: 'suggestion',
      observe: ask('/filter?filter=no+JSON'),
      bad: { file: 'bad.js', reports: both(['JSON.parse(req.query.filter)']), outcome: both(exits) },
      good: { file: 'good.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'a try around the call',
      repair: 'suggestion',
      observe: ask('/settings'),
      bad: { file: 'bad.outside.js', reports: both(['JSON.parse(text)']), outcome: both(exits) },
      good: { file: 'good.outside.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'a throw',
      repair: 'suggestion',
      observe: ask('/report'),
      bad: { file: 'bad.thrown.js', reports: both(["throw new Error('This is no report')"]), outcome: both(exits) },
      good: { file: 'good.thrown.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'the same in the handler',
      observe: ask('/filter?filter=no+JSON'),
      bad: { file: 'bad.js', reports: both(['JSON.parse(req.query.filter)']), outcome: both(exits) },
      good: { file: 'good.handler.js', reports: silent, outcome: both(answers) },
    },
  ],
};

export default proof;
