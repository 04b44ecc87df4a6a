import type { Node } from '../ast/nodes.js';
import { shortText } from '../ast/text.js';
import { type Use, usesIn } from '../node/uses.js';
import { type Culprit, type DeedKind, type Reference, referenceOf } from './elsewhere.js';
import type { ExpressModel } from './model.js';
import type { RequestPath } from './reach.js';
import { reachedBy, subjectOfRoute } from './wording.js';

/** A place where a request's code leaves the file, and what it leads to. */
export interface Departure {
  readonly node: Node;
  /** What is called, as short text. */
  readonly name: string;
  /** The end of a sentence: which route, and how it gets here. */
  readonly where: string;
  /** What it leads to that no place before it does, nearest first; never empty. */
  readonly culprits: readonly Culprit[];
}

interface Leaving {
  readonly node: Node;
  readonly callee: Node;
  readonly where: string;
  readonly references: readonly Reference[];
}

/** Finds where the request path leaves the file for code that does `kind`; each culprit is told once, where it is first reached. */
export function departuresOf(express: ExpressModel, kind: DeedKind, path: RequestPath): Departure[] {
  const told = new Set<string>();
  return leavings(express, path).flatMap(({ node, callee, where, references }): Departure[] => {
    const culprits = references
      .flatMap((reference) => express.file.elsewhere.culprits(reference, kind))
      // A promise that floats further away is for those who call that function.
      .filter((culprit) => kind !== 'leaks' || culprit.via.length === 0)
      .filter((culprit) => {
        const key = `${culprit.path}:${culprit.line} ${culprit.what}`;
        return !told.has(key) && told.add(key);
      });
    return culprits.length > 0 ? [{ node, name: shortText(callee), where, culprits }] : [];
  });
}

/** The calls of the request path that leave the file, and the handlers that it registers from elsewhere, in source order. */
function leavings(express: ExpressModel, path: RequestPath): Leaving[] {
  const { values } = express.file;
  const found: Leaving[] = [];
  for (const unit of path.units) {
    const witness = path.witness(unit);
    if (!witness) continue;
    for (const use of usesIn(unit)) {
      const references = values.of(use.callee).flatMap((value) => referenceOf(value, values) ?? []);
      if (references.length > 0) found.push({ node: use.node, callee: use.callee, where: reachedBy(witness, doesWith(use)), references });
    }
  }
  for (const { reference, use } of express.distantHandlers) {
    found.push({ node: use.node, callee: use.node, where: `${subjectOfRoute(use.registration)} runs it`, references: [reference] });
  }
  return found.sort((a, b) => a.node.range[0] - b.node.range[0]);
}

function doesWith({ how }: Use): string {
  return how === 'handed' ? 'hands it over' : 'calls it';
}
