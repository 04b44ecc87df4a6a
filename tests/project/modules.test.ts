import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, utimesSync } from 'node:fs';
import { createServer } from 'node:net';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ModuleStore, type StoreOptions } from '../../src/project/modules.js';
import { Fixture } from './fixture.js';

let files: Fixture;

beforeEach(() => {
  files = new Fixture();
});

afterEach(() => {
  vi.useRealTimers();
  files.remove();
});

/** A store of texts, which looks at files again at once unless it is told otherwise. */
function store(options: StoreOptions = {}): ModuleStore<string> {
  return new ModuleStore((_, text) => text, { trusted: 0, ...options });
}

describe('a file', () => {
  it('is read once', () => {
    files.write({ 'a.js': 'a' });
    const texts = store();
    expect([texts.get(files.path('a.js')), texts.get(files.path('a.js'))]).toEqual(['a', 'a']);
    expect(texts.counts.reads).toBe(1);
  });

  it('is read again when its size changes', () => {
    files.write({ 'a.js': 'a' });
    const texts = store();
    texts.get(files.path('a.js'));
    files.write({ 'a.js': 'ab' });
    expect(texts.get(files.path('a.js'))).toBe('ab');
    expect(texts.counts.reads).toBe(2);
  });

  it('is read again when its time changes', () => {
    files.write({ 'a.js': 'a' });
    const texts = store();
    texts.get(files.path('a.js'));
    files.write({ 'a.js': 'b' });
    utimesSync(files.path('a.js'), 1, 1);
    expect(texts.get(files.path('a.js'))).toBe('b');
  });

  it('is read again when something else is another that its facts depend on', () => {
    files.write({ 'a.js': 'a' });
    let given = '1';
    const texts = store({ given: () => given });
    texts.get(files.path('a.js'));
    texts.get(files.path('a.js'));
    expect(texts.counts.reads).toBe(1);
    given = '2';
    texts.get(files.path('a.js'));
    expect(texts.counts.reads).toBe(2);
  });

  it('is forgotten when it goes, and found when it comes', () => {
    const texts = store();
    expect(texts.get(files.path('a.js'))).toBeUndefined();
    files.write({ 'a.js': 'a' });
    expect(texts.get(files.path('a.js'))).toBe('a');
    files.remove('a.js');
    expect(texts.get(files.path('a.js'))).toBeUndefined();
  });

  it('is not looked at again for a while, and then it is', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    files.write({ 'a.js': 'a' });
    const texts = store({ trusted: 100 });
    texts.get(files.path('a.js'));
    files.write({ 'a.js': 'changed' });
    vi.advanceTimersByTime(99);
    expect(texts.get(files.path('a.js'))).toBe('a');
    expect(texts.counts.stats).toBe(1);
    vi.advanceTimersByTime(1);
    expect(texts.get(files.path('a.js'))).toBe('changed');
    expect(texts.counts.stats).toBe(2);
  });

  it('starts after its byte order mark', () => {
    files.write({ 'a.js': '\uFEFFa' });
    expect(store().get(files.path('a.js'))).toBe('a');
  });

  it('may be empty, and from before there were computers', () => {
    files.write({ 'a.js': '' });
    utimesSync(files.path('a.js'), 0, 0);
    expect(store().get(files.path('a.js'))).toBe('');
  });
});

describe('what is no module', () => {
  it('is binary', () => {
    files.write({ 'a.js': Buffer.from([97, 0, 98]), 'b.js': Buffer.from([97, 32, 98]) });
    const texts = store();
    expect(texts.get(files.path('a.js'))).toBeUndefined();
    expect(texts.get(files.path('b.js'))).toBe('a b');
  });

  it('is too large, and not even read', () => {
    files.write({ 'a.js': 'a'.repeat(101), 'b.js': 'a'.repeat(100) });
    const texts = store({ largest: 100 });
    expect(texts.get(files.path('a.js'))).toBeUndefined();
    expect(texts.counts.reads).toBe(0);
    expect(texts.get(files.path('b.js'))).toBeDefined();
  });

  it('is a bundle: much, on few lines', () => {
    const line = `${'a'.repeat(599)}\n`;
    files.write({ 'bundle.js': line.repeat(100), 'small.js': line.repeat(50), 'long.js': `${'a'.repeat(399)}\n`.repeat(200) });
    const texts = store();
    expect(texts.get(files.path('bundle.js'))).toBeUndefined();
    expect(texts.get(files.path('small.js'))).toBeDefined();
    expect(texts.get(files.path('long.js'))).toBeDefined();
  });

  it('is a folder', () => {
    mkdirSync(files.path('a.js'));
    expect(store().get(files.path('a.js'))).toBeUndefined();
  });

  it.runIf(process.platform !== 'win32')('is a pipe, which would never end', () => {
    execFileSync('mkfifo', [files.path('a.js')]);
    expect(store().get(files.path('a.js'))).toBeUndefined();
  });

  it.runIf(process.platform !== 'win32')('is a socket', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(files.path('a.js'), resolve));
    try {
      expect(statSync(files.path('a.js')).isSocket()).toBe(true);
      expect(store().get(files.path('a.js'))).toBeUndefined();
    } finally {
      server.close();
    }
  });

  it('is a device', () => {
    expect(store().get('/dev/zero')).toBeUndefined();
  });

  it('is a link that goes round in a circle, or nowhere; one that leads to a file is one', () => {
    files.write({ 'a.js': 'a' });
    files.link('b.js', 'c.js');
    files.link('c.js', 'b.js');
    files.link('d.js', 'nothing.js');
    files.link('e.js', 'a.js');
    expect(['b.js', 'd.js', 'e.js'].map((name) => store().get(files.path(name)))).toEqual([undefined, undefined, 'a']);
  });

  it.each(['', '\0', '<input>', 'a'.repeat(100_000)])('is named %j', (name) => {
    expect(store().get(name)).toBeUndefined();
  });
});

describe('a store', () => {
  it('drops what was not asked for the longest', () => {
    files.write({ 'a.js': 'a', 'b.js': 'b', 'c.js': 'c' });
    const texts = store({ most: 2 });
    for (const name of ['a.js', 'b.js', 'a.js', 'c.js']) texts.get(files.path(name));
    expect(texts.counts.reads).toBe(3);
    texts.get(files.path('a.js'));
    expect(texts.counts.reads).toBe(3);
    texts.get(files.path('b.js'));
    expect(texts.counts.reads).toBe(4);
  });

  it('remembers what it could not make anything of', () => {
    files.write({ 'a.js': 'a' });
    const read = vi.fn((): string | undefined => undefined);
    const facts = new ModuleStore(read, { trusted: 0 });
    expect([facts.get(files.path('a.js')), facts.get(files.path('a.js'))]).toEqual([undefined, undefined]);
    expect(read).toHaveBeenCalledOnce();
  });

  it('survives a reader that throws', () => {
    files.write({ 'a.js': 'a' });
    const read = vi.fn((): string | undefined => {
      throw new Error('no');
    });
    const facts = new ModuleStore(read, { trusted: 0 });
    expect([facts.get(files.path('a.js')), facts.get(files.path('a.js'))]).toEqual([undefined, undefined]);
    expect(read).toHaveBeenCalledOnce();
  });

  it('knows nothing of a file while it reads it, and everything afterwards', () => {
    files.write({ 'a.js': 'b.js', 'b.js': 'a.js', 'c.js': 'c.js' });
    const facts = new ModuleStore<string>((_, text): string => `${text}(${facts.get(files.path(text)) ?? ''})`, { trusted: 0 });
    expect(facts.get(files.path('a.js'))).toBe('b.js(a.js())');
    expect(facts.get(files.path('b.js'))).toBe('a.js()');
    expect(facts.get(files.path('c.js'))).toBe('c.js()');
    expect(facts.counts.reads).toBe(3);
  });

  it('runs nothing', () => {
    files.write({ 'a.js': 'globalThis.ran = true;' });
    store().get(files.path('a.js'));
    expect(globalThis).not.toHaveProperty('ran');
  });
});
