import { extname } from 'node:path';

import type { TSESTree } from '@typescript-eslint/utils';
import type { ParserOptions } from 'oxc-parser';

import { isRecord, type Load, once } from './load.js';
import { nestsTooDeeply } from './nesting.js';

interface Loaded {
  parseSync(filename: string, text: string, options: ParserOptions): { readonly program: unknown; readonly errors: readonly unknown[] };
}

function isLoaded(value: unknown): value is Loaded {
  return isRecord(value) && typeof value.parseSync === 'function';
}

type Reading = Pick<ParserOptions, 'lang' | 'sourceType'>;

const module: Reading = { lang: 'jsx', sourceType: 'module' };
const script: Reading = { lang: 'jsx', sourceType: 'commonjs' };
const typed: Reading = { lang: 'ts', sourceType: 'module' };
const typedScript: Reading = { lang: 'ts', sourceType: 'commonjs' };
/** Flow's types look like TypeScript's more often than not. */
const flow: Reading = { lang: 'tsx', sourceType: 'module' };

/** How files are read, by their extension: what is tried first, and what when that fails. */
const readings: Readonly<Record<string, readonly Reading[]>> = {
  '.js': [module, script, flow],
  '.jsx': [module, script, flow],
  '.mjs': [module],
  '.cjs': [script, module],
  '.ts': [typed, typedScript],
  '.mts': [typed],
  '.cts': [typed, typedScript],
  '.tsx': [{ lang: 'tsx', sourceType: 'module' }],
};

/** Reads a text as the language that the file's name stands for; undefined when it is none, or not without errors. */
export type Parse = (filename: string, text: string) => TSESTree.Program | undefined;

/** oxc-parser, which is native and optional: undefined where it is not installed for this machine. */
export function oxcParser(load: Load): () => Parse | undefined {
  return once(() => {
    const oxc = load('oxc-parser');
    if (!isLoaded(oxc)) return undefined;
    return (filename, text) => {
      if (nestsTooDeeply(text)) return undefined;
      for (const reading of readings[extname(filename)] ?? []) {
        // TypeScript's kind of tree for JavaScript too: the scope analysis asks for it, and rules see one kind only.
        const { program, errors } = oxc.parseSync(filename, text, { ...reading, astType: 'ts', range: true, preserveParens: false });
        if (errors.length === 0 && isProgram(program)) return program;
      }
      return undefined;
    };
  });
}

/** Whether `value` is the root of a tree as ESLint has it. */
export function isProgram(value: unknown): value is TSESTree.Program {
  return isRecord(value) && value.type === 'Program' && Array.isArray(value.body) && Array.isArray(value.range);
}
