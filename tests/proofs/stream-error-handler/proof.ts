import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { RunningApp } from '../app.js';
import type { Facts, Proof } from '../proof.js';
import { both, silent } from '../proof.js';

function ask(path: string): (app: RunningApp) => Promise<Facts> {
  return async (app) => ({ answer: await app.answer(path), process: await app.state() });
}

function prepareBrokenArchive(directory: string): void {
  mkdirSync(join(directory, 'reports'));
  writeFileSync(join(directory, 'reports/latest.csv.gz'), 'this is no gzip file');
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
  rule: 'stream-error-handler',
  scenarios: [
    {
      title: 'a missing file',
      repair: 'fix',
      observe: ask('/logo'),
      bad: { file: 'bad.js', reports: both(["fs.createReadStream('assets/logo.png')"]), outcome: both(exits) },
      good: { file: 'good.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'a listener on the last stream only',
      repair: 'fix',
      observe: ask('/report'),
      bad: {
        file: 'bad.chain.js',
        reports: both(["fs.createReadStream('reports/latest.csv.gz')"]),
        outcome: both({
          says: 'The process exits with code 1 when the file is missing: errors do not travel along a pipe.',
          facts: exits.facts,
        }),
      },
      good: { file: 'good.chain.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'a listener on the first stream only',
      repair: 'fix',
      prepare: prepareBrokenArchive,
      observe: ask('/report'),
      bad: {
        file: 'bad.transform.js',
        reports: both(['zlib.createGunzip()']),
        outcome: both({
          says: 'The process exits with code 1 when the archive is damaged.',
          facts: exits.facts,
        }),
      },
      good: { file: 'good.chain.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'a request to another server',
      repair: 'fix',
      observe: ask('/prices'),
      bad: { file: 'bad.upstream.js', reports: both(['http.get(']), outcome: both(exits) },
      good: { file: 'good.upstream.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'a program that cannot be started',
      repair: 'fix',
      observe: ask('/thumbnail'),
      bad: { file: 'bad.spawn.js', reports: both(['spawn(']), outcome: both(exits) },
      good: { file: 'good.spawn.js', reports: silent, outcome: both(answers) },
    },
    {
      title: 'a listener that only logs',
      options: [{ reportLogOnly: true }],
      observe: ask('/logo'),
      bad: {
        file: 'bad.log-only.js',
        reports: both([".on('error'"]),
        outcome: both({
          says: 'The client never gets an answer.',
          facts: { answer: 'no answer', process: 'running' },
        }),
      },
      good: { file: 'good.log-only.js', reports: silent, outcome: both(answers) },
    },
  ],
  verdicts: [{ file: 'bad.log-only.js', options: [{ reportLogOnly: false }], reports: silent }],
};

export default proof;
