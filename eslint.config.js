import { existsSync } from 'node:fs';

import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import tseslint from 'typescript-eslint';

const NODE_GLOBALS = ['console', 'process', 'URL', 'Buffer', 'setTimeout', 'setImmediate', 'setInterval', 'clearTimeout', 'clearInterval', 'fetch', 'AbortSignal', 'performance'];

/** The plugin as it was last built; the first build of a clone comes before there is one. */
const built = new URL('dist/index.mjs', import.meta.url);
const express = existsSync(built) ? (await import(built.href)).default : undefined;

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'tests/**/fixtures/', 'tests/proofs/*/{bad,good}.*', 'docs/**/examples/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly'])) },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // Node types are compared as strings, which TypeScript narrows by; the enum would have to be bundled.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword.typeAnnotation',
          message: 'Say what the value is with a type guard: a cast through unknown switches the compiler off.',
        },
      ],
    },
  },
  { files: ['src/rules/*.ts', 'tests/rules/*.ts'], extends: [eslintPlugin.configs.all] },
  express ? { files: ['src/**', 'tests/**'], extends: [express.configs['flat/all']] } : {},
);
