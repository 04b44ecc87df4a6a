import type { TSESTree } from '@typescript-eslint/utils';

import { calledMember, memberName, type Node, unwrap } from '../ast/nodes.js';
import type { Value } from '../ast/values.js';
import { Apps } from './apps.js';
import { importKey } from './imports.js';
import type { ExpressModel } from './model.js';

/** A call that makes an Express app listen for requests. */
export interface Listening {
  readonly call: TSESTree.CallExpression;
  /** The expression that stands for the app in it. */
  readonly app: Node;
}

/** What makes a server out of an app. */
const servers: ReadonlySet<string> = new Set(['http#createServer', 'http#Server', 'https#createServer', 'https#Server', 'http2#createSecureServer', 'spdy#createServer', 'http2-express-bridge']);

/** The calls in a file that make an Express app listen, itself or through a server that is made of it. */
export function listenings(express: ExpressModel): Listening[] {
  const { file } = express;
  if (!express.isServed) return [];
  const apps = new Apps(file);
  const isApp = (node: Node): boolean => apps.receiver(node)?.certainty === 'certain';
  return file.tree.calls.flatMap((call): Listening[] => {
    const member = calledMember(call);
    if (call.type !== 'CallExpression' || !member || memberName(member) !== 'listen') return [];
    if (isApp(member.object)) return [{ call, app: member.object }];
    const [app] = file.values.of(member.object).flatMap((value) => argumentsOfServer(value).filter(isApp));
    return app ? [{ call, app }] : [];
  });
}

function argumentsOfServer(value: Value): readonly Node[] {
  const made = value.kind === 'call' ? value.callee : value.kind === 'instance' ? value.of : undefined;
  if (made?.kind !== 'import' || !servers.has(importKey(made))) return [];
  const node = value.kind === 'call' || value.kind === 'instance' ? unwrap(value.node) : undefined;
  return node?.type === 'CallExpression' || node?.type === 'NewExpression' ? node.arguments : [];
}
