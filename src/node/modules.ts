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

/** Members of a package that are another module. Looked at: fs-extra 11, graceful-fs 4.2, mongoose 9. */
const reexports = new Map<string, string>([
  ['fs-extra promises', 'fs promises'],
  ['graceful-fs promises', 'fs promises'],
  ['mongoose mongo', 'mongodb'],
]);

/**
 * Packages that are fs with promises beside its callbacks, as fs-extra is. Sources: their READMEs (fs-extra-promise 1,
 * promise-fs 2, fs-promise 2, then-fs 2).
 */
const likeFsExtra: ReadonlySet<string> = new Set(['fs-extra-promise', 'promise-fs', 'fs-promise', 'then-fs']);
/** A copy of fs-extra or graceful-fs that a project keeps among its own files: `../libs/fsExtra`. */
const ownCopy = /^[./~@#].*\/(?:fs-?extra|graceful-?fs)(?:\/(?:lib\/)?(?:index(?:\.[cm]?js)?)?)?$/i;

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
  const bare = nameOf(module);
  const parent = subpaths.get(bare);
  if (parent !== undefined) return { module: parent[0], path: [parent[1], ...path] };
  const other = path.length === 0 ? undefined : reexports.get(`${bare} ${path[0]}`);
  if (other === undefined) return { module: bare, path };
  const [home = bare, ...members] = other.split(' ');
  return { module: home, path: [...members, ...path.slice(1)] };
}

/** The package that a module is, by whatever name it goes. */
function nameOf(module: string): string {
  if (module.startsWith('node:')) return module.slice('node:'.length);
  return likeFsExtra.has(module) || ownCopy.test(module) ? 'fs-extra' : module;
}

/** Module → what to make its rows from, on first use. A row's key is its member path joined by dots. */
export type Tables<Row> = ReadonlyMap<string, () => Readonly<Record<string, Row>>>;

/** Looks import paths up in tables. A module's table is built when first asked for, and kept. */
export function lookup<Row, Fact = Row>(
  tables: Tables<Row>,
  finish: (row: Row, module: string, key: string) => Fact,
): (module: string, path: readonly string[]) => Fact | undefined {
  const built = new Map<string, ReadonlyMap<string, Fact>>();
  const rowsOf = (module: string): ReadonlyMap<string, Fact> | undefined => {
    const known = built.get(module);
    if (known) return known;
    const table = tables.get(module)?.();
    if (!table) return undefined;
    const rows = new Map(Object.entries(table).map(([key, row]) => [key, finish(row, module, key)]));
    built.set(module, rows);
    return rows;
  };
  return (module, path) => {
    const found = canonical(module, path);
    return rowsOf(found.module)?.get(found.path.join('.'));
  };
}

/** Whether any import path of the module can be in the tables. */
export function mayHave(tables: Tables<unknown>, module: string): boolean {
  if (tables.has(canonical(module, []).module)) return true;
  const prefix = `${module} `;
  return [...reexports].some(([from, to]) => from.startsWith(prefix) && tables.has(to.split(' ')[0] ?? ''));
}
