import { type Node, staticString, unwrap } from '../ast/nodes.js';
import { packageName } from '../project/packages.js';
import type { ExpressModel } from './model.js';
import { obsoletePackages, type ObsoletePackage } from './vocabulary.js';

/** An import of a package that should not be used any more. */
export interface ObsoleteImport {
  readonly node: Node;
  readonly name: string;
  /** undefined: only the user says so. */
  readonly known: ObsoletePackage | undefined;
}

/** Whether a text may name one of the packages at all. */
export function namesObsolete(text: string, extra: readonly string[]): boolean {
  return [...obsoletePackages.keys(), ...extra].some((name) => text.includes(name));
}

/**
 * Finds the imports and `require` calls of packages that are obsolete; types count for nothing.
 * @param extra more packages
 * @param ignore packages that may be used
 */
export function obsoleteImports(express: ExpressModel, extra: ReadonlySet<string>, ignore: ReadonlySet<string>): ObsoleteImport[] {
  const { tree, values, major } = express.file;
  const sources: Node[] = [];
  for (const item of tree.moduleItems) {
    if (item.type === 'TSImportEqualsDeclaration') {
      if (item.importKind !== 'type' && item.moduleReference.type === 'TSExternalModuleReference') sources.push(item.moduleReference.expression);
    } else if ('source' in item && item.source) {
      if (!(item.type === 'ImportDeclaration' && item.importKind === 'type') && !('exportKind' in item && item.exportKind === 'type')) sources.push(item.source);
    }
  }
  for (const call of tree.calls) {
    const [source] = call.arguments;
    const callee = unwrap(call.callee);
    if (source && callee.type === 'Identifier' && callee.name === 'require' && values.globalOf(callee)?.[0] === 'require') sources.push(source);
  }
  return sources.flatMap((node): ObsoleteImport[] => {
    const name = packageName(staticString(node) ?? '')?.name;
    if (name === undefined || ignore.has(name)) return [];
    const known = obsoletePackages.get(name);
    const isObsolete = known ? known.only === undefined || known.only === major : false;
    return isObsolete || extra.has(name) ? [{ node, name, known: isObsolete ? known : undefined }] : [];
  });
}
