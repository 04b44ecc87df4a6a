import { dirname, join, resolve } from 'node:path';

import { createPathsMatcher, parseTsconfig } from 'get-tsconfig';

import type { Disk } from './disk.js';
import { attempt, isRecord } from './load.js';

type Matcher = (specifier: string) => string[];

interface Config {
  readonly matchers: readonly Matcher[];
  /** What was looked at to read it, and what was there. */
  readonly stamps: ReadonlyMap<string, string>;
}

/** `paths` and `baseUrl` of the nearest `tsconfig.json` or `jsconfig.json`. What is broken is as if it were not there. */
export class PathMappings {
  readonly #disk: Disk;
  readonly #configs = new Map<string, Config>();
  readonly #nearest = new Map<string, Config | undefined>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** The paths that `specifier` may stand for in files of a folder, likeliest first. */
  candidates(folder: string, specifier: string): string[] {
    return this.#configFor(folder)?.matchers.flatMap((match) => match(specifier)) ?? [];
  }

  /** Looks again from now on. */
  refresh(): void {
    this.#nearest.clear();
  }

  #configFor(folder: string): Config | undefined {
    if (this.#nearest.has(folder)) return this.#nearest.get(folder);
    const file = ['tsconfig.json', 'jsconfig.json'].map((name) => join(folder, name)).find((path) => this.#disk.isFile(path));
    const above = dirname(folder);
    const config = file === undefined ? (above === folder ? undefined : this.#configFor(above)) : this.#config(file);
    this.#nearest.set(folder, config);
    return config;
  }

  #config(file: string): Config {
    const known = this.#configs.get(file);
    if (known && [...known.stamps].every(([path, stamp]) => this.#disk.stamp(path) === stamp)) return known;
    const stamps = new Map<string, string>();
    const config = { matchers: this.#read(file, stamps, new Set()), stamps };
    this.#configs.set(file, config);
    return config;
  }

  /** The file's own mappings, then those of the projects it refers to: a `tsconfig.json` may do nothing else. */
  #read(file: string, stamps: Map<string, string>, reading: Set<string>): Matcher[] {
    if (reading.has(file)) return [];
    reading.add(file);
    const config = this.#parse(file, stamps);
    if (!config) return [];
    const matcher = attempt(() => createPathsMatcher({ path: file, config }));
    const others = pathsOf(config.references).flatMap((path) => {
      const target = resolve(dirname(file), path);
      return this.#read(this.#disk.isFolder(target) ? join(target, 'tsconfig.json') : target, stamps, reading);
    });
    return matcher ? [matcher, ...others] : others;
  }

  #parse(file: string, stamps: Map<string, string>) {
    const looked = new Map<string, string>();
    const config = attempt(() => parseTsconfig(file, looked)) ?? attempt(() => parseTsconfig(file, withoutPackages(looked)));
    for (const key of looked.keys()) {
      const [, path] = /^\w+:(.*?)(?::utf8)?$/s.exec(key) ?? [];
      if (path !== undefined) stamps.set(path, this.#disk.stamp(path));
    }
    return config;
  }
}

function pathsOf(references: unknown): string[] {
  const list: unknown[] = Array.isArray(references) ? references : [];
  return list.flatMap((reference) => (isRecord(reference) && typeof reference.path === 'string' ? reference.path : []));
}

/** What get-tsconfig has read, as if nothing extended a package: one that is not installed must not hide the file's own mappings. */
function withoutPackages(looked: ReadonlyMap<string, string>): Map<string, string> {
  const texts = [...looked].filter(([key]) => key.startsWith('readFileSync:'));
  return new Map(texts.map(([key, text]) => [key, text.replace(/"extends"\s*:\s*(?:"[^."/][^"]*"|\[[^\]]*\])\s*,?/, '')]));
}
