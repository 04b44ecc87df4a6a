import { type CallNode, contains, type FunctionNode, isFunction, memberName, type Node, parametersOf, unwrap, wrapped } from '../ast/nodes.js';
import { readsOf } from '../ast/scope.js';
import { type Unit, unitAround } from '../ast/tree.js';
import type { Value } from '../ast/values.js';
import type { Answers } from '../express/answers.js';
import type { SourceFile } from '../express/file.js';

/** Parts of a request whose members a client may leave out. (`params` are always there, and text.) */
const optionalParts: ReadonlySet<string> = new Set(['body', 'query', 'headers', 'cookies']);
/** Headers that every HTTP/1.1 request has. */
const alwaysThere: ReadonlySet<string> = new Set(['host']);

type Param = Value & { readonly kind: 'param' };

/**
 * Finds where a handler reads a member of something that a client may have left out: `req.body.user.name` throws a TypeError
 * when there is no user. What is asked for before, whatever way, or handed with the request to another function, is taken for checked.
 */
export class ClientInput {
  #reads: ReadonlyMap<FunctionNode, readonly Node[]> | undefined;

  constructor(
    private readonly file: SourceFile,
    private readonly answers: Answers,
  ) {}

  /** The first unchecked reads of each thing in `unit` itself. */
  uncheckedReads(unit: Unit): readonly Node[] {
    this.#reads ??= this.#find();
    return isFunction(unit.node) ? (this.#reads.get(unit.node)?.filter((read) => !this.#isChecked(read, unit)) ?? []) : [];
  }

  #find(): ReadonlyMap<FunctionNode, readonly Node[]> {
    const found = new Map<FunctionNode, Node[]>();
    for (const member of this.file.tree.members) {
      if (member.optional || isOptional(member.object)) continue;
      const given = this.#givenAt(member.object);
      if (!given?.fn.async) continue;
      const reads = found.get(given.fn);
      if (reads) reads.push(member);
      else found.set(given.fn, [member]);
    }
    return found;
  }

  /** The part of a request that an expression is: `req.body.user`, `const { user } = req.body`, read as `user`. */
  #givenAt(node: Node): Param | undefined {
    const inner = unwrap(node);
    if (inner.type === 'Identifier') {
      const [definition, ...others] = this.file.scopes.variableAt(inner)?.defs ?? [];
      // `const { user = {} } = req.body`
      if (definition?.type !== 'Variable' || others.length > 0 || (definition.name as Node).parent?.type === 'AssignmentPattern') return undefined;
    } else if (inner.type !== 'MemberExpression') return undefined;
    const [value, ...others] = this.file.values.of(inner);
    if (value?.kind !== 'param' || others.length > 0) return undefined;
    const [part = '', name = '', ...rest] = value.path;
    if (rest.length > 0 || name === '' || !optionalParts.has(part) || alwaysThere.has(name)) return undefined;
    return this.#isRequest(value) ? value : undefined;
  }

  #isRequest({ fn, index }: Param): boolean {
    const param = parametersOf(fn)[index];
    return param?.type === 'Identifier' && this.answers.roleOf(param) === 'request';
  }

  #isChecked(read: Node, unit: Unit): boolean {
    if (read.type !== 'MemberExpression') return true;
    const given = this.#givenAt(read.object);
    if (!given) return true;
    // Only what stands in the handler itself runs for sure before anything else looks at the request.
    if (unitAround(this.file.tree, read) !== unit) return true;
    if (unit.calls.some((call) => call.range[1] <= read.range[0] && this.#handsOver(call, given))) return true;
    return this.#mentions(given).some((mention) => mention.range[0] < read.range[0] && !contains(read, mention) && !isTakenOut(mention));
  }

  /** A call that gets the request, or the part of it that the thing is in. */
  #handsOver(call: CallNode, given: Param): boolean {
    return call.arguments.some((arg) => {
      const inner = unwrap(arg.type === 'SpreadElement' ? arg.argument : arg);
      if (inner.type !== 'Identifier' && inner.type !== 'MemberExpression') return false;
      return this.file.values.of(inner).some((value) => value.kind === 'param' && value.fn === given.fn && value.index === given.index && (value.path.length === 0 || (value.path.length === 1 && value.path[0] === given.path[0])));
    });
  }

  #mentions(given: Param): Node[] {
    const isSame = (node: Node): boolean => {
      const [value] = this.file.values.of(node);
      return value?.kind === 'param' && value.fn === given.fn && value.index === given.index && value.path.join('.') === given.path.join('.');
    };
    const direct = this.file.tree.members.filter((member) => memberName(member) === given.path[1] && contains(given.fn, member) && isSame(member));
    const unit = this.file.tree.units.get(given.fn);
    const aliases = new Set((unit ? this.file.scopes.declaredIn(given.fn) : []).filter((variable) => variable.defs.length === 1 && variable.identifiers[0] && variable.name !== '' && isSame(variable.identifiers[0])));
    return [...direct, ...[...aliases].flatMap((variable) => readsOf(variable).map(({ identifier }): Node => identifier))];
  }
}

/** `const user = req.body.user` takes it out, and checks nothing. */
function isTakenOut(mention: Node): boolean {
  const { parent } = wrapped(mention);
  return parent?.type === 'VariableDeclarator' && parent.init === wrapped(mention);
}

/** Whether a chain has a `?.` in it. */
function isOptional(node: Node): boolean {
  for (let current: Node = node; ; ) {
    if (current.type === 'ChainExpression') return true;
    const inner = unwrap(current);
    if (inner.type === 'MemberExpression') {
      if (inner.optional) return true;
      current = inner.object;
    } else if (inner.type === 'CallExpression') {
      if (inner.optional) return true;
      current = inner.callee;
    } else return false;
  }
}
