import { calledMember, isCall, memberName, type Node, unwrap } from './nodes.js';

const mostCharacters = 40;

/** An expression as a message quotes it: calls without their arguments, on one line, not long. Needs no source text. */
export function shortText(node: Node): string {
  const text = quote(node);
  return text.length > mostCharacters ? `…${text.slice(text.length - mostCharacters + 1)}` : text;
}

function quote(node: Node): string {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'AwaitExpression':
      return quote(inner.argument);
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
    case 'Super':
      return 'super';
    case 'MemberExpression':
      return `${quote(inner.object)}.${memberName(inner) ?? '…'}`;
    case 'NewExpression':
      return `new ${quote(inner.callee)}()`;
    case 'TaggedTemplateExpression':
      return `${quote(inner.tag)}\`…\``;
    case 'CallExpression': {
      const member = calledMember(inner);
      const object = member && unwrap(member.object);
      // `load().then` as `load().then()`: what a chain starts from says most.
      if (member && object && isCall(object)) return `${quote(object)}.${memberName(member) ?? '…'}()`;
      return `${quote(inner.callee)}()`;
    }
    default:
      return '…';
  }
}
