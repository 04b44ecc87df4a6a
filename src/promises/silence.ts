import type { TSESTree } from '@typescript-eslint/utils';

import { isCall, type Node, unwrap } from '../ast/nodes.js';

/** Whether the way through some code can end at its end, or at a `return`, before anything answered. */
interface Ways {
  readonly through: boolean;
  readonly out: boolean;
}

const none: Ways = { through: false, out: false };
/** What people ask before they answer, so as not to answer twice. */
const answeredAlready = /^(?:headersSent|writableEnded|writableFinished|finished|closed|destroyed|aborted)$/;

/** Finds ways through a catch clause on which nothing answers. What may answer, or throws, is believed to. */
export class Silence {
  /**
   * @param answers whether something within a node answers, or hands the error on
   */
  constructor(private readonly answers: (node: Node) => boolean) {}

  /** Whether some way through the clause answers nothing and throws nothing. */
  within({ param, body }: TSESTree.CatchClause): boolean {
    const { through, out } = this.#list(body.body, param?.type === 'Identifier' ? param.name : undefined);
    return through || out;
  }

  #list(body: readonly Node[], error: string | undefined): Ways {
    let out = false;
    for (const statement of body) {
      const ways = this.#statement(statement, error);
      out ||= ways.out;
      if (!ways.through) return { through: false, out };
    }
    return { through: true, out };
  }

  #statement(statement: Node, error: string | undefined): Ways {
    switch (statement.type) {
      case 'BlockStatement':
        return this.#list(statement.body, error);
      case 'IfStatement':
        return this.#choice(statement, error);
      case 'ReturnStatement': {
        const value = statement.argument && unwrap(statement.argument);
        // What a helper returns may have answered.
        return { through: false, out: !value || value.type === 'Literal' || (value.type === 'Identifier' && value.name === 'undefined') };
      }
      case 'ThrowStatement':
        return none;
      // What comes after the loop or block is another question.
      case 'BreakStatement':
      case 'ContinueStatement':
        return { through: false, out: true };
      default:
        return { through: !this.answers(statement), out: false };
    }
  }

  #choice({ test, consequent, alternate }: TSESTree.IfStatement, error: string | undefined): Ways {
    if (this.answers(test)) return none;
    const then = this.#statement(consequent, error);
    if (holdsAnyway(test, error)) return then;
    const otherwise = alternate ? this.#statement(alternate, error) : { through: true, out: false };
    return { through: then.through || otherwise.through, out: then.out || otherwise.out };
  }
}

/** `if (err)`, where `err` was caught, and `if (!res.headersSent)`, where nothing is left to do otherwise. */
function holdsAnyway(test: Node, error: string | undefined): boolean {
  const inner = unwrap(test);
  if (inner.type === 'Identifier') return inner.name === error;
  if (inner.type === 'UnaryExpression') return inner.operator === '!' && isAnsweredAlready(inner.argument);
  if (inner.type === 'LogicalExpression') return inner.operator === '&&' ? holdsAnyway(inner.left, error) && holdsAnyway(inner.right, error) : holdsAnyway(inner.left, error) || holdsAnyway(inner.right, error);
  return false;
}

function isAnsweredAlready(node: Node): boolean {
  const inner = unwrap(node);
  if (isCall(inner)) return true;
  return inner.type === 'MemberExpression' && inner.property.type === 'Identifier' && answeredAlready.test(inner.property.name);
}
