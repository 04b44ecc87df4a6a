import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';

import plugin from '../../src/index.js';

/** A case of a rule's spec, as far as a repair depends on it. */
export interface RepairedCase {
  readonly code: string;
  readonly output?: string | readonly string[] | null;
  readonly options?: readonly unknown[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly sourceType?: 'module' | 'commonjs';
}

/** What is wrong with a repair: it does not parse, or a second run changes it again. */
export function unsettled(rule: string, { code, output, options = [], settings, sourceType = 'module' }: RepairedCase): string[] {
  const repaired = typeof output === 'string' ? output : output?.at(-1);
  if (repaired === undefined) return [];
  const linter = new Linter({ configType: 'flat' });
  const config: Linter.Config = {
    files: ['**/*.ts'],
    plugins: { express: plugin },
    languageOptions: { parser, sourceType },
    settings: { express: { version: 4 }, ...settings },
    rules: { [`express/${rule}`]: ['error', ...options] },
  };
  const messages = linter.verify(repaired, config, { filename: 'file.ts' });
  return messages.flatMap((message) => {
    if (message.fatal) return [`does not parse: ${message.message}\n${repaired}`];
    return message.fix ? [`is repaired again at ${message.line}: ${code}\n${repaired}`] : [];
  });
}
