import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { attempt, isRecord } from './load.js';

interface Entry {
  readonly kind: 'file' | 'folder' | 'other';
  /** Differs when the content does. */
  readonly stamp: string;
}

/** What is on the disk, asked once until it is told to look again. Nothing here throws. */
export class Disk {
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
    return (this.isFile(path) ? attempt(() => readFileSync(path, 'utf8')) : undefined) ?? '';
  }

  /** The folders in a folder, without hidden ones and installed packages. */
  folders(path: string): string[] {
    const names = (this.isFolder(path) ? attempt(() => readdirSync(path)) : undefined) ?? [];
    return names.filter((name) => !name.startsWith('.') && name !== 'node_modules' && this.isFolder(join(path, name))).sort();
  }

  /** Looks again from now on. */
  refresh(): void {
    this.#entries.clear();
    this.#realPaths.clear();
  }

  #entry(path: string): Entry | undefined {
    let entry = this.#entries.get(path);
    if (entry === undefined && !this.#entries.has(path)) {
      // Most of what is asked for is not there: a thrown error each time would cost more than all the rest.
      const stats = attempt(() => statSync(path, { throwIfNoEntry: false }));
      entry = stats && {
        kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other',
        stamp: `${stats.mtimeMs} ${stats.size}`,
      };
      this.#entries.set(path, entry);
    }
    return entry;
  }
}
