import { type Node, staticString, unwrap } from '../ast/nodes.js';
import type { Scopes, Variable } from '../ast/scope.js';
import type { Unit } from '../ast/tree.js';
import type { Values } from '../ast/values.js';
import { memberPath } from '../express/apps.js';
import { blockingCall, type BlockingCall } from './blocking.js';
import { fulfils } from './conditions.js';
import { importPathsOf, type Use, usesIn } from './uses.js';

/** A place in a function where the thread is held. */
export interface BlockingUse extends Use {
  readonly fact: BlockingCall;
}

/** What the user adds to the tables: `mylib#loadSync`, a package whose calls are off by default, or a function's name as written. */
export type ExtraBlocking = ReadonlySet<string>;

/** What can be asked of a file. */
export interface BlockingContext {
  readonly values: Values;
  readonly scopes: Scopes;
}

const loading: Omit<BlockingCall, 'name'> = { module: '', reason: 'reads and compiles a file the first time it meets its name, while every client waits' };

/** The blocking calls that a unit makes itself, and the blocking functions that it hands over to be called. */
export function* blockingUses(file: BlockingContext, unit: Unit, extra: ExtraBlocking): Iterable<BlockingUse> {
  for (const use of usesIn(unit)) {
    const fact = listed(file, use, extra) ?? named(use, extra) ?? computedRequire(file, use);
    if (fact) yield { ...use, fact };
  }
}

function listed({ values }: BlockingContext, use: Use, extra: ExtraBlocking): BlockingCall | undefined {
  const paths = importPathsOf(values, use.callee);
  const facts = paths.map(({ module, path }): BlockingCall | undefined => {
    const fact = blockingCall(module, path);
    const key = `${module}#${path.join('.')}`;
    if (fact && (!fact.optIn || extra.has(module) || extra.has(key) || extra.has(fact.name))) return fact;
    return extra.has(key) ? { module, name: path.join('.') } : undefined;
  });
  const [fact] = facts;
  if (!fact || !facts.every((one) => one !== undefined && holds(values, use, one))) return undefined;
  return fact;
}

/** The arguments of a function that somebody else calls are not seen, and a class that is handed over is not constructed. */
function holds(values: Values, use: Use, fact: BlockingCall): boolean {
  if (use.how !== 'called') return !fact.when && !/(?:^|\.)[A-Z]\w*$/.test(fact.name);
  return (fact.when ?? []).every((condition) => fulfils(values, use.call, condition));
}

function named(use: Use, extra: ExtraBlocking): BlockingCall | undefined {
  const name = extra.size > 0 ? memberPath(use.callee) : undefined;
  return name !== undefined && extra.has(name) ? { module: '', name } : undefined;
}

/** `require(name)`: a file is loaded the first time it is named. A name that never changes costs one request at most. */
function computedRequire({ values, scopes }: BlockingContext, use: Use): BlockingCall | undefined {
  const { callee, call, how } = use;
  if (how !== 'called' || callee.type !== 'Identifier' || callee.name !== 'require' || !scopes.isGlobal(callee)) return undefined;
  const [source] = call.arguments;
  if (!source || source.type === 'SpreadElement' || namesBuiltin(source) || isFixed(values, scopes, source)) return undefined;
  return { ...loading, name: 'require' };
}

/** `require(url.scheme)`, `require(protocol)`: `http` or `https`, which are loaded with Node. */
function namesBuiltin(node: Node): boolean {
  return /(?:^|\.)(?:protocol|scheme)$/i.test(memberPath(node) ?? '');
}

/** Whether an expression has the same value for every request: built from literals and from what the module itself sets up. */
function isFixed(values: Values, scopes: Scopes, node: Node): boolean {
  const inner = unwrap(node);
  const all = (nodes: readonly Node[]): boolean => nodes.every((part) => isFixed(values, scopes, part));
  switch (inner.type) {
    case 'Literal':
      return true;
    case 'TemplateLiteral':
      return all(inner.expressions);
    case 'BinaryExpression':
      return all([inner.left, inner.right]);
    case 'ConditionalExpression':
      return all([inner.consequent, inner.alternate]);
    case 'LogicalExpression':
      return all([inner.left, inner.right]);
    case 'MemberExpression':
      return isFixed(values, scopes, inner.object) && (!inner.computed || staticString(inner.property) !== undefined);
    case 'CallExpression':
      return importPathsOf(values, inner.callee).some(({ module }) => /^(?:path|url|os|process)$/.test(module)) && all(inner.arguments);
    case 'Identifier': {
      const variable = scopes.variableOf(inner);
      if (!variable) return true;
      if (isProgram(variable.scope)) return variable.references.every((reference) => !reference.isWrite() || isProgram(reference.from.variableScope));
      return values.of(inner).every((value) => value.kind === 'literal' || value.kind === 'import');
    }
    default:
      return false;
  }
}

function isProgram(scope: Variable['scope']): boolean {
  return scope.block.type === 'Program';
}
