/** How much is kept, and for how long. */
export interface AtHandOptions {
  /** What all values together may weigh. */
  readonly most: number;
  /** Milliseconds for which everything is kept at least, if there is room for it, and twice that at most. */
  readonly idle: number;
}

/** Keeps for a moment what takes long to make and is too large to keep for good: the last few values, until they are taken. */
export class AtHand<Key extends object, Value> {
  /** In the order in which they came. */
  readonly #entries = new Map<Key, { readonly value: Value; readonly weight: number; readonly since: number }>();
  readonly #options: AtHandOptions;
  #weight = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: AtHandOptions) {
    this.#options = options;
  }

  /** Keeps a value until it is taken, until those that come later need the room, or until its time is over. */
  keep(key: Key, value: Value, weight: number): void {
    this.#drop(key);
    if (weight > this.#options.most) return;
    this.#entries.set(key, { value, weight, since: performance.now() });
    this.#weight += weight;
    for (const [oldest] of this.#entries) {
      if (this.#weight <= this.#options.most) break;
      this.#drop(oldest);
    }
    // A process that is done does not wait for it.
    this.#timer ??= setInterval(() => {
      this.#dropOld();
    }, this.#options.idle).unref();
  }

  /** A value that is kept; undefined when it is not, or not any more. It is not kept any longer. */
  take(key: Key): Value | undefined {
    const value = this.#entries.get(key)?.value;
    this.#drop(key);
    return value;
  }

  #drop(key: Key): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }

  #dropOld(): void {
    const now = performance.now();
    for (const [key, { since }] of this.#entries) {
      if (now - since >= this.#options.idle) this.#drop(key);
    }
    if (this.#entries.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
