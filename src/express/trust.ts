import { calledMember, memberName, type Node, staticString } from '../ast/nodes.js';
import type { Value } from '../ast/values.js';
import { Apps } from './apps.js';
import type { ExpressModel } from './model.js';

/** Where an app is told to believe whatever stands in `X-Forwarded-For`: `trust proxy` is on, or a function that says yes to every address. */
export function blindTrust(express: ExpressModel): Node[] {
  const { file } = express;
  const apps = new Apps(file);
  if (!express.isServed) return [];
  return file.tree.calls.flatMap((call): Node[] => {
    const member = calledMember(call);
    const method = member && memberName(member);
    const [name, value] = call.arguments;
    if (!member || staticString(name) !== 'trust proxy' || !apps.receiver(member.object)) return [];
    if (method === 'enable') return [call];
    if (method !== 'set' || !value) return [];
    const values = file.values.of(value);
    const isKnown = values.every(({ kind }) => kind === 'literal' || kind === 'function');
    return isKnown && values.some((one) => isTrue(one) || saysYes(express, one)) ? [value] : [];
  });
}

function isTrue(value: Value): boolean {
  return value.kind === 'literal' && value.node.type === 'Literal' && value.node.value === true;
}

function saysYes(express: ExpressModel, value: Value): boolean {
  return value.kind === 'function' && !value.node.async && express.file.values.returnsOf(value.node).length > 0 && express.file.values.returnsOf(value.node).every(isTrue);
}
