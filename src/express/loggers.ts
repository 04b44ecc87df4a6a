import type { TSESTree } from '@typescript-eslint/utils';

import { memberName } from '../ast/nodes.js';
import type { Value, Values } from '../ast/values.js';
import { importKey, isProjectModule, originOf } from './imports.js';

/**
 * How a logger takes its arguments: `pino` an object before the message, `winston` the message before an object,
 * `console` anything in any order, and `debug` is called itself.
 */
export type LoggerStyle = 'pino' | 'winston' | 'console' | 'debug';

/** Which method of a logger stands for a method of the console; undefined where none prints the same. */
export type LoggerMethods = Readonly<Record<string, string | undefined>>;

/** What is known of a logger, wherever it is bound. */
export interface LoggerKind {
  readonly style: LoggerStyle;
  readonly methods: LoggerMethods;
  /** Whether it is known to be such a logger, with these methods. */
  readonly sure: boolean;
}

/** A logger that the user names, in the rule's option or in `settings.express.logger`. */
export interface NamedLogger extends LoggerKind {
  /** As it is written: `logger`, `req.log`. */
  readonly name: string;
  /** Where it is imported from. */
  readonly import?: string;
}

const levels: LoggerMethods = { log: 'info', info: 'info', warn: 'warn', error: 'error', debug: 'debug', dir: 'debug', dirxml: 'debug' };
const methodsOf: Readonly<Record<LoggerStyle, LoggerMethods>> = {
  pino: { ...levels, trace: 'trace' },
  winston: { ...levels, trace: 'debug' },
  console: { log: 'log', info: 'info', warn: 'warn', error: 'error', debug: 'debug', trace: 'trace', dir: 'dir', dirxml: 'dirxml' },
  debug: { log: '', info: '', warn: '', error: '', debug: '', dir: '', dirxml: '', trace: '' },
};
const log4js: LoggerMethods = { ...levels, trace: 'trace' };

const known = (style: LoggerStyle, methods = methodsOf[style]): LoggerKind => ({ style, methods, sure: true });

/** What makes a logger when it is called or constructed, by import path. Sources: each package's documentation. */
const factories: ReadonlyMap<string, LoggerKind> = new Map([
  ['pino', known('pino')],
  ['pino#pino', known('pino')],
  ['bunyan#createLogger', known('pino')],
  ['winston#createLogger', known('winston')],
  ['winston#Logger', known('winston')],
  ['winston#loggers.get', known('winston')],
  ['winston#loggers.add', known('winston')],
  ['log4js#getLogger', known('console', log4js)],
  ['tslog#Logger', known('console', log4js)],
  ['debug', known('debug')],
  ['debug#debug', known('debug')],
]);

/** Packages that give each request its own pino logger, `req.log`. */
const requestLoggers: ReadonlySet<string> = new Set(['pino-http', 'express-pino-logger', 'express-bunyan-logger']);

/** The kind of `req.log` in a file that imports these modules; undefined where nothing says that there is one. */
export function requestLogger(modules: ReadonlySet<string>): LoggerKind | undefined {
  return [...requestLoggers].some((module) => modules.has(module)) ? known('pino') : undefined;
}

/** What kind of logger a value is. One that comes from the project's own files is a guess, by the name of its variable. */
export function loggerKind(value: Value, name: string, values: Values): LoggerKind | undefined {
  if (value.kind === 'instance' && value.of.kind === 'import' && value.node.type === 'NewExpression') {
    const kind = factories.get(importKey(value.of));
    if (kind) return withOptions(kind, value.node, values);
  }
  if (value.kind === 'call') {
    const { callee } = value;
    const kind = callee.kind === 'import' ? factories.get(importKey(callee)) : undefined;
    if (kind) return withOptions(kind, value.node, values);
    if (callee.kind === 'member' && (callee.name === 'child' || callee.name === 'extend')) return loggerKind(callee.object, name, values);
  }
  const origin = /^_?(?:log|logger)$/.test(name) ? originOf(value) : undefined;
  if (!origin || !isProjectModule(origin.module)) return undefined;
  // `{ level as log }` is another thing under that name.
  return value.kind !== 'import' || /^(?:log|logger)?$/i.test(value.path.join('.')) ? { ...known('winston'), sure: false } : undefined;
}

/** Levels of their own take the place of the usual ones. */
function withOptions(kind: LoggerKind, node: TSESTree.CallExpression | TSESTree.NewExpression, values: Values): LoggerKind {
  const custom = node.arguments.some((arg) =>
    values.of(arg).some((value) => value.kind === 'object' && value.node.properties.some((property) => property.type === 'SpreadElement' || /^(?:levels|useOnlyCustomLevels|messageKey)$/.test(memberName(property) ?? ''))),
  );
  return custom ? { ...kind, sure: false } : kind;
}

/** Reads the rule's option or the setting; undefined when it names no logger. */
export function namedLogger(value: unknown): NamedLogger | undefined {
  if (!isRecord(value) || typeof value.name !== 'string' || value.name === '') return undefined;
  const { name, import: module, style, methods } = value;
  const own = isRecord(methods) ? Object.fromEntries(Object.entries(methods).filter((entry): entry is [string, string] => typeof entry[1] === 'string')) : {};
  const kind = isStyle(style) ? style : 'winston';
  return { name, style: kind, methods: { ...methodsOf[kind], ...own }, sure: true, ...(typeof module === 'string' && { import: module }) };
}

function isStyle(value: unknown): value is LoggerStyle {
  return typeof value === 'string' && value in methodsOf;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
