import { type Node, unwrap } from '../ast/nodes.js';
import { mayMention } from '../project/search.js';
import { isSource } from '../project/source-files.js';
import { importKey, isProjectModule, originOf } from './imports.js';
import { listenings } from './listening.js';
import type { ExpressModel } from './model.js';
import { repositoryOf } from './version.js';

/** An app that listens, and whose answers nobody compresses. */
export interface Uncompressed {
  /** Where the app is made, in this file; else where it listens. */
  readonly node: Node;
  /** The name of the app, where it is made and named by one statement. */
  readonly app: string | undefined;
}

/** Code that compresses, or says that somebody else does. */
const compressing = /compress|gzip|brotli|shrink-ray|\bzlib\b|content-encoding/i;
/** Files of platforms that compress by themselves. */
const platformFile = /^(?:vercel\.json|now\.json|netlify\.toml|app\.ya?ml|render\.ya?ml|firebase\.json|wrangler\..+)$/i;
/** Files that configure a proxy in front of an app, and what switches compression on there. */
const proxyFile = /^(?:.*nginx.*|.*\.conf(?:\..+)?|caddyfile.*|haproxy.*|.*\.vcl|traefik.*|(?:docker-)?compose.*\.ya?ml|.*ingress.*\.ya?ml)$/i;
const switchedOn = /\bgzip\s+on\b|\bgzip_static\b|\bbrotli\s+on\b|\bcompression\s+algo|\bencode\b[^\n]*(?:gzip|zstd|br\b)|\.compress\b|\bcompress\s*[:=]\s*(?:true|\{)|do_gzip|use-gzip|AddOutputFilterByType\s+DEFLATE/i;

/** The apps of a file that listen without compression: none in the code of the package, none in the configuration of a proxy. */
export function uncompressedApps(express: ExpressModel, text: string): Uncompressed[] {
  const { facts } = express.file;
  const places = compressing.test(text) ? [] : listenings(express);
  if (places.length === 0) return [];
  const { root } = facts;
  if (root !== undefined && (mayMention(root, isSource, compressing) || isCompressedInFront(repositoryOf(root)))) return [];
  const found = new Map<Node, Uncompressed>();
  for (const { app, call } of places) {
    const made = madeHere(express, app);
    // Whoever makes the app in a package may compress what it answers.
    if (!made && !express.file.values.of(app).every((value) => isProjectModule(originOf(value)?.module ?? ''))) continue;
    const one = made ?? { node: call, app: undefined };
    found.set(one.node, one);
  }
  return [...found.values()];
}

function isCompressedInFront(repository: string): boolean {
  return mayMention(repository, (name) => platformFile.test(name), /^/) || mayMention(repository, (name) => proxyFile.test(name), switchedOn);
}

/** Where `app` is made by `express()`, in this file. */
function madeHere(express: ExpressModel, app: Node): Uncompressed | undefined {
  for (const value of express.file.values.of(app)) {
    if (value.kind !== 'call' || value.callee.kind !== 'import' || importKey(value.callee) !== 'express') continue;
    const { parent } = value.node;
    const isNamed = parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && parent.parent.declarations.length === 1 && unwrap(value.node.callee).type === 'Identifier';
    return { node: value.node, app: isNamed && parent.id.type === 'Identifier' ? parent.id.name : undefined };
  }
  return undefined;
}
