import { describe, expect, it } from 'vitest';

import { calledName } from '../../src/ast/nodes.js';
import { model, parsers } from './model-of.js';

const start = `const express = require('express'); const app = express();\n`;

/** The calls on line 3 that answer the request, as they are written. */
function answering(body: string, head = '(req, res, next) =>', after = '', parser: (typeof parsers)[number] = 'espree'): string[] {
  const code = `${start}app.get('/x', ${head} {\n${body}\n});\n${after}`;
  const { answers } = model(code, { parser });
  return answers.answering.filter((call) => call.loc.start.line === 3).map((call) => code.slice(...call.range));
}

describe.each(parsers)('calls that answer a request (%s)', (parser) => {
  it.each([
    ['json', `res.json(1)`],
    ['end', `res.end()`],
    ['sendFile', `res.sendFile(path)`],
    ['render', `res.render('x')`],
    ['redirect', `res.redirect('/')`],
    ['sendStatus', `res.sendStatus(404)`],
    ['next', `next()`],
    ['next with an error', `next(err)`],
    ['next with a route', `next('route')`],
    ['a method of the app', `res.fail(error)`],
    ['a helper that is given the response', `render(res)`],
    ['a helper that is given next', `done(next)`],
    ['a helper that is given both in an object', `run({ req, res })`],
    ['a pipe', `stream.pipe(res)`],
  ])('%s: %s', (_what, call) => {
    expect(answering(`${call};`, undefined, '', parser)).toEqual([call]);
  });

  it.each([
    ['status', `res.status(200);`],
    ['a header', `res.set('x', 'y'); res.setHeader('x', 'y'); res.cookie('a', 'b');`],
    ['a listener', `res.on('finish', done);`],
    ['the request', `req.get('x'); check(req);`],
    ['another object', `log.json(1); cache.end();`],
    ['a logger that is given the response', `console.log(res); logger.info(res);`],
    ['a name that is not a parameter', `const other = {}; other.json(1);`],
  ])('not %s: %s', (_what, body) => {
    expect(answering(body, undefined, '', parser)).toEqual([]);
  });

  it('goes by the place of the parameter, not by its name', () => {
    expect(answering(`b.json(1);`, '(a, b, c) =>', '', parser)).toEqual(['b.json(1)']);
    expect(answering(`c(x);`, '(a, b, c) =>', '', parser)).toEqual(['c(x)']);
    expect(answering(`a.json(1);`, '(a, b, c) =>', '', parser)).toEqual([]);
  });

  it('follows the end of a chain', () => {
    expect(answering(`res.status(200).json(1);`, undefined, '', parser)).toContain('res.status(200).json(1)');
    expect(answering(`res.status(200).set('x', 'y');`, undefined, '', parser)).toEqual([]);
  });

  it('knows a helper of the file by what it does', () => {
    expect(answering(`fail();\nfunction fail() { res.end(); }`, undefined, '', parser)).toEqual(['fail()']);
    expect(answering(`fail();\nfunction fail() { log(); }`, undefined, '', parser)).toEqual([]);
  });

  it('knows what a parameter is to the handler', () => {
    const found = model(`${start}app.use((err, a, b, c) => { probe(err); probe(a); probe(b); probe(c); });`, { parser });
    const roles = found.file.tree.calls.filter((call) => calledName(call) === 'probe').map((call) => found.answers.roleOf(call.arguments[0] ?? call));
    expect(roles).toEqual([undefined, 'request', 'response', 'next']);
  });

  it('knows next among the rest arguments', () => {
    const found = model(`const wrap = (fn) => (...args) => { probe(args[2]); probe(args[args.length - 1]); probe(args[1]); probe(args[0]); };`, { parser });
    const roles = found.file.tree.calls.filter((call) => calledName(call) === 'probe').map((call) => found.answers.roleOf(call.arguments[0] ?? call));
    expect(roles).toEqual(['next', 'next', 'response', undefined]);
  });
});
