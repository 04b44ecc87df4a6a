import type { TSESLint } from '@typescript-eslint/utils';

import { calledMember, isCall, memberName, type Node, unwrap } from './nodes.js';

const mostCharacters = 40;

/** An expression as a message quotes it: calls without their arguments, on one line, not long. */
export function shortText(node: Node, sourceCode: Readonly<TSESLint.SourceCode>): string {
  const text = quote(node, sourceCode);
  return text.length > mostCharacters ? `…${text.slice(text.length - mostCharacters + 1)}` : text;
}

function quote(node: Node, sourceCode: Readonly<TSESLint.SourceCode>): string {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'AwaitExpression':
      return quote(inner.argument, sourceCode);
    case 'ThrowStatement':
      return 'throw';
    case 'ForOfStatement':
      return 'for await';
    case 'ImportExpression':
      return 'import()';
    case 'Identifier':
      return inner.name;
    case 'ThisExpression':
      return 'this';
    case 'MemberExpression':
      return `${quote(inner.object, sourceCode)}.${memberName(inner) ?? '…'}`;
    case 'CallExpression':
    case 'NewExpression': {
      if (inner.type === 'NewExpression') return `new ${quote(inner.callee, sourceCode)}()`;
      const member = calledMember(inner);
      const object = member && unwrap(member.object);
      // `load().then` as `load().then()`: what a chain starts from says most.
      if (member && object && isCall(object)) return `${quote(object, sourceCode)}.${memberName(member) ?? '…'}()`;
      return `${quote(inner.callee, sourceCode)}()`;
    }
    default:
      return sourceCode.getText(inner).replace(/\s+/g, ' ').slice(0, mostCharacters);
  }
}
