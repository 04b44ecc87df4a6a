import type { Value } from '../ast/values.js';

/** Whether a module specifier names a file of the project rather than a package: relative, absolute, or by a usual alias. */
export function isProjectModule(module: string): boolean {
  return /^(?:[./~#]|@\/|@@\/|src\/|app\/|server\/|lib\/)/.test(module);
}

/** The key of the vocabulary tables for an import: `express#Router`. */
export function importKey(value: Value & { readonly kind: 'import' }): string {
  return value.path.length ? `${value.module}#${value.path.join('.')}` : value.module;
}

/** The import that a value leads back to, through members, calls, instances and awaits; undefined when it does not. */
export function originOf(value: Value): (Value & { readonly kind: 'import' }) | undefined {
  let current = value;
  for (;;) {
    switch (current.kind) {
      case 'import':
        return current;
      case 'call':
        current = current.callee;
        break;
      case 'member':
        current = current.object;
        break;
      case 'instance':
      case 'awaited':
      case 'promise':
        current = current.of;
        break;
      default:
        return undefined;
    }
  }
}
