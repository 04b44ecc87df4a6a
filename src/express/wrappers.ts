import { contains, isFunction, type Node, unwrap } from '../ast/nodes.js';
import type { Variable } from '../ast/scope.js';
import { referenceOf } from './elsewhere.js';
import { importKey, isProjectModule } from './imports.js';
import type { ExpressModel } from './model.js';
import { forwardingWrappers } from './vocabulary.js';

/** Names that a wrapper written in another file goes by. */
const wrapperName = /^(?:wrap|wrapAsync|asyncWrap|wrapAsyncHandler|asyncHandler|catchAsync|catchErrors?|asyncMiddleware|handleAsync|tryCatch|asyncRoute|wrapRoute|expressAsyncHandler|handleErrors|runAsync|asyncify|safe|use)$/i;

/**
 * A name at `node` that stands for a function which forwards the rejections of the handler it is given.
 * `proved`: a known package, or a function of this file whose body shows it, or named in the settings. Otherwise it is
 * imported from another file of the project under a name that says so.
 */
export function wrapperInScope(express: ExpressModel, node: Node): { readonly name: string; readonly proved: boolean } | undefined {
  let likely: string | undefined;
  for (const variable of express.file.scopes.topLevel) {
    if (express.file.scopes.variableInScope(node, variable.name) !== variable || !isSetAt(express, variable, node)) continue;
    const verdict = judge(express, variable, node);
    if (verdict === 'proved') return { name: variable.name, proved: true };
    if (verdict === 'likely') likely ??= variable.name;
  }
  return likely === undefined ? undefined : { name: likely, proved: false };
}

function judge(express: ExpressModel, variable: Variable, node: Node): 'proved' | 'likely' | undefined {
  if (express.file.settings.wrappers.has(variable.name)) return 'proved';
  for (const value of express.file.values.ofVariable(variable)) {
    if (value.kind === 'import') {
      if (forwardingWrappers.has(importKey(value))) return 'proved';
      const reference = referenceOf(value, express.file.values);
      const proof = reference && isWrapperLike(variable.name) ? express.file.elsewhere.ofParameter(reference, 0) : 'unknown';
      if (proof === 'forwards') return 'proved';
      // One that can be looked into and does not prove it is none.
      if (proof !== 'unknown' || (reference && isWrapperLike(variable.name) && express.file.elsewhere.appAt(reference) === 'other')) continue;
      if (isProjectModule(value.module) && wrapperName.test(variable.name)) return 'likely';
    }
    if (value.kind === 'function' && !contains(value.node, node) && express.rejections.ofParameter(value.node, 0) === 'forwards' && returnsFunction(value.node)) return 'proved';
  }
  return undefined;
}

/** Names that are worth a look into another file: not every import of a file is read for this. */
function isWrapperLike(name: string): boolean {
  return wrapperName.test(name) || /wrap|async|catch|handler?|safe|try/i.test(name);
}

/** Whether the variable holds a value when `node` runs: types hold none, and at the top level a constant holds none above its declaration. */
function isSetAt(express: ExpressModel, { defs: [def], identifiers: [name] }: Variable, node: Node): boolean {
  const declaration = def?.node as Node | undefined;
  if (declaration?.type === 'ImportSpecifier' && declaration.importKind === 'type') return false;
  const parent = declaration?.parent;
  if (parent?.type === 'ImportDeclaration') return parent.importKind !== 'type';
  return declaration?.type === 'FunctionDeclaration' || isFunction(express.unitOf(node).node) || (name !== undefined && name.range[1] <= node.range[0]);
}

function returnsFunction(fn: Node): boolean {
  if (!isFunction(fn)) return false;
  if (fn.body.type !== 'BlockStatement') return isFunction(unwrap(fn.body));
  return fn.body.body.some((statement) => statement.type === 'ReturnStatement' && statement.argument !== null && isFunction(unwrap(statement.argument)));
}
