import type { RunningApp } from '../app.js';
import type { Facts, Proof, Scenario } from '../proof.js';
import { both, silent } from '../proof.js';

const search = `/search?q=${'x'.repeat(8000)}`;

/** Logs about half a megabyte to an output nobody reads, as far as the app goes along. */
async function fillOutput(app: RunningApp): Promise<Facts> {
  for (let request = 0; request < 60; request += 1) {
    if (!(await app.answers(search, 1500))) break;
  }
  const otherClients = (await app.answers('/health', 1500)) ? 'answered' : 'wait';
  app.readOutput();
  return { otherClients, onceTheOutputIsRead: await app.send('/health') };
}

async function writeToFile(app: RunningApp): Promise<Facts> {
  const answer = await app.send('/search?q=express');
  return { answer, writesDuringTheRequest: app.wroteSynchronously };
}

const bad = { file: 'bad.js', reports: both(["console.log('search for %s'"]) };
const good = { file: 'good.js', reports: silent };

const terminal: Scenario = {
  title: 'standard output is a terminal that has stopped (Ctrl+S, a stalled SSH session)',
  stdout: 'terminal',
  repair: 'fix',
  observe: fillOutput,
  bad: {
    ...bad,
    outcome: both({
      says: 'No client gets an answer until somebody lets the terminal go on.',
      facts: { otherClients: 'wait', onceTheOutputIsRead: 200 },
    }),
  },
  good: {
    ...good,
    outcome: both({
      says: 'Every client is answered; the lines wait in memory.',
      facts: { otherClients: 'answered', onceTheOutputIsRead: 200 },
    }),
  },
};

const file: Scenario = {
  title: 'standard output is a file',
  stdout: 'file',
  repair: 'fix',
  observe: writeToFile,
  bad: {
    ...bad,
    outcome: both({
      says: 'The request writes to the disk itself, synchronously, before it goes on.',
      facts: { answer: 200, writesDuringTheRequest: true },
    }),
  },
  good: {
    ...good,
    outcome: both({
      says: 'Nothing is written synchronously while the request is handled.',
      facts: { answer: 200, writesDuringTheRequest: false },
    }),
  },
};

const pipe: Scenario = {
  title: 'standard output is a pipe (Docker, journald) that nobody reads',
  stdout: 'pipe',
  observe: fillOutput,
  bad: {
    ...bad,
    outcome: both({
      says: 'No harm seen: on Linux a pipe is written asynchronously.',
      facts: { otherClients: 'answered', onceTheOutputIsRead: 200 },
    }),
  },
  good: {
    ...good,
    outcome: both({
      says: 'No harm either.',
      facts: { otherClients: 'answered', onceTheOutputIsRead: 200 },
    }),
  },
};

const proof: Proof = { rule: 'no-console-in-routes', scenarios: [terminal, file, pipe] };

export default proof;
