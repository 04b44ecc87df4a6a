import type { Value } from '../ast/values.js';
import { instanceOf } from './instances.js';
import type { ImportPath } from './modules.js';

/**
 * The import path behind a value, as the data tables have it: members of objects that a package makes
 * lead through `prototype` (`axios.create().post` is `axios` + the path of its instances).
 * @returns undefined when the value comes from anywhere else
 */
export function importPathOf(value: Value, depth = 0): ImportPath | undefined {
  if (depth > 10) return undefined;
  switch (value.kind) {
    case 'import':
      return value;
    case 'global':
      return { module: '', path: value.path };
    case 'member': {
      if (value.name === undefined) return undefined;
      const object = importPathOf(value.object, depth + 1);
      return object && { module: object.module, path: [...object.path, value.name] };
    }
    case 'call': {
      const callee = importPathOf(value.callee, depth + 1);
      const made = callee && instanceOf(callee.module, callee.path, 'call');
      return made?.awaited ? undefined : made;
    }
    case 'instance': {
      const made = value.node.type === 'NewExpression' ? importPathOf(value.of, depth + 1) : undefined;
      return made && instanceOf(made.module, made.path, 'new');
    }
    case 'awaited': {
      if (value.of.kind !== 'call') return undefined;
      const callee = importPathOf(value.of.callee, depth + 1);
      return callee && instanceOf(callee.module, callee.path, 'await');
    }
    default:
      return undefined;
  }
}
