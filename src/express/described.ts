import { AtHand } from '../project/at-hand.js';
import { attempt } from '../project/load.js';
import type { DescribedFunction, Describer, Exports } from './describe.js';
import type { FunctionDetails, FunctionFacts, ModuleFacts } from './facts.js';

/** Characters: a tree, and what was found in it, take some hundred times the memory of the text. */
const most = 100_000;
const atHand = new AtHand<DescribedModule, Describer>({ most, idle: 2000 });

/** Where a module's facts come from. */
export interface ModuleSource extends Pick<ModuleFacts, 'filename' | 'path'> {
  readonly text: string;
  /** Reads the text; undefined where that cannot be done. */
  readonly read: () => Describer | undefined;
}

/**
 * The facts of a module. Of many modules only the exports are asked for, so what its functions do is worked out when the
 * first of them is. The tree is kept for that, and only for a moment: where more is asked later, the text is read again.
 */
export class DescribedModule implements ModuleFacts {
  readonly filename: string;
  readonly path: string;
  readonly named: Exports['named'];
  readonly main: Exports['main'];
  readonly stars: Exports['stars'];
  #functions: readonly FunctionFacts[] | undefined;
  #details: readonly FunctionDetails[] | undefined;

  private constructor(
    private readonly source: ModuleSource,
    describer: Describer,
  ) {
    ({ filename: this.filename, path: this.path } = source);
    ({ named: this.named, main: this.main, stars: this.stars } = describer.exports);
    atHand.keep(this, describer, source.text.length);
  }

  /** What the text of a module tells; undefined when it cannot be read. */
  static of(source: ModuleSource): DescribedModule | undefined {
    const describer = source.read();
    return describer && new DescribedModule(source, describer);
  }

  function(index: number): FunctionFacts | undefined {
    this.#functions ??= (attempt(() => this.#describer()?.functions) ?? []).map((fn) => this.#withDetails(fn));
    return this.#functions[index];
  }

  #withDetails(fn: DescribedFunction): FunctionFacts {
    const details = (): FunctionDetails => {
      this.#details ??= attempt(() => this.#describer()?.details) ?? [];
      return this.#details[fn.index] ?? unknown;
    };
    return {
      ...fn,
      get parameters() {
        return details().parameters;
      },
      get onlyForwards() {
        return details().onlyForwards;
      },
      get ends() {
        return details().ends;
      },
    };
  }

  #describer(): Describer | undefined {
    return atHand.take(this) ?? this.source.read();
  }
}

/** For a text that could be read once, and cannot be read again. */
const unknown: FunctionDetails = { parameters: [], onlyForwards: false, ends: 'unknown' };
