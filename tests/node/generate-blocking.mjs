/**
 * Reads the blocking functions out of Node itself.
 *
 *   node tests/node/generate-blocking.mjs            compares src/node/blocking.generated.ts with Node 20, 22, 24 and 26
 *   node tests/node/generate-blocking.mjs --write    writes it
 *   node tests/node/generate-blocking.mjs --collect  prints what the running Node has, as JSON
 *
 * The other Nodes come from the `node` package of the npm registry, through npx.
 * Plain JavaScript, because `--collect` must run in every one of them.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const majors = [20, 22, 24, 26];
const script = fileURLToPath(import.meta.url);
export const target = path.resolve(path.dirname(script), '../../src/node/blocking.generated.ts');

/** Classes whose every method runs on the calling thread, whatever the method is called. */
const synchronousClasses = { sqlite: ['DatabaseSync', 'StatementSync'] };
/** Blocking functions that hang on another one. */
const attached = { fs: ['realpathSync.native'] };
/** macOS only, so that the table does not depend on the machine; src/node/blocking.ts lists it by hand. */
const oneSystemOnly = new Set(['lchmodSync']);

/** Loading these prints a warning, and none of them blocks. */
const warns = new Set(['punycode', 'sys', 'wasi']);

const isFunction = (value) => typeof value === 'function';
const at = (root, members) => members.reduce((value, member) => value?.[member], root);

/** `{ [module]: { [member path]: { promise?: true, callback?: true } } }` of the running Node. */
export function collect() {
  const load = createRequire(import.meta.url);
  const names = new Set([...builtinModules, 'node:sqlite'].map((name) => name.replace(/^node:/, '')));
  const found = {};
  for (const name of [...names].sort()) {
    if (name.startsWith('_') || warns.has(name)) continue;
    const exports = loadOrSkip(load, `node:${name}`);
    if (!exports) continue;
    const members = [...syncMembers(exports), ...(attached[name] ?? []), ...methodsOf(exports, synchronousClasses[name] ?? [])];
    if (members.length === 0) continue;
    found[name] = Object.fromEntries(members.sort().map((member) => [member, twins(exports, member)]));
  }
  return found;
}

function loadOrSkip(load, id) {
  try {
    return load(id);
  } catch {
    return undefined; // A module of another Node, or one that needs a flag.
  }
}

function syncMembers(exports) {
  const members = [];
  for (const key of Object.getOwnPropertyNames(exports)) {
    const value = Object.getOwnPropertyDescriptor(exports, key)?.value;
    if (!isFunction(value)) continue;
    if (key.endsWith('Sync') && !oneSystemOnly.has(key)) members.push(key);
    if (!/^[A-Z]/.test(key)) continue;
    for (const own of Object.getOwnPropertyNames(value)) if (own.endsWith('Sync')) members.push(`${key}.${own}`);
    for (const own of Object.getOwnPropertyNames(value.prototype ?? {})) if (own.endsWith('Sync')) members.push(`${key}.prototype.${own}`);
  }
  // fs.Dir and fs.promises are getters in some versions.
  for (const key of ['Dir', 'Utf8Stream']) {
    const prototype = exports[key]?.prototype;
    if (!prototype) continue;
    for (const own of Object.getOwnPropertyNames(prototype)) {
      const member = `${key}.prototype.${own}`;
      if (own.endsWith('Sync') && !members.includes(member)) members.push(member);
    }
  }
  return members;
}

function methodsOf(exports, classes) {
  return classes.flatMap((name) =>
    Object.entries(Object.getOwnPropertyDescriptors(exports[name].prototype))
      .filter(([method, { value }]) => isFunction(value) && method !== 'constructor' && !method.startsWith('Symbol'))
      .map(([method]) => `${name}.prototype.${method}`),
  );
}

function twins(exports, member) {
  const members = member.replace(/\.native$/, '').split('.');
  const last = members[members.length - 1];
  if (!last.endsWith('Sync')) return {};
  members[members.length - 1] = last.slice(0, -'Sync'.length);
  return {
    ...(isFunction(at(exports.promises, members)) && { promise: true }),
    ...(isFunction(at(exports, members)) && { callback: true }),
  };
}

/** The text of src/node/blocking.generated.ts, from what every Node reported (`{ 20: collect(), … }`). */
export function render(byMajor) {
  const modules = {};
  for (const major of majors) {
    for (const [name, members] of Object.entries(byMajor[major])) {
      for (const [member, twin] of Object.entries(members)) {
        const entry = ((modules[name] ??= {})[member] ??= { majors: [], ...twin });
        entry.majors.push(major);
        // A twin counts only if it is there in every Node that has the blocking function.
        for (const kind of ['promise', 'callback']) if (!twin[kind]) delete entry[kind];
      }
    }
  }
  const lines = Object.entries(modules)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, members]) => [
      `  ${name}: {`,
      ...Object.entries(members)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([member, entry]) => `    ${/^\w+$/.test(member) ? member : `'${member}'`}: ${renderEntry(entry)},`),
      '  },',
    ]);
  return `// Generated from Node's own modules by tests/node/generate-blocking.mjs --write. Do not edit.

/** The Node majors that were asked. A function without \`since\` is in the first, one without \`until\` in the last. */
export const nodeMajors = [${majors.join(', ')}] as const;

export interface GeneratedBlocking {
  /** The first of the majors above that has it. */
  readonly since?: number;
  /** The last of the majors above that has it. */
  readonly until?: number;
  /** The module's \`promises\` has a function of this name without \`Sync\`. */
  readonly promise?: true;
  /** The module has a function of this name without \`Sync\`. */
  readonly callback?: true;
}

/** Module → member path joined by dots → what Node says about it. */
export const generatedBlocking: Readonly<Record<string, Readonly<Record<string, GeneratedBlocking>>>> = {
${lines.join('\n')}
};
`;
}

function renderEntry(entry) {
  const parts = [];
  const last = entry.majors[entry.majors.length - 1];
  if (entry.majors[0] !== majors[0]) parts.push(`since: ${entry.majors[0]}`);
  if (last !== majors[majors.length - 1]) parts.push(`until: ${last}`);
  if (entry.promise) parts.push('promise: true');
  if (entry.callback) parts.push('callback: true');
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/** Asks every Node in `majors`. Throws where one cannot be had. */
export function collectAll() {
  return Object.fromEntries(
    majors.map((major) => [
      major,
      JSON.parse(
        execFileSync('npx', ['-y', '-p', `node@${major}`, '--', 'node', '--no-warnings', script, '--collect'], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
          shell: process.platform === 'win32',
        }),
      ),
    ]),
  );
}

if (process.argv[1] && path.resolve(process.argv[1]) === script) {
  if (process.argv.includes('--collect')) {
    console.log(JSON.stringify(collect()));
  } else {
    const text = render(collectAll());
    if (process.argv.includes('--write')) writeFileSync(target, text);
    else if (readFileSync(target, 'utf8') !== text) {
      console.error('src/node/blocking.generated.ts differs from what Node says: run again with --write.');
      process.exitCode = 1;
    }
  }
}
