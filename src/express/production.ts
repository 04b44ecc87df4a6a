import { relative, sep } from 'node:path';

const testFile = /[.\-_](?:test|tests|spec|specs|e2e|cy|stories|bench)\.[cm]?[jt]sx?$/;
const testFolder = new Set(['test', 'tests', '__tests__', '__mocks__', 'spec', 'specs', 'e2e', 'test-e2e', 'cypress', 'fixtures', '__fixtures__', 'mocks', 'benchmark', 'benchmarks']);

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
