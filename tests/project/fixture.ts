import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Contents by path: texts as they are, anything else as JSON. */
export type Contents = Readonly<Record<string, unknown>>;

/** A folder on the disk that is there for one test. */
export class Fixture {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'express-project-')));

  constructor(contents: Contents = {}) {
    this.write(contents);
  }

  /** Writes files; their folders are made. */
  write(contents: Contents): void {
    for (const [path, content] of Object.entries(contents)) {
      writeFileSync(this.#made(path), typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
    }
  }

  /** Makes a link; a relative target is one of this folder. */
  link(path: string, target: string): void {
    symlinkSync(join(this.folder, target), this.#made(path));
  }

  /** The absolute path of a file. */
  path(path: string): string {
    return join(this.folder, path);
  }

  /** Deletes files, or everything. */
  remove(...paths: readonly string[]): void {
    for (const path of paths.length > 0 ? paths : ['.']) rmSync(this.path(path), { recursive: true, force: true });
  }

  #made(path: string): string {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    return this.path(path);
  }
}
