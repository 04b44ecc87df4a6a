import { readFileSync, statSync } from 'node:fs';

import { attempt } from './load.js';

/** How much is read, how long it is believed, and how much of it is kept. */
export interface StoreOptions {
  /** Modules kept; the one that was not asked for the longest is dropped. */
  readonly most?: number;
  /** Bytes of the largest file that is read. */
  readonly largest?: number;
  /** Milliseconds before a file is looked at again. */
  readonly trusted?: number;
  /** What else the facts of a file depend on: they are made anew when it is another. */
  readonly given?: (filename: string) => string;
}

interface Entry<Facts> {
  readonly mtime: number;
  readonly size: number;
  readonly given: string;
  readonly facts: Facts | undefined;
  lookedAt: number;
}

/** What stands for a file that is not there, or is no file. */
const nothing = { mtimeMs: -1, size: -1 };

/** Keeps what `read` makes of each file, for as long as the file does not change. */
export class ModuleStore<Facts> {
  /** How often the disk was asked. */
  readonly counts = { reads: 0, stats: 0 };
  readonly #read: (filename: string, text: string) => Facts | undefined;
  readonly #options: Required<StoreOptions>;
  /** In the order in which they were asked for. */
  readonly #entries = new Map<string, Entry<Facts>>();
  readonly #reading = new Set<string>();

  constructor(read: (filename: string, text: string) => Facts | undefined, { most = 4000, largest = 1_000_000, trusted = 100, given = () => '' }: StoreOptions = {}) {
    this.#read = read;
    this.#options = { most, largest, trusted, given };
  }

  /** What is known of a file; undefined when it cannot be read as a text that people write, or is being read (it imports itself, by whatever way). */
  get(filename: string): Facts | undefined {
    if (this.#reading.has(filename)) return undefined;
    const known = this.#entries.get(filename);
    const now = performance.now();
    if (known && now - known.lookedAt < this.#options.trusted) return this.#keep(filename, known).facts;
    this.counts.stats++;
    const stats = attempt(() => statSync(filename, { throwIfNoEntry: false }));
    const { mtimeMs: mtime, size } = stats?.isFile() ? stats : nothing;
    const given = this.#options.given(filename);
    if (known?.mtime === mtime && known.size === size && known.given === given) {
      known.lookedAt = now;
      return this.#keep(filename, known).facts;
    }
    const facts = size >= 0 && size <= this.#options.largest ? this.#readFile(filename) : undefined;
    return this.#keep(filename, { mtime, size, given, facts, lookedAt: now }).facts;
  }

  #readFile(filename: string): Facts | undefined {
    this.counts.reads++;
    this.#reading.add(filename);
    try {
      // As ESLint does it: positions do not count the byte order mark.
      const text = readFileSync(filename, 'utf8').replace(/^\uFEFF/, '');
      return isWritten(text) ? this.#read(filename, text) : undefined;
    } catch {
      return undefined;
    } finally {
      this.#reading.delete(filename);
    }
  }

  #keep(filename: string, entry: Entry<Facts>): Entry<Facts> {
    this.#entries.delete(filename);
    this.#entries.set(filename, entry);
    if (this.#entries.size > this.#options.most) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    return entry;
  }
}

/** Whether a text was written by people: no binary file, and no bundle that was squeezed into a few lines. */
function isWritten(text: string): boolean {
  if (text.includes('\0')) return false;
  if (text.length <= 50_000) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines <= 500;
}
