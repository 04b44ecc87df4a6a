import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';

import { patches } from './vocabulary.js';

/** The major version of Express that runs a file: 4 (also for 3, which behaves like it) or 5. */
export type Major = 4 | 5;

/** What the manifests around a file say about its Express. */
export interface PackageFacts {
  /** undefined: no manifest says so, or it allows more than one major. */
  readonly major: Major | undefined;
  /** Whether a manifest from the file upwards declares express; undefined when there is no manifest at all. */
  readonly declared: boolean | undefined;
  /** Whether the nearest manifest declares express itself: the file is a part of a server, not of a package beside one. */
  readonly own: boolean;
  /** Whether a package is declared that makes Express 4 forward rejections once it is loaded (`express-async-errors`). */
  readonly patched: boolean;
  /** The folder of the nearest manifest, without a trailing separator; undefined when there is none. */
  readonly root: string | undefined;
}

interface Manifest {
  readonly mtime: number;
  readonly express: string | undefined;
  readonly patched: boolean;
}

const manifests = new Map<string, Manifest | null>();
const lastChecked = new Map<string, number>();
/** An editor's process lives for days: a manifest is looked at again after this many milliseconds. */
const trusted = 2000;
const mostManifests = 5000;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function readManifest(folder: string): Manifest | null {
  const now = Date.now();
  const known = manifests.get(folder);
  if (known !== undefined && now - (lastChecked.get(folder) ?? 0) < trusted) return known;
  if (manifests.size > mostManifests) {
    manifests.clear();
    lastChecked.clear();
  }
  lastChecked.set(folder, now);
  const file = join(folder, 'package.json');
  let manifest: Manifest | null = null;
  try {
    // Most folders have none: a thrown error for each of them would cost more than all the rest.
    const mtime = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (mtime !== undefined && known?.mtime === mtime) return known;
    const json: unknown = mtime === undefined ? undefined : JSON.parse(readFileSync(file, 'utf8'));
    if (mtime !== undefined && isRecord(json)) {
      const tables = [json.dependencies, json.devDependencies, json.peerDependencies, json.optionalDependencies].filter(isRecord);
      const express = tables.map((table) => table.express).find((range) => typeof range === 'string');
      manifest = {
        mtime,
        express: typeof express === 'string' ? express : undefined,
        patched: tables.some((table) => [...patches].some((name) => name in table)),
      };
    }
  } catch {
    // No manifest here, or a broken one: the next folder up may have one.
  }
  manifests.set(folder, manifest);
  return manifest;
}

/**
 * The major that every version in a semver range shares.
 * @param range a range as manifests have it: `^4.18.2`, `5.x`, `>=4 <5`, `npm:express@4`
 * @returns undefined when the range says nothing (`*`, `latest`, `workspace:*`, a URL) or allows both 4 and 5
 */
export function majorOfRange(range: string): Major | undefined {
  const text = range.trim().replace(/^(?:npm:)?(?:express@)?/, '');
  if (/^(?:https?|git|file|link|workspace|catalog|github):|\//.test(text)) return undefined;
  const majors = new Set<number>();
  for (const part of text.split('||')) {
    const found = /^\s*(?:[\^~=v]\s*)*(\d+)/.exec(part) ?? /^\s*>=?\s*(\d+)[^<]*<\s*(\d+)/.exec(part);
    if (!found?.[1]) return undefined;
    const upper = found[2] === undefined ? undefined : Number(found[2]);
    if (upper !== undefined && upper > Number(found[1]) + 1) return undefined;
    majors.add(Number(found[1]));
  }
  return oneMajor(majors);
}

function oneMajor(majors: ReadonlySet<number>): Major | undefined {
  const known = [...majors].map((major) => (major >= 5 ? 5 : 4));
  return new Set(known).size === 1 ? known[0] : undefined;
}

/** The major of `settings.express.version`, which may be a number or a version (`4`, `"5"`, `"4.21.2"`). */
export function majorOfSetting(version: unknown): Major | undefined {
  if (typeof version === 'number') return oneMajor(new Set([Math.floor(version)]));
  return typeof version === 'string' ? majorOfRange(version) : undefined;
}

function installedMajor(folder: string): Major | undefined {
  try {
    const json: unknown = JSON.parse(readFileSync(join(folder, 'node_modules', 'express', 'package.json'), 'utf8'));
    return isRecord(json) && typeof json.version === 'string' ? majorOfRange(json.version) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads the manifests from a file's folder upwards, to the one that declares express or to the top of the repository.
 * @param filename the linted file; need not exist (`<input>`, unsaved buffers)
 */
export function packageFacts(filename: string): PackageFacts {
  if (!isAbsolute(filename)) return { major: undefined, declared: undefined, own: false, patched: false, root: undefined };
  const own = dirname(filename);
  const now = Date.now();
  const known = factsOf.get(own);
  if (known && now - known.at < trusted) return known.facts;
  if (factsOf.size > mostManifests) factsOf.clear();
  const facts = readFacts(own);
  factsOf.set(own, { facts, at: now });
  return facts;
}

const factsOf = new Map<string, { readonly facts: PackageFacts; readonly at: number }>();

function readFacts(own: string): PackageFacts {
  let root: string | undefined;
  let patched = false;
  let folder = own;
  for (;;) {
    const inDependency = folder.endsWith(`${sep}node_modules`);
    const manifest = inDependency ? null : readManifest(folder);
    if (manifest) {
      root ??= folder;
      patched ||= manifest.patched;
      if (manifest.express !== undefined) {
        return { major: majorOfRange(manifest.express) ?? installedMajor(folder), declared: true, own: root === folder, patched, root };
      }
    }
    const parent = dirname(folder);
    if (parent === folder || isTop(folder)) break;
    folder = parent;
  }
  return root === undefined ? manifestBelow(own) : { major: undefined, declared: false, own: false, patched, root };
}

/** How far up a project's folder is looked for, and how many manifests its folders may hold for it to be one project. */
const mostFolders = 6;
const mostBelow = 3;

/**
 * For a file without any manifest from its folder upwards: the manifest that declares express in a folder beside it or
 * beside one of the folders it lies in, where a project keeps it until it is installed (`install/package.json`), or where
 * its only package lies.
 */
function manifestBelow(own: string): PackageFacts {
  let folder = own;
  for (let i = 0; i < mostFolders; i++) {
    const found = foldersIn(folder).flatMap((name) => readManifest(join(folder, name)) ?? []);
    if (found.length > mostBelow) break;
    const ranges = found.flatMap(({ express }) => express ?? []);
    if (ranges.length > 0) {
      const majors = new Set(ranges.map(majorOfRange));
      return { major: majors.size === 1 ? [...majors][0] : undefined, declared: true, own: true, patched: found.some(({ patched }) => patched), root: folder };
    }
    const parent = dirname(folder);
    if (parent === folder || isTop(folder)) break;
    folder = parent;
  }
  return { major: undefined, declared: undefined, own: false, patched: false, root: undefined };
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules' ? [entry.name] : []));
  } catch {
    return [];
  }
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

const tops = new Map<string, boolean>();

function isTop(folder: string): boolean {
  let top = tops.get(folder);
  if (top === undefined) {
    top = exists(join(folder, '.git'));
    if (tops.size > mostManifests) tops.clear();
    tops.set(folder, top);
  }
  return top;
}

/** The folder of the repository that a folder belongs to; the folder itself where nothing says so. */
export function repositoryOf(folder: string): string {
  for (let current = folder; ; current = dirname(current)) {
    if (isTop(current)) return current;
    if (dirname(current) === current) return folder;
  }
}
