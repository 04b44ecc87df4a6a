import { rmSync } from 'node:fs';
import { dirname } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Files } from './project.js';
import { exec, pack, Project } from './project.js';
import { shownFlat, shownLegacy } from './readme.js';

const INSTALL_TIMEOUT = 180_000;
const FINDING = 'express/no-sync-io';

const APP = `const fs = require('fs');
const app = require('express')();

app.get('/', (req, res) => {
  res.send(fs.readFileSync('page.html', 'utf8'));
});
`;

const APP_OF_TWO_FILES = {
  'app.js': `const { page } = require('./page');
const app = require('express')();

app.get('/', (req, res) => {
  res.send(page());
});
`,
  'page.js': `exports.page = () => require('fs').readFileSync('page.html', 'utf8');
`,
};

const TYPED_APP = `import { readFileSync } from 'node:fs';
import express, { type Request, type Response } from 'express';

const app = express();

app.get('/', (req: Request, res: Response): void => {
  res.send(readFileSync('page.html', 'utf8'));
});
`;

const legacy = shownLegacy();
const flatModule = {
  'eslint.config.mjs': `import express from 'eslint-plugin-express';
export default [express.configs['flat/recommended']];
`,
};
const flatCommonJs = {
  'eslint.config.cjs': `const express = require('eslint-plugin-express');
module.exports = [express.configs['flat/recommended'], { plugins: { express } }];
`,
};
const extendsModule = {
  'eslint.config.mjs': `import { defineConfig } from 'eslint/config';
import express from 'eslint-plugin-express';
export default defineConfig([{ plugins: { express }, extends: ['express/recommended'] }]);
`,
};
const extendsCommonJs = {
  'eslint.config.cjs': `const { defineConfig } = require('eslint/config');
const express = require('eslint-plugin-express');
module.exports = defineConfig([{ plugins: { express }, extends: ['express/recommended'] }]);
`,
};

let tarball: string;
beforeAll(async () => {
  tarball = await pack();
}, INSTALL_TIMEOUT);
afterAll(() => {
  rmSync(dirname(tarball), { recursive: true, force: true });
});

describe('the tarball', () => {
  it.each([
    ['publint', ['publint/src/cli.js', 'run', '--strict', '--level', 'suggestion']],
    ['Are The Types Wrong?', ['@arethetypeswrong/cli/dist/index.js', '--no-color']],
  ] as const)('passes %s', async (_, [script, ...args]) => {
    await expect(exec(script, [...args, tarball])).resolves.toBeDefined();
  });
});

describe.each<{ eslint: string; configs: Record<string, Files> }>([
  { eslint: '8.57.1', configs: { legacy, flatModule, flatCommonJs } },
  { eslint: '9.39.5', configs: { legacy, flatModule, flatCommonJs, extendsModule, extendsCommonJs } },
  { eslint: '10.15.0', configs: { flatModule, flatCommonJs, extendsModule, extendsCommonJs } },
])('a JavaScript project with ESLint $eslint', ({ eslint, configs }) => {
  let project: Project;
  beforeAll(async () => {
    project = await Project.with(`eslint@${eslint}`, tarball);
    project.write({ 'app.js': APP });
  }, INSTALL_TIMEOUT);
  afterAll(() => {
    project.remove();
  });

  it.each(Object.entries(configs))('lints under %s', async (_, config: Files) => {
    expect(await project.lint('app.js', config)).toContain(FINDING);
  });

  it('gets no TypeScript', () => {
    expect(project.has('typescript')).toBe(false);
    expect(project.has('@typescript-eslint')).toBe(false);
  });

  it.each(['import', 'require'] as const)('loads the plugin itself with %s', async (load) => {
    expect(await project.evaluate(load, '[plugin.meta.namespace, Object.keys(plugin)]')).toEqual([
      'express',
      ['meta', 'rules', 'configs'],
    ]);
  });
});

describe.each<{ eslint: string; omit: 'optional' | 'nothing'; configs: Record<string, Files> }>([
  { eslint: '8.57.1', omit: 'nothing', configs: { legacy, flatModule, flatCommonJs } },
  { eslint: '8.57.1', omit: 'optional', configs: { legacy, flatModule, flatCommonJs } },
  { eslint: '10.15.0', omit: 'nothing', configs: { flatModule, flatCommonJs } },
  { eslint: '10.15.0', omit: 'optional', configs: { flatModule, flatCommonJs } },
])('an app of two files with ESLint $eslint, installed with $omit left out', ({ eslint, omit, configs }) => {
  let project: Project;
  beforeAll(async () => {
    project = await Project.with(...(omit === 'optional' ? ['--omit=optional'] : []), `eslint@${eslint}`, tarball);
    project.write(APP_OF_TWO_FILES);
  }, INSTALL_TIMEOUT);
  afterAll(() => {
    project.remove();
  });

  it('has a parser of its own, or not', () => {
    expect(project.has('oxc-parser')).toBe(omit === 'nothing');
  });

  it.each(Object.entries(configs))('is read as a whole under %s', async (_, config: Files) => {
    expect(await project.lint('app.js', config)).toContain(FINDING);
    project.write({ 'page.js': "exports.page = () => 'page';" });
    expect(await project.lint('app.js', config)).not.toContain(FINDING);
    project.write(APP_OF_TWO_FILES);
  });
});

describe('a TypeScript project', () => {
  let project: Project;
  beforeAll(async () => {
    project = await Project.with('eslint@10.15.0', 'typescript@6.0.3', '@typescript-eslint/parser@8.72.0', tarball);
    project.write({ 'app.ts': TYPED_APP });
  }, INSTALL_TIMEOUT);
  afterAll(() => {
    project.remove();
  });

  it('lints', async () => {
    const [, config = {}] = shownFlat().find(([heading]) => heading === 'TypeScript') ?? [];
    expect(await project.lint('app.ts', config)).toContain(FINDING);
  });

  it.each(shownFlat())('lints under what README.md shows under “%s”', async (_, config) => {
    project.write({ 'app.js': APP });
    expect(await project.lint('app.js', config)).toContain(FINDING);
  });

  it('compiles its configuration against the types, in either module system', async () => {
    project.write({
      'esm.mts': `import { defineConfig } from 'eslint/config';
import type { Linter } from 'eslint';
import express from 'eslint-plugin-express';
export default defineConfig([{ plugins: { express }, extends: ['express/recommended'] }]);
export const raw: Linter.Config[] = [express.configs['flat/recommended']];
`,
      'cjs.cts': `import { defineConfig } from 'eslint/config';
import express = require('eslint-plugin-express');
export = defineConfig([express.configs['flat/strict'], { plugins: { express } }]);
`,
    });
    const options = ['--noEmit', '--strict', '--module', 'nodenext'];
    expect(await project.exec('typescript/bin/tsc', [...options, 'esm.mts', 'cjs.cts'])).toBe('');
  });
});
