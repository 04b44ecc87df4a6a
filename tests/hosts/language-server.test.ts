import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { build, Project } from '../package/project.js';
import { LanguageServer } from './language-server.js';

const routes = `const { page } = require('../services/pages');
const router = require('express').Router();

router.get('/:name', (req, res, next) => {
  page(req.params.name).then((html) => res.send(html), next);
});

module.exports = router;
`;

const service = `const fs = require('fs');
const { pathTo } = require('../lib/paths');

exports.page = async (name) => fs.promises.readFile(pathTo(name), 'utf8');
`;
const blocking = service.replace('fs.promises.readFile', 'fs.readFileSync');

const files = {
  'package.json': '{ "dependencies": { "express": "^4.21.2" } }',
  'lib/paths.js': "exports.pathTo = (name) => `pages/${name}.html`;\n",
  'services/pages.js': service,
  'routes/pages.js': routes,
  'eslint.config.mjs': `import express from 'eslint-plugin-express';

export default [express.configs['flat/recommended'], { settings: { express: { crossFile: process.env.ALONE !== 'true' } } }];
`,
};

let built: string;
const projects: Project[] = [];
const servers: LanguageServer[] = [];
beforeAll(async () => {
  built = await build();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  for (const project of projects.splice(0)) project.remove();
});
afterAll(() => {
  rmSync(built, { recursive: true, force: true });
});

function makeProject(eslint = 'eslint'): Project {
  const project = Project.linked(built, [[eslint, 'eslint'], 'oxc-parser']);
  projects.push(project);
  project.write(files);
  return project;
}

/** An editor that has opened the routes. */
async function editorOf(project: Project, env?: Readonly<Record<string, string>>): Promise<LanguageServer> {
  const server = await LanguageServer.start(project.folder, env);
  servers.push(server);
  server.open('routes/pages.js', routes);
  return server;
}

/** Lints as an editor does: nobody changes a file, saves it, and is back in the other one within an instant. */
async function lint(server: LanguageServer): Promise<string[]> {
  await setTimeout(200);
  const diagnostics = await server.lint('routes/pages.js');
  return diagnostics.map(({ range: { start }, code = '', message }) => `${start.line + 1} ${code} ${/[\w/]+\.js:\d+/.exec(message)?.[0] ?? ''}`);
}

describe.each(['eslint', 'eslint9', 'eslint8'])('an editor with %s', (eslint) => {
  it('shows at the next lint what another file does by then', async () => {
    const project = makeProject(eslint);
    const editor = await editorOf(project);
    expect(await lint(editor)).toEqual([]);
    project.write({ 'services/pages.js': blocking });
    expect(await lint(editor)).toEqual(['5 express/no-sync-io services/pages.js:4']);
    editor.change('routes/pages.js', `// My pages\n${routes}`);
    expect(await lint(editor)).toEqual(['6 express/no-sync-io services/pages.js:4']);
    project.write({ 'services/pages.js': service });
    expect(await lint(editor)).toEqual([]);
  });
});

describe('an editor', () => {
  it('shows what a file does that the other one imports, comes or goes', async () => {
    const project = makeProject();
    const editor = await editorOf(project);
    project.write({ 'lib/paths.js': "exports.pathTo = (name) => require('fs').realpathSync(`pages/${name}.html`);\n" });
    expect(await lint(editor)).toEqual(['5 express/no-sync-io lib/paths.js:1']);
    rmSync(join(project.folder, 'lib/paths.js'));
    expect(await lint(editor)).toEqual([]);
    project.write({ 'lib/paths/index.js': "exports.pathTo = (name) => require('fs').realpathSync(`pages/${name}.html`);\n" });
    expect(await lint(editor)).toEqual(['5 express/no-sync-io lib/paths/index.js:1']);
    project.write({ 'services/pages.js': 'exports.page = async (name) => {' });
    expect(await lint(editor)).toEqual([]);
  });

  it('looks at other files as they are saved', async () => {
    const project = makeProject();
    const editor = await editorOf(project);
    editor.open('services/pages.js', blocking);
    expect(await lint(editor)).toEqual([]);
    project.write({ 'services/pages.js': blocking });
    expect(await lint(editor)).toEqual(['5 express/no-sync-io services/pages.js:4']);
  });

  it('shows nothing of other files where the settings say so', async () => {
    const project = makeProject();
    project.write({ 'services/pages.js': blocking });
    const editor = await editorOf(project, { ALONE: 'true' });
    expect(await lint(editor)).toEqual([]);
  });

  it('reads a file again only when it has changed', async () => {
    const project = makeProject();
    const asked = join(project.folder, 'asked.txt');
    const editor = await editorOf(project, {
      NODE_OPTIONS: `--require ${JSON.stringify(join(import.meta.dirname, 'count-reads.cjs'))}`,
      PROJECT: project.folder,
      ASKED: asked,
    });
    /** The files that were read for a lint, and those that were only looked at to see whether they have changed. */
    const askedFor = async (): Promise<{ read: string[]; looked: string[] }> => {
      writeFileSync(asked, '');
      await lint(editor);
      const lines = readFileSync(asked, 'utf8').split('\n');
      const pathsOf = (how: string): string[] => lines.flatMap((line) => (line.startsWith(how) ? [line.slice(how.length)] : [])).sort();
      return { read: pathsOf('read '), looked: [...new Set(pathsOf('look '))].filter((path) => path.endsWith('.js')) };
    };
    const modules = ['lib/paths.js', 'services/pages.js'];
    expect((await askedFor()).read).toEqual(['lib/paths.js', 'package.json', 'services/pages.js']);
    expect(await askedFor()).toEqual({ read: [], looked: modules });
    editor.change('routes/pages.js', `// My pages\n${routes}`);
    expect(await askedFor()).toEqual({ read: [], looked: modules });
    project.write({ 'services/pages.js': blocking });
    expect(await askedFor()).toEqual({ read: ['services/pages.js'], looked: modules });
  });
});
