import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { RunningApp } from '../app.js';
import type { Proof } from '../proof.js';
import { both, silent } from '../proof.js';

/** A named pipe stands in for a file on a slow disk: reading it takes until somebody writes to it. */
const slowFile = 'reports/latest.json';

function prepareSlowDisk(directory: string): void {
  writeFileSync(join(directory, 'title.txt'), 'Sales\n');
  mkdirSync(join(directory, 'reports'));
  execFileSync('mkfifo', [join(directory, slowFile)]);
}

function deliver(app: RunningApp, text: string): void {
  // Opened for reading too, because opening a named pipe for writing alone waits for a reader.
  const pipe = openSync(join(app.directory, slowFile), 'r+');
  writeSync(pipe, text);
  closeSync(pipe);
}

const proof: Proof = {
  rule: 'no-sync-io',
  scenarios: [
    {
      title: 'a file on a slow disk',
      repair: 'fix',
      prepare: prepareSlowDisk,
      async observe(app) {
        const report = app.send('/report');
        await sleep(300);
        const otherClients = (await app.answers('/health', 1500)) ? 'answered' : 'wait';
        deliver(app, '{"total":7}');
        return { otherClients, report: await report, afterwards: await app.send('/health') };
      },
      bad: {
        file: 'bad.js',
        reports: both(['fs.readFileSync(\'reports/latest.json\'']),
        outcome: both({
          says: 'While one client’s file is being read, no other client gets an answer.',
          facts: { otherClients: 'wait', report: 200, afterwards: 200 },
        }),
      },
      good: {
        file: 'good.js',
        reports: silent,
        outcome: both({
          says: 'Other clients are answered while the file is being read.',
          facts: { otherClients: 'answered', report: 200, afterwards: 200 },
        }),
      },
    },
    {
      title: 'a password hash',
      async observe(app) {
        const order: string[] = [];
        const note = (name: string) => (): void => void order.push(name);
        const user = app.send('/users', { method: 'POST', json: { name: 'Ada', password: 'correct horse' } });
        await sleep(60);
        await Promise.all([user.then(note('user')), app.send('/health').then(note('health'))]);
        return { answered: order.join(', then '), user: await user };
      },
      bad: {
        file: 'bad.hash.js',
        reports: both(['crypto.pbkdf2Sync(']),
        outcome: both({
          says: 'Every other client waits until the hash is computed.',
          facts: { answered: 'user, then health', user: 201 },
        }),
      },
      good: {
        file: 'good.hash.js',
        reports: silent,
        outcome: both({
          says: 'Other clients are answered while the hash is being computed.',
          facts: { answered: 'health, then user', user: 201 },
        }),
      },
    },
  ],
};

export default proof;
