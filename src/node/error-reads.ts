import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMember, calledMethod, calledName, memberName, type Node, parentOf, unwrap, wrapped } from '../ast/nodes.js';
import type { Variable } from '../ast/scope.js';
import { readsOf } from '../ast/scope.js';

/**
 * What a read of an error does with it.
 * - `handed`: it goes on to somebody: an argument, a return value, a variable
 * - `logged`: it is written down; `tested`: it decides what runs; `thrown`: it is thrown; `nothing`: it is only mentioned
 */
export type ErrorRead =
  | { readonly kind: 'handed' | 'logged' | 'nothing'; readonly node: Node }
  | { readonly kind: 'thrown'; readonly node: Node; readonly statement: TSESTree.ThrowStatement }
  | { readonly kind: 'tested'; readonly node: Node; readonly by: TSESTree.IfStatement | TSESTree.LogicalExpression };

/** What a condition says when there is an error: it holds, it does not, it holds for some errors only, or it depends on other things. */
export type Answer = 'holds' | 'fails' | 'some' | 'other';

const loggers = /^(?:console|_?log(?:ger|s)?|\w*[lL]og(?:ger)?|debug|winston|bunyan|pino|sentry|newrelic|rollbar|bugsnag|airbrake|raven|strapi|server)$/i;
const levels = /^(?:log|error|err|warn|warning|info|debug|trace|verbose|silly|fatal|notice|dir|captureException|captureMessage|notify|noticeError)$/;
const logFunctions = /^(?:_?(?:log|debug|dbg|warn|trace|print|inspect)|(?:console|winston|logger)|_?log(?:ger)?[_A-Z]\w*|\w+_?[lL]og(?:ger)?|captureException)$/;
const formatters = /^(?:String|JSON\.stringify|util\.inspect|util\.format|inspect|format|Object\.assign|Error|\w+Error)$/;

/** Whether a call only writes down what it is given. */
export function isLogCall(call: CallNode): boolean {
  const member = calledMember(call);
  if (!member) return logFunctions.test(calledName(call) ?? '');
  const method = memberName(member) ?? '';
  const owner = unwrap(member.object);
  const name = owner.type === 'Identifier' ? owner.name : owner.type === 'MemberExpression' ? (memberName(owner) ?? '') : owner.type === 'CallExpression' ? (calledMethod(owner) ?? calledName(owner) ?? '') : '';
  return (levels.test(method) && loggers.test(name)) || /^log[A-Z]\w*$/.test(method);
}

/** What is done with the value of `variable`, read by read. */
export function errorReads(variable: Variable): ErrorRead[] {
  return readsOf(variable).map(({ identifier }) => readAt(identifier));
}

function readAt(identifier: Node): ErrorRead {
  let node = wrapped(identifier);
  let logical: TSESTree.LogicalExpression | undefined;
  for (;;) {
    const parent = parentOf(node);
    switch (parent.type) {
      case 'MemberExpression':
        if (parent.object !== node) return { kind: 'handed', node: identifier };
        break;
      case 'CallExpression':
      case 'NewExpression':
        if (parent.callee === node) break;
        if (isLogCall(parent)) return { kind: 'logged', node: identifier };
        if (!formatters.test(nameOf(parent))) return { kind: 'handed', node: identifier };
        break;
      case 'LogicalExpression':
        if (parent.left === node) logical ??= parent;
        break;
      case 'ConditionalExpression':
        if (parent.test === node) return { kind: 'handed', node: identifier };
        break;
      case 'BinaryExpression':
      case 'UnaryExpression':
      case 'TemplateLiteral':
      case 'ArrayExpression':
      case 'ObjectExpression':
      case 'SpreadElement':
      case 'SequenceExpression':
      case 'AwaitExpression':
        break;
      case 'Property':
        if (parent.key === node && parent.computed) return { kind: 'handed', node: identifier };
        break;
      case 'IfStatement':
        return { kind: 'tested', node: identifier, by: parent };
      case 'ThrowStatement':
        return { kind: 'thrown', node: identifier, statement: parent };
      case 'ExpressionStatement':
        return logical ? { kind: 'tested', node: identifier, by: logical } : { kind: 'nothing', node: identifier };
      default:
        return { kind: 'handed', node: identifier };
    }
    node = wrapped(parent);
  }
}

function nameOf(call: CallNode): string {
  const member = calledMember(call);
  const owner = member && unwrap(member.object);
  const name = member ? memberName(member) : calledName(call);
  return owner?.type === 'Identifier' ? `${owner.name}.${name ?? ''}` : (name ?? '');
}

/** What a condition says when the variable called `name` holds an error. */
export function answerTo(test: Node, isError: (node: Node) => boolean): Answer {
  const inner = unwrap(test);
  if (isError(inner)) return 'holds';
  switch (inner.type) {
    case 'UnaryExpression':
      return inner.operator === '!' ? opposite(answerTo(inner.argument, isError)) : 'other';
    case 'BinaryExpression':
      return comparison(inner, isError);
    case 'MemberExpression':
      return isError(rootOf(inner)) ? 'some' : 'other';
    case 'CallExpression':
      if (calledName(inner) === 'Boolean' && inner.arguments[0] && isError(unwrap(inner.arguments[0]))) return 'holds';
      return isError(rootOf(inner)) ? 'some' : 'other';
    case 'LogicalExpression': {
      const left = answerTo(inner.left, isError);
      const right = answerTo(inner.right, isError);
      if (inner.operator === '&&') return both(left, right);
      return inner.operator === '||' ? opposite(both(opposite(left), opposite(right))) : 'other';
    }
    default:
      return 'other';
  }
}

function both(left: Answer, right: Answer): Answer {
  if (left === 'fails' || right === 'fails') return 'fails';
  if (left === 'other' || right === 'other') return 'other';
  return left === 'some' || right === 'some' ? 'some' : 'holds';
}

function opposite(answer: Answer): Answer {
  if (answer === 'holds') return 'fails';
  if (answer === 'fails') return 'holds';
  return 'other';
}

function comparison({ left, right, operator }: TSESTree.BinaryExpression, isError: (node: Node) => boolean): Answer {
  const isThis = isError(unwrap(left));
  if (operator === 'instanceof') return !isThis ? 'other' : right.type === 'Identifier' && right.name === 'Error' ? 'holds' : 'some';
  const isNot = operator.startsWith('!');
  if (!/^[!=]==?$/.test(operator)) return 'other';
  if (isThis && isNothing(right)) return isNot ? 'holds' : 'fails';
  // `typeof err !== 'undefined'`
  const typed = left.type === 'UnaryExpression' && left.operator === 'typeof' && isError(unwrap(left.argument));
  if (typed && right.type === 'Literal' && right.value === 'undefined') return isNot ? 'holds' : 'fails';
  return !isNot && isError(rootOf(left)) ? 'some' : 'other';
}

function isNothing(node: Node): boolean {
  return (node.type === 'Literal' && node.value === null) || (node.type === 'Identifier' && node.name === 'undefined');
}

/** `err` in `err.cause.code`, `err.message.includes('x')`. */
function rootOf(node: Node): Node {
  let current = unwrap(node);
  while (current.type === 'MemberExpression' || current.type === 'CallExpression') current = unwrap(current.type === 'MemberExpression' ? current.object : current.callee);
  return current;
}
