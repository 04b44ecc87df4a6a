import { utimesSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Disk } from '../../src/project/disk.js';
import { type Contents, Fixture } from './fixture.js';

let files: Fixture;

beforeEach(() => {
  files = new Fixture({ 'package.json': { main: 'a.js' }, 'a.js': 'a', 'lib/b.js': 'b' });
});

afterEach(() => {
  vi.useRealTimers();
  files.remove();
});

/** Half a minute later: nobody has changed a file just now. */
function later(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30_000 });
}

/** A disk that was asked for a file, for what is not there, for the content of a file, and for a folder's folders. */
function asked(): Disk {
  const disk = new Disk();
  disk.isFile(files.path('a.js'));
  disk.isFile(files.path('lib/c.js'));
  disk.isFile(files.path('server/d.js'));
  disk.object(files.path('package.json'));
  disk.folders(files.path('.'));
  return disk;
}

describe('a disk', () => {
  it('is the same as long as nothing changes', () => {
    later();
    expect(asked().hasChanged).toBe(false);
  });

  it('may be another one where something has changed just now: that may not show', () => {
    expect(asked().hasChanged).toBe(true);
  });

  it('may be another one after a while', () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() + 30_000 });
    const disk = asked();
    vi.advanceTimersByTime(10_000);
    expect(disk.hasChanged).toBe(false);
    vi.advanceTimersByTime(1);
    expect(disk.hasChanged).toBe(true);
    disk.refresh();
    expect(disk.hasChanged).toBe(false);
  });

  it.each<[what: string, change: Contents]>([
    ['a file beside one that was asked for', { 'c.js': '' }],
    ['a file that was not there', { 'lib/c.js': '' }],
    ['a folder that was not there', { 'server/d.js': '' }],
    ['the content of a file that was read', { 'package.json': { main: 'lib/b.js' } }],
  ])('has changed: %s', (_, change) => {
    later();
    const disk = asked();
    files.write(change);
    expect(disk.hasChanged).toBe(true);
  });

  it.each<[what: string, change: Contents]>([
    ['the content of a file that was only found', { 'a.js': 'changed' }],
    ['a file in a folder in which nothing was looked up', { 'lib/node/e.js': '' }],
  ])('has not changed: %s', (_, change) => {
    files.write({ 'lib/node/d.js': '' });
    later();
    const disk = asked();
    files.write(change);
    expect(disk.hasChanged).toBe(false);
  });

  it('has changed when a file goes', () => {
    later();
    const disk = asked();
    files.remove('a.js');
    expect(disk.hasChanged).toBe(true);
  });

  it('has changed when a file that was read gets another time', () => {
    later();
    const disk = asked();
    utimesSync(files.path('package.json'), 1, 1);
    expect(disk.hasChanged).toBe(true);
  });
});
