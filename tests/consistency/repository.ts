import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import type { Configs } from '../../src/configs.js';
import type { RuleModule } from '../../src/create-rule.js';
import plugin from '../../src/index.js';
import { rules } from '../../src/rules/index.js';

/** All that the checks look at, so that they can be shown a repository with a hole in it. */
export interface Repository {
  /** Texts by path; paths are relative to the root and use slashes. */
  files: ReadonlyMap<string, string>;
  rules: Readonly<Record<string, RuleModule>>;
  configs: Configs;
  version: string;
}

/** This repository. */
export function thisRepository(): Repository {
  const root = join(import.meta.dirname, '../..');
  const files = new Map<string, string>();
  for (const folder of ['src', 'docs', 'tests']) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.parentPath.includes('node_modules')) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'));
    }
  }
  for (const name of ['README.md', 'CHANGELOG.md']) files.set(name, readFileSync(join(root, name), 'utf8'));
  return { files, rules, configs: plugin.configs, version: plugin.meta.version };
}
