import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { afterAll } from 'vitest';

/** A project on disk, for what needs more than one file. */
export interface Project {
  readonly folder: string;
  /** The absolute path of one of its files, written or not. */
  path(name: string): string;
  /** Writes files, over what is there. */
  write(files: Readonly<Record<string, string>>): void;
}

/** What every project has, unless it says otherwise: Express 4. */
const manifest = JSON.stringify({ dependencies: { express: '^4.21.2' } });

/** Writes a project inside this repository, where ESLint's testers accept its files; it is removed when the tests of the file are done. */
export function project(files: Readonly<Record<string, string>>): Project {
  mkdirSync('.vitest', { recursive: true });
  const folder = mkdtempSync(join(process.cwd(), '.vitest', 'project-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const made: Project = {
    folder,
    path: (name) => join(folder, name),
    write(more) {
      for (const [name, text] of Object.entries(more)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
    },
  };
  made.write({ 'package.json': manifest, ...files });
  return made;
}
