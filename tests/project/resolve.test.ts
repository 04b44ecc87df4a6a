import { relative, sep } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { projectResolver, type Resolver } from '../../src/project/resolve.js';
import { type Contents, Fixture } from './fixture.js';

const open: Fixture[] = [];

function fixture(contents: Contents): Fixture {
  const made = new Fixture(contents);
  open.push(made);
  return made;
}

afterEach(() => {
  for (const made of open.splice(0)) made.remove();
});

/** The resolver, as if nobody had asked it anything. */
function resolver(): Resolver {
  const shared = projectResolver();
  shared.refresh();
  return shared;
}

/** What `specifier` resolves to in the file `from`, as a path within the fixture. */
function resolved(project: Fixture, from: string, specifier: string, by = resolver()): string | undefined {
  const file = by.resolve(project.path(from), specifier);
  return file === undefined ? undefined : relative(project.folder, file).split(sep).join('/');
}

/** Files, who imports, what, and the file that is meant; beside each case one that differs in one thing. */
type Case = readonly [files: Contents, from: string, specifier: string, expected: string | undefined];

function check(cases: Readonly<Record<string, Case>>): void {
  it.each(Object.entries(cases))('%s', (_, [files, from, specifier, expected]) => {
    expect(resolved(fixture({ ...files, [from]: '' }), from, specifier)).toBe(expected);
  });
}

describe('a path', () => {
  check({
    'is relative': [{ 'lib/a.js': '' }, 'app.js', './lib/a.js', 'lib/a.js'],
    'leads nowhere': [{ 'lib/a.js': '' }, 'app.js', './lib/b.js', undefined],
    'goes up': [{ 'a.js': '' }, 'src/app.js', '../a.js', 'a.js'],
    'goes up too far': [{ 'a.js': '' }, 'src/app.js', '../../a.js', undefined],
    'has no extension': [{ 'a.js': '' }, 'app.js', './a', 'a.js'],
    'has dots in its name': [{ 'user.service.js': '' }, 'app.js', './user.service', 'user.service.js'],
    'has no extension, of CommonJS': [{ 'a.cjs': '' }, 'app.js', './a', 'a.cjs'],
    'has no extension, of a module': [{ 'a.mjs': '' }, 'app.js', './a', 'a.mjs'],
    'has no extension, of JSX': [{ 'a.jsx': '' }, 'app.js', './a', 'a.jsx'],
    'has no extension, of TypeScript': [{ 'a.ts': '' }, 'app.js', './a', 'a.ts'],
    'has no extension, of typed CommonJS': [{ 'a.cts': '' }, 'app.ts', './a', 'a.cts'],
    'has no extension, of a typed module': [{ 'a.mts': '' }, 'app.ts', './a', 'a.mts'],
    'has no extension, of TSX': [{ 'a.tsx': '' }, 'app.ts', './a', 'a.tsx'],
    'has the extension of the output': [{ 'a.ts': '' }, 'app.ts', './a.js', 'a.ts'],
    'has the extension of the output, of TSX': [{ 'a.tsx': '' }, 'app.ts', './a.js', 'a.tsx'],
    'has the extension of the output, of a module': [{ 'a.mts': '' }, 'app.ts', './a.mjs', 'a.mts'],
    'has the extension of the output, of CommonJS': [{ 'a.cts': '' }, 'app.ts', './a.cjs', 'a.cts'],
    'has the extension of the output, of JSX': [{ 'a.tsx': '' }, 'app.ts', './a.jsx', 'a.tsx'],
    'has the extension of another output': [{ 'a.mts': '' }, 'app.ts', './a.js', undefined],
    'names what was written, in TypeScript': [{ 'a.ts': '', 'a.js': '' }, 'app.ts', './a', 'a.ts'],
    'names what runs, in JavaScript': [{ 'a.ts': '', 'a.js': '' }, 'app.js', './a', 'a.js'],
    'names what was written, by its output, in TypeScript': [{ 'a.ts': '', 'a.js': '' }, 'app.ts', './a.js', 'a.ts'],
    'names what runs, by itself, in JavaScript': [{ 'a.ts': '', 'a.js': '' }, 'app.js', './a.js', 'a.js'],
    'is of data': [{ 'a.json': '{}' }, 'app.js', './a.json', undefined],
    'is of data, without extension': [{ 'a.json': '{}' }, 'app.js', './a', undefined],
    'is of a native part': [{ 'a.node': '' }, 'app.js', './a.node', undefined],
    'is of declarations': [{ 'a.d.ts': '' }, 'app.ts', './a', undefined],
    'is of declarations, by their name': [{ 'a.d.ts': '' }, 'app.ts', './a.d.ts', undefined],
    'is of declarations, by half their name': [{ 'a.d.ts': '' }, 'app.ts', './a.d', undefined],
    'is of a style sheet': [{ 'a.css': '' }, 'app.js', './a.css', undefined],
    'is empty': [{ 'index.js': '' }, 'app.js', '', undefined],
  });

  it.each([
    ['a.js', 'a.js'],
    ['b.js', undefined],
  ])('is absolute: %s', (name, expected) => {
    const project = fixture({ 'a.js': '', 'app.js': '' });
    expect(resolved(project, 'app.js', project.path(name))).toBe(expected);
    expect(resolved(project, 'app.js', `file://${project.path(name)}`)).toBe(expected);
  });
});

describe('a folder', () => {
  check({
    'has an index': [{ 'lib/index.js': '' }, 'app.js', './lib', 'lib/index.js'],
    'has a typed index': [{ 'lib/index.ts': '' }, 'app.ts', './lib', 'lib/index.ts'],
    'has no index': [{ 'lib/main.js': '' }, 'app.js', './lib', undefined],
    'is beside a file of its name': [{ 'lib/index.js': '', 'lib.js': '' }, 'app.js', './lib', 'lib.js'],
    'is meant, beside a file of its name': [{ 'lib/index.js': '', 'lib.js': '' }, 'app.js', './lib/', 'lib/index.js'],
    'is the own one': [{ 'src/index.js': '', 'src.js': '' }, 'src/app.js', '.', 'src/index.js'],
    'is the one above': [{ 'index.js': '' }, 'src/app.js', '..', 'index.js'],
    'names its main file': [{ 'lib/package.json': { main: './start.js' }, 'lib/start.js': '', 'lib/index.js': '' }, 'app.js', './lib', 'lib/start.js'],
    'names its main file without extension': [{ 'lib/package.json': { main: 'start' }, 'lib/start.ts': '' }, 'app.js', './lib', 'lib/start.ts'],
    'names a folder as its main file': [{ 'lib/package.json': { main: 'start' }, 'lib/start/index.js': '' }, 'app.js', './lib', 'lib/start/index.js'],
    'names a main file that is not there': [{ 'lib/package.json': { main: 'gone' }, 'lib/index.js': '' }, 'app.js', './lib', 'lib/index.js'],
    'names a main file that is no text': [{ 'lib/package.json': { main: 1 }, 'lib/index.js': '' }, 'app.js', './lib', 'lib/index.js'],
    'has a broken manifest': [{ 'lib/package.json': '{ "main":', 'lib/index.js': '' }, 'app.js', './lib', 'lib/index.js'],
    'has a manifest that is null': [{ 'lib/package.json': 'null', 'lib/index.js': '' }, 'app.js', './lib', 'lib/index.js'],
    'is called as a file': [{ 'lib.js/index.js': '' }, 'app.js', './lib.js', 'lib.js/index.js'],
  });
});

describe('a package', () => {
  const installed = { 'node_modules/x/index.js': '', 'node_modules/x/package.json': { name: 'x' } };

  check({
    'is installed': [installed, 'app.js', 'x', undefined],
    'is installed, by a path to it': [installed, 'app.js', './node_modules/x/index.js', undefined],
    'is not installed': [{}, 'app.js', 'x', undefined],
    'is part of Node': [{ 'fs/index.js': '' }, 'app.js', 'fs', undefined],
    'is part of Node, by its full name': [{ 'fs.js': '' }, 'app.js', 'node:fs', undefined],
    'has no name': [{}, 'app.js', '@/', undefined],
  });
});

describe("a package's own names", () => {
  const manifest = {
    name: 'app',
    exports: { '.': './lib/index.js', './util': './lib/util.js' },
    imports: { '#config': './lib/config.js', '#db/*': './lib/db/*.js', '#env': { node: './lib/env.js', default: './lib/none.js' }, '#dep': 'x', '#out/*': './dist/*.js' },
  };
  const files = { 'package.json': manifest, 'lib/index.js': '', 'lib/util.js': '', 'lib/config.js': '', 'lib/db/users.js': '', 'lib/env.js': '' };

  check({
    '#name': [files, 'src/app.js', '#config', 'lib/config.js'],
    '#name that is not given': [files, 'src/app.js', '#other', undefined],
    '#name without imports': [{ ...files, 'package.json': { name: 'app' } }, 'src/app.js', '#config', undefined],
    '#name with a pattern': [files, 'src/app.js', '#db/users', 'lib/db/users.js'],
    '#name with a pattern that leads nowhere': [files, 'src/app.js', '#db/orders', undefined],
    '#name with conditions': [files, 'src/app.js', '#env', 'lib/env.js'],
    '#name of what is written in TypeScript': [{ 'package.json': manifest, 'lib/config.ts': '' }, 'src/app.ts', '#config', 'lib/config.ts'],
    '#name of an installed package': [{ ...files, 'node_modules/x/index.js': '' }, 'src/app.js', '#dep', undefined],
    '#name, by TypeScript': [{ 'package.json': {}, 'tsconfig.json': { compilerOptions: { paths: { '#lib/*': ['./lib/*'] } } }, 'lib/a.ts': '' }, 'app.ts', '#lib/a', 'lib/a.ts'],
    'its name': [files, 'src/app.js', 'app', 'lib/index.js'],
    'its name, and no exports': [{ 'package.json': { name: 'app', main: 'lib/index.js' }, 'lib/index.js': '' }, 'src/app.js', 'app', undefined],
    'its name and a subpath': [files, 'src/app.js', 'app/util', 'lib/util.js'],
    'another name': [files, 'src/app.js', 'application', undefined],
    'a broken manifest': [{ ...files, 'package.json': '{' }, 'src/app.js', '#config', undefined],
    'broken imports': [{ ...files, 'package.json': { imports: { '#config': 1 } } }, 'src/app.js', '#config', undefined],
  });
});

describe('an alias of a build tool', () => {
  const aliases = { _moduleAliases: { '@models': 'src/models', root: '.' } };

  check({
    'is in the manifest': [{ 'package.json': aliases, 'src/models/user.js': '' }, 'app.js', '@models/user', 'src/models/user.js'],
    'is in the manifest, as the whole': [{ 'package.json': aliases, 'src/models/index.js': '' }, 'app.js', '@models', 'src/models/index.js'],
    'only starts like it': [{ 'package.json': aliases, 'src/models/user.js': '' }, 'app.js', '@modelsx/user', undefined],
    'is the folder': [{ 'package.json': aliases, 'lib/a.js': '' }, 'app.js', 'root/lib/a', 'lib/a.js'],
    'is no text': [{ 'package.json': { _moduleAliases: { a: 1 } }, 'a.js': '' }, 'app.js', 'a', undefined],
    '@ is the source folder': [{ 'package.json': {}, 'src/a.js': '' }, 'src/b/app.js', '@/a', 'src/a.js'],
    '~ is the source folder': [{ 'package.json': {}, 'src/a.js': '' }, 'src/b/app.js', '~/a', 'src/a.js'],
    '@ is the folder': [{ 'package.json': {}, 'a.js': '' }, 'src/b/app.js', '@/a', 'a.js'],
    '@ is a scope': [{ 'package.json': {}, 'src/a.js': '' }, 'src/b/app.js', '@x/a', undefined],
  });
});

describe('the compiler says where', () => {
  const paths = { compilerOptions: { paths: { '@app/*': ['./src/*'], exact: ['./src/a.ts'], '*.gen': ['./gone/*', './src/*'] } } };
  const files = { 'src/a.ts': '', 'src/b/index.ts': '' };

  check({
    'by paths': [{ ...files, 'tsconfig.json': paths }, 'app.ts', '@app/a', 'src/a.ts'],
    'by paths, to a folder': [{ ...files, 'tsconfig.json': paths }, 'app.ts', '@app/b', 'src/b/index.ts'],
    'by paths, to nothing': [{ ...files, 'tsconfig.json': paths }, 'app.ts', '@app/c', undefined],
    'by paths, with the extension of the output': [{ ...files, 'tsconfig.json': paths }, 'app.ts', '@app/a.js', 'src/a.ts'],
    'by an exact path': [{ ...files, 'tsconfig.json': paths }, 'app.ts', 'exact', 'src/a.ts'],
    'by a second choice': [{ ...files, 'tsconfig.json': paths }, 'app.ts', 'a.gen', 'src/a.ts'],
    'in JavaScript too': [{ ...files, 'tsconfig.json': paths }, 'app.js', '@app/a', 'src/a.ts'],
    'in a jsconfig.json': [{ ...files, 'jsconfig.json': paths }, 'app.js', '@app/a', 'src/a.ts'],
    'in another folder': [{ ...files, 'other/tsconfig.json': paths }, 'app.ts', '@app/a', undefined],
    'in a nearer file': [{ ...files, 'tsconfig.json': paths, 'api/tsconfig.json': {} }, 'api/app.ts', '@app/a', undefined],
    'by baseUrl': [{ ...files, 'tsconfig.json': { compilerOptions: { baseUrl: './src' } } }, 'app.ts', 'b', 'src/b/index.ts'],
    'by baseUrl, for what is part of Node': [{ 'src/util.ts': '', 'tsconfig.json': { compilerOptions: { baseUrl: './src' } } }, 'app.ts', 'util', undefined],
    'by baseUrl and paths': [{ ...files, 'tsconfig.json': { compilerOptions: { baseUrl: './src', paths: { '~/*': ['*'] } } } }, 'app.ts', '~/a', 'src/a.ts'],
    'by neither': [{ ...files, 'tsconfig.json': { compilerOptions: {} } }, 'app.ts', 'b', undefined],
    'with comments': [{ ...files, 'tsconfig.json': `// the app\n{ /* options */ ${JSON.stringify(paths).slice(1, -1)}, }` }, 'app.ts', '@app/a', 'src/a.ts'],
    'in what it extends': [{ ...files, 'tsconfig.json': { extends: './config/base.json' }, 'config/base.json': { compilerOptions: { paths: { '@app/*': ['../src/*'] } } } }, 'app.ts', '@app/a', 'src/a.ts'],
    'in the last of what it extends': [{ ...files, 'tsconfig.json': { extends: ['./other.json', './base.json'] }, 'other.json': {}, 'base.json': paths }, 'app.ts', '@app/a', 'src/a.ts'],
    'in an installed package that it extends': [{ ...files, 'tsconfig.json': { extends: '@x/base', compilerOptions: { baseUrl: '.' } }, 'node_modules/@x/base/tsconfig.json': { compilerOptions: { paths: { '@app/*': ['src/*'] } } } }, 'app.ts', '@app/a', 'src/a.ts'],
    'beside a package that it extends and that is not installed': [{ ...files, 'tsconfig.json': { extends: '@x/base', ...paths } }, 'app.ts', '@app/a', 'src/a.ts'],
    'beside several that it extends and that are not installed': [{ ...files, 'tsconfig.json': { extends: ['@x/base', '@x/other'], ...paths } }, 'app.ts', '@app/a', 'src/a.ts'],
    'beside a file that it extends and that is not there': [{ ...files, 'tsconfig.json': { extends: './gone.json', ...paths } }, 'app.ts', '@app/a', undefined],
    'in what it refers to': [{ ...files, 'tsconfig.json': { files: [], references: [{ path: './tsconfig.app.json' }] }, 'tsconfig.app.json': paths }, 'app.ts', '@app/a', 'src/a.ts'],
    'in the folder it refers to': [{ 'web/src/a.ts': '', 'tsconfig.json': { files: [], references: [{ path: './web' }] }, 'web/tsconfig.json': paths }, 'app.ts', '@app/a', 'web/src/a.ts'],
    'in files that refer to each other': [{ ...files, 'tsconfig.json': { references: [{ path: './b.json' }] }, 'b.json': { references: [{ path: './tsconfig.json' }], ...paths } }, 'app.ts', '@app/a', 'src/a.ts'],
    'in a file that extends itself': [{ ...files, 'tsconfig.json': { extends: './tsconfig.json', ...paths } }, 'app.ts', '@app/a', undefined],
    'in a broken file': [{ ...files, 'tsconfig.json': `{ compilerOptions = ${JSON.stringify(paths.compilerOptions)} }` }, 'app.ts', '@app/a', undefined],
    'in a file of another shape': [{ ...files, 'tsconfig.json': { compilerOptions: { paths: ['a'] }, references: 1 } }, 'app.ts', './src/a', 'src/a.ts'],
    'in references of another shape': [{ ...files, 'tsconfig.json': { ...paths, references: [1, {}, null] } }, 'app.ts', '@app/a', 'src/a.ts'],
  });
});

describe('a package of the same repository', () => {
  const shared = { 'packages/shared/package.json': { name: '@acme/shared', main: 'dist/index.js' }, 'packages/shared/src/index.ts': '', 'packages/shared/src/db.ts': '' };
  const npm = { 'package.json': { workspaces: ['packages/*'] } };
  const from = 'packages/api/app.ts';

  check({
    'is found by npm or yarn': [{ ...shared, ...npm }, from, '@acme/shared', 'packages/shared/src/index.ts'],
    'is in no workspace': [{ ...shared, 'package.json': {} }, from, '@acme/shared', undefined],
    'has another name': [{ ...shared, ...npm }, from, '@acme/shares', undefined],
    'is found by yarn 1': [{ ...shared, 'package.json': { workspaces: { packages: ['packages/*'] } } }, from, '@acme/shared', 'packages/shared/src/index.ts'],
    'is found by pnpm': [{ ...shared, 'pnpm-workspace.yaml': "# all\npackages:\n  - apps/*\n  # shared code\n  - 'packages/*' # here\n\ncatalog:\n  - x\n" }, from, '@acme/shared', 'packages/shared/src/index.ts'],
    'is found by pnpm, in flow style': [{ ...shared, 'pnpm-workspace.yaml': 'packages: ["apps/*", "packages/*"]\n' }, from, '@acme/shared', 'packages/shared/src/index.ts'],
    'is in another list of pnpm': [{ ...shared, 'pnpm-workspace.yaml': 'onlyBuiltDependencies:\n  - packages/*\n' }, from, '@acme/shared', undefined],
    'is found by lerna': [{ ...shared, 'lerna.json': { packages: ['packages/*'] } }, from, '@acme/shared', 'packages/shared/src/index.ts'],
    'is named by its folder': [{ ...shared, 'package.json': { workspaces: ['./packages/shared/'] } }, from, '@acme/shared', 'packages/shared/src/index.ts'],
    'is deeper': [{ ...shared, 'package.json': { workspaces: ['**'] } }, from, '@acme/shared', 'packages/shared/src/index.ts'],
    'is excluded': [{ ...shared, 'package.json': { workspaces: ['packages/*', '!packages/shared'] } }, from, '@acme/shared', undefined],
    'matches in part': [{ ...shared, 'package.json': { workspaces: ['packages/sha*'] } }, from, '@acme/shared', 'packages/shared/src/index.ts'],
    'is built': [{ ...shared, ...npm, 'packages/shared/dist/index.js': '' }, from, '@acme/shared', 'packages/shared/src/index.ts'],
    'is built, and not written beside it': [{ ...npm, 'packages/shared/package.json': { name: '@acme/shared', main: 'dist/index.js' }, 'packages/shared/dist/index.js': '' }, from, '@acme/shared', 'packages/shared/dist/index.js'],
    'has its index at the top': [{ ...npm, 'packages/shared/package.json': { name: '@acme/shared' }, 'packages/shared/index.js': '' }, from, '@acme/shared', 'packages/shared/index.js'],
    'exports what is not built': [{ ...npm, ...shared, 'packages/shared/package.json': { name: '@acme/shared', exports: { '.': { types: './dist/index.d.ts', import: './dist/esm/index.js' }, './db': './dist/db.js' } } }, from, '@acme/shared/db', 'packages/shared/src/db.ts'],
    'exports a pattern': [{ ...npm, ...shared, 'packages/shared/package.json': { name: '@acme/shared', exports: { './*': './src/*.ts' } } }, from, '@acme/shared/db', 'packages/shared/src/db.ts'],
    'exports nothing of the kind': [{ ...npm, ...shared, 'packages/shared/package.json': { name: '@acme/shared', exports: { '.': './src/index.ts' } } }, from, '@acme/shared/none', undefined],
    'has a subpath': [{ ...shared, ...npm }, from, '@acme/shared/src/db', 'packages/shared/src/db.ts'],
    'has a broken manifest': [{ ...shared, ...npm, 'packages/shared/package.json': '{ "name": "@acme/shared"' }, from, '@acme/shared', undefined],
    'is asked for outside': [{ ...shared, 'packages/package.json': { workspaces: ['*'] } }, 'apps/api/app.ts', '@acme/shared', undefined],
  });

  it.each([
    ['is linked', 'packages/shared', 'packages/shared/src/index.ts'],
    ['is installed by pnpm', 'node_modules/.pnpm/shared/node_modules/@acme/shared', undefined],
  ])('%s', (_, target, expected) => {
    const project = fixture({ [`${target}/package.json`]: { name: '@acme/shared' }, [`${target}/src/index.ts`]: '', 'packages/api/app.ts': '' });
    project.link('node_modules/@acme/shared', target);
    expect(resolved(project, 'packages/api/app.ts', '@acme/shared')).toBe(expected);
  });
});

describe('links', () => {
  it.each([
    ['to a file', 'lib/a.js', './linked.js'],
    ['to a file, without extension', 'lib/a.js', './linked'],
  ])('are followed %s', (_, target, specifier) => {
    const project = fixture({ 'app.js': '', 'lib/a.js': '' });
    project.link('linked.js', target);
    expect(resolved(project, 'app.js', specifier)).toBe('lib/a.js');
  });

  it('are followed to a folder', () => {
    const project = fixture({ 'app.js': '', 'lib/index.js': '' });
    project.link('linked', 'lib');
    expect(resolved(project, 'app.js', './linked')).toBe('lib/index.js');
  });

  it('may lead nowhere, or round in a circle', () => {
    const project = fixture({ 'app.js': '' });
    project.link('gone.js', 'nothing.js');
    project.link('a.js', 'b.js');
    project.link('b.js', 'a.js');
    expect(resolved(project, 'app.js', './gone')).toBeUndefined();
    expect(resolved(project, 'app.js', './a')).toBeUndefined();
    expect(resolved(project, 'app.js', './a.js/b')).toBeUndefined();
  });
});

describe('a resolver', () => {
  it('finds what was added, once it looks again', () => {
    const project = fixture({ 'app.js': '' });
    const by = resolver();
    expect(resolved(project, 'app.js', './a', by)).toBeUndefined();
    project.write({ 'a.js': '' });
    expect(resolved(project, 'app.js', './a', by)).toBeUndefined();
    by.refresh();
    expect(resolved(project, 'app.js', './a', by)).toBe('a.js');
  });

  it('loses what was removed, once it looks again', () => {
    const project = fixture({ 'app.js': '', 'a.js': '', 'a/index.js': '' });
    const by = resolver();
    expect(resolved(project, 'app.js', './a', by)).toBe('a.js');
    project.remove('a.js');
    expect(resolved(project, 'app.js', './a', by)).toBe('a.js');
    by.refresh();
    expect(resolved(project, 'app.js', './a', by)).toBe('a/index.js');
  });

  it.each<[string, Contents, Contents]>([
    ['tsconfig.json', { 'tsconfig.json': {} }, { 'tsconfig.json': { compilerOptions: { paths: { '@x/a': ['./lib/a.js'] } } } }],
    ['what tsconfig.json extends', { 'tsconfig.json': { extends: './base.json' }, 'base.json': {} }, { 'base.json': { compilerOptions: { paths: { '@x/a': ['./lib/a.js'] } } } }],
    ['what tsconfig.json extends and was not installed', { 'tsconfig.json': { extends: '@y/base' } }, { 'node_modules/@y/base/tsconfig.json': { compilerOptions: { paths: { '@x/a': ['../../../lib/a.js'] } } } }],
    ['package.json', { 'package.json': {} }, { 'package.json': { _moduleAliases: { '@x': 'lib' } } }],
    ['the workspaces', { 'package.json': {}, 'lib/package.json': { name: '@x/a', main: 'a.js' } }, { 'package.json': { workspaces: ['lib'] } }],
    ['a package of the workspace', { 'package.json': { workspaces: ['*'] } }, { 'lib/package.json': { name: '@x/a', main: 'a.js' } }],
  ])('reads %s again when it changes', (_, before, after) => {
    const project = fixture({ 'app.js': '', 'lib/a.js': '', ...before });
    const by = resolver();
    expect(resolved(project, 'app.js', '@x/a', by)).toBeUndefined();
    project.write(after);
    by.refresh();
    expect(resolved(project, 'app.js', '@x/a', by)).toBe('lib/a.js');
  });

  it('is one for all', () => {
    expect(projectResolver()).toBe(projectResolver());
  });

  it('tells files in one folder apart by their language only', () => {
    const project = fixture({ 'app.js': '', 'app.ts': '', 'a.js': '', 'a.ts': '' });
    const by = resolver();
    expect(resolved(project, 'app.js', './a', by)).toBe('a.js');
    expect(resolved(project, 'app.ts', './a', by)).toBe('a.ts');
  });

  it.each(['<input>', 'app.js', ''])('answers nothing for the file %j, which is nowhere', (from) => {
    expect(resolver().resolve(from, './package.json')).toBeUndefined();
    expect(resolver().resolve(from, './src/index')).toBeUndefined();
  });

  it.each(['\0', './\0', '#', '#/', '@', '@/', '..', '/', 'file:', 'file:///', 'http://x/y.js', 'data:text/javascript,1', './%', 'a'.repeat(100_000)])('survives %j', (specifier) => {
    const project = fixture({ 'package.json': { name: 'app', imports: {}, exports: {} }, 'src/app.js': '' });
    expect(resolved(project, 'src/app.js', specifier)).toBeUndefined();
  });

  it('does not mind a folder in place of a file', () => {
    const project = fixture({ 'app.js': '', 'package.json/x': '', 'tsconfig.json/x': '', 'pnpm-workspace.yaml/x': '', 'a.js/x': '', 'b.js': '' });
    expect(resolved(project, 'app.js', './a.js')).toBeUndefined();
    expect(resolved(project, 'app.js', './b')).toBe('b.js');
    expect(resolved(project, 'app.js', 'x')).toBeUndefined();
  });
});
