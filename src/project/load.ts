import { createRequire } from 'node:module';

/** Loads a package, or a file that stands beside this one; with `of`, a package that another depends on. Throws where there is none. */
export type Load = (name: string, of?: string) => unknown;

const require = createRequire(import.meta.url);

/** Loads as the plugin itself does, at the time of the call, in either build. */
export const loadHere: Load = (name, of): unknown => (of === undefined ? require(name) : createRequire(require.resolve(of))(name));

/** What `make` returns the first time, kept; undefined for good where it throws. */
export function once<T>(make: () => T | undefined): () => T | undefined {
  let made: { readonly value: T | undefined } | undefined;
  return () => {
    made ??= { value: attempt(make) };
    return made.value;
  };
}

/** What `make` returns; undefined where it throws. */
export function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** Whether `value` is an object whose properties can be looked at; modules that are functions count. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
