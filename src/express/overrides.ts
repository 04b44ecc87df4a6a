import { type CallNode, calledMember, type FunctionNode, functionName, isFunction, memberName, type Node, staticString } from '../ast/nodes.js';
import { knownValue } from '../node/known-values.js';
import { importPathsOf } from '../node/uses.js';
import { Apps } from './apps.js';
import type { SourceFile } from './file.js';
import { chanceInProduction } from './guards.js';
import type { ExpressModel } from './model.js';

/** A place that takes a setting of production away, in production too. */
export interface Override {
  readonly node: Node;
  /** `environment`: NODE_ENV itself; `app`: what the app takes for it; `views`: the cache of views. */
  readonly kind: 'environment' | 'app' | 'views';
  /** What it is set to. */
  readonly value: string;
}

/** One cheap test on the text: whether a file can set anything of the kind. */
export function mentionsSettings(text: string): boolean {
  return /NODE_ENV|view cache|['"`]env['"`]/.test(text);
}

/**
 * Finds what surely switches production off, in source order: it is set to a known value, under no condition, and no request
 * decides it. Files for development are passed over, and so are files without an app, which are tools.
 */
export function productionOverrides(express: ExpressModel): Override[] {
  const { file } = express;
  if (isForDevelopment(file.filename) || !hasApp(express)) return [];
  const found = [...environmentWrites(file), ...appSettings(file)].filter(({ node }) => runsAnyway(express, node));
  return found.sort((a, b) => a.node.range[0] - b.node.range[0]);
}

const developmentFile = /(?:^|[^a-z])(?:dev|develop|development|debug|local|mocks?|demo|hot|watch|tests?|e2e|stories|storybook|scripts?|gulpfile|gruntfile|webpack|vite|jest|playground)(?:[^a-z]|$)/i;

/** Whether a file is for development by its name, or by that of its folder. */
function isForDevelopment(filename: string): boolean {
  return developmentFile.test(filename.split(/[\\/]/).slice(-2).join('/'));
}

function hasApp(express: ExpressModel): boolean {
  if (express.registrations.length > 0) return true;
  const apps = new Apps(express.file);
  return express.file.tree.calls.some((call) => express.file.values.of(call).some((value) => (apps.appOf(value) ?? '').endsWith("app")));
}

/** `process.env.NODE_ENV = 'development'`. What keeps the value where there is one (`||=`, `process.env.NODE_ENV || …`) changes nothing in production. */
function* environmentWrites(file: SourceFile): Iterable<Override> {
  for (const node of file.tree.memberWrites) {
    if (node.operator !== '=' || memberName(node.left) !== 'NODE_ENV') continue;
    const paths = importPathsOf(file.values, node.left.object);
    if (paths.length === 0 || !paths.every(({ module, path }) => module === 'process' && path.join('.') === 'env')) continue;
    const value = otherThanProduction(file, node.right);
    if (value !== undefined) yield { node, kind: 'environment', value };
  }
}

function* appSettings(file: SourceFile): Iterable<Override> {
  const apps = new Apps(file);
  for (const node of file.tree.calls) {
    const member = calledMember(node);
    const [first, second] = node.arguments;
    const setting = first && staticString(first);
    if (!member || !first || (setting !== 'env' && setting !== 'view cache')) continue;
    const method = memberName(member);
    const value = setting === 'env' ? (method === 'set' && second ? otherThanProduction(file, second) : undefined) : switchesOff(file, method, second) ? 'false' : undefined;
    if (value === undefined || apps.receiver(member.object)?.certainty !== 'certain') continue;
    yield { node, kind: setting === 'env' ? 'app' : 'views', value };
  }
}

function switchesOff(file: SourceFile, method: string | undefined, value: Node | undefined): boolean {
  if (method === 'disable') return true;
  const known = method === 'set' && value ? knownValue(file, value, undefined) : undefined;
  return known !== undefined && !known.value;
}

function otherThanProduction(file: SourceFile, node: Node): string | undefined {
  const known = knownValue(file, node, undefined);
  return typeof known?.value === 'string' && known.value !== 'production' ? known.value : undefined;
}

const mostCallers = 8;

/** Whether `node` runs in every production: no condition stands around it, nor around the calls that lead to it. */
function runsAnyway(express: ExpressModel, node: Node, depth = 0): boolean {
  const { file } = express;
  const unit = express.unitOf(node);
  if (depth > mostCallers || chanceInProduction(file, node) !== 'always' || express.requestPath.witness(unit)) return false;
  if (!isFunction(unit.node)) return true;
  const calls = callsOf(file, unit.node);
  if (calls.length > 0) return calls.some((call) => runsAnyway(express, call, depth + 1));
  return isSetUp(file, unit.node, node);
}

function callsOf(file: SourceFile, fn: FunctionNode): CallNode[] {
  return file.tree.calls.filter((call) => file.values.calleesOf(call).includes(fn));
}

/** Whether a function that some other file calls makes the app that it sets up, so that nobody calls it in development only. */
function isSetUp(file: SourceFile, fn: FunctionNode, node: Node): boolean {
  if (developmentFile.test((functionName(fn) ?? '').replace(/(?=[A-Z])/g, '-'))) return false;
  const apps = new Apps(file);
  const unit = file.tree.units.get(fn);
  return node.range[0] > fn.range[0] && (unit?.calls.some((call) => file.values.of(call).some((value) => (apps.appOf(value) ?? '').endsWith("app"))) ?? false);
}
