import { isBuiltin } from 'node:module';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Disk } from './disk.js';
import { attempt, isRecord } from './load.js';
import { entryPaths, importTargets, isInstalled, type Package, packageName, Packages } from './packages.js';
import { PathMappings } from './path-mappings.js';
import { isTyped, SourceFiles } from './source-files.js';
import { Workspaces } from './workspaces.js';

/** Finds the file behind a module specifier. */
export interface Resolver {
  /** The absolute real path of the project's file that `specifier` names when it stands in the file `from`; undefined for packages in node_modules, builtins, and what cannot be found. Never throws. */
  resolve(from: string, specifier: string): string | undefined;
  /** Forgets what it has learnt of the disk, if that has changed. */
  refresh(): void;
}

/** By specifier. */
type Answers = Map<string, string | undefined>;

/** Who imports. */
interface Importer {
  readonly folder: string;
  readonly isTyped: boolean;
}

class ProjectResolver implements Resolver {
  readonly #disk = new Disk();
  readonly #files = new SourceFiles(this.#disk);
  readonly #packages = new Packages(this.#disk);
  readonly #mappings = new PathMappings(this.#disk);
  readonly #workspaces = new Workspaces(this.#disk);
  readonly #resolved = { typed: new Map<string, Answers>(), untyped: new Map<string, Answers>() };
  /** A file is asked about everything it imports at a stretch. */
  #last: { readonly from: string; readonly answers: Answers } | undefined;

  resolve(from: string, specifier: string): string | undefined {
    if (this.#last?.from !== from) this.#last = { from, answers: this.#answers(from) };
    const { answers } = this.#last;
    let answer = answers.get(specifier);
    if (answer === undefined && !answers.has(specifier)) {
      const importer = { folder: dirname(from), isTyped: isTyped(from) };
      answer = isAbsolute(from) ? attempt(() => this.#projectFile(this.#find(specifier, importer))) : undefined;
      answers.set(specifier, answer);
    }
    return answer;
  }

  refresh(): void {
    if (!this.#disk.hasChanged) return;
    for (const part of [this.#disk, this.#packages, this.#mappings, this.#workspaces]) part.refresh();
    for (const answers of Object.values(this.#resolved)) answers.clear();
    this.#last = undefined;
  }

  #answers(from: string): Answers {
    const byFolder = isTyped(from) ? this.#resolved.typed : this.#resolved.untyped;
    const folder = dirname(from);
    let answers = byFolder.get(folder);
    if (!answers) byFolder.set(folder, (answers = new Map<string, string | undefined>()));
    return answers;
  }

  #projectFile(file: string | undefined): string | undefined {
    const real = file === undefined ? undefined : this.#disk.realPath(file);
    return real === undefined || isInstalled(real) ? undefined : real;
  }

  #find(specifier: string, importer: Importer): string | undefined {
    if (specifier.startsWith('file:')) return this.#files.find(fileURLToPath(specifier), importer.isTyped);
    if (isAbsolute(specifier)) return this.#files.find(specifier, importer.isTyped);
    if (/^\.\.?(?:\/|$)/.test(specifier)) {
      // A last dot is a folder, as a last slash is.
      return this.#files.find(join(importer.folder, /(?:^|\/)\.\.?$/.test(specifier) ? `${specifier}/` : specifier), importer.isTyped);
    }
    if (isBuiltin(specifier)) return undefined;
    const own = this.#packages.around(importer.folder);
    return (
      (own && this.#byOwnPackage(specifier, own, importer)) ??
      this.#firstOf(this.#mappings.candidates(importer.folder, specifier), importer) ??
      this.#inPackage(specifier, importer) ??
      (own && this.#bySourceRoot(specifier, own, importer))
    );
  }

  #firstOf(paths: readonly string[], { isTyped }: Importer): string | undefined {
    for (const path of paths) {
      const found = this.#files.find(path, isTyped);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** `#name`, the package's own name, and the aliases of module-alias. */
  #byOwnPackage(specifier: string, own: Package, importer: Importer): string | undefined {
    if (specifier.startsWith('#')) {
      const targets = importTargets(own, specifier);
      const packages = targets.filter((target) => !target.startsWith('.') && !target.startsWith('#'));
      return (
        this.#firstOf(targets.filter((target) => target.startsWith('.')).map((target) => join(own.folder, target)), importer) ??
        packages.map((target) => this.#inPackage(target, importer)).find((file) => file !== undefined)
      );
    }
    const aliased = aliasTarget(own, specifier);
    if (aliased !== undefined) return this.#firstOf([aliased], importer);
    const named = packageName(specifier);
    return named?.name === own.manifest.name && named && own.manifest.exports !== undefined
      ? this.#firstOf(entryPaths(own, named.subpath), importer)
      : undefined;
  }

  #inPackage(specifier: string, importer: Importer): string | undefined {
    const named = packageName(specifier);
    if (!named) return undefined;
    const installed = this.#packages.installed(named.name, importer.folder);
    const folder = installed === undefined ? this.#workspaces.folderOf(named.name, importer.folder) : this.#disk.realPath(installed);
    const found = folder === undefined || isInstalled(join(folder, sep)) ? undefined : this.#packages.at(folder);
    return found && this.#firstOf(entryPaths(found, named.subpath), importer);
  }

  /** `@/x` and `~/x`, which no package can be called: what build tools are told to look up in the source folder. */
  #bySourceRoot(specifier: string, own: Package, importer: Importer): string | undefined {
    const [, path] = /^[@~]\/(.+)$/s.exec(specifier) ?? [];
    return path === undefined ? undefined : this.#firstOf([join(own.folder, 'src', path), join(own.folder, path)], importer);
  }
}

/** Where module-alias sends a specifier. */
function aliasTarget({ folder, manifest: { _moduleAliases: aliases } }: Package, specifier: string): string | undefined {
  if (!isRecord(aliases)) return undefined;
  for (const [alias, target] of Object.entries(aliases)) {
    if (typeof target !== 'string' || (specifier !== alias && !specifier.startsWith(`${alias}/`))) continue;
    return join(folder, target, specifier.slice(alias.length));
  }
  return undefined;
}

let shared: Resolver | undefined;

/** The resolver, which all files share. Needs nothing that is not part of the plugin, so there always is one. */
export function projectResolver(): Resolver {
  return (shared ??= new ProjectResolver());
}
