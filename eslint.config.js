import { existsSync } from 'node:fs';

import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import tseslint from 'typescript-eslint';

/** What Node gives to scripts in plain JavaScript; TypeScript knows by itself. */
const nodeGlobals = ['Buffer', 'URL', 'clearTimeout', 'console', 'process', 'setImmediate', 'setTimeout'];

/** The plugin as it was last built; the first build of a clone comes before there is one. */
const built = new URL('dist/index.mjs', import.meta.url);
const express = existsSync(built) ? (await import(built.href)).default : undefined;

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'tests/**/fixtures/', 'tests/proofs/*/{bad,good}.*', 'docs/sample-app/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])) },
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
  {
    files: ['src/rules/*.ts', 'tests/rules/*.ts'],
    extends: [eslintPlugin.configs.all],
    rules: {
      // createRule adds the URL, and presets are said with severities.
      'eslint-plugin/require-meta-docs-url': 'off',
      'eslint-plugin/require-meta-docs-recommended': 'off',
      // ESLint 10 refuses a whole configuration over a rule that meets another language; createRule skips the file.
      'eslint-plugin/require-meta-languages': 'off',
      // The proofs say which piece of which line is reported; specs say so where it matters.
      'eslint-plugin/require-test-error-positions': 'off',
    },
  },
  express ? { files: ['src/**', 'tests/**'], extends: [express.configs['flat/all']] } : {},
);
