/**
 * Import paths. A value of the linted program is named by the module it comes from, any `node:` prefix stripped, and
 * the members read from it: `fs` + ['promises', 'readFile']. Globals have the module ''; an instance of a class is the
 * class's `prototype`. `default` and `module.exports` are the empty path.
 */

export interface ImportPath {
  readonly module: string;
  readonly path: readonly string[];
}

/** Builtin subpaths that are also a member of the module above them. Source: Node's documentation of each module. */
const subpaths = new Map<string, readonly [module: string, member: string]>([
  ['fs/promises', ['fs', 'promises']],
  ['dns/promises', ['dns', 'promises']],
  ['timers/promises', ['timers', 'promises']],
  ['stream/promises', ['stream', 'promises']],
  ['readline/promises', ['readline', 'promises']],
  ['path/posix', ['path', 'posix']],
  ['path/win32', ['path', 'win32']],
  ['util/types', ['util', 'types']],
]);

/** Members of a package that are another module. Looked at: fs-extra 11, graceful-fs 4.2, mongoose 8. */
const reexports = new Map<string, string>([
  ['fs-extra promises', 'fs promises'],
  ['graceful-fs promises', 'fs promises'],
  ['mongoose mongo', 'mongodb'],
]);

/** Globals that are also a builtin module under the same name. (`crypto` is not: the global is Web Crypto.) */
const globalModules: ReadonlySet<string> = new Set(['process', 'console']);

/** Globals that a builtin module exports too. */
const globalMembers = new Map<string, string>([
  ['setTimeout', 'timers'],
  ['setInterval', 'timers'],
  ['setImmediate', 'timers'],
]);

/**
 * One spelling for what can be reached in several ways: `fs/promises` + ['readFile'] is `fs` + ['promises', 'readFile'],
 * the global `process` is the module, the global `setTimeout` is that of `timers`. The tables are keyed by this spelling.
 */
export function canonical(module: string, path: readonly string[]): ImportPath {
  if (module === '') {
    const [first, ...rest] = path;
    if (first === undefined) return { module, path };
    if (globalModules.has(first)) return { module: first, path: rest };
    const home = globalMembers.get(first);
    return home === undefined ? { module, path } : { module: home, path };
  }
  const bare = module.startsWith('node:') ? module.slice('node:'.length) : module;
  const parent = subpaths.get(bare);
  if (parent !== undefined) return { module: parent[0], path: [parent[1], ...path] };
  const other = path.length === 0 ? undefined : reexports.get(`${bare} ${path[0]}`);
  if (other === undefined) return { module: bare, path };
  const [home = bare, ...members] = other.split(' ');
  return { module: home, path: [...members, ...path.slice(1)] };
}

/** Members joined for use as a key. A member name that holds a dot cannot be confused: no table has one. */
export function keyOf(path: readonly string[]): string {
  return path.join('.');
}
