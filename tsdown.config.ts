import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { defineConfig, type UserConfig } from 'tsdown';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** Writes the licences of the packages in each bundle into a file beside it. */
const notices: NonNullable<UserConfig['plugins']> = {
  name: 'notices',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || chunk.fileName.includes('.d.')) continue;
      const folders = new Set(chunk.moduleIds.flatMap((id) => /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? []));
      const source = [...folders].sort().map(notice).join('\n');
      if (source) this.emitFile({ type: 'asset', fileName: `${chunk.name}.licenses.txt`, source });
    }
  },
};

function notice(folder: string): string {
  const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string };
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} has no licence to pass on.`);
  return `${name}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}

export default defineConfig([
  {
    entry: 'src/index.ts',
    format: ['esm', 'cjs'],
    target: 'node18',
    dts: true,
    define: { __VERSION__: JSON.stringify(version) },
    // Users install no package besides the plugin: what it runs is in the bundle, only types are not.
    deps: {
      neverBundle: (id, importer) => /\.d\.[cm]?ts$/.test(importer ?? '') && /^[^./]/.test(id),
      onlyBundle: ['get-tsconfig', 'resolve-pkg-maps'],
    },
    plugins: notices,
  },
  {
    // Either build loads it when it is first needed.
    entry: 'src/project/scope-manager.cjs',
    format: 'cjs',
    target: 'node18',
    dts: false,
    clean: false,
    deps: { onlyBundle: ['@typescript-eslint/scope-manager', '@typescript-eslint/types', '@typescript-eslint/visitor-keys', 'eslint-visitor-keys'] },
    plugins: [
      {
        name: 'without-globals',
        // The globals of every ECMAScript version are most of the package, and nothing asks for them.
        load: { filter: { id: /scope-manager\/dist\/lib\/index\.js$/ }, handler: () => 'exports.lib = new Map();' },
      },
      notices,
    ],
  },
]);
