import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

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

/** Builds the plugin beside what is built already, and returns the folder of a package as users have it. */
export async function build(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'express-build-'));
  await exec('tsdown/dist/run.mjs', ['--out-dir', join(folder, 'dist')]);
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  return folder;
}

/** Runs a script of a package this repository develops with, and returns what it printed. */
export async function exec(script: string, args: readonly string[]): Promise<string> {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], root);
}

interface RunOptions {
  env?: Readonly<Record<string, string>>;
  /** Exit codes that are no failure. */
  accept?: readonly number[];
  /** What the program reads from its standard input. */
  input?: string;
}

function run(command: string, args: readonly string[], cwd: string, { env, accept = [0], input }: RunOptions = {}) {
  return new Promise<string>((resolve, reject) => {
    const child = execFile(command, args, { cwd, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      if (error && !accept.includes(Number(error.code))) reject(new Error(`${error.message}\n${stdout}${stderr}`));
      else resolve(stdout);
    });
    if (input !== undefined) child.stdin?.end(input);
  });
}

/** A user's project: a folder of its own with packages installed from the registry and from tarballs. */
export class Project {
  /** Without links: programs name files so. */
  readonly #folder = realpathSync(mkdtempSync(join(tmpdir(), 'express-user-')));

  /** Installs packages into a new project. */
  static async with(...packages: readonly string[]): Promise<Project> {
    const project = new Project();
    project.write({ 'package.json': '{ "private": true }' });
    const options = ['--prefer-offline', '--no-audit', '--no-fund'];
    await run(npm, ['install', ...options, ...packages], project.#folder);
    return project;
  }

  /**
   * Makes a project with the packages that this repository develops with, which needs no network.
   * @param plugin the folder of the plugin, which is copied: installed, it has no neighbours but those of the project
   * @param packages what they are called here, and there where that is something else
   */
  static linked(plugin: string, packages: readonly (string | readonly [here: string, there: string])[]): Project {
    const project = new Project();
    for (const name of packages) {
      const [here, there] = typeof name === 'string' ? [name, name] : name;
      mkdirSync(dirname(project.#path(there)), { recursive: true });
      symlinkSync(join(root, 'node_modules', here), project.#path(there), 'junction');
    }
    cpSync(plugin, project.#path('eslint-plugin-express'), { recursive: true });
    return project;
  }

  /** Where it is. */
  get folder(): string {
    return this.#folder;
  }

  /** Writes files into the project. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.#folder, name)), { recursive: true });
      writeFileSync(join(this.#folder, name), text);
    }
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
