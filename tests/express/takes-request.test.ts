import { parse } from '@typescript-eslint/parser';
import { describe, expect, it } from 'vitest';

import { isFunction } from '../../src/ast/nodes.js';
import { takesRequest } from '../../src/express/signatures.js';

function takes(parameters: string): boolean {
  const [fn] = parse(`function f(${parameters}) {}`).body;
  if (!isFunction(fn)) throw new Error('no function');
  return takesRequest(fn);
}

describe('a function that is given the request', () => {
  it.each(['req', '_req', 'req, options', 'req: Request', 'req: express.Request', 'req: AuthRequest', 'req: RequestWithUser', 'request: Request, id: string'])('%s', (parameters) => {
    expect(takes(parameters)).toBe(true);
  });

  it.each(['', 'request', 'options, req', '{ req }', 'req: DeleteMessagesRequest', 'req: LoginRequestBody', 'req: NextRequest', 'req: IncomingMessage', 'input: Request'])('not: %s', (parameters) => {
    expect(takes(parameters)).toBe(false);
  });
});
