import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import plugin from '../../src/index.js';
import { build, type Files, Project } from '../package/project.js';
import { eslint, type Findings, findingsIn, outlined, oxlint, resultsOf } from './lint.js';

const fixture = join(import.meta.dirname, 'fixtures/app');
const packages = ['eslint', 'eslint8', 'eslint9', 'oxlint', '@typescript-eslint/parser', 'oxc-parser'];

/** Takes the native parser away, also if a folder above the project has one: what npm leaves where it finds no build for a machine. */
const unparsing: Files = {
  'node_modules/oxc-parser/package.json': '{ "name": "oxc-parser", "main": "index.js" }',
  'node_modules/oxc-parser/index.js': "throw new Error('Cannot find native binding.');\n",
};

/** Every finding of the app: where, which rule, and where in another file the cause is. The lines beside it differ in one thing. */
const expected = [
  'api/users.routes.ts:11:19 require-catch-next api/controllers/users.ts:6',
  'api/users.routes.ts:16:12 no-sync-io api/services/avatars.ts:9',
  'app.js:9:1 no-uncaught-exception-listener',
  'controllers/reports.js:17:3 no-console-in-routes services/audit.js:4',
  'routes/reports.js:10:20 require-catch-next controllers/reports.js:4',
  'routes/reports.js:12:26 require-catch-next utils/wrap.js:3',
  'routes/reports.js:17:12 no-sync-io lib/templates.js:3',
  'routes/reports.js:39:3 stream-error-handler',
  'routes/reports.js:43:3 no-sync-io services/reports.js:20',
  'services/files.js:4:3 stream-error-handler',
  'services/mail.js:8:3 require-catch-next',
];

/** What is seen without looking into another file: that nothing listens where a stream is piped, and what ends the process in what a file exports. */
const alone = ['routes/reports.js:39:3 stream-error-handler', 'services/files.js:4:3 stream-error-handler', 'services/mail.js:8:3 require-catch-next'];

function flat(express: string): string {
  return `import parser from '@typescript-eslint/parser';
import express from 'eslint-plugin-express';

export default [
  express.configs['flat/recommended'],
  { files: ['**/*.ts'], languageOptions: { parser } },
  { settings: { express: { ${express} } } },
];
`;
}

const severities = Object.fromEntries(Object.entries(plugin.configs.recommended.rules).map(([rule, entry]) => [rule, entry === 'warn' ? 'warn' : 'error']));

const eslintrc = {
  root: true,
  parserOptions: { ecmaVersion: 2022 },
  extends: ['plugin:express/recommended'],
  overrides: [{ files: ['*.ts'], parser: '@typescript-eslint/parser', parserOptions: { sourceType: 'module' } }],
};
const oxlintrc = { jsPlugins: ['eslint-plugin-express'], categories: { correctness: 'off' }, ignorePatterns: ['node_modules'], rules: severities };
const settings = { express: { crossFile: false } };

const configs: Files = {
  'eslint.config.mjs': flat(''),
  'alone.config.mjs': flat('crossFile: false'),
  '.eslintrc.json': JSON.stringify(eslintrc),
  'alone.eslintrc.json': JSON.stringify({ ...eslintrc, settings }),
  '.oxlintrc.json': JSON.stringify(oxlintrc),
  'alone.oxlintrc.json': JSON.stringify({ ...oxlintrc, settings }),
};
const legacy = ['--ext', '.js,.ts', '.'];

let built: string;
const projects: Project[] = [];

function configured(): Project {
  const project = Project.linked(built, packages);
  projects.push(project);
  project.write(configs);
  return project;
}

function app(): Project {
  const project = configured();
  cpSync(fixture, project.folder, { recursive: true });
  return project;
}

function withoutParser(project: Project): void {
  rmSync(join(project.folder, 'node_modules/oxc-parser'), { recursive: true });
  project.write(unparsing);
}

beforeAll(async () => {
  built = await build();
});
afterAll(() => {
  rmSync(built, { recursive: true, force: true });
  for (const project of projects) project.remove();
});

describe('an app of many files', () => {
  let project: Project;
  /** What a plain run says. */
  let plain: Findings;
  beforeAll(async () => {
    project = app();
    plain = await eslint(project);
  });

  it('is reported where a request leaves a file, and only what can fail there', () => {
    expect(outlined(plain)).toEqual(expected);
  });

  it('is looked at file by file where the settings say so', async () => {
    expect(outlined(await eslint(project, ['--config', 'alone.config.mjs', '.']))).toEqual(alone);
    expect(outlined(await eslint(project, ['--no-eslintrc', '--config', 'alone.eslintrc.json', ...legacy], { eslint: 'eslint8', legacy: true }))).toEqual(alone);
    expect(outlined(await oxlint(project, ['--config', 'alone.oxlintrc.json']))).toEqual(alone);
  });

  it.each([
    ['with two workers', ['--concurrency=2', '.'], {}],
    ['with ESLint 9', ['.'], { eslint: 'eslint9' }],
    ['with ESLint 9 and .eslintrc.json', legacy, { eslint: 'eslint9', legacy: true }],
    ['with ESLint 8 and .eslintrc.json', legacy, { eslint: 'eslint8', legacy: true }],
    ['with ESLint 8', ['.'], { eslint: 'eslint8' }],
  ])('gives the same findings %s', async (_, args, run) => {
    expect(await eslint(project, args, run)).toEqual(plain);
  });

  it('gives the same findings in oxlint', async () => {
    expect(await oxlint(project)).toEqual(plain);
  });

  it('gives the same findings with a cache, when it is filled and when it is used', async () => {
    const args = ['--cache', '--cache-location', 'cache.json', '.'];
    expect(await eslint(project, args)).toEqual(plain);
    expect(readFileSync(join(project.folder, 'cache.json'), 'utf8')).toContain('routes/reports.js');
    expect(await eslint(project, args)).toEqual(plain);
  });

  it('leaves what it cannot repair, and repairs nothing in other files', async () => {
    const results = await resultsOf(project, ['.']);
    const kept = findingsIn(project, results, ({ fix }) => !fix);
    const repaired = await resultsOf(project, ['--fix-dry-run', '.']);
    // A repaired line may push others down.
    const unnumbered = (findings: Findings): string[] => findings.map((finding) => finding.replace(/:\d+:\d+/, ''));
    expect(unnumbered(findingsIn(project, repaired))).toEqual(unnumbered(kept));
    expect(repaired.filter(({ output }) => output !== undefined).map(({ filePath }) => filePath)).toEqual([join(project.folder, 'routes/reports.js')]);
    expect(repaired.find(({ output }) => output !== undefined)?.output).toContain("router.get('/:id', wrap(controller.show));");
    expect(await eslint(project)).toEqual(plain);
  });

  describe('of which one file comes from the standard input', () => {
    const text = (path: string): string => readFileSync(join(project.folder, path), 'utf8');
    const stdin = (path: string, input: string): Promise<Findings> => eslint(project, ['--stdin', '--stdin-filename', path], { input });
    const linesOf = (path: string): Findings => plain.filter((finding) => finding.startsWith(`${path}:`));

    it.each(['app.js', 'controllers/reports.js', 'routes/reports.js', 'api/users.routes.ts'])('says the same of %s', async (path) => {
      expect(await stdin(path, text(path))).toEqual(linesOf(path));
    });

    it('looks at what is given, and for other files at the disk', async () => {
      const swapped: Readonly<Record<string, string>> = { render: 'renderLater', renderLater: 'render' };
      const changed = text('routes/reports.js').replace(/(?<=reports\.)render\w*/g, (name) => swapped[name] ?? name);
      const moved = expected.map((finding) => finding.replace('routes/reports.js:17:12', 'routes/reports.js:21:3'));
      expect(outlined(await stdin('routes/reports.js', changed))).toEqual(moved.filter((finding) => finding.startsWith('routes/')));
    });

    it('resolves the imports of a file that is not there yet', async () => {
      const findings = await stdin('routes/new.js', text('routes/reports.js'));
      expect(findings).toEqual(linesOf('routes/reports.js').map((finding) => finding.replace('routes/reports.js', 'routes/new.js')));
    });
  });

  describe('is reported independently of what else is linted', () => {
    const files = ['app.js', 'controllers/reports.js', 'routes/reports.js', 'services/totals.js', 'services/reports.js', 'services/files.js', 'services/mail.js', 'api/users.routes.ts'];

    it.each([
      ['from the routes to the services', ['app.js', 'routes', 'controllers', 'services', 'lib', 'utils', 'api']],
      ['from the services to the routes', ['utils', 'lib', 'services', 'controllers', 'routes', 'app.js', 'api']],
      ['each file, in an order of its own', files.toReversed()],
    ])('%s', async (_, paths) => {
      expect(await eslint(project, paths)).toEqual(plain);
    });

    it.each(files)('only %s', async (path) => {
      expect(await eslint(project, [path])).toEqual(plain.filter((finding) => finding.startsWith(`${path}:`)));
    });
  });
});

describe('the app where the optional parser does not run', () => {
  let project: Project;
  beforeAll(() => {
    project = app();
    withoutParser(project);
  });

  it.each([
    ['ESLint 10', ['.'], {}],
    ['ESLint 9', ['.'], { eslint: 'eslint9' }],
    ['ESLint 8 and .eslintrc.json', legacy, { eslint: 'eslint8', legacy: true }],
  ])('is read as a whole by the parsers that %s has', async (_, args, run) => {
    expect(outlined(await eslint(project, args, run))).toEqual(expected);
  });

  it('is read as a whole in oxlint', async () => {
    expect(outlined(await oxlint(project))).toEqual(expected);
  });
});

const call = "exports.run = () => require('fs').readFileSync('page.html');\n";

/** What a route requires, what is there, and whether `run()` of it can be looked into. */
const modules: readonly (readonly [name: string, content: string | Uint8Array | undefined, seen: 'seen' | 'unknown'])[] = [
  ['./readable.js', call, 'seen'],
  ['./unclosed.js', `${call}exports.other = () => {\n`, 'unknown'],
  ['./typed.js', `${call}const size: number = 1;\n`, 'seen'],
  ['./written.ts', "import fs from 'node:fs';\n\nexport const run = (): Buffer => fs.readFileSync('page.html');\n", 'seen'],
  ['./other-language.js', 'def run():\n    return open("page.html").read()\n', 'unknown'],
  ['./empty.js', '', 'unknown'],
  ['./marked.js', `\uFEFF${call}`, 'seen'],
  ['./latin1.js', Buffer.concat([Buffer.from(call), Buffer.from('// caf\xE9\n', 'latin1')]), 'seen'],
  ['./utf16.js', Buffer.from(`\uFEFF${call}`, 'utf16le'), 'unknown'],
  ['./binary.js', Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256), 'unknown'],
  ['./with-null.js', `${call}// \0\n`, 'unknown'],
  ['./large.js', call + '// Somebody wrote this line.\n'.repeat(20_000), 'seen'],
  ['./huge.js', call + '// Nobody wrote these lines.\n'.repeat(80_000), 'unknown'],
  ['./minified.js', call + 'exports.other=1;'.repeat(10_000), 'unknown'],
  ['./nested.js', `${call}exports.list = ${'['.repeat(20_000)}${']'.repeat(20_000)};\n`, 'unknown'],
  ['./chained.js', `${call}exports.text = ${"'a' + ".repeat(20_000)}'a';\n`, 'unknown'],
  ['./itself.js', "exports.run = () => require('./itself').run();\n", 'unknown'],
  ['./here.js', "const there = require('./there');\nexports.run = () => there.run();\n", 'seen'],
  ['./there.js', "const here = require('./here');\nexports.run = () => { here.run(); require('fs').readFileSync('there.html'); };\n", 'unknown'],
  ['./extended.js', "class A extends require('./extended').A {}\nmodule.exports = { A, ...require('./extended'), run: () => new A().run() };\n", 'unknown'],
  ['./folder.js/inner.js', call, 'seen'],
  ['./folder.js', undefined, 'unknown'],
  ['./missing.js', undefined, 'unknown'],
  ['./loop.js', undefined, 'unknown'],
  ['./linked.js', undefined, 'seen'],
  ['./pipe.js', undefined, 'unknown'],
  ['../../../../../../../../../../outside.js', undefined, 'unknown'],
  ['./readable.js\0', undefined, 'unknown'],
  ['./data.json', '{ "run": 1 }', 'unknown'],
  ['no-such-package', undefined, 'unknown'],
  ['#no-such-name', undefined, 'unknown'],
  ['@', undefined, 'unknown'],
  ['', undefined, 'unknown'],
];

describe('an app whose modules cannot all be read', () => {
  let project: Project;
  beforeAll(() => {
    project = configured();
    const routes = modules.map(([name], i) => `app.get('/${i}', (req, res) => res.send(require(${JSON.stringify(name)}).run()));`);
    project.write({
      'package.json': '{ "dependencies": { "express": "^4.21.2" } }',
      'app.js': ["const app = require('express')();", ...routes].join('\n'),
      'target/linked.js': call,
      ...Object.fromEntries(modules.flatMap(([name, content]) => (content === undefined ? [] : [[name, content]]))),
    });
    symlinkSync('loop.js', join(project.folder, 'loop.js'));
    symlinkSync('target/linked.js', join(project.folder, 'linked.js'));
    execFileSync('mkfifo', [join(project.folder, 'pipe.js')]);
  });

  /** The modules whose calls are reported, by the line of the route. */
  const seen = (findings: Findings): (string | undefined)[] =>
    outlined(findings)
      .map((finding) => Number(/^app\.js:(\d+):/.exec(finding)?.[1]))
      .sort((a, b) => a - b)
      .map((line) => modules[line - 2]?.[0]);
  const readable = modules.flatMap(([name, , verdict]) => (verdict === 'seen' ? [name] : []));

  it('is reported as far as it can be read', async () => {
    expect(seen(await eslint(project, ['app.js']))).toEqual(readable);
  });

  it('is reported likewise in oxlint', async () => {
    expect(seen(await oxlint(project, ['app.js']))).toEqual(readable);
  });

  it('is reported likewise by the parser of ESLint, but for what that cannot read', async () => {
    withoutParser(project);
    expect(seen(await eslint(project, ['app.js']))).toEqual(readable.filter((name) => name !== './typed.js'));
  });
});
