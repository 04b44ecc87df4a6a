import { type CallNode, calledMember, calledMethod, calledName, type FunctionNode, isFunction, type Node, unwrap } from '../ast/nodes.js';
import { writtenExpressions } from '../ast/scope.js';
import { shortText } from '../ast/text.js';
import type { Unit } from '../ast/tree.js';
import type { Value } from '../ast/values.js';
import { memberPath } from '../express/apps.js';
import type { SourceFile } from '../express/file.js';
import { isRequestName } from '../express/vocabulary.js';
import { importPathOf } from './paths.js';

/** Something that can throw before it returns. */
export interface Risk {
  readonly node: Node;
  /** As a message quotes it: `JSON.parse`, `throw`. */
  readonly name: string;
  /** When it throws, as the end of "it throws when …"; undefined for a `throw`. */
  readonly when: string | undefined;
}

interface ThrowFact {
  readonly when: string;
  /** Throws only without a callback. */
  readonly sync?: true;
  /** Throws on what a client sends, and hardly ever on what the program itself puts together. */
  readonly fromClient?: true;
}

const malformed = (what: string): ThrowFact => ({ when: `its text is no valid ${what}` });

/** By import path, the module before `#`. Sources: ECMAScript; Node 20 to 26; jsonwebtoken 9, js-yaml 4, yaml 2, json5 2 called. */
const facts: ReadonlyMap<string, ThrowFact> = new Map([
  ['JSON.parse', malformed('JSON')],
  ['decodeURIComponent', malformed('URI')],
  ['decodeURI', malformed('URI')],
  ['URL', malformed('URL')],
  ['url#URL', malformed('URL')],
  ['BigInt', { when: 'its text is no integer', fromClient: true }],
  ['RegExp', { when: 'its text is no valid pattern', fromClient: true }],
  ['jsonwebtoken#verify', { when: 'the token is not valid', sync: true }],
  ['crypto#timingSafeEqual', { when: 'the lengths differ' }],
  ['js-yaml#load', malformed('YAML')],
  ['js-yaml#safeLoad', malformed('YAML')],
  ['yaml#parse', malformed('YAML')],
  ['json5#parse', malformed('JSON5')],
]);

const assertion: ThrowFact = { when: 'it does not hold' };
const listed: ThrowFact = { when: 'it fails' };
const mostDepth = 4;

/** Tells what in a file can throw. */
export class Throwing {
  readonly #throws = new Map<FunctionNode, boolean>();
  #depth = 0;

  constructor(
    private readonly file: SourceFile,
    /** More functions that throw: as they are called (`parse`, `schema.parse`), or by package (`yup#validateSync`). */
    private readonly extra: ReadonlySet<string>,
  ) {}

  /** What a unit itself does that can throw, in source order; a call of a function of this file that does so counts. */
  in(unit: Unit): Risk[] {
    const found: Risk[] = unit.throws.map((node) => ({ node, name: 'throw', when: undefined }));
    for (const call of unit.calls) {
      const risk = this.#risk(call);
      if (risk) found.push(risk);
    }
    return found.sort((a, b) => a.node.range[0] - b.node.range[0]);
  }

  #risk(call: CallNode): Risk | undefined {
    const values = this.file.values.of(call.callee);
    const known = values.map((value) => this.#fact(value, call));
    const [fact] = known;
    const name = call.type === 'NewExpression' ? shortText(call) : (memberPath(call.callee) ?? shortText(call.callee));
    if (fact && known.every((one) => one === fact)) return this.#applies(fact, call) ? { node: call, name, when: fact.when } : undefined;
    if (this.extra.has(name)) return { node: call, name, when: 'it fails' };
    const callees = this.file.values.calleesOf(call);
    if (call.type === 'NewExpression' || callees.length === 0 || callees.length < values.length || !callees.every((fn) => this.throws(fn))) return undefined;
    return { node: call, name, when: 'it fails' };
  }

  #fact(value: Value, call: CallNode): ThrowFact | undefined {
    const path = importPathOf(value);
    if (!path) return undefined;
    if (path.module === 'assert' && path.path[0] !== 'rejects' && path.path[0] !== 'doesNotReject') return assertion;
    const key = path.module === '' ? path.path.join('.') : `${path.module}#${path.path.join('.')}`;
    if (this.extra.has(key)) return listed;
    const isConstructed = key === 'URL' || key === 'url#URL';
    return isConstructed === (call.type === 'NewExpression') || key === 'RegExp' ? facts.get(key) : undefined;
  }

  #applies(fact: ThrowFact, call: CallNode): boolean {
    const [text] = call.arguments;
    if (fact === assertion || fact === listed) return true;
    if (!text || text.type === 'SpreadElement') return false;
    if (fact.sync) return call.arguments.length < 4 && !call.arguments.slice(2).some((arg) => this.file.values.of(arg).some(({ kind }) => kind === 'function' || kind === 'param'));
    if (fact.fromClient) return this.#isSent(text);
    // `new URL(path, 'https://example.org')`: any path will do.
    if (call.type === 'NewExpression' && call.arguments.length > 1) return false;
    return !this.#isSound(text) && !isChecked(call, text);
  }

  /** Whether a text is fit for being parsed, since the program wrote it itself. */
  #isSound(text: Node, depth = 0): boolean {
    const inner = unwrap(text);
    switch (inner.type) {
      case 'Literal':
        return true;
      case 'TemplateLiteral':
        return inner.expressions.length === 0 || /^\w+:\/\/[^/]+\//.test(inner.quasis[0]?.value.raw ?? '');
      case 'BinaryExpression':
        return this.#isSound(inner.left, depth) && inner.right.type === 'Literal';
      case 'ConditionalExpression':
        return this.#isSound(inner.consequent, depth) && this.#isSound(inner.alternate, depth);
      case 'LogicalExpression':
        return this.#isSound(inner.left, depth) && this.#isSound(inner.right, depth);
      case 'CallExpression': {
        if (/^(?:stringify|serialize|encodeURIComponent|encodeURI)$/.test(calledMethod(inner) ?? calledName(inner) ?? '')) return true;
        const object = calledMember(inner)?.object;
        return object !== undefined && calledMethod(inner) === 'toString' && this.#isSound(object, depth);
      }
      case 'Identifier': {
        const variable = depth > mostDepth ? undefined : this.file.scopes.variableAt(inner);
        const written = variable?.defs[0]?.type === 'Variable' ? writtenExpressions(variable) : undefined;
        return written !== undefined && written.length > 0 && written.every((one) => this.#isSound(one, depth + 1));
      }
      default:
        return false;
    }
  }

  /** `req.query.pattern`: what a client chooses. */
  #isSent(node: Node): boolean {
    let current = unwrap(node);
    while (current.type === 'MemberExpression') current = unwrap(current.object);
    return current.type === 'Identifier' && isRequestName(current.name) && current !== unwrap(node);
  }

  /**
   * Whether a call of `fn` can throw by what it does with its input, outside of any `try`. A `throw` that is written in it may
   * only tell its callers how to call it.
   */
  throws(fn: FunctionNode): boolean {
    const known = this.#throws.get(fn);
    if (known !== undefined) return known;
    const unit = this.file.tree.units.get(fn);
    if (!unit || fn.async || fn.generator || this.#depth > mostDepth) return false;
    this.#throws.set(fn, false);
    this.#depth++;
    const found = this.in(unit).some(({ node, when }) => when !== undefined && !isCaughtIn(node, fn));
    this.#depth--;
    this.#throws.set(fn, found);
    return found;
  }
}

function isCaughtIn(node: Node, fn: FunctionNode): boolean {
  for (let child = node, parent = node.parent; parent && child !== fn; child = parent, parent = parent.parent) {
    if (parent.type === 'TryStatement' && parent.block === child && parent.handler) return true;
  }
  return false;
}

/** `isJSON(text) ? JSON.parse(text) : text`: somebody has looked at it before. */
function isChecked(call: Node, text: Node): boolean {
  const name = shortText(text);
  for (let child = call, parent = call.parent; parent && !isFunction(parent); child = parent, parent = parent.parent) {
    const test = parent.type === 'IfStatement' || parent.type === 'ConditionalExpression' ? parent.test : parent.type === 'LogicalExpression' && parent.right === child ? parent.left : undefined;
    if (test && test !== child && checks(test, name)) return true;
  }
  return false;
}

function checks(test: Node, name: string): boolean {
  const inner = unwrap(test);
  if (inner.type === 'LogicalExpression') return checks(inner.left, name) || checks(inner.right, name);
  return inner.type === 'CallExpression' && inner.arguments.some((arg) => shortText(arg) === name);
}
