/**
 * Shows the plugin at work on the sample app in docs/sample-app: what it finds, what `--fix` repairs, and
 * what is left to a person. Needs Node and npm only, and installs and builds what is missing. Exit code 0
 * says that all went as it should.
 *
 *   npm run demo
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const color = process.stdout.isTTY === true && process.stdout.hasColors();

/** Runs npm; shows what it prints, but of a quiet step only when it fails. */
function npm(args, { quiet = false } = {}) {
  console.log(`$ npm ${args.join(' ')}`);
  const result = spawnSync('npm', args, {
    cwd: root,
    shell: process.platform === 'win32',
    stdio: quiet ? 'pipe' : ['ignore', 'inherit', 'inherit'],
    encoding: 'utf8',
  });
  if (result.status === 0) return;
  console.error(result.error ? String(result.error) : `${result.stdout ?? ''}${result.stderr ?? ''}`);
  console.error(`\nThe demo stops: npm ${args[0]} failed.`);
  process.exit(1);
}

let steps = 0;

function step(title, ...words) {
  steps += 1;
  console.log(`\n${steps}. ${title}\n${'─'.repeat(title.length + 3)}`);
  for (const word of words) console.log(word);
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

step('Install and build the plugin');
// npm writes this file last, so it is there when everything else is.
if (existsSync(resolve(root, 'node_modules/.package-lock.json'))) console.log('The packages are installed already.');
else npm(['ci', '--no-audit', '--no-fund']);
npm(['run', 'build'], { quiet: true });

const { default: plugin } = await import('../../dist/index.mjs');
const { failuresOf, format, messagesOf, neighboursIn, sampleApp, textsOf, tryOut } = await import('./sample-app.js');

const trial = await tryOut(plugin, { color });
const found = messagesOf(trial.found);
const remaining = messagesOf(trial.remaining);
const files = new Set(found.map(({ file }) => file));

step(
  'Lint the sample app with the recommended rules',
  'docs/sample-app is a photo service on Express 4, with mistakes people make. None of its packages is',
  'installed, and no types are needed: ESLint reads the code as it is. (Paths are shortened.)',
  '',
  '$ npx eslint .',
  await format(trial.found, color),
  '',
  `${count(found.length, 'problem')} in ${files.size} of ${trial.found.length} files. This looks the same, and is right where it stands, so it is not reported:`,
);
for (const { file, line, code, why } of neighboursIn(textsOf(sampleApp, trial.found))) {
  console.log(`  ${`${file}:${line}`.padEnd(24)}${code.padEnd(32)}${why}`);
}

step(
  'Repair a copy of it',
  '`--fix` changes only what it can prove to come out right. This is what it changes:',
  '',
  '$ npx eslint --fix .',
  trial.diff ?? '(There is no git here to show the difference with.)',
);

step(
  'What remains',
  'These are decisions for a person. Editors offer the suggestions; `--fix` leaves them alone.',
  '',
  '$ npx eslint .',
  await format(trial.remaining, color),
  '',
);
for (const { file, line, ruleId, suggestions = [] } of remaining) {
  console.log(`  ${file}:${line} (${ruleId})`);
  for (const { desc } of suggestions) console.log(`    suggestion: ${desc}`);
  if (suggestions.length === 0) console.log('    no suggestion: what is right here depends on more than this line');
}

const failures = failuresOf(trial);
step('Result');
if (failures.length > 0) {
  console.log('This did not go as it should:');
  for (const failure of failures) console.log(`  ${failure}`);
  process.exitCode = 1;
} else {
  const repaired = found.length - remaining.length;
  console.log(`${count(found.length, 'problem')} found, ${repaired} repaired, ${remaining.length} left to decide; a second --fix changes nothing.`);
}
