import { dirname, join } from 'node:path';

import type { Disk } from './disk.js';
import { isRecord } from './load.js';

/** How many folders `**` goes down. */
const deepest = 4;

/** Finds the packages of a monorepo by name, where no package manager has linked them. */
export class Workspaces {
  readonly #disk: Disk;
  readonly #packages = new Map<string, ReadonlyMap<string, string> | undefined>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** The folder of the package with that name, in the monorepo around a folder. */
  folderOf(name: string, folder: string): string | undefined {
    return this.#packagesAround(folder)?.get(name);
  }

  /** Looks again from now on. */
  refresh(): void {
    this.#packages.clear();
  }

  #packagesAround(folder: string): ReadonlyMap<string, string> | undefined {
    if (this.#packages.has(folder)) return this.#packages.get(folder);
    const patterns = this.#patterns(folder);
    const above = dirname(folder);
    const packages = patterns.length > 0 ? this.#find(folder, patterns) : above === folder ? undefined : this.#packagesAround(above);
    this.#packages.set(folder, packages);
    return packages;
  }

  #patterns(root: string): string[] {
    const { workspaces } = this.#disk.object(join(root, 'package.json')) ?? {};
    return [
      ...strings(isRecord(workspaces) && !Array.isArray(workspaces) ? workspaces.packages : workspaces),
      ...listInYaml(this.#disk.text(join(root, 'pnpm-workspace.yaml')), 'packages'),
      ...strings(this.#disk.object(join(root, 'lerna.json'))?.packages),
    ];
  }

  #find(root: string, patterns: readonly string[]): Map<string, string> {
    const matching = (wanted: readonly string[]) =>
      new Set(wanted.flatMap((pattern) => this.#matching(root, pattern.split('/').filter((part) => part !== '' && part !== '.'))));
    const left = matching(patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)));
    const packages = new Map<string, string>();
    for (const folder of matching(patterns.filter((pattern) => !pattern.startsWith('!')))) {
      const { name } = this.#disk.object(join(folder, 'package.json')) ?? {};
      if (typeof name === 'string' && !left.has(folder)) packages.set(name, folder);
    }
    return packages;
  }

  #matching(folder: string, [part, ...rest]: readonly string[], depth = 0): string[] {
    if (part === undefined) return [folder];
    if (part === '**') {
      const deeper = depth < deepest ? this.#disk.folders(folder) : [];
      return [...this.#matching(folder, rest), ...deeper.flatMap((name) => this.#matching(join(folder, name), [part, ...rest], depth + 1))];
    }
    if (!part.includes('*')) return this.#disk.isFolder(join(folder, part)) ? this.#matching(join(folder, part), rest) : [];
    const pattern = new RegExp(`^${part.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
    return this.#disk.folders(folder).filter((name) => pattern.test(name)).flatMap((name) => this.#matching(join(folder, name), rest));
  }
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** The items of a list at the top level of a YAML file, in block style or flow style, as people write them. */
function listInYaml(text: string, key: string): string[] {
  const [, flow, block = ''] = new RegExp(`^${key}:[ \\t]*(?:\\[([^\\]]*)\\]|(?:#.*)?((?:\\r?\\n(?:[ \\t]*-.*|[ \\t]*#.*|[ \\t]*$))*))`, 'm').exec(text) ?? [];
  const items = flow === undefined ? [...block.matchAll(/^[ \t]*-(.*)$/gm)].map(([, item = '']) => item) : flow.split(',');
  return items.map((item) => item.replace(/\s#.*$/, '').trim().replace(/^(['"])(.*)\1$/, '$2')).filter(Boolean);
}
