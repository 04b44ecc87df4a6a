import type { TSESTree } from '@typescript-eslint/utils';

import { calledMethod, contains, isFunction, type Node, staticString } from '../ast/nodes.js';
import { knownValue } from '../node/known-values.js';
import type { SourceFile } from './file.js';

/** Whether code runs when its function does, in production: `never` and `always` are sure; a condition that cannot be read makes it `maybe`. */
export type Chance = 'always' | 'maybe' | 'never';

/**
 * What the conditions around `node` say, up to the function or module it is written in, where `NODE_ENV` is `production`:
 * `if`, `?:`, `&&`, `||`, `??`, `switch`, a `return` or `throw` in an `if` further up, and Express 3's
 * `app.configure('development', …)`.
 */
export function chanceInProduction(file: SourceFile, node: Node): Chance {
  let chance: Chance = 'always';
  for (let child = node, parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (isFunction(child)) return isForOther(parent, child) ? 'never' : chance;
    const here = chanceIn(file, parent, child);
    if (here === 'never') return 'never';
    if (here === 'maybe') chance = 'maybe';
  }
  return chance;
}

function chanceIn(file: SourceFile, parent: Node, child: Node): Chance {
  switch (parent.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return parent.test === child ? 'always' : runsIf(file, parent.test, parent.consequent === child);
    case 'LogicalExpression':
      return parent.left === child ? 'always' : parent.operator === '??' ? 'maybe' : runsIf(file, parent.left, parent.operator === '&&');
    case 'AssignmentExpression':
      return parent.right === child && /^(?:\|\||&&|\?\?)=$/.test(parent.operator) ? 'maybe' : 'always';
    case 'SwitchCase':
      return parent.test === child ? 'always' : runsCase(file, parent);
    case 'CatchClause':
      return 'maybe';
    case 'WhileStatement':
      return parent.body === child ? runsIf(file, parent.test, true) : 'always';
    case 'BlockStatement':
    case 'Program':
      return afterExits(file, parent.body.slice(0, parent.body.findIndex((statement) => statement === child)));
    default:
      return 'always';
  }
}

function runsIf(file: SourceFile, test: Node, wanted: boolean): Chance {
  const known = knownValue(file, test, undefined);
  return known === undefined ? 'maybe' : Boolean(known.value) === wanted ? 'always' : 'never';
}

/** Whether a function is what an app of Express 3 does in another environment than production. */
function isForOther(parent: Node, fn: Node): boolean {
  if (parent.type !== 'CallExpression' || parent.callee === fn || calledMethod(parent) !== 'configure') return false;
  const environment = staticString(parent.arguments[0]);
  return environment !== undefined && environment !== 'production';
}

/** A case whose value is known not to be the one; falling through to it makes it `maybe`. */
function runsCase(file: SourceFile, node: TSESTree.SwitchCase): Chance {
  const { parent } = node;
  if (!node.test) return 'maybe';
  const given = knownValue(file, parent.discriminant, undefined);
  const wanted = knownValue(file, node.test, undefined);
  const before = parent.cases[parent.cases.indexOf(node) - 1];
  const isEntered = before === undefined || /^(?:Break|Return|Throw|Continue)Statement$/.test(before.consequent.at(-1)?.type ?? '');
  return given && wanted && isEntered && given.value !== wanted.value ? 'never' : 'maybe';
}

/** What the statements before it leave: `if (production) return;` ends here for sure, any other early exit perhaps. */
function afterExits(file: SourceFile, before: readonly Node[]): Chance {
  let chance: Chance = 'always';
  for (const statement of before) {
    if (statement.type !== 'IfStatement' || !leaves(statement.consequent)) continue;
    const here = runsIf(file, statement.test, false);
    if (here === 'never') return 'never';
    if (here === 'maybe') chance = 'maybe';
  }
  return chance;
}

function leaves(node: Node): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}

/** Whether two pieces of code stand in different branches of one decision, so that only one of them runs. */
export function areAlternatives(one: Node, other: Node): boolean {
  for (let child = one, parent = one.parent; parent; child = parent, parent = parent.parent) {
    if (!contains(parent, other)) continue;
    if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') return contains(parent.test, one) === contains(parent.test, other);
    if (parent.type === 'LogicalExpression') return true;
    if (parent.type === 'SwitchStatement') return child.type === 'SwitchCase';
    return false;
  }
  return false;
}
