import type { RunningApp } from '../app.js';
import type { Example, Facts, Proof } from '../proof.js';
import { both, silent } from '../proof.js';

/** Stops the app while it makes a report for a client. */
async function stop(app: RunningApp): Promise<Facts> {
  return { report: await app.stopWhile(app.send('/report'), 'SIGTERM'), process: await app.state() };
}

const good: Example = {
  file: 'good.js',
  reports: silent,
  outcome: both({
    says: 'The client gets its answer; then the process exits with code 0.',
    facts: { report: 200, process: 'exited with code 0' },
  }),
};

const proof: Proof = {
  rule: 'require-graceful-shutdown',
  scenarios: [
    {
      title: 'nobody listens',
      observe: stop,
      bad: {
        file: 'bad.js',
        reports: both(['app.listen(']),
        outcome: both({
          says: 'SIGTERM ends the process at once: the client loses its connection.',
          facts: { report: 'connection closed', process: 'killed by SIGTERM' },
        }),
      },
      good,
    },
    {
      title: 'a listener that exits',
      observe: stop,
      bad: {
        file: 'bad.exit.js',
        reports: both(["process.on('SIGTERM'"]),
        outcome: both({
          says: 'The listener ends the process at once: the client loses its connection.',
          facts: { report: 'connection closed', process: 'exited with code 0' },
        }),
      },
      good,
    },
  ],
};

export default proof;
