import { parse } from 'node:path';
import process from 'node:process';

import * as typescript from '@typescript-eslint/parser';
import { TSESLint } from '@typescript-eslint/utils';

import { functionName, isFunction, type Node } from '../../src/ast/nodes.js';
import { type ExpressModel, modelOf } from '../../src/express/model.js';

/** How the code is parsed: ESLint's own parser with its scope analysis, or TypeScript's. */
export type ParserName = 'espree' | 'typescript';

/** Both parsers, for what must not depend on them. */
export const parsers: readonly ParserName[] = ['espree', 'typescript'];

/** What a test may choose. */
export interface ModelOptions {
  parser?: ParserName;
  /** `settings.express` */
  settings?: Readonly<Record<string, unknown>>;
  /** An absolute path; no manifest stands above the default one. */
  filename?: string;
  sourceType?: 'module' | 'commonjs' | 'script';
  jsx?: boolean;
}

const root = parse(process.cwd()).root;
const nowhere = `${root}no-such-folder/app`;

/** Builds the model of some code the way rules get it: through ESLint, by a rule that reports nothing. */
export function model(code: string, { parser = 'espree', settings = {}, filename, sourceType, jsx = false }: ModelOptions = {}): ExpressModel {
  let found: ExpressModel | undefined;
  const probe: TSESLint.LooseRuleDefinition = {
    create(context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>) {
      found = modelOf(context);
      return {};
    },
  };
  const linter = new TSESLint.Linter({ configType: 'flat', cwd: root });
  const isModule = /^\s*(?:import|export)\b/m.test(code);
  const messages = linter.verify(
    code,
    {
      files: ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}'],
      languageOptions: {
        ...(parser === 'typescript' ? { parser: typescript } : {}),
        parserOptions: { ecmaFeatures: { jsx } },
        sourceType: sourceType ?? (isModule ? 'module' : 'commonjs'),
      },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
      plugins: { probe: { rules: { probe } } },
      rules: { 'probe/probe': 'error' },
      settings: { express: settings },
    },
    { filename: filename ?? `${nowhere}.${parser === 'typescript' ? (jsx ? 'tsx' : 'ts') : 'js'}` },
  );
  const [message] = messages;
  if (message) throw new Error(`${message.line}:${message.column} ${message.message}\n${code.slice(0, 500)}`);
  if (!found) throw new Error('No model was built.');
  return found;
}

/** How a test names a function: by its name, else by the line it starts on. */
export function nameOf(node: Node): string {
  return (isFunction(node) ? functionName(node) : undefined) ?? `line ${node.loc.start.line}`;
}

/** The registrations as `get /users`, in source order; a method without a path stands alone. */
export function routes(code: string, options?: ModelOptions): string[] {
  return model(code, options).registrations.map(({ method, path }) => (path === undefined ? method : `${method} ${path}`));
}

/** The handlers as `show: request, GET /users, none`: name, kind, label, and what becomes of their promise in each use. */
export function handlers(code: string, options?: ModelOptions): string[] {
  return model(code, options).handlers.map(({ fn, kind, label, uses }) => [`${nameOf(fn)}: ${kind}`, label, ...uses.map(({ protection }) => protection)].join(', '));
}

/** The functions on the request path as `read: GET /users, through load → read`. */
export function reached(code: string, options?: ModelOptions): string[] {
  const { requestPath } = model(code, options);
  return [...requestPath.units].map((unit) => {
    const witness = requestPath.witness(unit);
    const via = witness && witness.via.length > 0 ? `, through ${witness.via.join(' → ')}` : '';
    return `${nameOf(unit.node)}: ${witness?.handler.label ?? ''}${via}`;
  });
}

/** How the promise of each handler can reject, as `await on line 3`; nothing for one that cannot. */
export function escapes(code: string, options?: ModelOptions): string[] {
  const { handlers: all, rejections } = model(code, options);
  return all.flatMap(({ fn }) => rejections.escapes(fn).map(({ how, node }) => `${how} on line ${node.loc.start.line}`));
}

/** The rejections on the request path that reach nobody, as `floating on line 3`. */
export function leaks(code: string, options?: ModelOptions): string[] {
  const { requestPath, rejections } = model(code, options);
  return [...requestPath.units].flatMap((unit) => rejections.leaks(unit).map(({ kind, node }) => `${kind} on line ${node.loc.start.line}`));
}
