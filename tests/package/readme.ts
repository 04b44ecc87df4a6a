import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Files } from './project.js';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].flatMap(([, code]) => code ?? []);
}

/** The `.eslintrc.json` that README.md shows. */
export function shownLegacy(): Files {
  const [config = ''] = blocks('json');
  return { '.eslintrc.json': config };
}

/** Every `eslint.config.js` that README.md shows, by the heading it stands under. */
export function shownFlat(): readonly (readonly [heading: string, config: Files])[] {
  return blocks('js').map((code) => {
    const [heading = ''] = readme.slice(0, readme.indexOf(code)).match(/(?<=^#+ ).*$/gm)?.slice(-1) ?? [];
    return [heading, { [/^import /m.test(code) ? 'eslint.config.mjs' : 'eslint.config.cjs']: code }];
  });
}
