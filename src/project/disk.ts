import { readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { attempt, isRecord } from './load.js';

interface Entry {
  readonly kind: 'file' | 'folder' | 'other';
  /** Differs when the content does. */
  readonly stamp: string;
}

/** Milliseconds: clocks of file systems are coarse, so that what has changed just now may change again and show the same time. */
const settled = 2000;
/** Milliseconds after which nothing is believed any more: there are file systems that keep no times of folders. */
const longest = 10_000;

/** What is on the disk, asked once until it is told to look again. Nothing here throws. */
export class Disk {
  /** The folders in which something was looked up, by what tells whether they have changed since. */
  readonly #folders = new Map<string, string>();
  /** The files whose content was asked for. */
  readonly #files = new Set<string>();
  #isSettled = true;
  #since = performance.now();
  readonly #entries = new Map<string, Entry | undefined>();
  readonly #realPaths = new Map<string, string | undefined>();
  readonly #objects = new Map<string, { readonly stamp: string; readonly value: Record<string, unknown> | undefined }>();

  /** Whether a regular file is there; links are followed. */
  isFile(path: string): boolean {
    return this.#entry(path)?.kind === 'file';
  }

  /** Whether a folder is there; links are followed. */
  isFolder(path: string): boolean {
    return this.#entry(path)?.kind === 'folder';
  }

  /** Differs when what stands at the path does; empty when nothing does. */
  stamp(path: string): string {
    this.#files.add(path);
    return this.#entry(path)?.stamp ?? '';
  }

  /** The path without links. */
  realPath(path: string): string | undefined {
    let real = this.#realPaths.get(path);
    if (real === undefined && !this.#realPaths.has(path)) {
      real = attempt(() => realpathSync.native(path));
      this.#realPaths.set(path, real);
    }
    return real;
  }

  /** The object in a JSON file; undefined when there is none. Kept for as long as the file does not change. */
  object(path: string): Record<string, unknown> | undefined {
    const stamp = this.stamp(path);
    if (stamp === '') return undefined;
    let known = this.#objects.get(path);
    if (known?.stamp !== stamp) {
      const json: unknown = this.isFile(path) ? attempt(() => JSON.parse(this.text(path).replace(/^\uFEFF/, '')) as unknown) : undefined;
      known = { stamp, value: isRecord(json) ? json : undefined };
      this.#objects.set(path, known);
    }
    return known.value;
  }

  /** The text of a file; empty when it cannot be read. */
  text(path: string): string {
    this.#files.add(path);
    return (this.isFile(path) ? attempt(() => readFileSync(path, 'utf8')) : undefined) ?? '';
  }

  /** The folders in a folder, without hidden ones and installed packages. */
  folders(path: string): string[] {
    const names = (this.isFolder(path) ? attempt(() => readdirSync(path)) : undefined) ?? [];
    return names.filter((name) => !name.startsWith('.') && name !== 'node_modules' && this.isFolder(join(path, name))).sort();
  }

  /**
   * Whether any answer may be another one by now. That is the case when a folder in which something was looked up has another
   * time than then, as it gets when something in it comes, goes or is renamed, or a file whose content was asked for.
   */
  get hasChanged(): boolean {
    if (!this.#isSettled || performance.now() - this.#since > longest) return true;
    for (const [folder, stamp] of this.#folders) if (folderStamp(statsOf(folder)) !== stamp) return true;
    for (const file of this.#files) {
      const entry = this.#entries.get(file);
      if (entry && entryOf(statsOf(file))?.stamp !== entry.stamp) return true;
    }
    return false;
  }

  /** Looks again from now on. */
  refresh(): void {
    this.#entries.clear();
    this.#realPaths.clear();
    this.#folders.clear();
    this.#files.clear();
    this.#isSettled = true;
    this.#since = performance.now();
  }

  #entry(path: string): Entry | undefined {
    let entry = this.#entries.get(path);
    if (entry === undefined && !this.#entries.has(path)) {
      this.#watch(dirname(path));
      entry = entryOf(statsOf(path));
      this.#entries.set(path, entry);
    }
    return entry;
  }

  /** Remembers when a folder was changed last, before something is looked up in it; where there is none, the one that it would appear in. */
  #watch(folder: string): void {
    if (this.#folders.has(folder)) return;
    const stats = statsOf(folder);
    this.#folders.set(folder, folderStamp(stats));
    if (stats) this.#isSettled &&= Date.now() - Math.max(stats.mtimeMs, stats.ctimeMs) > settled;
    else if (dirname(folder) !== folder) this.#watch(dirname(folder));
  }
}

function statsOf(path: string): Stats | undefined {
  // Most of what is asked for is not there: a thrown error each time would cost more than all the rest.
  return attempt(() => statSync(path, { throwIfNoEntry: false }));
}

function entryOf(stats: Stats | undefined): Entry | undefined {
  return (
    stats && {
      kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other',
      stamp: `${stats.mtimeMs} ${stats.size}`,
    }
  );
}

function folderStamp(stats: Stats | undefined): string {
  return stats ? `${stats.dev} ${stats.ino} ${stats.mtimeMs} ${stats.ctimeMs}` : '';
}
