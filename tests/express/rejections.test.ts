import { describe, expect, it } from 'vitest';

import { escapes, leaks, parsers } from './model-of.js';

/** A handler with this body, on lines of its own: the body is line 4. */
function inHandler(body: string, head = 'async (req, res, next) =>'): string {
  return `const express = require('express'); const app = express();
const fail = async () => { throw new Error('x'); }; const slow = () => fetch('http://x');
app.get('/x', ${head} {
${body}
});`;
}

const isSync = '(req, res, next) =>';

describe.each(parsers)('rejections that leave a handler through its promise (%s)', (parser) => {
  it.each([
    ['await', `await fail(); res.end();`],
    ['await', `res.json(await fail());`],
    ['await', `const { rows } = await db.query('x'); res.json(rows);`],
    ['throw', `throw new Error('x');`],
    ['throw', `if (!req.user) throw new Error('x'); res.end();`],
    ['return', `return fail();`],
    ['return', `return fail().then((x) => res.json(x));`],
    ['return', `return (async () => { await fail(); })();`],
    ['await', `try { await fail(); } finally { done(); }`],
    ['throw', `try { await fail(); } catch (e) { throw e; }`],
    ['return', `try { return fail(); } catch (e) { next(e); }`],
    ['await', `await fail(); try { res.end(); } catch (e) { next(e); }`],
    ['await', `for await (const row of db.rows()) res.write(row); res.end();`],
    ['await', `await Promise.all([fail(), slow()]); res.end();`],
    ['return', `return fail().catch(next).then(() => { throw new Error('x'); });`],
    ['return', `return fail().then((x) => { throw x; }, next);`],
    ['return', `return fail().catch((e) => { throw e; });`],
  ])('%s: %s', (how, body) => {
    expect(escapes(inHandler(body), { parser })).toEqual([`${how} on line 4`]);
  });

  it.each([
    [`try { await fail(); res.end(); } catch (e) { next(e); }`],
    [`try { return await fail(); } catch (e) { next(e); }`],
    [`await fail().catch(next);`],
    [`return fail().catch(next);`],
    [`return fail().then((x) => res.json(x)).catch(next);`],
    [`return fail().then((x) => res.json(x), next);`],
    [`return fail().finally(log).catch(next);`],
    [`return fail().then((x) => res.json(x)).then(null, next);`],
    [`await fail().catch((e) => res.status(500).end());`],
    [`res.end();`],
    [`await Promise.allSettled([fail()]); res.end();`],
    [`try { throw new Error('x'); } catch (e) { next(e); }`],
    [`try { await fail(); } finally { return next(); }`],
  ])('none: %s', (body) => {
    expect(escapes(inHandler(body), { parser })).toEqual([]);
  });

  it('does not stop at functions of the file', () => {
    const helper = (body: string) => `${inHandler('await load(); res.end();')}\nasync function load() { ${body} }`;
    expect(escapes(helper('await db.query();'), { parser })).toEqual(['await on line 4']);
    expect(escapes(helper('try { await db.query(); } catch (e) { log(e); }'), { parser })).toEqual([]);
    expect(escapes(helper('return 1;'), { parser })).toEqual([]);
    expect(escapes(helper('await load();'), { parser })).toEqual([]);
  });
});

describe.each(parsers)('rejections that reach nobody (%s)', (parser) => {
  it.each([
    ['floating', `fail(); res.end();`],
    ['floating', `void fail(); res.end();`],
    ['floating', `fail().then((x) => res.json(x));`],
    ['floating', `(async () => { await fail(); })();`],
    ['floating', `Promise.all([fail()]); res.end();`],
    ['floating', `Promise.all(req.body.ids.map(async (id) => { await fail(id); })); res.end();`],
    ['floating', `fail().then((x) => { throw x; }, next);`],
    ['floating', `fail().catch(next).then(() => { throw new Error('x'); });`],
    ['floating', `fail().catch(next).then((x) => res.json(x));`],
    ['floating', `fail().catch((e) => { throw e; });`],
    ['floating', `fail().then((x) => res.json(x)).finally(() => log());`],
    ['floating', `fail().catch();`],
    ['floating', `try { fail(); } catch (e) { next(e); } res.end();`],
    ['floating', `try { fail().then((x) => res.json(x)); } catch (e) { next(e); }`],
    ['late', `const a = fail(); await slow().catch(log); try { await a; } catch (e) { return next(e); } res.end();`],
    ['late', `const ps = [fail(), slow()]; try { for (const p of ps) await p; } catch (e) { return next(e); } res.end();`],
    ['late', `const ps = [fail(), slow()]; try { for await (const p of ps) use(p); } catch (e) { return next(e); } res.end();`],
    ['late', `const ps = req.body.map((id) => fail(id)); try { for (const p of ps) await p; } catch (e) { return next(e); } res.end();`],
    ['floating', `fail().then((x) => res.json(x)).catch(next());`],
    ['floating', `const p = fail(); p.then((x) => res.json(x)); p.catch(next);`],
    ['floating', `fs.promises.readFile('x').then((x) => res.send(x));`],
    ['discarded', `res.format({ json: async () => { res.json(await fail()); } });`],
    ['discarded', `res.on('close', async () => { await fail(); });`],
    ['swallowed', `fail().then((x) => res.json(x)).catch((e) => next);`],
    ['swallowed', `try { res.json(await fail()); } catch (e) { return; }`],
    ['discarded', `setTimeout(async () => { await fail(); }, 10); res.end();`],
    ['discarded', `setImmediate(async () => { await fail(); }); res.end();`],
    ['discarded', `process.nextTick(async () => { await fail(); }); res.end();`],
    ['discarded', `req.body.list.forEach(async (x) => { await fail(x); }); res.end();`],
    ['discarded', `const kept = list.filter(async (x) => { await fail(x); }); res.json(kept);`],
    ['discarded', `await list.map(async (x) => { await fail(x); }); res.end();`],
    ['discarded', `req.on('end', async () => { await fail(); });`],
    ['discarded', `emitter.on('x', async () => { await fail(); res.end(); });`],
    ['discarded', `new Promise(async (resolve) => { await fail(); resolve(); }).catch(next);`],
    ['discarded', `fs.readFile('x', async (err, data) => { await fail(data); res.end(); });`],
    ['swallowed', `fail().then((x) => res.json(x)).catch(console.error);`],
    ['swallowed', `fail().then((x) => res.json(x)).catch(() => {});`],
    ['swallowed', `fail().then((x) => res.json(x)).catch((e) => { log(e); });`],
    ['swallowed', `try { res.json(await fail()); } catch (e) { console.error(e); }`],
    ['swallowed', `try { res.json(await fail()); } catch {}`],
  ])('%s: %s', (kind, body) => {
    expect(leaks(inHandler(body), { parser })).toEqual([`${kind} on line 4`]);
  });

  it.each([
    [`fail().then((x) => res.json(x)).catch(next);`],
    [`fail().then((x) => res.json(x), next);`],
    [`fail().then((x) => res.json(x)).then(null, next);`],
    [`fail().catch((e) => next(e)); res.end();`],
    [`fail().finally(() => log()).catch(next);`],
    [`fail().catch(next).finally(() => log());`],
    [`fail().catch((e) => res.status(500).end());`],
    [`fail().catch(() => {}); res.end();`],
    [`Promise.allSettled([fail()]); res.end();`],
    [`const a = fail(); a.catch(() => {}); await slow().catch(log); try { await a; } catch (e) { return next(e); } res.end();`],
    [`const a = fail(); const b = slow(); try { await Promise.all([a, b]); } catch (e) { return next(e); } res.end();`],
    [`try { const [a] = await Promise.all([fail(), slow()]); res.json(a); } catch (e) { next(e); }`],
    [`try { await Promise.race([fail(), slow()]); res.end(); } catch (e) { next(e); }`],
    [`await new Promise((resolve) => setTimeout(resolve, 1)); res.end();`],
    [`await next();`],
    [`setTimeout(async () => { try { await fail(); } catch (e) { log(e); } }, 10); res.end();`],
    [`setTimeout(() => { log(); }, 10); res.end();`],
    [`try { await Promise.all(list.map(async (x) => { await fail(x); })); } catch (e) { return next(e); } res.end();`],
    [`try { res.json(await fail()); } catch (e) { next(e); }`],
    [`try { res.json(await fail()); } catch (e) { res.status(500).end(); }`],
    [`try { await fail(); } catch (e) { log(e); } res.end();`],
    [`fail().then((x) => res.json(x)).catch((e) => handleError(res, e));`],
  ])('none: %s', (body) => {
    expect(leaks(inHandler(body), { parser })).toEqual([]);
  });

  it('leaves what is returned to whoever called', () => {
    expect(leaks(inHandler(`return fail().then((x) => res.json(x));`, isSync), { parser })).toEqual([]);
    expect(leaks(inHandler(`fail().then((x) => res.json(x));`, isSync), { parser })).toEqual(['floating on line 4']);
  });

  it('says nothing about code that serves no request', () => {
    const code = `const express = require('express'); const app = express();\nconst fail = async () => { throw new Error('x'); };\nfail();\nsetTimeout(async () => { await fail(); }, 10);\nfunction unused() { fail(); }`;
    expect(leaks(code, { parser })).toEqual([]);
  });

  it('looks into the functions that a handler calls', () => {
    const code = `${inHandler('record(req); res.end();')}\nfunction record(req) {\n  fail();\n}`;
    expect(leaks(code, { parser })).toEqual(['floating on line 7']);
  });
});
