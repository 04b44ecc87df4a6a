import type { Proof } from '../proof.js';
import { silent } from '../proof.js';

const answers = { says: 'The client gets 500 from Express.', facts: { user: 500, process: 'running' } };

const proof: Proof = {
  rule: 'no-obsolete-dependencies',
  only: 5,
  scenarios: [
    {
      title: 'a package that Express has outlived',
      mayEnd: true,
      async observe(app) {
        return { user: await app.answer('/users/7'), process: await app.state() };
      },
      bad: {
        file: 'bad.js',
        reports: { 4: [], 5: ["require('express-async-errors')"] },
        outcome: {
          4: answers,
          5: { says: 'The app does not start: the package looks for a part of Express 4.', facts: { user: 'connection closed', process: 'exited with code 1' } },
        },
      },
      good: {
        file: 'good.js',
        reports: silent,
        outcome: {
          4: { says: 'The process exits with code 1: Express 4 needs the package.', facts: { user: 'connection closed', process: 'exited with code 1' } },
          5: answers,
        },
      },
    },
  ],
};

export default proof;
