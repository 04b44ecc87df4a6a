import { type FunctionNode, memberName, type Node, unwrap } from '../ast/nodes.js';
import type { Answers } from '../express/answers.js';
import type { SourceFile } from '../express/file.js';
import { returned } from './chains.js';
import type { Promises } from './promises.js';

/** What becomes of an error that a rejection handler is given: `passes` means that there is no handler, `answers` also that it is handed on. */
export type Outcome = 'passes' | 'answers' | 'swallows' | 'rethrows' | 'unknown';

/** Tells what the functions given to `.catch` and `.then` do with an error. */
export class Catching {
  constructor(
    private readonly file: SourceFile,
    private readonly answers: Answers,
    private readonly promises: Promises,
    private readonly throws: (fn: FunctionNode) => boolean,
  ) {}

  /** What a rejection handler (`.catch(x)`, second argument of `.then`) does with the error. */
  outcome(handler: Node | undefined): Outcome {
    if (!handler) return 'passes';
    const inner = unwrap(handler);
    if (inner.type === 'Literal' || (inner.type === 'Identifier' && inner.name === 'undefined')) return 'passes';
    if (this.answers.isForwarder(inner)) return 'answers';
    const functions = this.file.values.functionsOf(inner);
    if (functions.length > 0 && functions.length === this.file.values.of(inner).length) {
      const outcomes = functions.map((fn) => this.#outcomeOf(fn));
      return outcomes.find((outcome) => outcome !== 'swallows') ?? 'swallows';
    }
    if (inner.type === 'CallExpression') {
      // `.catch(next())` calls next at once and hands over what it returns
      if (this.answers.roleOf(inner.callee) === 'next') return 'passes';
      return 'unknown';
    }
    return isLogMethod(inner) ? 'swallows' : 'unknown';
  }

  #outcomeOf(fn: FunctionNode): Outcome {
    const unit = this.file.tree.units.get(fn);
    if (!unit) return 'unknown';
    if (this.answers.passesOnWithin(fn.body)) return 'answers';
    if (this.throws(fn)) return 'rethrows';
    if (returned(fn, unit).some((value) => this.promises.isRejection(value))) return 'rethrows';
    const runs = unit.calls.some((call) => this.file.values.calleesOf(call).some((callee) => callee !== fn && this.#helps(callee)));
    return runs ? 'answers' : 'swallows';
  }

  /** Whether a helper answers by itself, with the response it holds. */
  #helps(fn: FunctionNode): boolean {
    return this.answers.passesOnWithin(fn.body);
  }
}

/** `console.error`, `logger.warn`, `log`, `debug`: functions that only write. */
export function isLogMethod(node: Node): boolean {
  const inner = unwrap(node);
  const name = inner.type === 'Identifier' ? inner.name : inner.type === 'MemberExpression' ? memberName(inner) : undefined;
  if (name === undefined) return false;
  if (inner.type === 'Identifier') return /^(?:log|debug|warn|noop|logError|logger)$/.test(name);
  return /^(?:log|error|warn|info|debug|trace|verbose|fatal)$/.test(name);
}
