import { dirname, relative, resolve, sep } from 'node:path';

import type { TSESLint } from '@typescript-eslint/utils';

import { calledMethod, type Node, staticString, unwrap } from '../ast/nodes.js';
import type { Variable } from '../ast/scope.js';
import { importedModules } from '../express/handlers.js';
import { loggerKind, type LoggerKind, type NamedLogger, requestLogger } from '../express/loggers.js';
import type { ExpressModel } from '../express/model.js';
import type { ConsoleUse } from '../node/console.js';
import { addImport, visibleVariables } from './bindings.js';
import { holdsComment } from './edits.js';
import { logArguments, type LogArguments } from './log-arguments.js';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** A logger that can be named where the console is used now. */
interface Logger extends LoggerKind {
  readonly text: string;
  /** The import that is still missing. */
  readonly missing?: { readonly name: string; readonly module: string };
}

/** A way to write a use of the console with a logger. */
export interface LoggerRepair {
  /** What is called instead, as it is written. */
  readonly logger: string;
  /** Whether it logs the same for sure, so that no person has to look. */
  readonly sure: boolean;
  readonly fix: TSESLint.ReportFixFunction;
}

/** Looks for a logger that the file has where `use` stands, and how to call it; undefined where something would be lost. */
export function useLogger(use: ConsoleUse, named: NamedLogger | undefined, express: ExpressModel, sourceCode: SourceCode): LoggerRepair | undefined {
  const logger = named ? namedAt(named, use.node, express, sourceCode) : boundAt(use.node, express, sourceCode);
  const method = logger?.methods[use.method];
  if (!logger || method === undefined) return undefined;
  const target = method === '' ? logger.text : `${logger.text}.${method}`;
  const edit = use.how === 'handed' ? handed(use, target, logger) : use.how === 'called' ? called(use, target, logger, express, sourceCode) : undefined;
  if (!edit) return undefined;
  return {
    logger: target,
    // A debug logger is silent unless DEBUG names it, and no logger prints the stack that `console.trace` does.
    sure: logger.sure && edit.sure && use.method !== 'trace' && (logger.style !== 'debug' || /^(?:log|debug|dir)$/.test(use.method)),
    fix: (fixer) => (logger.missing ? [addImport(fixer, logger.missing.name, logger.missing.module, sourceCode), ...edit.edits(fixer)] : edit.edits(fixer)),
  };
}

interface Edit {
  readonly sure: boolean;
  readonly edits: (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[];
}

function called({ call, method }: ConsoleUse, target: string, { style }: Logger, { file }: ExpressModel, sourceCode: SourceCode): Edit | undefined {
  const { arguments: args } = call;
  const [first] = args;
  if (!first || call.type !== 'CallExpression' || call.optional || holdsComment(sourceCode, call.callee)) return undefined;
  if (method.startsWith("dir") && args.length > 1) return undefined;
  const wanted: LogArguments | undefined = logArguments(args, style, sourceCode, file.scopes);
  if (!wanted) return undefined;
  const { text, sure } = wanted;
  if (text === undefined) return { sure, edits: (fixer) => [fixer.replaceText(call.callee, target)] };
  const last = args.at(-1) ?? first;
  const range = [first.range[0], last.range[1]] as const;
  if (sourceCode.getAllComments().some((comment) => comment.range[0] >= range[0] && comment.range[1] <= range[1])) return undefined;
  return { sure, edits: (fixer) => [fixer.replaceText(call.callee, target), fixer.replaceTextRange(range, text)] };
}

/** `.catch(console.error)` → `.catch((err) => logger.error(err))`: loggers need their `this`, and one error is what they get. */
function handed({ node, call }: ConsoleUse, target: string, { style, text }: Logger): Edit | undefined {
  const taker = calledMethod(call);
  const isFirst = call.arguments[0] === node;
  const isError = (taker === 'catch' && isFirst) || (/^(?:on|once|addListener)$/.test(taker ?? '') && staticString(call.arguments[0]) === 'error' && call.arguments[1] === node);
  if (!isError || unwrap(node).type === 'CallExpression') return undefined;
  if (style === 'debug') return { sure: true, edits: (fixer) => [fixer.replaceText(node, target)] };
  if (/^err\b/.test(text)) return undefined;
  return { sure: style !== 'winston', edits: (fixer) => [fixer.replaceText(node, `(err) => ${target}(err)`)] };
}

/** The logger that the user names, if its name means that logger where `node` stands. */
function namedAt(named: NamedLogger, node: Node, { file }: ExpressModel, sourceCode: SourceCode): Logger | undefined {
  const [root = named.name] = named.name.split('.');
  const variable = declaredAt(root, node, sourceCode);
  const logger = { ...named, text: named.name };
  if (!variable) {
    // The logger's own file does not import itself.
    if (named.import !== undefined) return lastPart(named.import) === lastPart(file.filename) ? undefined : missingFrom(named.import, logger, root, file);
    return sourceCode.scopeManager?.globalScope?.set.has(root) ? logger : undefined;
  }
  if (!visibleVariables(sourceCode, node).includes(variable)) return undefined;
  const { import: module } = named;
  if (module === undefined) return logger;
  // The same file has another path from each folder.
  const same = file.values.ofVariable(variable).every((value) => value.kind === 'import' && lastPart(value.module) === lastPart(module));
  return same ? logger : undefined;
}

/** A relative import starts from the folder of package.json, so that one setting serves all files. */
function missingFrom(module: string, logger: Omit<Logger, 'missing'>, name: string, { filename, facts }: ExpressModel['file']): Logger {
  if (!module.startsWith('.') || facts.root === undefined) return { ...logger, missing: { name, module } };
  const path = relative(dirname(filename), resolve(facts.root, module)).split(sep).join('/');
  return { ...logger, missing: { name, module: path.startsWith('.') ? path : `./${path}` } };
}

function declaredAt(name: string, node: Node, sourceCode: SourceCode): Variable | undefined {
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(node); scope; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable && variable.defs.length > 0) return variable;
  }
  return undefined;
}

function lastPart(module: string): string {
  return module.replace(/(?:[/\\]index)?(?:\.[cm]?[jt]s)?$/, '').split(/[/\\]/).at(-1) ?? module;
}

/** The best of the loggers that the file has bound where `node` stands. */
function boundAt(node: Node, express: ExpressModel, sourceCode: SourceCode): Logger | undefined {
  const { values } = express.file;
  const perRequest = requestLogger(importedModules(express.file));
  const found = visibleVariables(sourceCode, node).flatMap((variable): Logger[] => {
    const [value, ...more] = values.ofVariable(variable);
    if (!value || more.length > 0) return [];
    if (perRequest && value.kind === 'param' && value.path.length === 0 && isRequest(express, value.fn, value.index)) return [{ ...perRequest, text: `${variable.name}.log` }];
    const kind = loggerKind(value, variable.name, values);
    return kind ? [{ ...kind, text: variable.name }] : [];
  });
  const rank = ({ sure, style }: Logger): number => (sure ? (style === 'debug' ? 1 : 0) : 2);
  return found.sort((a, b) => rank(a) - rank(b))[0];
}

function isRequest({ handlers }: ExpressModel, fn: Node, index: number): boolean {
  return handlers.some((handler) => handler.fn === fn && handler.kind !== 'callback' && index === handler.bound + (handler.kind === 'error' ? 1 : 0));
}
