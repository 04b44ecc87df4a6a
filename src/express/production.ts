import { relative, sep } from 'node:path';

import { packageFacts } from './version.js';

const testFile = /[.\-_](?:test|tests|spec|specs|e2e|cy|stories|bench)\.[cm]?[jt]sx?$/;
const testFolder = new Set(['test', 'tests', '__tests__', '__mocks__', 'spec', 'specs', 'e2e', 'test-e2e', 'cypress', 'fixtures', '__fixtures__', 'mocks', 'benchmark', 'benchmarks']);

/** Folders of what a person starts by hand, or a browser runs, in the package of a server. */
const otherFolder = new Set([
  'bin', 'cli', 'script', 'scripts', 'tool', 'tools', 'build', 'dist', 'tasks', 'gulp', 'grunt', 'webpack', 'migration', 'migrations', 'upgrade', 'upgrades', 'updates', 'seed', 'seeds', 'seeders',
  'client', 'frontend', 'front-end', 'web', 'webapp', 'www', 'ui', 'public', 'static', 'assets', 'vendor', 'components', 'examples', 'docs',
]);
const otherFile = /\.[jt]sx$|\.min\.js$|\.config\.[cm]?[jt]s$|(?:^|[.\-_])(?:gulpfile|gruntfile|rakefile|migrate|seed|cli|install|build)\.[cm]?[jt]s$/i;

/**
 * Whether a file's name and folder leave no doubt that a server loads it: no test, no tool, nothing for browsers.
 * @param root the folder of the nearest package.json; folders above it do not count
 */
export function isServerFile(filename: string, root: string): boolean {
  if (isTestFile(filename, root)) return false;
  const parts = relative(root, filename).split(sep);
  return !otherFile.test(parts.pop() ?? '') && !parts.some((part) => otherFolder.has(part.toLowerCase()));
}

/**
 * Whether a file is part of the tests by its name or folder: what it does happens to no client.
 * @param root the folder of the nearest package.json; folders above it do not count
 */
export function isTestFile(filename: string, root: string | undefined): boolean {
  const path = root === undefined ? filename : relative(root, filename);
  const parts = path.split(sep);
  const base = parts.pop() ?? '';
  if (testFile.test(base)) return true;
  return root !== undefined && parts.some((part) => testFolder.has(part));
}

/** Whether a file lies among the sources of a server: its own package depends on Express, and it is no test, tool or page. */
export function isPartOfServer(filename: string): boolean {
  const { own, root } = packageFacts(filename);
  return own && root !== undefined && isServerFile(filename, root);
}
