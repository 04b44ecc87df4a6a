import { extname, join, sep } from 'node:path';

import type { Disk } from './disk.js';

const scripts = ['.js', '.cjs', '.mjs', '.jsx'];
const typed = ['.ts', '.cts', '.mts', '.tsx'];
/** What TypeScript calls its output, and what that may be written as. */
const writtenAs: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.cjs': ['.cts'],
  '.mjs': ['.mts'],
  '.jsx': ['.tsx'],
};

/** Whether a file holds code that runs: JavaScript or TypeScript, and no declarations. */
export function isSource(path: string): boolean {
  const extension = extname(path);
  return (scripts.includes(extension) || typed.includes(extension)) && !/\.d\.[cm]?ts$/.test(path);
}

/** Whether a file is written in TypeScript. */
export function isTyped(path: string): boolean {
  return typed.includes(extname(path));
}

/** Finds the file that a path without extension, with the extension of the build's output, or to a folder stands for. */
export class SourceFiles {
  readonly #disk: Disk;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /**
   * The file that `path` stands for.
   * @param fromTyped whether the importing file is TypeScript, which prefers what is written to what was built beside it
   */
  find(path: string, fromTyped: boolean): string | undefined {
    const isFolder = path.endsWith(sep);
    const bare = isFolder ? path.slice(0, -1) : path;
    return (isFolder ? undefined : this.#file(bare, fromTyped)) ?? this.#folder(bare, fromTyped);
  }

  #file(path: string, fromTyped: boolean): string | undefined {
    const extension = extname(path);
    const sources = (writtenAs[extension] ?? []).map((source) => path.slice(0, -extension.length) + source);
    const written = fromTyped ? [...sources, path] : [path, ...sources];
    const extensions = fromTyped ? [...typed, ...scripts] : [...scripts, ...typed];
    const found = [...written, ...extensions.map((added) => path + added)].find((candidate) => this.#disk.isFile(candidate));
    return found !== undefined && isSource(found) ? found : undefined;
  }

  #folder(path: string, fromTyped: boolean): string | undefined {
    if (!this.#disk.isFolder(path)) return undefined;
    const { main } = this.#disk.object(join(path, 'package.json')) ?? {};
    const index = join(path, 'index');
    if (typeof main !== 'string') return this.#file(index, fromTyped);
    const named = join(path, main);
    return this.#file(named, fromTyped) ?? this.#file(join(named, 'index'), fromTyped) ?? this.#file(index, fromTyped);
  }
}
