import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Texts by file name. */
export type Files = Readonly<Record<string, string>>;

/** What ESLint said about one file: rule names, or the message where there is no rule. */
export type Findings = readonly string[];

const root = join(import.meta.dirname, '../..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Packs the plugin as it would be published, and returns the tarball. */
export async function pack(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'express-pack-'));
  await run(npm, ['pack', '--pack-destination', folder], root);
  const [tarball] = readdirSync(folder);
  if (!tarball) throw new Error('npm pack made nothing.');
  return join(folder, tarball);
}

/** Runs a script of a package this repository develops with, and returns what it printed. */
export async function exec(script: string, args: readonly string[]): Promise<string> {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], root);
}

interface RunOptions {
  env?: Readonly<Record<string, string>>;
  /** Exit codes that are no failure. */
  accept?: readonly number[];
}

function run(command: string, args: readonly string[], cwd: string, { env, accept = [0] }: RunOptions = {}) {
  return new Promise<string>((resolve, reject) => {
    execFile(command, args, { cwd, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      if (error && !accept.includes(Number(error.code))) reject(new Error(`${error.message}\n${stdout}${stderr}`));
      else resolve(stdout);
    });
  });
}

/** A user's project: a folder of its own with packages installed from the registry and from tarballs. */
export class Project {
  readonly #folder = mkdtempSync(join(tmpdir(), 'express-user-'));

  /** Installs packages into a new project. */
  static async with(...packages: readonly string[]): Promise<Project> {
    const project = new Project();
    project.write({ 'package.json': '{ "private": true }' });
    const options = ['--prefer-offline', '--no-audit', '--no-fund'];
    await run(npm, ['install', ...options, ...packages], project.#folder);
    return project;
  }

  /** Writes files into the project. */
  write(files: Files): void {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.#folder, name), text);
  }

  /** Whether a package is installed, for the project or for the plugin alone. */
  has(name: string): boolean {
    return existsSync(this.#path(name)) || existsSync(this.#path(`eslint-plugin-express/node_modules/${name}`));
  }

  /** Runs a script of an installed package, and returns what it printed. */
  async exec(script: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
    return run(process.execPath, [this.#path(script), ...args], this.#folder, options);
  }

  /** The value of an expression in a module that has loaded the plugin one way or the other. */
  async evaluate(load: 'import' | 'require', expression: string): Promise<unknown> {
    const [type, statement] =
      load === 'import'
        ? ['module', "import plugin from 'eslint-plugin-express';"]
        : ['commonjs', "const plugin = require('eslint-plugin-express');"];
    const source = `${statement} console.log(JSON.stringify(${expression}));`;
    return JSON.parse(await run(process.execPath, [`--input-type=${type}`, '-e', source], this.#folder));
  }

  /** Lints a file under a configuration that is there for this once. */
  async lint(file: string, config: Files): Promise<Findings> {
    const flat = Object.keys(config).some((name) => name.startsWith('eslint.config.'));
    this.write(config);
    try {
      const env = { ESLINT_USE_FLAT_CONFIG: String(flat) };
      const output = await this.exec('eslint/bin/eslint.js', ['--format', 'json', file], { env, accept: [0, 1] });
      const results = JSON.parse(output) as { messages: { ruleId: string | null; message: string }[] }[];
      return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => ruleId ?? message));
    } finally {
      for (const name of Object.keys(config)) rmSync(join(this.#folder, name));
    }
  }

  /** Deletes the project. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #path(name: string): string {
    return join(this.#folder, 'node_modules', name);
  }
}
