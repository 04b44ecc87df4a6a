import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { VisitorKeys } from '../ast/tree.js';
import { isRecord, type Load, once } from './load.js';

/** Finds the scopes and variables of a tree that comes without. */
export interface ScopeAnalysis {
  /** What the children of each node are called, in the trees of espree, typescript-eslint and oxc alike. */
  readonly visitorKeys: VisitorKeys;
  /** Throws on trees that are none. */
  analyze(program: TSESTree.Program, visitorKeys: VisitorKeys): TSESLint.Scope.ScopeManager;
}

interface Loaded {
  analyze(
    program: TSESTree.Program,
    options: { sourceType: 'module'; lib: []; jsxPragma: null; childVisitorKeys: VisitorKeys },
  ): TSESLint.Scope.ScopeManager;
  readonly visitorKeys: VisitorKeys;
}

function isLoaded(value: unknown): value is Loaded {
  return isRecord(value) && typeof value.analyze === 'function' && isRecord(value.visitorKeys);
}

/** typescript-eslint's scope analysis, from a file of its own: loading the plugin does not load it. */
export function scopeAnalysis(load: Load): () => ScopeAnalysis | undefined {
  return once(() => {
    const loaded = load('./scope-manager.cjs');
    if (!isLoaded(loaded)) return undefined;
    return {
      visitorKeys: loaded.visitorKeys,
      // Scripts too: a CommonJS module's variables are its own, and nothing that is asked for depends on strictness.
      analyze: (program, childVisitorKeys) => loaded.analyze(program, { sourceType: 'module', lib: [], jsxPragma: null, childVisitorKeys }),
    };
  });
}
