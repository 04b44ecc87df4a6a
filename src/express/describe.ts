import type { TSESTree } from '@typescript-eslint/utils';

import { calledMethod, type FunctionNode, functionName, isFunction, memberName, type Node, parametersOf, staticString, unwrap } from '../ast/nodes.js';
import { shortText } from '../ast/text.js';
import type { Unit } from '../ast/tree.js';
import { blockingUses } from '../node/blocked.js';
import { consoleUses } from '../node/console.js';
import { type EnvironmentRead, environmentReads } from '../node/environment.js';
import { ProcessEnds } from '../node/process-end.js';
import { Streams } from '../node/streams.js';
import { usesIn } from '../node/uses.js';
import { returned } from '../promises/chains.js';
import { endsProcess } from '../promises/rejections.js';
import { shapeOf } from './arity.js';
import { type Reference, referenceKey, referenceOf } from './elsewhere.js';
import type { Deed, FunctionCall, FunctionDetails, FunctionFacts, ModuleFacts, Thing } from './facts.js';
import { isMemoised } from './memo.js';
import type { ExpressModel } from './model.js';
import { CallGraph, callsOf } from './reach.js';
import { onlyForwards } from './redundant.js';
import { isCaught, isTame } from './risks.js';
import { hasRequestSignature } from './signatures.js';
import { Things } from './things.js';

const noExtras: ReadonlySet<string> = new Set();
const logging = /^_?(?:log|error|warn|warning|info|debug|trace|fatal|verbose|notice|note)$/;

/** What the text of a module says before anything is made of it. */
export interface TextSigns {
  /** Whether anything in it can read `process.env`. */
  readonly readsEnvironment: boolean;
  /** Whether the rejections and the streams that end the process are looked for when the module itself is linted. */
  readonly tellsLeaks: boolean;
  readonly tellsStreams: boolean;
}

/** What a module exports. */
export type Exports = Pick<ModuleFacts, 'named' | 'main' | 'stars'>;

/** What is told of a function first, and its number in the module. */
export interface DescribedFunction extends Omit<FunctionFacts, keyof FunctionDetails> {
  readonly index: number;
}

/**
 * Turns a module's model into plain data: what it exports, and what every function does that its exports lead to. That is
 * worked out step by step, always in the same order: an answer must not depend on what was asked before.
 */
export class Describer {
  readonly exports: Exports;
  readonly #indices = new Map<FunctionNode, number>();
  readonly #waiting: FunctionNode[] = [];
  readonly #things: Things;
  readonly #graph: CallGraph;
  readonly #streams: Streams;
  #functions: readonly DescribedFunction[] | undefined;
  #environment: ReadonlyMap<Unit, readonly EnvironmentRead[]> | undefined;

  /**
   * @param lineAt the line, counted from 1, that an offset in the text lies on
   * @param text what the text of the module can be about
   */
  constructor(
    private readonly express: ExpressModel,
    private readonly lineAt: (offset: number) => number,
    private readonly text: TextSigns,
  ) {
    this.#things = new Things(express, (fn) => this.#index(fn));
    this.#graph = new CallGraph(express.file);
    this.#streams = new Streams(express);
    this.exports = this.#findExports();
  }

  /** Every function that the exports lead to. */
  get functions(): readonly DescribedFunction[] {
    return (this.#functions ??= this.#describeFunctions());
  }

  /** What is hardly ever asked of them. */
  get details(): FunctionDetails[] {
    const { file, rejections } = this.express;
    return this.functions.map(({ index }): FunctionDetails => {
      const fn = this.#waiting[index];
      if (!fn || !file.tree.units.has(fn)) return { parameters: [], onlyForwards: false, ends: 'unknown' };
      return { parameters: parametersOf(fn).map((_param, at) => rejections.ofParameter(fn, at)), onlyForwards: onlyForwards(this.express, fn), ends: new ProcessEnds(file).of(fn).ends };
    });
  }

  #describeFunctions(): DescribedFunction[] {
    const functions: DescribedFunction[] = [];
    // The list grows while it is walked.
    for (const fn of this.#waiting) functions.push(this.#function(fn, functions.length));
    return functions;
  }

  #findExports(): Exports {
    const { tree, values } = this.express.file;
    const named = new Map<string, readonly Thing[]>();
    const main: Thing[] = [];
    const stars: string[] = [];
    const add = (name: string, things: readonly Thing[]): void => {
      if (name === 'default') main.push(...things);
      else named.set(name, [...(named.get(name) ?? []), ...things]);
    };
    for (const item of tree.moduleItems) {
      switch (item.type) {
        case 'ExportDefaultDeclaration':
          main.push(...this.#things.ofExpression(item.declaration));
          break;
        case 'TSExportAssignment':
          main.push(...this.#things.ofExpression(item.expression));
          break;
        case 'ExportAllDeclaration':
          if (item.exported) add(exportedName(item.exported), [{ at: { module: item.source.value, steps: [] } }]);
          else stars.push(item.source.value);
          break;
        case 'ExportNamedDeclaration': {
          for (const specifier of item.specifiers) {
            const local = exportedName(specifier.local);
            if (item.source) add(exportedName(specifier.exported), [{ at: { module: item.source.value, steps: local === 'default' ? [] : [`.${local}`] } }]);
            else if (specifier.local.type === 'Identifier') add(exportedName(specifier.exported), this.#things.ofExpression(specifier.local));
          }
          for (const [name, node] of item.declaration ? declaredNames(item.declaration) : []) add(name, this.#things.ofExpression(node));
          break;
        }
        default:
      }
    }
    for (const write of tree.memberWrites) {
      const target = write.left;
      if (memberName(target) === 'exports' && target.object.type === 'Identifier' && target.object.name === 'module') main.push(...this.#things.ofExpression(write.right));
    }
    for (const [name, nodes] of values.exportsWritten) add(name, nodes.flatMap((node) => this.#things.ofExpression(node)));
    // `Object.assign(module.exports, { show })`
    for (const call of tree.root.calls) {
      const callee = unwrap(call.callee);
      const [target, ...sources] = call.arguments;
      if (callee.type !== 'MemberExpression' || memberName(callee) !== 'assign' || !target || values.globalOf(target)?.join('.') !== 'module.exports') continue;
      for (const source of sources) main.push(...this.#things.ofExpression(source));
    }
    return { named, main, stars };
  }

  #index(fn: FunctionNode): number {
    let index = this.#indices.get(fn);
    if (index === undefined) {
      index = this.#waiting.length;
      this.#indices.set(fn, index);
      this.#waiting.push(fn);
    }
    return index;
  }

  #function(fn: FunctionNode, index: number): DescribedFunction {
    const { express } = this;
    const { rejections } = express;
    const unit = express.file.tree.units.get(fn);
    const line = this.#line(fn);
    if (!unit) return { name: functionName(fn), line, index, shape: shapeOf(express, fn), served: false, takesRequest: false, promise: undefined, rejects: [], throws: false, risks: true, deeds: [], calls: [], returns: [] };
    const once = isMemoised(express.file, fn);
    return {
      name: functionName(fn),
      line,
      index,
      shape: shapeOf(express, fn),
      served: express.requestPath.witness(unit) !== undefined,
      takesRequest: hasRequestSignature(express.file, fn),
      promise: this.#promise(fn, unit),
      rejects: rejections.escapes(fn).map(({ node, how, onMissingInput, given }) => ({ what: shortText(node), line: this.#line(node), how, ...(onMissingInput && { onMissingInput }), ...(given && { given }) })),
      throws: rejections.promises.throws(fn),
      risks: this.#risks(unit),
      deeds: this.#deeds(unit, once),
      calls: once ? [] : this.#calls(unit),
      returns: express.file.values.returnsOf(fn).map((value) => this.#things.of(value, 1)),
    };
  }

  #promise(fn: FunctionNode, unit: Unit): FunctionFacts['promise'] {
    const { values } = this.express.file;
    const sure = this.express.rejections.promises.promiseOf(fn);
    if (sure) return sure;
    const plain = returned(fn, unit).every((node) => {
      const { type } = unwrap(node);
      return /^(?:Binary|Unary|Update)Expression$/.test(type) || values.of(node).every(({ kind }) => kind === 'literal' || kind === 'object' || kind === 'array' || kind === 'function' || kind === 'class');
    });
    return plain ? false : undefined;
  }

  /** @param once whether it does its work only the first time: then no request but one waits for it */
  #deeds(unit: Unit, once: boolean): Deed[] {
    const { express } = this;
    const { file, rejections } = express;
    const found: Deed[] = [];
    if (once) return found;
    for (const { callee, fact } of blockingUses(file, unit, noExtras)) found.push({ kind: 'blocks', what: fact.name, line: this.#lineOfName(callee) });
    for (const { callee, method } of consoleUses(file.values, unit)) found.push({ kind: 'logs', what: `console.${method}`, line: this.#lineOfName(callee) });
    for (const { node, names } of this.#readsOf(unit)) for (const name of names) found.push({ kind: 'reads', what: `process.env.${name}`, line: this.#line(node) });
    // Whoever logs does not wait for it, and what it fails by is the logger's to mend, in one place.
    const logs = isFunction(unit.node) && logging.test(functionName(unit.node) ?? '');
    // What is reported where it stands needs no report where it is called.
    const isExported = (): boolean => express.exportedPath.witness(unit) !== undefined;
    for (const leak of logs ? [] : rejections.leaks(unit)) {
      const { kind, node, given } = leak;
      if (kind === 'swallowed' || (this.text.tellsLeaks && endsProcess(leak) && isExported())) continue;
      found.push({ kind: 'leaks', what: shortText(node), line: this.#line(node), ...(given && { given }) });
    }
    for (const { kind, node, name } of this.#streams.unheardIn(unit)) {
      if (kind !== 'crash' && kind !== 'late' && kind !== 'rethrown' && kind !== 'pipeline') continue;
      if (!(this.text.tellsStreams && isExported())) found.push({ kind: 'streams', what: name, line: this.#line(node) });
    }
    const lost = logs ? undefined : this.express.callbackErrors.in(unit);
    if (lost && lost.kind !== 'logged') found.push({ kind: 'drops', what: shortText(lost.taken.call), line: this.#line(lost.node) });
    for (const { node, name } of logs ? [] : this.express.lateThrows(unit)) found.push({ kind: 'throws', what: name, line: this.#line(node) });
    return found;
  }

  #readsOf(unit: Unit): readonly EnvironmentRead[] {
    if (!this.text.readsEnvironment) return [];
    this.#environment ??= environmentReads(this.express.file);
    return this.#environment.get(unit) ?? [];
  }

  #risks(unit: Unit): FunctionFacts['risks'] {
    const { values } = this.express.file;
    const found: (number | Reference)[] = [];
    for (const call of unit.calls) {
      if (isTame(values, call) || isCaught(call, unit.node)) continue;
      if (this.express.rejections.promises.throwsOnInput(call)) return true;
      // Preparing a statement checks it against the database: better-sqlite3, node:sqlite.
      if (calledMethod(call) === 'prepare') return true;
      for (const fn of values.calleesOf(call)) found.push(this.#index(fn));
      for (const value of values.of(call.callee)) {
        const reference = value.kind === 'function' || value.kind === 'class' ? undefined : referenceOf(value, values);
        if (reference) found.push(reference);
      }
    }
    return found;
  }

  #calls(unit: Unit): FunctionCall[] {
    const { values } = this.express.file;
    const found: FunctionCall[] = [];
    for (const next of this.#graph.from(unit)) {
      if (isFunction(next.unit.node)) found.push({ to: this.#index(next.unit.node), line: this.#line(next.call ?? next.unit.node) });
    }
    const seen = new Set<string>();
    const calls = new Set(callsOf(unit));
    for (const use of usesIn(unit)) {
      if (!calls.has(use.call)) continue;
      for (const value of values.of(use.callee)) {
        const reference = referenceOf(value, values);
        const key = reference && referenceKey(reference);
        if (!reference || key === undefined || seen.has(key)) continue;
        seen.add(key);
        found.push({ to: reference, line: this.#line(use.node) });
      }
    }
    return found;
  }

  /** Where the name of a function stands: in a chain over many lines, each call has its own. */
  #lineOfName(callee: Node): number {
    return this.#line(callee.type === 'MemberExpression' ? callee.property : callee);
  }

  #line(node: Node): number {
    return this.lineAt(node.range[0]);
  }
}

function exportedName(node: Node): string {
  return node.type === 'Identifier' ? node.name : (staticString(node) ?? '');
}

/** The names that an exported declaration declares, and the nodes that stand for their values. */
function declaredNames(declaration: Node): [string, Node][] {
  switch (declaration.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return declaration.id ? [[declaration.id.name, declaration.id]] : [];
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id }) => bound(id).map((name): [string, Node] => [name.name, name]));
    default:
      return [];
  }
}

function bound(pattern: Node): TSESTree.Identifier[] {
  const found: TSESTree.Identifier[] = [];
  const walk = (node: Node | null): void => {
    if (node?.type === 'Identifier') found.push(node);
    else if (node?.type === 'ObjectPattern') for (const property of node.properties) walk(property.type === 'Property' ? property.value : property.argument);
    else if (node?.type === 'ArrayPattern') for (const element of node.elements) walk(element);
    else if (node?.type === 'AssignmentPattern') walk(node.left);
    else if (node?.type === 'RestElement') walk(node.argument);
  };
  walk(pattern);
  return found;
}
