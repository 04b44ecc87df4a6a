import { describe, expect, it } from 'vitest';

import { withDefaults } from '../src/create-rule.js';

describe('withDefaults', () => {
  const defaults = [{ allow: ['a'], nested: { x: 1, y: 2 } }, 'always'] as const;

  it('keeps the defaults of the keys that are not set', () => {
    expect(withDefaults<readonly unknown[]>(defaults, [{ nested: { x: 3 } }])).toEqual([
      { allow: ['a'], nested: { x: 3, y: 2 } },
      'always',
    ]);
  });

  it('replaces lists instead of joining them', () => {
    expect(withDefaults<readonly unknown[]>(defaults, [{ allow: [] }])).toMatchObject([{ allow: [] }, 'always']);
  });

  it('changes nothing the second time, for an ESLint that has done it before', () => {
    const once = withDefaults<readonly unknown[]>(defaults, [{ allow: ['b'] }]);
    expect(withDefaults<readonly unknown[]>(defaults, once)).toEqual(once);
  });

  it('passes on options that have no default', () => {
    expect(withDefaults<readonly unknown[]>(undefined, ['never'])).toEqual(['never']);
  });
});
