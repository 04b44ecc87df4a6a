import { isFunction, calledMember, calledName, memberName, type Node, staticString } from '../ast/nodes.js';
import { type Unit, unitsWithin } from '../ast/tree.js';
import { listenerMethods, processMember } from '../node/process-calls.js';
import { mayMention } from '../project/search.js';
import { isSource } from '../project/source-files.js';
import { listenings } from './listening.js';
import type { ExpressModel } from './model.js';
import { CallGraph } from './reach.js';

/** What becomes of the requests that are being served when the process is told to stop. */
export interface Stop {
  /** `unheard`: nobody listens for the signals, so that Node ends the process. `abrupt`: a listener ends it itself, and closes nothing. */
  readonly kind: 'unheard' | 'abrupt';
  readonly node: Node;
  readonly signals: readonly string[];
}

/** Packages, and names of functions of one's own, that care for it. */
const shutdown = /graceful|terminus|terminator|close-with-grace|stoppable|lightship|exit-hook|node-cleanup|signal-exit|server-destroy|shut_?-?down|["']death["']/i;
/** What gives requests that are being served time to end, under whatever name. */
const closing = /close|shut|stop|terminat|drain|destroy|disconnect|end|dispose|teardown|cleanup|grace|quit|finish|wait/i;
const telling = /^(?:log|info|warn|warning|error|debug|trace|fatal|verbose|notice|write)$/;

/**
 * The places where an app of this file listens, or is told to stop, and cuts its clients off.
 * @param signals whose default is to end the process at once, such as `SIGTERM`
 * @param text the file's, since what is on the disk may be older
 */
export function abruptStops(express: ExpressModel, signals: readonly string[], text: string): Stop[] {
  const places = listenings(express);
  if (places.length === 0) return [];
  const { root } = express.file.facts;
  const unheard = signals.filter((signal) => {
    const care = new RegExp(`\\b${signal}\\b|${shutdown.source}`, 'i');
    return !care.test(text) && !(root !== undefined && mayMention(root, (name) => isSource(name) || name === 'package.json', care));
  });
  const stops = places.map(({ call }): Stop => ({ kind: 'unheard', node: call, signals: unheard }));
  return [...(unheard.length > 0 ? stops : []), ...abruptListeners(express, signals)];
}

/** Listeners for the signals that do nothing but log and end the process. */
function abruptListeners(express: ExpressModel, signals: readonly string[]): Stop[] {
  const { tree, values } = express.file;
  return tree.calls.flatMap((call): Stop[] => {
    const [event, listener] = call.arguments;
    if (!event || !listener || !values.of(call.callee).some((value) => listenerMethods.has(processMember(value) ?? ''))) return [];
    const heard = values.of(event).flatMap((value) => (value.kind === 'literal' ? (staticString(value.node) ?? []) : []));
    const own = signals.filter((signal) => heard.includes(signal));
    const functions = values.functionsOf(listener);
    if (own.length === 0 || functions.length === 0 || values.of(listener).length > functions.length) return [];
    return functions.every((fn) => onlyExits(express, tree.units.get(fn))) ? [{ kind: 'abrupt', node: call.callee, signals: own }] : [];
  });
}

/** Whether a function surely ends the process, and whether nothing that it calls could wait for anything. */
function onlyExits(express: ExpressModel, start: Unit | undefined): boolean {
  const { values } = express.file;
  const graph = new CallGraph(express.file);
  const seen = new Set(start ? unitsWithin(start) : []);
  let exits = false;
  // The set grows while it is walked.
  for (const unit of seen) {
    if (isFunction(unit.node) && unit.node.async) return false;
    for (const call of unit.calls) {
      const member = calledMember(call);
      const name = (member && memberName(member)) ?? calledName(call);
      const ends = values.of(call.callee).some((value) => /^(?:exit|kill|abort|reallyExit)$/.test(processMember(value) ?? ''));
      exits ||= ends;
      if (ends || (member && name !== undefined && telling.test(name))) continue;
      if (name === undefined || closing.test(name) || values.calleesOf(call).length === 0) return false;
    }
    for (const next of graph.from(unit)) seen.add(next.unit);
  }
  return exits;
}
