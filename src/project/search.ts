import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Folders that hold nothing that people write, or nothing that runs in production. */
const passedOver = /^(?:\..*|node_modules|bower_components|jspm_packages|dist|build|coverage|tests?|__tests__|spec|specs|e2e|cypress|fixtures|__fixtures__|__mocks__|public|static|vendor|locales)$/;
const mostEntries = 20_000;
const mostFiles = 4000;
const mostBytes = 400_000;
/** Milliseconds that an answer is kept: an editor's process lives for days. */
const trusted = 10_000;

interface Answer {
  readonly at: number;
  readonly found: boolean;
}

const answers = new Map<string, Answer>();

/**
 * Whether a file below a folder holds text that matches. Folders of dependencies, builds and tests are passed over.
 * @param isWanted whether to look into a file of this name
 * @returns true as well where there is too much to look at, or something cannot be read: it may be there
 */
export function mayMention(folder: string, isWanted: (name: string) => boolean, pattern: RegExp): boolean {
  const key = `${folder} ${String(pattern)}`;
  const known = answers.get(key);
  const now = Date.now();
  if (known && now - known.at < trusted) return known.found;
  const found = search(folder, isWanted, pattern);
  answers.set(key, { at: now, found });
  return found;
}

function search(top: string, isWanted: (name: string) => boolean, pattern: RegExp): boolean {
  const folders = [top];
  let entries = 0;
  let files = 0;
  // The list grows while it is walked.
  for (const folder of folders) {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (++entries > mostEntries) return true;
        if (entry.isDirectory()) {
          if (!passedOver.test(entry.name)) folders.push(join(folder, entry.name));
          continue;
        }
        if (!entry.isFile() || !isWanted(entry.name)) continue;
        if (++files > mostFiles) return true;
        const path = join(folder, entry.name);
        if (statSync(path).size < mostBytes && pattern.test(readFileSync(path, 'utf8'))) return true;
      }
    } catch {
      return true;
    }
  }
  return false;
}
