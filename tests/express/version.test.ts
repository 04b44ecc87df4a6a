import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { majorOfRange, majorOfSetting, packageFacts } from '../../src/express/version.js';
import { model } from './model-of.js';

let root = '';

/** Writes files below a folder of their own, which is a repository; returns the path of `file` in it. */
function project(name: string, files: Readonly<Record<string, unknown>>, file = 'src/app.js'): string {
  const folder = join(root, name);
  mkdirSync(join(folder, '.git'), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return join(folder, file);
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'express-version-'));
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('majorOfRange', () => {
  it.each([
    ['4', 4], ['4.x', 4], ['^4.18.2', 4], ['~4.18.2', 4], ['=4.18.2', 4], ['v4.18.2', 4], ['4.18.2', 4], ['>=4 <5', 4], ['>=4.17.0 <5.0.0', 4],
    ['^4.17.0 || ^4.18.0', 4], ['npm:express@^4.0.0', 4], ['5', 5], ['^5.0.0', 5], ['5.0.0-beta.1', 5], ['^5.0.0 || ^5.1.0', 5], ['>=5 <6', 5],
    ['3.x', 4], ['^2.5.0', 4],
  ])('%s → %i', (range, major) => {
    expect(majorOfRange(range)).toBe(major);
  });

  it.each([['*'], ['latest'], ['next'], [''], ['x'], ['workspace:*'], ['catalog:'], ['file:../express'], ['link:../express'], ['git+https://github.com/expressjs/express.git'], ['expressjs/express'], ['github:expressjs/express'], ['https://x.y/express-5.0.0.tgz'], ['^4.0.0 || ^5.0.0'], ['>=4 <6']])('%s says nothing', (range) => {
    expect(majorOfRange(range)).toBeUndefined();
  });
});

describe('majorOfSetting', () => {
  it.each([[4, 4], [5, 5], [4.21, 4], ['4', 4], ['5', 5], ['4.21.2', 4], ['^5.0.0', 5], [undefined, undefined], [null, undefined], ['latest', undefined], [{}, undefined]])('%j → %s', (setting, major) => {
    expect(majorOfSetting(setting)).toBe(major);
  });
});

describe('packageFacts', () => {
  it('reads the nearest manifest that declares express', () => {
    expect(packageFacts(project('one', { 'package.json': { dependencies: { express: '^4.18.0' } } }))).toMatchObject({ major: 4, declared: true });
    expect(packageFacts(project('five', { 'package.json': { dependencies: { express: '^5.0.0' } } }))).toMatchObject({ major: 5, declared: true });
    expect(packageFacts(project('dev', { 'package.json': { devDependencies: { express: '5' } } }))).toMatchObject({ major: 5, declared: true });
    expect(packageFacts(project('peer', { 'package.json': { peerDependencies: { express: '4' } } }))).toMatchObject({ major: 4, declared: true });
  });

  it('looks further up in a monorepo, and no further than the repository', () => {
    const nested = { 'package.json': { dependencies: { express: '^4.0.0' } }, 'packages/api/package.json': { name: 'api' } };
    expect(packageFacts(project('mono', nested, 'packages/api/src/app.js'))).toMatchObject({ major: 4, declared: true, root: join(root, 'mono', 'packages', 'api') });
    const own = { 'package.json': { dependencies: { express: '^4.0.0' } }, 'packages/api/package.json': { dependencies: { express: '^5.0.0' } } };
    expect(packageFacts(project('own', own, 'packages/api/src/app.js'))).toMatchObject({ major: 5 });
    writeFileSync(join(root, 'package.json'), JSON.stringify({ dependencies: { express: '^4.0.0' } }));
    expect(packageFacts(project('bare', {}))).toMatchObject({ major: undefined, declared: undefined, root: undefined });
  });

  it('takes the manifest of a folder below, where none stands above', () => {
    const kept = { 'install/package.json': { dependencies: { express: '^4.0.0' } } };
    expect(packageFacts(project('kept', kept, 'src/routes/app.js'))).toMatchObject({ major: 4, declared: true, root: join(root, 'kept') });
    const other = { 'install/package.json': { dependencies: { koa: '2' } } };
    expect(packageFacts(project('keptother', other, 'src/routes/app.js'))).toMatchObject({ major: undefined, declared: undefined });
    const two = { 'a/package.json': { dependencies: { express: '^4.0.0' } }, 'b/package.json': { dependencies: { express: '^5.0.0' } } };
    expect(packageFacts(project('kepttwo', two, 'src/app.js'))).toMatchObject({ major: undefined, declared: true });
    const many = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}/package.json`, { dependencies: { express: '^4.0.0' } }]));
    expect(packageFacts(project('keptmany', many, 'src/app.js'))).toMatchObject({ major: undefined, declared: undefined });
  });

  it('asks what is installed when the range does not say', () => {
    const installed = (range: string, version: string) => ({ 'package.json': { dependencies: { express: range } }, 'node_modules/express/package.json': { version } });
    expect(packageFacts(project('installed', installed('*', '5.1.0'))).major).toBe(5);
    expect(packageFacts(project('both', installed('^4.0.0 || ^5.0.0', '4.21.0'))).major).toBe(4);
    expect(packageFacts(project('declared', installed('^4.0.0', '5.1.0'))).major).toBe(4);
    expect(packageFacts(project('nothing', { 'package.json': { dependencies: { express: '*' } } }))).toMatchObject({ major: undefined, declared: true });
  });

  it('knows a project without Express from no project', () => {
    expect(packageFacts(project('other', { 'package.json': { dependencies: { koa: '2' } } }))).toMatchObject({ major: undefined, declared: false });
    expect(packageFacts('<input>')).toMatchObject({ major: undefined, declared: undefined });
  });

  it('tells whether a patch is declared', () => {
    expect(packageFacts(project('patched', { 'package.json': { dependencies: { express: '4', 'express-async-errors': '3' } } })).patched).toBe(true);
    expect(packageFacts(project('plain', { 'package.json': { dependencies: { express: '4', 'express-async-handler': '1' } } })).patched).toBe(false);
  });

  it('reads past a manifest that is broken', () => {
    const files = { 'package.json': { dependencies: { express: '4' } }, 'packages/api/package.json': '{ "name": ' };
    expect(packageFacts(project('broken', files, 'packages/api/app.js'))).toMatchObject({ major: 4 });
    expect(packageFacts(project('list', { 'package.json': '[]' }))).toMatchObject({ major: undefined });
    expect(packageFacts(project('odd', { 'package.json': { dependencies: { express: 5 } } }))).toMatchObject({ major: undefined });
  });

  it('does not take a dependency for the project', () => {
    const files = { 'package.json': { dependencies: { express: '5' } }, 'node_modules/dep/package.json': { dependencies: { express: '4' } } };
    expect(packageFacts(project('deps', files, 'node_modules/dep/index.js'))).toMatchObject({ major: 4 });
  });
});

describe('the version of a file', () => {
  it('is what the setting says, then what the manifest says', () => {
    const filename = project('setting', { 'package.json': { dependencies: { express: '^4.0.0' } } });
    expect(model('', { filename }).file.major).toBe(4);
    expect(model('', { filename, settings: { version: 5 } }).file.major).toBe(5);
    expect(model('', { filename, settings: { version: '5.1.0' } }).file.major).toBe(5);
    expect(model('', { filename, settings: { version: 'latest' } }).file.major).toBe(4);
    expect(model('').file.major).toBeUndefined();
  });
});
