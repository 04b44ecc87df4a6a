import { expect, it } from 'vitest';

import { mayMention } from '../../src/project/search.js';
import { project } from '../files.js';

const disk = project({ 'src/lib/a.js': 'stop on SIGTERM', 'src/b.txt': 'needle', 'node_modules/c/c.js': 'hidden', 'test/d.js': 'hidden', '.cache/e.js': 'hidden', 'dist/f.js': 'hidden' });
const isScript = (name: string): boolean => name.endsWith('.js');

it('finds text below a folder', () => {
  expect(mayMention(disk.folder, isScript, /\bSIGTERM\b/)).toBe(true);
  expect(mayMention(disk.folder, isScript, /\bSIGINT\b/)).toBe(false);
});

it('looks into the files that are wanted only', () => {
  expect(mayMention(disk.folder, isScript, /needle/)).toBe(false);
  expect(mayMention(disk.folder, () => true, /needle(?:)/)).toBe(true);
});

it('passes over dependencies, builds, tests and what is hidden', () => {
  expect(mayMention(disk.folder, isScript, /hidden/)).toBe(false);
});

it('does not say no where it cannot look', () => {
  expect(mayMention(disk.path('missing'), isScript, /a/)).toBe(true);
});
