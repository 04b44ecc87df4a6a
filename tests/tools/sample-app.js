/**
 * Lints and repairs the sample app, and checks that it went as the README says. What shows it to people is
 * demo.js; the tests run the same steps.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';

import { ESLint } from 'eslint';

export const sampleApp = resolve(import.meta.dirname, '../../docs/sample-app');

/** Code that looks like what is reported, and is right where it stands. */
export const neighbours = [
  { file: 'app.js', code: 'fs.readFileSync(', why: 'runs once, at startup' },
  { file: 'app.js', code: 'console.log(', why: 'runs once, when the app listens' },
  { file: 'app.js', code: 'app.use((err, req, res, next)', why: 'four parameters, and after the routes: errors reach it' },
  { file: 'lib/files.js', code: 'fs.mkdirSync(', why: 'runs once, at startup' },
  { file: 'routes/albums.js', code: "require('express-async-handler')", why: 'Express 4 needs it' },
  { file: 'routes/albums.js', code: "router.get('/', asyncHandler(", why: 'the wrapper hands rejections to next' },
  { file: 'routes/albums.js', code: "router.post('/', async", why: 'the try around its awaits hands errors to next' },
  { file: 'routes/photos.js', code: 'pipeline(', why: 'listens to every stream it is given' },
  { file: 'scripts/seed.js', code: 'process.env.NODE_ENV =', why: 'a script: it serves nobody' },
  { file: 'routes/photos.js', code: 'if (err) logger.warn(err);', why: 'the answer was sent as far as it could be: there is nobody to tell' },
  { file: 'scripts/seed.js', code: 'fs.readFileSync(', why: 'a script: no client waits for it' },
  { file: 'test/photos.test.js', code: 'session({', why: 'a test: nobody stays logged in' },
  { file: 'test/photos.test.js', code: 'fs.existsSync(', why: 'a test: its app has no clients' },
];

/**
 * Lints an app with the recommended rules, and repairs it on disk where asked to.
 * @param {import('eslint').ESLint.Plugin} plugin
 * @param {string} folder
 * @param {{ fix?: boolean }} [options]
 * @returns {Promise<import('eslint').ESLint.LintResult[]>} one a file, with paths relative to the folder
 */
export async function lintApp(plugin, folder, { fix = false } = {}) {
  const eslint = new ESLint({
    cwd: folder,
    fix,
    overrideConfigFile: true,
    overrideConfig: [
      { files: ['**/*.js'], languageOptions: { sourceType: 'commonjs' } },
      plugin.configs['flat/recommended'],
    ],
  });
  const results = await eslint.lintFiles(['.']);
  await ESLint.outputFixes(results);
  return results.map((result) => ({ ...result, filePath: relative(folder, result.filePath).split(sep).join('/') }));
}

/**
 * What ESLint prints in a terminal.
 * @param {import('eslint').ESLint.LintResult[]} results
 * @param {boolean} color
 */
export async function format(results, color) {
  const { format: stylish } = await new ESLint({ overrideConfigFile: true }).loadFormatter('stylish');
  return (await stylish(results, { color, cwd: sampleApp, maxWarningsExceeded: undefined, rulesMeta: {} })).trim();
}

/**
 * Lints the sample app, repairs a copy of it, lints the copy, and repairs it a second time.
 * @param {import('eslint').ESLint.Plugin} plugin
 * @param {{ color?: boolean }} [options] whether the diff is for a terminal with colours
 */
export async function tryOut(plugin, { color = false } = {}) {
  const found = await lintApp(plugin, sampleApp);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'express-demo-')));
  try {
    const [before, after] = ['before', 'after'].map((name) => join(folder, name));
    mkdirSync(before);
    cpSync(sampleApp, before, { recursive: true });
    cpSync(sampleApp, after, { recursive: true });
    const remaining = await lintApp(plugin, after, { fix: true });
    const repaired = textsOf(after, remaining);
    const diff = diffOf(folder, color);
    await lintApp(plugin, after, { fix: true });
    return { found, remaining, repaired, repairedTwice: textsOf(after, remaining), diff };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * What did not go as it should.
 * @param {Awaited<ReturnType<typeof tryOut>>} trial
 * @returns {string[]} one sentence each
 */
export function failuresOf({ found, remaining, repaired, repairedTwice }) {
  const findings = messagesOf(found);
  const left = messagesOf(remaining);
  const repairable = findings.filter(({ fix }) => fix);
  const failures = [];
  if (findings.length === 0) failures.push('Nothing was found.');
  if (repairable.length === 0) failures.push('Nothing could be repaired.');
  for (const { file, fatal, message } of [...findings, ...left]) {
    if (fatal) failures.push(`${file} cannot be parsed: ${message}`);
  }
  for (const { file, line } of neighboursIn(textsOf(sampleApp, found))) {
    if (line === 0) failures.push(`${file} does not have the code any more that should be accepted.`);
    else if (findings.some((finding) => finding.file === file && finding.line === line)) {
      failures.push(`${file}:${line} is reported, and should be accepted.`);
    }
  }
  const expected = findings.filter(({ fix }) => !fix).map(({ key }) => key);
  for (const { key } of repairable) if (left.some((other) => other.key === key)) failures.push(`Repaired, and still reported: ${key}`);
  for (const { key } of left) if (!findings.some((other) => other.key === key)) failures.push(`New after the repair: ${key}`);
  for (const key of expected) if (!left.some((other) => other.key === key)) failures.push(`Gone without a repair of its own: ${key}`);
  for (const [file, text] of repaired) {
    if (repairedTwice.get(file) !== text) failures.push(`A second --fix changes ${file} again.`);
  }
  return failures;
}

/**
 * The findings of a run, each with its file and with a name that survives a change of lines.
 * @param {import('eslint').ESLint.LintResult[]} results
 */
export function messagesOf(results) {
  return results.flatMap(({ filePath: file, messages }) =>
    messages.map((message) => {
      const text = message.message.replace(/\(line \d+\)/g, '(line)');
      return { ...message, file, key: `${file}: ${message.ruleId}: ${text}` };
    }),
  );
}

/**
 * Where the accepted code stands; line 0 where it is gone.
 * @param {ReadonlyMap<string, string>} texts
 */
export function neighboursIn(texts) {
  return neighbours.map(({ file, code, why }) => {
    const lines = (texts.get(file) ?? '').split('\n');
    return { file, line: lines.findIndex((line) => line.includes(code)) + 1, code, why };
  });
}

/**
 * @param {string} folder
 * @param {import('eslint').ESLint.LintResult[]} results
 * @returns {Map<string, string>} texts by file
 */
export function textsOf(folder, results) {
  return new Map(results.map(({ filePath }) => [filePath, readFileSync(join(folder, filePath), 'utf8')]));
}

/** The difference between the folders "before" and "after"; undefined without git. */
function diffOf(cwd, color) {
  const options = ['--no-index', '--no-ext-diff', `--color=${color ? 'always' : 'never'}`, '--src-prefix=', '--dst-prefix='];
  try {
    return execFileSync('git', ['--no-pager', 'diff', ...options, 'before', 'after'], { cwd, encoding: 'utf8' });
  } catch (error) {
    // Exit code 1 says that there are differences.
    return error.status === 1 ? error.stdout.trim() : undefined;
  }
}
