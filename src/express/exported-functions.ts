import { Exported } from '../ast/exported.js';
import { functionName } from '../ast/nodes.js';
import type { SourceFile } from './file.js';
import { isPartOfServer } from './production.js';
import type { Start } from './reach.js';

/** Functions by these names run once, before there are requests, or by hand: `initDatabase`, `up` of a migration. */
const startsUp = /^(?:constructor|init|initiali[sz]e|setup|start|boot|bootstrap|connect|main|migrate|seed|install|up|down|listen|run|build|load|register|configure|shutdown|stop|close|exit)(?![a-z])/;
const browserGlobals: ReadonlySet<string> = new Set(['window', 'document', 'navigator', 'localStorage', 'sessionStorage']);

/** The functions that other files of a server can call at any time; none where the file is not a server's, or runs in browsers. */
export function exportedFunctions(file: SourceFile): Start[] {
  if (!isPartOfServer(file.filename) || usesBrowser(file)) return [];
  const exported = new Exported(file.scopes);
  const found: Start[] = [];
  for (const fn of file.tree.units.keys()) {
    if (fn.type === 'Program') continue;
    const name = functionName(fn) ?? '';
    if (!startsUp.test(name) && exported.reaches(fn)) found.push({ fn, label: name, kind: 'exported' });
  }
  return found;
}

/** Whether a file uses what only browsers have. */
function usesBrowser({ scopes, tree }: SourceFile): boolean {
  return tree.members.some(({ object }) => object.type === 'Identifier' && browserGlobals.has(object.name) && scopes.isGlobal(object));
}
