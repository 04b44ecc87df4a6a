import type { TSESTree } from '@typescript-eslint/utils';

import { type ClassNode, type FunctionNode, functionName, isFunction, memberName, type Node, parametersOf, staticString, unwrap } from '../ast/nodes.js';
import { shortText } from '../ast/text.js';
import type { Unit } from '../ast/tree.js';
import type { Value } from '../ast/values.js';
import { blockingUses } from '../node/blocked.js';
import { consoleUses } from '../node/console.js';
import { importPathOf } from '../node/paths.js';
import { ProcessEnds } from '../node/process-end.js';
import { Streams } from '../node/streams.js';
import { usesIn } from '../node/uses.js';
import { returned } from '../promises/chains.js';
import { Apps } from './apps.js';
import { type Reference, referenceKey, referenceOf } from './elsewhere.js';
import type { Deed, FunctionCall, FunctionFacts, ModuleFacts, Thing } from './facts.js';
import { isMemoised } from './memo.js';
import type { ExpressModel } from './model.js';
import { CallGraph, callsOf } from './reach.js';
import { isCaught, isTame } from './risks.js';

const noExtras: ReadonlySet<string> = new Set();
const nothing: Thing = {};
/** Objects in objects in objects: nobody exports more. */
const mostDepth = 8;
const mostThings = 4000;
const logging = /^_?(?:log|error|warn|warning|info|debug|trace|fatal|verbose|notice|note)$/;
const endings = /process|exit|abort|kill/;

/** What has to be known of a module besides its model. */
export interface Described {
  /** How messages name the module. */
  readonly path: string;
  readonly text: string;
  /** The line, counted from 1, that an offset in the text lies on. */
  readonly lineAt: (offset: number) => number;
}

/** Turns a module's model into plain data: what it exports, and what every function does that its exports lead to. */
export function describeModule(express: ExpressModel, described: Described): ModuleFacts {
  return new Describer(express, described).module();
}

class Describer {
  readonly #indices = new Map<FunctionNode, number>();
  readonly #waiting: FunctionNode[] = [];
  readonly #things = new Map<Node, Thing>();
  readonly #instances = new Map<Node, Thing>();
  readonly #apps: Apps;
  readonly #graph: CallGraph;
  readonly #streams: Streams;
  #made = 0;

  constructor(
    private readonly express: ExpressModel,
    private readonly described: Described,
  ) {
    this.#apps = new Apps(express.file);
    this.#graph = new CallGraph(express.file);
    this.#streams = new Streams(express);
  }

  module(): ModuleFacts {
    const { named, main, stars } = this.#exports();
    const functions: FunctionFacts[] = [];
    for (const fn of this.#waiting) functions.push(this.#function(fn));
    return { filename: this.express.file.filename, path: this.described.path, named, main, stars, functions };
  }

  #exports(): Pick<ModuleFacts, 'named' | 'main' | 'stars'> {
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
          main.push(...this.#expression(item.declaration, 0));
          break;
        case 'TSExportAssignment':
          main.push(...this.#expression(item.expression, 0));
          break;
        case 'ExportAllDeclaration':
          if (item.exported) add(exportedName(item.exported), [{ at: { module: item.source.value, steps: [] } }]);
          else stars.push(item.source.value);
          break;
        case 'ExportNamedDeclaration': {
          for (const specifier of item.specifiers) {
            const local = exportedName(specifier.local);
            if (item.source) add(exportedName(specifier.exported), [{ at: { module: item.source.value, steps: local === 'default' ? [] : [`.${local}`] } }]);
            else if (specifier.local.type === 'Identifier') add(exportedName(specifier.exported), this.#expression(specifier.local, 0));
          }
          for (const [name, node] of item.declaration ? declaredNames(item.declaration) : []) add(name, this.#expression(node, 0));
          break;
        }
        default:
      }
    }
    for (const write of tree.memberWrites) {
      const target = write.left;
      if (memberName(target) === 'exports' && target.object.type === 'Identifier' && target.object.name === 'module') main.push(...this.#expression(write.right, 0));
    }
    for (const [name, nodes] of values.exportsWritten) add(name, nodes.flatMap((node) => this.#expression(node, 0)));
    // `Object.assign(module.exports, { show })`
    for (const call of tree.root.calls) {
      const callee = unwrap(call.callee);
      const [target, ...sources] = call.arguments;
      if (callee.type !== 'MemberExpression' || memberName(callee) !== 'assign' || !target || values.globalOf(target)?.join('.') !== 'module.exports') continue;
      for (const source of sources) main.push(...this.#expression(source, 0));
    }
    return { named, main, stars };
  }

  #expression(node: Node, depth: number): readonly Thing[] {
    const { values } = this.express.file;
    const written = values.allWritesTo(node);
    const things = values.of(node).map((value) => this.#value(value, depth));
    if (written.size === 0 || depth > mostDepth) return things;
    const members = new Map<string, readonly Thing[]>();
    for (const [name, nodes] of written) members.set(name, nodes.flatMap((one) => this.#expression(one, depth + 1)));
    return things.map((thing) => ({ ...thing, members: new Map([...(thing.members ?? []), ...members]) }));
  }

  #value(value: Value, depth: number): Thing {
    if (depth > mostDepth || this.#made++ > mostThings) return nothing;
    switch (value.kind) {
      case 'function':
        return { fn: this.#index(value.node), made: [this.#once(this.#instances, value.node, { kind: 'instance', of: value, node: value.node }, depth)] };
      case 'class':
        return this.#once(this.#things, value.node, value, depth, () => ({ ...this.#builds(value.node), made: [this.#once(this.#instances, value.node, { kind: 'instance', of: value, node: value.node }, depth)] }));
      case 'object':
        return this.#once(this.#things, value.node, value, depth);
      case 'instance':
        if (value.of.kind === 'class' || value.of.kind === 'function') return this.#once(this.#instances, value.of.node, value, depth);
        return this.#distant(value);
      case 'array':
        return { elements: value.node.elements.map((element) => (element && element.type !== 'SpreadElement' ? this.#expression(element, depth + 1) : [nothing])) };
      case 'promise':
        return { settles: [this.#value(value.of, depth + 1)] };
      case 'import':
      case 'call':
      case 'awaited':
      case 'member':
      case 'global':
        return this.#distant(value);
      default:
        return nothing;
    }
  }

  /** An object with members, described once: it may lead back to itself. */
  #once(known: Map<Node, Thing>, node: Node, value: Value, depth: number, more?: () => Thing): Thing {
    const { values } = this.express.file;
    const before = known.get(node);
    if (before) return before;
    const members = new Map<string, readonly Thing[]>();
    const spreads: Reference[] = [];
    const app = value.kind === 'instance' ? this.#apps.appOf(value) : undefined;
    const thing: Thing = { members, spreads, ...(app && app !== 'other' && { app }) };
    known.set(node, thing);
    for (const name of new Set(values.memberNames(value))) {
      members.set(name, values.member(value, name, node).map((one) => this.#value(one, depth + 1)));
    }
    for (const other of this.#spread(value)) {
      const reference = referenceOf(other, values);
      if (reference) spreads.push(reference);
    }
    return Object.assign(thing, more?.());
  }

  #builds(node: ClassNode): Pick<Thing, 'builds'> {
    const constructor = node.body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor');
    const fn = constructor?.type === 'MethodDefinition' ? constructor.value : undefined;
    return isFunction(fn) ? { builds: this.#index(fn) } : {};
  }

  /** The values whose members a value has too: what an object spreads, and what a class extends. */
  #spread(value: Value): readonly Value[] {
    const { values } = this.express.file;
    if (value.kind === 'object') return value.node.properties.flatMap((property) => (property.type === 'SpreadElement' ? values.of(property.argument) : []));
    // The way to what a class inherits is that of its own value.
    return value.kind === 'class' || (value.kind === 'instance' && value.of.kind === 'class') ? [value] : [];
  }

  /** A value that comes from another module or package. */
  #distant(value: Value): Thing {
    const { values } = this.express.file;
    const at = referenceOf(value, values);
    const origin = importPathOf(value);
    const app = value.kind === 'call' || value.kind === 'instance' || value.kind === 'awaited' ? this.#apps.appOf(value) : undefined;
    const stream = value.kind === 'call' || value.kind === 'instance' ? this.#streams.madeBy(value.node) : undefined;
    return { ...(at && { at }), ...(origin && { origin }), ...(app && app !== 'other' && { app }), ...(stream && { stream }) };
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

  #function(fn: FunctionNode): FunctionFacts {
    const { express } = this;
    const { rejections } = express;
    const unit = express.file.tree.units.get(fn);
    const line = this.#line(fn);
    if (!unit) return { name: functionName(fn), line, served: false, promise: undefined, rejects: [], throws: false, risks: true, deeds: [], calls: [], parameters: [], ends: 'unknown', returns: [] };
    const once = isMemoised(express.file, fn);
    return {
      name: functionName(fn),
      line,
      served: express.requestPath.witness(unit) !== undefined,
      promise: this.#promise(fn, unit),
      rejects: rejections.escapes(fn).map(({ node, how, given }) => ({ what: shortText(node), line: this.#line(node), how, ...(given && { given }) })),
      throws: rejections.promises.throws(fn),
      risks: this.#risks(unit),
      deeds: this.#deeds(unit, once),
      calls: once ? [] : this.#calls(unit),
      parameters: parametersOf(fn).map((_param, index) => rejections.ofParameter(fn, index)),
      ends: endings.test(this.described.text) ? new ProcessEnds(express.file).of(fn).ends : 'unknown',
      returns: express.file.values.returnsOf(fn).map((value) => this.#value(value, 1)),
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
    const { file, rejections } = this.express;
    const found: Deed[] = [];
    if (once) return found;
    for (const { callee, fact } of blockingUses(file, unit, noExtras)) found.push({ kind: 'blocks', what: fact.name, line: this.#lineOfName(callee) });
    for (const { callee, method } of consoleUses(file.values, unit)) found.push({ kind: 'logs', what: `console.${method}`, line: this.#lineOfName(callee) });
    // Whoever logs does not wait for it, and what it fails by is the logger's to mend, in one place.
    const logs = isFunction(unit.node) && logging.test(functionName(unit.node) ?? '');
    for (const { kind, node, given } of logs ? [] : rejections.leaks(unit)) {
      if (kind !== 'swallowed') found.push({ kind: 'leaks', what: shortText(node), line: this.#line(node), ...(given && { given }) });
    }
    for (const { kind, node, name } of this.#streams.unheardIn(unit)) {
      if (kind === 'crash' || kind === 'late' || kind === 'rethrown' || kind === 'pipeline') found.push({ kind: 'streams', what: name, line: this.#line(node) });
    }
    const lost = logs ? undefined : this.express.callbackErrors.in(unit);
    if (lost && lost.kind !== 'logged') found.push({ kind: 'drops', what: shortText(lost.taken.call), line: this.#line(lost.node) });
    for (const { node, name } of logs ? [] : this.express.lateThrows(unit)) found.push({ kind: 'throws', what: name, line: this.#line(node) });
    return found;
  }

  #risks(unit: Unit): FunctionFacts['risks'] {
    const { values } = this.express.file;
    const found: (number | Reference)[] = [];
    for (const call of unit.calls) {
      if (isTame(values, call) || isCaught(call, unit.node)) continue;
      const local = values.calleesOf(call).map((fn) => this.#index(fn));
      const distant = values.of(call.callee).flatMap((value) => (value.kind === 'function' || value.kind === 'class' ? [] : [referenceOf(value, values)]));
      for (const target of [...local, ...distant]) {
        if (target === undefined) return true;
        found.push(target);
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
    return this.described.lineAt(node.range[0]);
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
