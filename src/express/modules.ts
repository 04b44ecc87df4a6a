import { isAbsolute, relative, sep } from 'node:path';
import process from 'node:process';

import { mentionsEmitters } from '../node/emitters.js';
import { mentionsEnvironment } from '../node/environment.js';
import { lineStarts } from '../project/lines.js';
import { ModuleStore } from '../project/modules.js';
import { parseModule } from '../project/parse.js';
import { projectResolver } from '../project/resolve.js';
import { mentionsPromises } from '../promises/promises.js';
import { Describer, type TextSigns } from './describe.js';
import { DescribedModule } from './described.js';
import { decidedLater, type Elsewhere, nothingElsewhere } from './elsewhere.js';
import type { ModuleFacts } from './facts.js';
import { type ExpressSettings, sourceFile } from './file.js';
import { ExpressModel, showsExpress } from './model.js';
import { Project } from './project.js';
import { packageFacts } from './version.js';

/** Milliseconds before the disk is asked again where a module lies: an editor's process lives for days. */
const trusted = 100;

let refreshed = 0;
/** What is known of modules depends on the settings that name handlers and wrappers. */
const stores = new Map<string, ModuleStore<ModuleFacts>>();

/**
 * What the files that `filename` imports do.
 * @param filename of the file that is linted; where it is no path of a file, there is nothing around it
 */
export function elsewhereFor(filename: string, settings: ExpressSettings): Elsewhere {
  const resolver = settings.crossFile && isAbsolute(filename) ? projectResolver() : undefined;
  if (!resolver) return nothingElsewhere;
  const now = performance.now();
  if (now - refreshed > trusted) {
    resolver.refresh();
    refreshed = now;
  }
  const store = storeFor(settings);
  return new Project(filename, {
    resolve: (from, module) => resolver.resolve(from, module),
    facts: (module) => store.get(module),
  });
}

function storeFor(settings: ExpressSettings): ModuleStore<ModuleFacts> {
  const key = JSON.stringify([settings.appNames, settings.handlerNames, settings.wrappers].map((names) => [...names].sort()));
  let store = stores.get(key);
  if (!store) {
    store = new ModuleStore((filename, text) => readFacts(filename, text, settings), { given: (filename) => JSON.stringify(packageFacts(filename)) });
    stores.set(key, store);
  }
  return store;
}

function readFacts(filename: string, text: string, settings: ExpressSettings): ModuleFacts | undefined {
  const path = pathFrom(packageFacts(filename).root ?? process.cwd(), filename);
  const read = (): Describer | undefined => {
    const parsed = parseModule(filename, text);
    return parsed && new Describer(new ExpressModel(sourceFile(parsed, filename, settings, decidedLater)), lineStarts(text), signsOf(text));
  };
  return DescribedModule.of({ filename, path, text, read });
}

function signsOf(text: string): TextSigns {
  const isLooked = showsExpress({ text });
  return { readsEnvironment: mentionsEnvironment(text), tellsLeaks: isLooked || mentionsPromises(text), tellsStreams: isLooked || mentionsEmitters(text) };
}

function pathFrom(folder: string, filename: string): string {
  const path = relative(folder, filename);
  return (path.startsWith('..') ? filename : path).split(sep).join('/');
}
