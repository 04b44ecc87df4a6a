import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { AtHand } from '../../src/project/at-hand.js';

const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function taken(kept: AtHand<object, string>): (string | undefined)[] {
  return [a, b, c].map((key) => kept.take(key));
}

describe('what is at hand', () => {
  it('can be taken once', () => {
    const kept = new AtHand<object, string>({ most: 10, idle: 1000 });
    kept.keep(a, 'a', 1);
    expect(kept.take(a)).toBe('a');
    expect(kept.take(a)).toBeUndefined();
  });

  it('makes room for what comes later', () => {
    const kept = new AtHand<object, string>({ most: 10, idle: 1000 });
    kept.keep(a, 'a', 4);
    kept.keep(b, 'b', 4);
    kept.keep(c, 'c', 4);
    expect(taken(kept)).toEqual([undefined, 'b', 'c']);
  });

  it('leaves its room when it is taken, or kept again', () => {
    const kept = new AtHand<object, string>({ most: 10, idle: 1000 });
    kept.keep(a, 'a', 4);
    kept.take(a);
    kept.keep(b, 'b', 4);
    kept.keep(b, 'B', 4);
    kept.keep(c, 'c', 4);
    expect(taken(kept)).toEqual([undefined, 'B', 'c']);
  });

  it('is nothing that is larger than all the room', () => {
    const kept = new AtHand<object, string>({ most: 10, idle: 1000 });
    kept.keep(a, 'a', 4);
    kept.keep(b, 'b', 11);
    expect(taken(kept)).toEqual(['a', undefined, undefined]);
  });

  it('is there for a moment, and no timer runs when nothing is left', () => {
    const kept = new AtHand<object, string>({ most: 10, idle: 1000 });
    kept.keep(a, 'a', 1);
    vi.advanceTimersByTime(900);
    kept.keep(b, 'b', 1);
    vi.advanceTimersByTime(200);
    expect(vi.getTimerCount()).toBe(1);
    expect(taken(kept)).toEqual([undefined, 'b', undefined]);
    vi.advanceTimersByTime(1000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
