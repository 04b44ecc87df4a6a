/**
 * Prints "N passed, N failed" from what Vitest wrote about its last run. A file that could not be run
 * counts as one failure; so does a run that wrote nothing.
 */
import { readFileSync } from 'node:fs';

const [path] = process.argv.slice(2);

function count() {
  let results;
  try {
    results = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { passed: 0, failed: 1 };
  }
  const broken = results.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  return { passed: results.numPassedTests, failed: results.numFailedTests + broken.length };
}

const { passed, failed } = count();
console.log(`${passed} passed, ${failed} failed`);
