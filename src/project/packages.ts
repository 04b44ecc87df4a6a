import { dirname, join, sep } from 'node:path';

import { type PathConditions, type PathConditionsMap, resolveExports, resolveImports } from 'resolve-pkg-maps';

import type { Disk } from './disk.js';
import { attempt, isRecord } from './load.js';

/** A folder with a `package.json`. */
export interface Package {
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** `import` and `require` alike: what a file is needed for is not asked. */
const conditions = ['source', 'node', 'module-sync', 'import', 'require', 'default'];

/** Reads what packages say about themselves. */
export class Packages {
  readonly #disk: Disk;
  readonly #nearest = new Map<string, Package | undefined>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** The package in a folder. */
  at(folder: string): Package | undefined {
    const manifest = this.#disk.object(join(folder, 'package.json'));
    return manifest && { folder, manifest };
  }

  /** The package that the files of a folder belong to. */
  around(folder: string): Package | undefined {
    if (this.#nearest.has(folder)) return this.#nearest.get(folder);
    const above = dirname(folder);
    const found = this.at(folder) ?? (above === folder ? undefined : this.around(above));
    this.#nearest.set(folder, found);
    return found;
  }

  /** Where the package manager has put a package for the files of a folder. */
  installed(name: string, folder: string): string | undefined {
    for (let current = folder; ; current = dirname(current)) {
      const modules = join(current, 'node_modules');
      const path = join(modules, name);
      if (this.#disk.isFolder(modules) && this.#disk.isFolder(path)) return path;
      if (dirname(current) === current) return undefined;
    }
  }

  /** Looks again from now on. */
  refresh(): void {
    this.#nearest.clear();
  }
}

/** What `specifier` (`#name`) stands for by the `imports` of a package: paths that start with a dot, or packages. */
export function importTargets({ manifest: { imports } }: Package, specifier: string): string[] {
  return (isConditionsMap(imports) ? attempt(() => resolveImports(imports, specifier, conditions)) : undefined) ?? [];
}

/** Folders that builds write into, and folders in them that stand for a module system. */
const built = /^(?:\.\/)?(?:dist|build|out|output|lib|esm?|cjs)\/(?:(?:esm?|cjs|node|src)\/)*/;

/**
 * The paths that a subpath of a package may stand for, likeliest first.
 * What is built is looked for where it is written: the answer is the same before the build and after it.
 */
export function entryPaths({ folder, manifest }: Package, subpath: string): string[] {
  const { exports, source, module, main } = manifest;
  const exported = isConditions(exports) ? (attempt(() => resolveExports(exports, subpath, conditions)) ?? []) : [];
  const named = subpath === '' ? [source, module, main].filter((path) => typeof path === 'string') : [subpath];
  const targets = exported.length > 0 ? exported : named;
  const usual = subpath === '' ? ['src/index', 'index'] : [`src/${subpath}`, subpath];
  return [...targets.flatMap((path) => (built.test(path) ? [path.replace(built, 'src/'), path] : [path])), ...usual].map((path) => join(folder, path));
}

/** The parts of a specifier that names a package; undefined when it cannot. */
export function packageName(specifier: string): { name: string; subpath: string } | undefined {
  const [, name, subpath = ''] = /^((?:@[^/\s]+\/)?[^@./\s][^/\s]*)(?:\/(.*))?$/s.exec(specifier) ?? [];
  return name === undefined ? undefined : { name, subpath };
}

/** Whether a path lies among installed packages. */
export function isInstalled(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`);
}

function isConditions(value: unknown): value is PathConditions {
  return typeof value === 'string' || isRecord(value);
}

function isConditionsMap(value: unknown): value is PathConditionsMap {
  return isRecord(value);
}
