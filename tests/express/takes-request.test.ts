import { parse } from '@typescript-eslint/parser';
import { describe, expect, it } from 'vitest';

import { isFunction } from '../../src/ast/nodes.js';
import { requestAt } from '../../src/express/signatures.js';

function takes(parameters: string): number | undefined {
  const [fn] = parse(`function f(${parameters}) {}`).body;
  if (!isFunction(fn)) throw new Error('no function');
  return requestAt(fn);
}

describe('a function that is given the request', () => {
  it.each(['req', '_req', 'req, options', 'req: Request', 'req: express.Request', 'req: AuthRequest', 'req: RequestWithUser', 'request: Request, id: string'])('%s', (parameters) => {
    expect(takes(parameters)).toBe(0);
  });

  it.each(['config, req, res', 'config, request, response, next'])('after what is bound: %s', (parameters) => {
    expect(takes(parameters)).toBe(1);
  });

  it.each(['config, req', 'config, req, done', 'config, req: NextRequest, res', 'a, b, c, req, res', '', 'request', 'options, req', '{ req }', 'req: DeleteMessagesRequest', 'req: LoginRequestBody', 'req: NextRequest', 'req: IncomingMessage', 'input: Request'])('not: %s', (parameters) => {
    expect(takes(parameters)).toBeUndefined();
  });
});
