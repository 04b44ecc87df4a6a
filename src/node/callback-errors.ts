import type { TSESTree } from '@typescript-eslint/utils';

import { type CallNode, calledMember, calledMethod, calledName, contains, type FunctionNode, isFunction, memberName, type Node, parametersOf, parentOf, unwrap, wrapped } from '../ast/nodes.js';
import { readsOf, type Variable } from '../ast/scope.js';
import { type Unit, unitAround, within } from '../ast/tree.js';
import type { Answers } from '../express/answers.js';
import type { SourceFile } from '../express/file.js';
import { originOf } from '../express/imports.js';
import { conductors } from './callbacks.js';
import { type Answer, answerTo, type ErrorRead, errorReads, isLogCall } from './error-reads.js';
import type { Landings } from './landing.js';
import type { Taken, Timing } from './timing.js';

/** An error that a callback is given, and that reaches nobody. */
export interface LostError {
  /**
   * - `ignored`: nothing looks at it, and the callback goes on as if there were a result
   * - `logged`: it is written down, and the callback answers as if it had worked; `goesOn`: it uses a result that is not there
   * - `partial`: some errors are handled, and it goes on with all others; `late`: it asks for the result first, and answers that
   *   there is none
   * - `hangs`: where there is one, nothing answers; `thrown`: it is thrown, where nobody catches it
   * - `early`: the result is used before the error is looked at; `continues`: the result is used after the error was handed on
   */
  readonly kind: 'ignored' | 'logged' | 'goesOn' | 'partial' | 'late' | 'hangs' | 'thrown' | 'early' | 'continues';
  readonly callback: FunctionNode;
  /** Its first parameter, where it has a name. */
  readonly error: TSESTree.Identifier | undefined;
  /** How the callback is taken. */
  readonly taken: Taken;
  /** What it is about: the throw, or where the result is used; otherwise the callback. */
  readonly node: Node;
  /** The `if` that handles some errors, or what runs where there is one: a place to hand it on. */
  readonly branch: Node | undefined;
}

type Drop = 'hangs' | 'logged' | 'goesOn';

interface Callback {
  readonly fn: FunctionNode;
  readonly unit: Unit;
  readonly taken: Taken;
  readonly error: TSESTree.Identifier | undefined;
  readonly variable: Variable | undefined;
}

/** What people call a first parameter that is an error. */
export const errorNames = '^_*(?:e|er|err|error)$';
const isErrorNamed = new RegExp(errorNames);

/** A pattern from a configuration; one that is no regular expression matches nothing. */
export function patternOf(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch {
    return /(?!)/;
  }
}

/** Functions of whose error nothing depends, but that something is there or gone already. */
const cleanup = /^(?:unlink|rm|rmdir|mkdir|mkdirp|rimraf|close|access|exists|chmod|chown|utimes|destroy|save|touch|logout|logOut|finished|regenerate|reload|login|logIn|watch)$/;
/** Functions that give no result for a wrong input, a missing file or an empty cache: the error says no more. */
const judging = /^(?:verify|authenticate|compare|access|l?stat|exists|decode|validate|read(?:File|dir|link)|h?m?get(?:all)?)$/i;
/** Functions that give a result beside an error. */
const givesBoth = /^(?:execFile|waterfall|series|parallel|auto|each\w*|map\w*)$/;

/** Tells which callbacks lose the error that they are given. */
export class CallbackErrors {
  readonly #thrown = new Map<TSESTree.ThrowStatement, boolean>();
  #answering: ReadonlySet<CallNode> | undefined;

  constructor(
    private readonly file: SourceFile,
    private readonly answers: Answers,
    private readonly timing: Timing,
    private readonly landings: Landings,
    /** Whether Express itself calls a function. */
    private readonly isHandler: (fn: FunctionNode) => boolean,
  ) {}

  /**
   * What becomes of the error that the function of `unit` is given, where it is a callback of something.
   * @param pattern what the first parameter of a callback is called that is given an error
   */
  in(unit: Unit, pattern: RegExp = isErrorNamed): LostError | undefined {
    const callback = this.#callback(unit);
    if (!callback) return undefined;
    const { fn, error, taken, variable } = callback;
    if (taken.errorFirst !== 'known' && !(error && pattern.test(error.name))) return undefined;
    const found = (kind: LostError['kind'], node: Node = fn, branch?: Node): LostError => ({ kind, callback: fn, error, taken, node, branch });
    if (!variable || !error) return this.#isLostUnnamed(callback) ? found('ignored') : undefined;
    // `err = err || new Error()`: what it is then is another matter.
    if (variable.references.some((reference) => reference.isWrite())) return undefined;
    const reads = errorReads(variable);
    if (reads.length === 0) {
      if (this.#usesArguments(fn) || !this.#matters(callback, fn.body)) return undefined;
      const [use] = this.#derefs(callback, taken, undefined);
      return use ? found('early', use) : found('ignored');
    }
    const thrown = unit.throws.concat(this.#throwsBelow(unit)).find((statement) => this.#throwsError(statement, callback, reads));
    if (thrown) return this.#isUncaught(thrown, fn) ? found('thrown', thrown) : undefined;
    const partial = this.#partial(callback, reads);
    if (partial) return found('partial', fn, partial);
    const early = this.#usedEarly(callback, reads);
    if (early) return found('early', early);
    if (this.#askedEarly(callback, reads)) return found('late');
    if (reads.some(({ kind }) => kind === 'handed')) {
      const used = this.#usedAfterwards(callback, reads);
      return used && found('continues', used);
    }
    const kind = this.#dropped(callback, reads);
    return kind && found(kind, fn, this.#failureBranch(reads));
  }

  /** Whether a `throw` throws the error of a callback on: the callback is at fault, not the throw. */
  isErrorOfCallback(statement: TSESTree.ThrowStatement): boolean {
    const known = this.#thrown.get(statement);
    if (known !== undefined) return known;
    const callback = this.#callback(unitAround(this.file.tree, statement));
    const found = callback?.variable !== undefined && this.#throwsError(statement, callback, errorReads(callback.variable));
    this.#thrown.set(statement, found);
    return found;
  }

  #callback(unit: Unit): Callback | undefined {
    const fn = unit.node;
    if (!isFunction(fn) || fn.generator || this.isHandler(fn)) return undefined;
    const taken = this.timing.ofFunction(fn) ?? this.#takenByName(fn);
    if (!taken?.errorFirst) return undefined;
    const [first] = parametersOf(fn);
    if (first && first.type !== 'Identifier') return undefined;
    return { fn, unit, taken, error: first, variable: first && this.file.scopes.variableAt(first) };
  }

  #takenByName(fn: FunctionNode): Taken | undefined {
    const id = fn.id ?? (fn.parent.type === 'VariableDeclarator' && fn.parent.id.type === 'Identifier' ? fn.parent.id : undefined);
    const variable = id && this.file.scopes.variableAt(id);
    for (const { identifier } of variable ? readsOf(variable) : []) {
      const taken = this.timing.ofName(identifier, fn);
      if (taken?.errorFirst) return taken;
    }
    return undefined;
  }

  /** A callback without a parameter for the error, or with one that says it is not looked at. */
  #isLostUnnamed({ fn, taken, unit }: Callback): boolean {
    if (parametersOf(fn).length > 0 || this.#usesArguments(fn)) return false;
    if (this.#isAnswerSender(taken)) return !this.#answersOrPasses(fn.body);
    return !cleanup.test(nameOf(taken.call)) && unit.calls.some((call) => this.#answersOrPasses(call));
  }

  /** `res.sendFile(path, callback)`: with a callback, Express leaves an error to it. */
  #isAnswerSender({ call }: Taken): boolean {
    const member = calledMember(call);
    return member !== undefined && this.answers.roleOf(member.object) === 'response' && memberName(member) !== 'render';
  }

  #usesArguments(fn: FunctionNode): boolean {
    return fn.type !== 'ArrowFunctionExpression' && this.file.scopes.variableInScope(fn.body, 'arguments')?.references.some(({ identifier }) => contains(fn, identifier)) === true;
  }

  /** Whether anything comes of what the callback does in `body`: it answers, calls who waits for it, or uses the result. */
  #matters({ fn, taken }: Callback, body: Node): boolean {
    if (this.#isAnswerSender(taken)) return true;
    if (judging.test(nameOf(taken.call)) && this.#guards(fn, body)) return false;
    return this.#answersOrPasses(body) || this.#results(fn).some((result) => readsOf(result).some(({ identifier }) => contains(body, identifier) && !isLogged(identifier)));
  }

  #results(fn: FunctionNode): Variable[] {
    return parametersOf(fn).slice(1).flatMap((param) => (param.type === 'Identifier' ? (this.file.scopes.variableAt(param) ?? []) : []));
  }

  /** Whether a result decides what runs, so that a missing one is noticed. */
  #guards(fn: FunctionNode, body: Node): boolean {
    return this.#results(fn).some((result) => readsOf(result).some(({ identifier }) => contains(body, identifier) && isTested(identifier, fn)));
  }

  #answersOrPasses(node: Node): boolean {
    return within(this.answers.passingOn, ...node.range).some((call) => this.#passes(call));
  }

  /** Whether a call that the model takes for one that hands on does so: `path.resolve()` and `emitter.emit()` do not. */
  #passes(call: CallNode): boolean {
    if (this.#isAnswer(call)) return true;
    const member = calledMember(call);
    if (isLogCall(call) || /^(?:emit|exit|abort|fail|all)$/.test(calledMethod(call) ?? '')) return false;
    return !member || !this.file.values.of(member.object).every(({ kind }) => kind === 'import' || kind === 'global');
  }

  #isAnswer(call: CallNode): boolean {
    this.#answering ??= new Set(this.answers.answering);
    return this.#answering.has(call);
  }

  #throwsBelow(unit: Unit): TSESTree.ThrowStatement[] {
    return unit.children.flatMap((child) => [...child.throws, ...this.#throwsBelow(child)]);
  }

  #throwsError(statement: TSESTree.ThrowStatement, { fn, error }: Callback, reads: readonly ErrorRead[]): boolean {
    if (reads.some((read) => read.kind === 'thrown' && read.statement === statement)) return true;
    const isError = this.#isErrorOf(reads);
    let child: Node = statement;
    for (let parent = statement.parent; error && parent !== fn.body; child = parent, parent = parentOf(parent)) {
      if (isFunction(parent)) return false;
      if (parent.type !== 'IfStatement') continue;
      const answer = answerTo(parent.test, isError);
      if ((answer === 'holds' && parent.consequent === child) || (answer === 'fails' && parent.alternate === child)) return isOnlyError(parent.test, isError);
    }
    return false;
  }

  #isUncaught(statement: Node, fn: FunctionNode): boolean {
    const landing = this.landings.of(statement);
    return landing.kind === 'process' && contains(fn, landing.callback);
  }

  #isErrorOf(reads: readonly ErrorRead[]): (node: Node) => boolean {
    const nodes = new Set(reads.map(({ node }) => node));
    return (node) => nodes.has(node);
  }

  /** `if (err && err.code === 'X') return …;`, and no other look at it: with another error, what follows runs. */
  #partial(callback: Callback, reads: readonly ErrorRead[]): Node | undefined {
    const isError = this.#isErrorOf(reads);
    const tests = new Set(reads.flatMap((read) => (read.kind === 'tested' && read.by.type === 'IfStatement' ? [read.by] : [])));
    const inner = [...tests];
    const last = inner.at(-1);
    if (!last) return undefined;
    if (!inner.every((test) => answerTo(test.test, isError) === 'some' && !test.alternate)) return undefined;
    if (!reads.every(({ node }) => inner.some((test) => contains(test.test, node) || contains(test.consequent, node)))) return undefined;
    const leavesAlone = inner.every((test) => leaves(test.consequent) && unitAround(this.file.tree, test) === callback.unit);
    return leavesAlone && this.#answersOrPassesAfter(last, callback.fn) ? last : undefined;
  }

  /** The statements that run after `statement` in the same function. */
  #after(statement: Node, fn: FunctionNode): Node[] {
    const found: Node[] = [];
    for (let child = statement, parent = parentOf(statement); child !== fn; child = parent, parent = parentOf(parent)) {
      if (parent.type === 'BlockStatement') found.push(...parent.body.slice(parent.body.findIndex((one) => one === child) + 1));
      if (isFunction(parent)) break;
    }
    return found;
  }

  #answersOrPassesAfter(statement: Node, fn: FunctionNode): boolean {
    return this.#after(statement, fn).some((one) => this.#answersOrPasses(one));
  }

  /** What a test without error handling leads to: nothing answers, or the callback goes on. */
  #dropped(callback: Callback, reads: readonly ErrorRead[]): Drop | undefined {
    const { fn, taken } = callback;
    const isError = this.#isErrorOf(reads);
    const tests = new Set(reads.flatMap((read) => (read.kind === 'tested' ? [read.by] : [])));
    if (tests.size === 0) {
      if (this.#isAnswerSender(taken)) return this.#answersOrPasses(fn.body) ? undefined : 'hangs';
      return this.#goneOn(callback, [fn.body]);
    }
    const verdicts = [...tests].map((test) => this.#droppedBy(test, callback, isError));
    return verdicts.includes('handled') ? undefined : verdicts.find((verdict): verdict is Drop => verdict !== undefined && verdict !== 'handled');
  }

  /** What runs where there is an error. */
  #failureBranch(reads: readonly ErrorRead[]): Node | undefined {
    const isError = this.#isErrorOf(reads);
    for (const read of reads) {
      if (read.kind === 'tested' && read.by.type === 'IfStatement' && answerTo(read.by.test, isError) === 'holds') return read.by.consequent;
    }
    return undefined;
  }

  /** What comes of it when the callback runs on in spite of an error. */
  #goneOn(callback: Callback, code: readonly Node[]): Drop | undefined {
    if (!code.some((one) => this.#matters(callback, one))) return undefined;
    const results = this.#results(callback.fn).flatMap((result) => readsOf(result));
    const used = results.filter(({ identifier }) => code.some((one) => contains(one, identifier)) && !isLogged(identifier));
    return used.length > 0 && !used.some(({ identifier }) => isTested(identifier, callback.fn)) ? 'goesOn' : 'logged';
  }

  #droppedBy(test: TSESTree.IfStatement | TSESTree.LogicalExpression, callback: Callback, isError: (node: Node) => boolean): Drop | 'handled' | undefined {
    const { fn, taken } = callback;
    const answer: Answer = answerTo(test.type === 'IfStatement' ? test.test : test.left, isError);
    if (answer !== 'holds' && answer !== 'fails') return 'handled';
    if (test.type === 'LogicalExpression' && test.operator !== '&&') return 'handled';
    const [yes, no] = test.type === 'IfStatement' ? [test.consequent, test.alternate] : [test.right, null];
    const [failure, success] = answer === 'holds' ? [yes, no] : [no, yes];
    if (failure && (test.type === 'IfStatement' ? this.#acts(failure) : this.#expressionActs(failure))) return 'handled';
    if (this.#isAnswerSender(taken)) return this.#answersOrPassesAfter(test, fn) ? 'handled' : 'hangs';
    const follows = this.#after(test, fn);
    const goesOn = !(failure && leaves(failure));
    if (goesOn && follows.some((one) => this.#acts(one))) {
      // `if (!err) found = result; next();` leaves the result out.
      if (success || answer === 'fails') return 'handled';
      return this.#goneOn(callback, follows);
    }
    const answersElse = (success !== null && this.#answersOrPasses(success)) || (!goesOn && follows.some((one) => this.#answersOrPasses(one)));
    return answersElse && !this.#isAnsweredOutside(fn) ? 'hangs' : undefined;
  }

  /** Whether what takes the callback goes on to answer by itself. */
  #isAnsweredOutside(fn: FunctionNode): boolean {
    const around = unitAround(this.file.tree, fn);
    return isFunction(around.node) && this.#after(wrapped(fn), around.node).some((one) => this.#answersOrPasses(one));
  }

  /** Whether code does more than to write something down. */
  #acts(node: Node): boolean {
    const inner = node.type === 'BlockStatement' ? node.body : [node];
    return inner.some((one) => this.#statementActs(one));
  }

  #statementActs(statement: Node): boolean {
    switch (statement.type) {
      case 'EmptyStatement':
      case 'BreakStatement':
      case 'ContinueStatement':
        return false;
      case 'BlockStatement':
        return statement.body.some((one) => this.#statementActs(one));
      case 'ReturnStatement':
        return statement.argument !== null && this.#expressionActs(statement.argument);
      case 'ExpressionStatement':
        return this.#expressionActs(statement.expression);
      case 'IfStatement':
        return this.#acts(statement.consequent) || (statement.alternate !== null && this.#acts(statement.alternate));
      default:
        return true;
    }
  }

  #expressionActs(expression: Node): boolean {
    const inner = unwrap(expression);
    if (inner.type === 'Literal' || inner.type === 'Identifier') return false;
    if (inner.type === 'UnaryExpression' && inner.operator === 'void') return this.#expressionActs(inner.argument);
    if (inner.type === 'LogicalExpression') return this.#expressionActs(inner.right);
    // `logError(err, res)` may answer.
    return inner.type !== 'CallExpression' || !isLogCall(inner) || this.#isAnswer(inner);
  }

  /** A use of the result that throws where there is none, before the error is looked at. */
  #usedEarly(callback: Callback, reads: readonly ErrorRead[]): Node | undefined {
    const { fn, unit, taken } = callback;
    const [first] = [...reads].sort((a, b) => a.node.range[0] - b.node.range[0]);
    if (!first || unitAround(this.file.tree, first.node) !== unit) return undefined;
    const looked = statementOf(first.node, fn);
    return this.#derefs(callback, taken, undefined).find((use) => {
      const used = statementOf(use, fn);
      // In the arguments of one call, all are worked out before it runs.
      return used === looked ? first.kind === 'handed' && argumentListOf(use, first.node) : used.range[1] <= looked.range[0];
    });
  }

  /** A use of the result that throws where there is none, after a branch for errors that does not leave. */
  #usedAfterwards(callback: Callback, reads: readonly ErrorRead[]): Node | undefined {
    const isError = this.#isErrorOf(reads);
    for (const read of reads) {
      if (read.kind !== 'tested' || read.by.type !== 'IfStatement' || read.by.alternate || answerTo(read.by.test, isError) !== 'holds') continue;
      const test = read.by;
      if (leaves(test.consequent) || parentOf(test) !== callback.fn.body || !this.#answersOrPasses(test.consequent)) continue;
      // Who goes on after an answer is told of that.
      if (within(this.answers.answering, ...test.consequent.range).some((call) => this.answers.sends(call))) continue;
      const used = this.#derefs(callback, callback.taken, test.test).find((use) => use.range[0] >= test.range[1]);
      if (used) return used;
    }
    return undefined;
  }

  /** `if (!user) return res.sendStatus(404);` before anything looks at the error. */
  #askedEarly({ fn, unit, taken }: Callback, reads: readonly ErrorRead[]): boolean {
    if (judging.test(nameOf(taken.call)) || fn.body.type !== 'BlockStatement') return false;
    const first = Math.min(...reads.map(({ node }) => node.range[0]));
    const results = new Set(this.#results(fn).slice(0, 1));
    return fn.body.body.some((statement) => {
      if (statement.type !== 'IfStatement' || statement.range[1] > first || !leaves(statement.consequent) || !this.#answersOrPasses(statement.consequent)) return false;
      const isResult = (node: Node): boolean => {
        const variable = node.type === 'Identifier' ? this.file.scopes.variableAt(node) : undefined;
        return variable !== undefined && results.has(variable);
      };
      return answerTo(statement.test, isResult) === 'fails' && unitAround(this.file.tree, statement) === unit;
    });
  }

  /**
   * `result.rows`, where nothing asks before whether there is a result.
   * @param besides a condition that asks for it without keeping anything from running
   */
  #derefs({ fn, unit }: Callback, { call, runs }: Taken, besides: Node | undefined): Node[] {
    // `exec(command, callback)` gives the output so far; `query.exec(callback)` gives nothing.
    const isCommand = nameOf(call) === 'exec' && call.arguments.length > 1;
    if (runs === 'now' || isCommand || givesBoth.test(nameOf(call)) || this.file.values.of(call.callee).some((value) => conductors.test(originOf(value)?.module ?? ''))) return [];
    return this.#results(fn).slice(0, 1).flatMap((result) => {
      const isAsked = result.references.some((reference) => reference.isWrite() || (!(besides && contains(besides, reference.identifier)) && isTested(reference.identifier, fn)));
      if (isAsked) return [];
      return readsOf(result).flatMap(({ identifier }): Node[] => {
        const member = parentOf(wrapped(identifier));
        const isDeref = member.type === 'MemberExpression' && member.object === wrapped(identifier) && !member.optional;
        return isDeref && unitAround(this.file.tree, identifier) === unit && !isInTry(identifier, fn) ? [member] : [];
      });
    });
  }
}

function nameOf(call: CallNode): string {
  return calledMethod(call) ?? calledName(call) ?? '';
}

/** Whether a condition is about the error alone: `err || !user` is about more. */
function isOnlyError(test: Node, isError: (node: Node) => boolean): boolean {
  const inner = unwrap(test);
  return inner.type !== 'LogicalExpression' || [inner.left, inner.right].every((side) => answerTo(side, isError) !== 'other');
}

/** Whether a branch ends by leaving its function or loop. */
function leaves(branch: Node): boolean {
  const last: Node | undefined = branch.type === 'BlockStatement' ? branch.body.at(-1) : branch;
  return last !== undefined && /^(?:Return|Throw|Break|Continue)Statement$/.test(last.type);
}

/** Whether a read decides what runs: it stands in a test, or before `&&`, `||`, `?.`. */
function isTested(identifier: Node, fn: Node): boolean {
  for (let child = wrapped(identifier), parent = parentOf(child); child !== fn; child = parent, parent = parentOf(parent)) {
    if (isFunction(parent)) return false;
    if ((parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') && parent.test === child) return true;
    if (parent.type === 'LogicalExpression' && parent.left === child) return true;
    if (parent.type === 'MemberExpression' && parent.object === child) return parent.optional;
    if (parent.type.endsWith('Statement')) return false;
  }
  return false;
}

function isLogged(identifier: Node): boolean {
  const call = parentOf(wrapped(identifier));
  return call.type === 'CallExpression' && isLogCall(call);
}

function isInTry(node: Node, fn: Node): boolean {
  for (let parent = parentOf(node); parent !== fn && parent.type !== 'Program'; parent = parentOf(parent)) if (parent.type === 'TryStatement') return true;
  return false;
}

/** The statement of the function's own body that `node` is part of. */
function statementOf(node: Node, fn: FunctionNode): Node {
  let current = node;
  while (parentOf(current) !== fn.body && parentOf(current) !== fn && parentOf(current) !== current) current = parentOf(current);
  return current;
}

/** Whether two nodes are parts of two arguments of one call, the first without a condition. */
function argumentListOf(use: Node, error: Node): boolean {
  const call = parentOf(wrapped(error));
  return call.type === 'CallExpression' && call.arguments.some((arg) => contains(arg, use) && !/^(?:Conditional|Logical)Expression$/.test(unwrap(arg).type) && !isFunction(unwrap(arg)));
}
