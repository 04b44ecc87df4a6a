import { readFileSync } from 'node:fs';

import { defineConfig } from 'tsdown';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

export default defineConfig({
  entry: 'src/index.ts',
  format: ['esm', 'cjs'],
  target: 'node18',
  dts: true,
  define: { __VERSION__: JSON.stringify(version) },
  // Users install no package besides the plugin: what it runs is in the bundle, only types are not.
  deps: { neverBundle: (id, importer) => /\.d\.[cm]?ts$/.test(importer ?? '') && /^[^./]/.test(id) },
});
