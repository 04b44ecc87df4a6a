import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { Major } from './proof.js';

/** What the app's standard output is connected to. Nobody reads the pipe or the terminal. */
export type Stdout = 'nothing' | 'file' | 'pipe' | 'terminal';

/** What a client gets: a status, or a connection that ends without one. */
export type Answer = number | 'connection closed' | 'answer cut short';

/** A request as a proof states it. */
export interface RequestInit {
  method?: 'GET' | 'POST';
  json?: unknown;
  headers?: Readonly<Record<string, string>>;
}

interface Launch {
  source: string;
  major: Major;
  stdout?: Stdout | undefined;
  prepare?: ((directory: string) => void) | undefined;
  /** Whether it is no mistake of the proof if the app ends before it listens. */
  mayEnd?: boolean | undefined;
}

/** Answering, alive without answering, or no longer accepting connections. */
type Health = 'serving' | 'silent' | 'dying';

interface Report {
  port?: number;
  pid?: number;
  syncWrite?: boolean;
  read?: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const hook = fileURLToPath(new URL('hook.cjs', import.meta.url));

/** How often, and after which pause, a request is overtaken by trivial ones before it counts as hanging. */
const rounds = 3;
const pause = 150;

/** How long a request may take to arrive. */
const arrival = 700;

/** How long a trivial request may take before the process counts as not answering. */
const patience = 2500;

/** Whether this machine has the util-linux `script`, which lends an app a terminal. */
export const hasTerminals =
  process.platform === 'linux' && String(spawnSync('script', ['--version']).stdout).includes('util-linux');

/** An example app in a process of its own, in a directory of its own, on a port of its own. */
export class RunningApp {
  readonly directory: string;
  readonly #launch: Launch;
  #child: ChildProcess | undefined;
  #exit!: Promise<string>;
  #ended = false;
  #report!: string;
  #starts = 0;
  #port = 0;
  #pid = 0;
  #stderr = '';
  /** What the app set last, as a browser keeps it. */
  #cookie: string | undefined;

  private constructor(launch: Launch) {
    this.directory = realpathSync(mkdtempSync(join(tmpdir(), 'express-proof-')));
    this.#launch = launch;
  }

  /** Starts an app, and resolves once it listens. */
  static async start(launch: Launch): Promise<RunningApp> {
    const app = new RunningApp(launch);
    try {
      writeFileSync(join(app.directory, 'app.js'), launch.source);
      launch.prepare?.(app.directory);
      await app.#run();
    } catch (error) {
      app.stop();
      throw error;
    }
    return app;
  }

  async #run(): Promise<void> {
    this.#starts += 1;
    this.#report = join(this.directory, `report-${this.#starts}`);
    writeFileSync(this.#report, '');
    const { NODE_OPTIONS: _, ...environment } = process.env;
    const { stdout = 'nothing' } = this.#launch;
    const [command, args] = commandFor(stdout);
    const stdio = stdioFor(stdout, this.directory);
    const child = spawn(command, args, {
      cwd: this.directory,
      stdio,
      env: {
        ...environment,
        NODE_ENV: 'production',
        PORT: '0',
        PROOF_EXPRESS: `express${this.#launch.major}`,
        PROOF_ROOT: root,
        PROOF_REPORT: this.#report,
      },
    });
    for (const end of stdio) if (typeof end === 'number') closeSync(end);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    this.#child = child;
    this.#ended = false;
    this.#exit = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        this.#ended = true;
        resolve(signal ? `killed by ${signal}` : `exited with code ${code}`);
      });
    });
    const end = await Promise.race([this.#listening(), this.#exit]);
    if (end && !this.#launch.mayEnd) throw new Error(`The app ${end} before it listened.\n${this.#stderr}`);
  }

  async #listening(): Promise<undefined> {
    for (let waited = 0; waited < 20_000 && !this.#ended; waited += 15) {
      const place = this.#reports().find(({ port }) => port);
      if (place) {
        this.#port = place.port ?? 0;
        this.#pid = place.pid ?? 0;
        return;
      }
      await sleep(15);
    }
    if (!this.#ended) throw new Error(`The app did not listen in time.\n${this.#stderr}`);
  }

  #reports(): Report[] {
    const lines = readFileSync(this.#report, 'utf8').split('\n');
    // The last piece is empty, or a line still being written.
    return lines.slice(0, -1).map((line) => JSON.parse(line) as Report);
  }

  /** Whether a request wrote to standard output synchronously, on its own stack. */
  get wroteSynchronously(): boolean {
    return this.#reports().some(({ syncWrite }) => syncWrite);
  }

  /** The body of an answer, as text. */
  async text(path: string): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.#port}${path}`, { headers: { connection: 'close' } });
    return response.text();
  }

  /** How often requests have read a variable of the environment, on their own stack. */
  readsOf(name: string): number {
    return this.#reports().filter(({ read }) => read === name).length;
  }

  /** Sends a request on a connection of its own, with the cookie that the app set last. */
  send(path: string, { method = 'GET', json, headers: own }: RequestInit = {}): Promise<Answer> {
    return new Promise((resolve) => {
      const headers = {
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(this.#cookie !== undefined && { cookie: this.#cookie }),
        ...own,
      };
      const options = { host: '127.0.0.1', port: this.#port, path, method, headers, agent: false };
      const sent = request(options, (response) => {
        response.resume();
        this.#cookie = response.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? this.#cookie;
        response.once('error', () => resolve('answer cut short'));
        response.once('end', () => resolve(response.complete ? (response.statusCode ?? 0) : 'answer cut short'));
      });
      sent.once('error', () => resolve('connection closed'));
      sent.end(json === undefined ? undefined : JSON.stringify(json));
    });
  }

  /** How the answer is encoded for a client that takes gzip; `none` where it goes out as it is. */
  encoding(path: string): Promise<string> {
    return new Promise((resolve) => {
      const sent = request({ host: '127.0.0.1', port: this.#port, path, headers: { 'accept-encoding': 'gzip' }, agent: false }, (response) => {
        response.resume();
        response.once('end', () => resolve(response.headers['content-encoding'] ?? 'none'));
      });
      sent.once('error', () => resolve('connection closed'));
      sent.end();
    });
  }

  /**
   * Sends a request and waits for its answer, and gives up only once the process has answered
   * several later requests (or none for long).
   */
  async answer(path: string, init?: RequestInit): Promise<Answer | 'no answer'> {
    const sent = this.send(path, init);
    const given = await Promise.race([sent, this.#health()]);
    if (given === 'dying') return sent;
    return given === 'serving' || given === 'silent' ? 'no answer' : given;
  }

  /** Whether a request is answered within some milliseconds. */
  async answers(path: string, milliseconds: number): Promise<boolean> {
    const given = await Promise.race([this.send(path), sleep(milliseconds, null)]);
    return typeof given === 'number';
  }

  /** Asks for something trivial, again and again, so that a slow machine is not taken for a hanging request. */
  async #health(): Promise<Health> {
    for (let round = 0; round < rounds; round += 1) {
      await sleep(pause);
      const given = await Promise.race([this.send('/a-path-without-a-route'), sleep(patience, null)]);
      if (given === null) return 'silent';
      if (typeof given !== 'number') return 'dying';
    }
    return 'serving';
  }

  /** What has become of the process. */
  async state(): Promise<string> {
    const seen = await Promise.race([this.#exit, this.#health()]);
    if (seen === 'serving') return 'running';
    if (seen === 'silent') return 'running, but answers nobody';
    return this.#exit;
  }

  /** Does what a platform does to stop an app: sends it a signal, while a request is being served. */
  async stopWhile<Result>(served: Promise<Result>, signal: NodeJS.Signals): Promise<Result> {
    await sleep(arrival);
    this.#child?.kill(signal);
    return served;
  }

  /** How many processes have listened by now; in a cluster, the primary process does it for its workers as well. */
  get listened(): number {
    return this.#reports().filter(({ port }) => port).length;
  }

  /** Does what a process manager does: starts the app again if it has exited. */
  async restartIfExited(): Promise<void> {
    if (this.#ended) await this.#run();
  }

  /** Does what a deployment does: ends the process, and starts it again. */
  async restart(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#exit;
    await this.#run();
  }

  /** Lets the pipe or terminal on standard output flow again. */
  readOutput(): void {
    this.#child?.stdout?.resume();
  }

  /** Ends the process, and removes its directory. */
  stop(): void {
    if (!this.#ended) {
      this.#child?.kill('SIGKILL');
      if (this.#pid && this.#pid !== this.#child?.pid) kill(this.#pid);
    }
    this.#child?.stdout?.destroy();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function commandFor(stdout: Stdout): [string, string[]] {
  const args = ['--require', hook, 'app.js'];
  if (stdout !== 'terminal') return [process.execPath, args];
  const quoted = [process.execPath, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  return ['script', ['--quiet', '--return', '--command', `exec ${quoted.join(' ')}`, '/dev/null']];
}

function stdioFor(stdout: Stdout, directory: string): ('ignore' | 'pipe' | number)[] {
  switch (stdout) {
    case 'nothing':
      return ['ignore', 'ignore', 'pipe'];
    case 'file':
      return ['ignore', openSync(join(directory, 'stdout.log'), 'w'), 'pipe'];
    case 'pipe':
    case 'terminal':
      return ['pipe', 'pipe', 'pipe'];
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went together with the terminal.
  }
}
