import { type ClassNode, type FunctionNode, isFunction, type Node } from '../ast/nodes.js';
import type { Value } from '../ast/values.js';
import { importPathOf } from '../node/paths.js';
import { Streams } from '../node/streams.js';
import { Apps } from './apps.js';
import { type Reference, referenceOf } from './elsewhere.js';
import type { Thing } from './facts.js';
import { isProjectModule } from './imports.js';
import type { ExpressModel } from './model.js';
import { type SchemaMembers, schemaOf } from './schemas.js';

const nothing: Thing = {};
/** What `new` gives of a function without a prototype. */
const bare: readonly Thing[] = [{ members: new Map(), spreads: [] }];
/** Objects in objects in objects: nobody exports more. */
const mostDepth = 8;
const mostThings = 4000;

/** Turns the values of a module into plain data. */
export class Things {
  readonly #things = new Map<Node, Thing>();
  readonly #instances = new Map<Node, Thing>();
  readonly #apps: Apps;
  readonly #streams: Streams;
  #made = 0;

  /** @param index the number of a function of the module */
  constructor(
    private readonly express: ExpressModel,
    private readonly index: (fn: FunctionNode) => number,
  ) {
    this.#apps = new Apps(express.file);
    this.#streams = new Streams(express);
  }

  /** What an expression may stand for. */
  ofExpression(node: Node, depth = 0): readonly Thing[] {
    const { values } = this.express.file;
    const written = values.allWritesTo(node);
    const things = values.of(node).map((value) => this.of(value, depth));
    if (written.size === 0 || depth > mostDepth) return things;
    const members = new Map<string, readonly Thing[]>();
    for (const [name, nodes] of written) members.set(name, nodes.flatMap((one) => this.ofExpression(one, depth + 1)));
    return things.map((thing) => ({ ...thing, members: new Map([...(thing.members ?? []), ...members]) }));
  }

  /** What a value is to other modules. */
  of(value: Value, depth = 0): Thing {
    if (depth > mostDepth || this.#made++ > mostThings) return nothing;
    switch (value.kind) {
      case 'function':
        return { fn: this.index(value.node), made: this.#constructed(value, depth) };
      case 'class':
        return this.#once(this.#things, value.node, value, depth, () => ({ ...this.#builds(value.node), made: this.#constructed(value, depth) }));
      case 'object':
        return this.#once(this.#things, value.node, value, depth);
      case 'instance':
        if (value.of.kind === 'class' || value.of.kind === 'function') return this.#once(this.#instances, value.of.node, value, depth);
        return this.#distant(value);
      case 'array':
        return { elements: value.node.elements.map((element) => (element && element.type !== 'SpreadElement' ? this.ofExpression(element, depth + 1) : [nothing])) };
      case 'promise':
        return { settles: [this.of(value.of, depth + 1)] };
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

  #constructed(value: Value & { readonly kind: 'function' | 'class' }, depth: number): readonly Thing[] {
    const made: Value = { kind: 'instance', of: value, node: value.node };
    if (value.kind === 'function' && this.express.file.values.memberNames(made).length === 0) return bare;
    return [this.#once(this.#instances, value.node, made, depth)];
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
      members.set(name, values.member(value, name, node).map((one) => this.of(one, depth + 1)));
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
    return isFunction(fn) ? { builds: this.index(fn) } : {};
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
    const path = importPathOf(value);
    const origin = path && !isProjectModule(path.module) ? path : undefined;
    const app = value.kind === 'call' || value.kind === 'instance' || value.kind === 'awaited' ? this.#apps.appOf(value) : undefined;
    const stream = value.kind === 'call' || value.kind === 'instance' ? this.#streams.madeBy(value.node) : undefined;
    const schema = schemaOf(this.express.file, value);
    if (schema) return { ...(at && { at }), ...(origin && { origin }), ...this.#model(schema) };
    return { ...(at && { at }), ...(origin && { origin }), ...(app && app !== 'other' && { app }), ...(stream && { stream }) };
  }

  #model({ methods, statics, hooks }: SchemaMembers): Pick<Thing, 'members' | 'documents'> {
    const things = (nodes: readonly Node[]): readonly Thing[] => nodes.flatMap((node) => this.express.file.values.functionsOf(node).map((fn) => ({ fn: this.index(fn) })));
    const documents = new Map<string, readonly Thing[]>();
    for (const [name, nodes] of hooks) documents.set(name, [{ runs: things(nodes).flatMap(({ fn }) => fn ?? []) }]);
    for (const [name, nodes] of methods) documents.set(name, things(nodes));
    return { members: new Map([...statics].map(([name, nodes]) => [name, things(nodes)])), documents };
  }
}
