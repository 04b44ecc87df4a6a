import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { build, type Files, Project } from '../package/project.js';
import { eslint, outlined, resultsOf } from './lint.js';

const update = process.env.UPDATE_DOCS === '1';
const path = join(import.meta.dirname, '../../docs/across-files.md');
const page = readFileSync(path, 'utf8');
const output = /(?<=<!-- begin example -->[^]*?)```text\n[^]*?```(?=\n\n<!-- end example -->)/;

/** The code between two marks, as files that are named in the first line. */
function filesIn(mark: string): Files {
  const [, section = ''] = new RegExp(`<!-- begin ${mark} -->\n([^]*?)<!-- end ${mark} -->`).exec(page) ?? [];
  const blocks = [...section.matchAll(/```js\n([^]*?)```/g)].map(([, code = '']) => code);
  return Object.fromEntries(blocks.map((code) => [/^\/\/ (\S+)\n/.exec(code)?.[1] ?? '', code]));
}

const config = { 'eslint.config.mjs': "import express from 'eslint-plugin-express';\nexport default [express.configs['flat/recommended']];\n" };
const manifest = { 'package.json': '{ "dependencies": { "express": "^4.21.2" } }' };

let built: string;
let project: Project;
beforeAll(async () => {
  built = await build();
});
afterAll(() => {
  rmSync(built, { recursive: true, force: true });
});
afterEach(() => {
  project.remove();
});

function projectOf(files: Files): void {
  project = Project.linked(built, ['eslint', 'oxc-parser']);
  project.write({ ...manifest, ...files });
}

describe('docs/across-files.md', () => {
  it('shows what ESLint says about its example (UPDATE_DOCS=1 writes it)', async () => {
    // The comment with the name is the first line on the page, and in the file.
    projectOf({ ...config, ...filesIn('example') });
    const printed = await project.exec('eslint/bin/eslint.js', ['.'], { accept: [1], env: { NO_COLOR: '1' } });
    const shown = printed.replaceAll(project.folder + sep, '').replaceAll('\\', '/').trim();
    const expected = page.replace(output, () => `\`\`\`text\n$ npx eslint .\n\n${shown}\n\`\`\``);
    if (update) writeFileSync(path, expected);
    expect(readFileSync(path, 'utf8')).toBe(expected);
    expect(page).toMatch(output);
  });

  it('says what is repaired', async () => {
    projectOf({ ...config, ...filesIn('example') });
    const [result] = (await resultsOf(project, ['--fix-dry-run', '.'])).filter((one) => one.output !== undefined);
    expect(result?.output).toContain("\nrouter.get('/:id', asyncHandler(controller.show));\n");
  });

  it('links to what exists', () => {
    const targets = [...page.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !existsSync(join(dirname(path), target)))).toEqual([]);
  });
});

describe('the cache', () => {
  const routes = "const { page } = require('./page');\nconst app = require('express')();\n\napp.get('/', async (req, res, next) => {\n  page().then((html) => res.send(html), next);\n});\n";
  const later = "const fs = require('fs');\n\nexports.page = async () => fs.promises.readFile('page.html', 'utf8');\n";
  const atOnce = later.replace('promises.readFile', 'readFileSync');
  const sources = { 'src/app.js': routes, 'src/page.js': later };
  const finding = ['src/app.js:5:3 no-sync-io src/page.js:3'];
  const lint = async (): Promise<string[]> => outlined(await eslint(project, ['--cache', 'src']));

  it('knows nothing of imports', async () => {
    projectOf({ ...sources, ...config });
    expect(await lint()).toEqual([]);
    project.write({ 'src/page.js': atOnce });
    expect(await lint()).toEqual([]);
    expect(outlined(await eslint(project, ['src']))).toEqual(finding);
  });

  it('is emptied by the fingerprint that is shown', async () => {
    projectOf({ ...sources, 'eslint.config.mjs': filesIn('fingerprint')['eslint.config.js'] ?? '' });
    expect(await lint()).toEqual([]);
    project.write({ 'src/page.js': atOnce });
    expect(await lint()).toEqual(finding);
    project.write({ 'src/page.js': later });
    expect(await lint()).toEqual([]);
  });

  it('is emptied by the fingerprint of git that is shown', async () => {
    const code = filesIn('git fingerprint')[''] ?? '';
    const settings = "export default [express.configs['flat/recommended'], { settings: { express: { fingerprint } } }];\n";
    projectOf({ ...sources, 'eslint.config.mjs': `import express from 'eslint-plugin-express';\n${code}${settings}` });
    const git = (...args: string[]): void => {
      execFileSync('git', ['-c', 'user.name=me', '-c', 'user.email=me@localhost', ...args], { cwd: project.folder, stdio: 'ignore' });
    };
    git('init');
    git('add', 'src');
    git('commit', '-m', 'Read the page later');
    expect(await lint()).toEqual([]);
    project.write({ 'src/page.js': atOnce });
    git('commit', '-a', '-m', 'Read the page at once');
    expect(await lint()).toEqual(finding);
  });
});
