import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Functions that services have, by what they do; `n` numbers the service, `others` are the three that it imports. */
const functions = [
  (n, [a]) => `
async function find${n}(id, { fresh = false } = {}) {
  const key = \`service${n}:\${id}\`;
  const known = cache.get(key);
  if (known && !fresh && known.expires > Date.now()) {
    return known.value;
  }
  const row = await db.query('SELECT * FROM things${n} WHERE id = $1', [id]);
  if (!row) {
    throw new Missing${n}(id);
  }
  const owner = await ${a}.describe(row.owner);
  const value = { ...normalise(row), owner };
  cache.set(key, { value, expires: Date.now() + TTL });
  return value;
}
`,
  (n, [, b]) => `
async function list${n}({ page = 1, size = 20, order = 'name' } = {}) {
  const offset = (page - 1) * size;
  const rows = await db.query(\`SELECT * FROM things${n} ORDER BY \${order} LIMIT $1 OFFSET $2\`, [size, offset]);
  const items = [];
  for (const row of rows) {
    if (row.hidden) continue;
    const about = await ${b}.describe(row.id);
    items.push({ ...normalise(row), about });
  }
  return { page, size, items };
}
`,
  () => `
function normalise(row) {
  const { id, name, owner, created_at: createdAt, ...rest } = row;
  return {
    id: Number(id),
    name: String(name).trim(),
    owner: owner ?? null,
    createdAt: new Date(createdAt).toISOString(),
    tags: (rest.tags ?? '').split(',').map((tag) => tag.trim()).filter(Boolean),
  };
}
`,
  (n, [, , c]) => `
function describe(id) {
  if (id === undefined) {
    return Promise.resolve(null);
  }
  return db
    .query('SELECT name, owner FROM things${n} WHERE id = $1', [id])
    .then((row) => (row ? { label: row.name, link: \`/things${n}/\${id}\` } : null))
    .catch((error) => {
      log.error({ error, id }, 'no description');
      return ${c}.fallback(id);
    });
}
`,
  (n) => `
function fallback(id) {
  const parts = [];
  if (id !== undefined && id !== null) parts.push(String(id));
  switch (parts.length) {
    case 0:
      return { label: 'nothing', link: '/' };
    default:
      return { label: parts.join(' '), link: \`/things${n}/\${parts[0]}\` };
  }
}
`,
  (n, [a, b]) => `
async function create${n}(input, actor) {
  const errors = validate(input);
  if (errors.length > 0) {
    const error = new Error(errors.join(', '));
    error.status = 422;
    throw error;
  }
  const [row] = await db.query('INSERT INTO things${n} (name, owner) VALUES ($1, $2) RETURNING *', [input.name, actor.id]);
  await Promise.all([${a}.touch(row.id), ${b}.touch(row.id)]);
  events.emit('created', { id: row.id, actor: actor.id });
  return normalise(row);
}
`,
  () => `
function validate(input) {
  const errors = [];
  if (typeof input.name !== 'string' || input.name.length < 3) errors.push('name');
  if (input.tags && !Array.isArray(input.tags)) errors.push('tags');
  for (const tag of input.tags ?? []) {
    if (!/^[a-z0-9-]+$/.test(tag)) errors.push(\`tag \${tag}\`);
  }
  return errors;
}
`,
  (n) => `
async function touch(id) {
  cache.delete(\`service${n}:\${id}\`);
  try {
    await db.query('UPDATE things${n} SET updated_at = now() WHERE id = $1', [id]);
  } catch (error) {
    log.warn({ error, id }, 'could not touch');
  }
}
`,
  (n, [, , c]) => `
async function report${n}(ids) {
  const counts = new Map();
  for (const id of ids) {
    const { owner } = await find${n}(id);
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  const template = await loadTemplate('report${n}');
  const rows = [...counts].sort(([, x], [, y]) => y - x).map(([owner, count]) => \`\${owner}: \${count}\`);
  return template.replace('{{rows}}', rows.join('\\n')).replace('{{about}}', JSON.stringify(await ${c}.describe(ids[0])));
}
`,
];

const optional = [
  (n) => `
function summarise(items) {
  const total = items.reduce((sum, { amount = 0 }) => sum + amount, 0);
  const largest = items.reduce((best, item) => ((item.amount ?? 0) > (best?.amount ?? 0) ? item : best), undefined);
  return { total, largest, average: items.length === 0 ? 0 : total / items.length, kind: 'things${n}' };
}
`,
  () => `
async function retry(task, times = 3) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await task();
    } catch (error) {
      if (attempt >= times) throw error;
      log.warn({ error, attempt }, 'again');
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
  }
}
`,
  (n) => `
function toCsv(items) {
  const head = ['id', 'name', 'owner'];
  const lines = items.map((item) => head.map((column) => JSON.stringify(item[column] ?? '')).join(';'));
  return [head.join(';'), ...lines, 'things${n}'].join('\\n');
}
`,
  (n) => `
class Queue${n} {
  #waiting = [];

  #running = 0;

  push(job) {
    this.#waiting.push(job);
    return this.#next();
  }

  async #next() {
    if (this.#running > 4) return;
    const job = this.#waiting.shift();
    if (!job) return;
    this.#running += 1;
    try {
      await job();
    } finally {
      this.#running -= 1;
    }
  }
}
`,
];

/** Numbers that look random and are the same in every run. */
function random(seed) {
  let state = seed * 2_654_435_761;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
    return state % below;
  };
}

function service(n, services) {
  const next = random(n + 1);
  const others = [1, 7, 31].map((step) => (n + step + next(5)) % services);
  const names = others.map((_, i) => ['first', 'second', 'third'][i]);
  const extra = optional.filter(() => next(4) === 0);
  // One service in twenty still reads the file as scripts do.
  const load =
    next(20) === 0
      ? `
async function loadTemplate(name) {
  return fs.readFileSync(path.join(__dirname, \`\${name}.txt\`), 'utf8');
}
`
      : `
async function loadTemplate(name) {
  return fs.promises.readFile(path.join(__dirname, \`\${name}.txt\`), 'utf8');
}
`;
  const most = functions.filter((_, i) => i < 5 || i === 8 || next(3) === 0);
  const bodies = [...most, ...extra].map((write) => write(n, names)).concat(load);
  const declared = bodies.flatMap((body) => /(?:function|class) (\w+)/.exec(body)?.[1] ?? []);
  // What a function that was left out would have done, another one does.
  const missing = ['touch', 'validate'].filter((name) => !declared.includes(name));
  return `'use strict';

const { EventEmitter } = require('events');
const fs = require('fs');
const path = require('path');

const db = require('../lib/db');
const log = require('../lib/log');
${others.map((other, i) => `const ${names[i]} = require('./service${other}');`).join('\n')}

const TTL = 60_000;
const cache = new Map();
const events = new EventEmitter();

class Missing${n} extends Error {
  constructor(id) {
    super(\`There is no \${id}\`);
    this.status = 404;
  }
}
${missing.map((name) => `\nconst ${name} = (input) => (input ? [] : ['nothing']);\n`).join('')}${bodies.join('')}
module.exports = { ${[...declared, ...missing, `Missing${n}`].join(', ')} };
`;
}

const actions = {
  show: (n) => `const thing = await service${n}.find${n}(req.params.id, { fresh: req.query.fresh === '1' });
    res.json(thing);`,
  index: (n) => `const page = Number(req.query.page ?? 1);
    const found = await service${n}.list${n}({ page, order: req.query.order });
    res.set('X-Page', String(page)).json(found);`,
  about: (n) => `const about = await service${n}.describe(req.params.id);
    if (!about) {
      res.status(404).json({ error: 'not found' });
      return;
    }
    res.render('about', { about, user: req.user });`,
  fallback: (n) => `res.json(service${n}.fallback(req.params.id));`,
  report: (n) => `const ids = String(req.query.ids ?? '').split(',').filter(Boolean);
    const report = await service${n}.report${n}(ids);
    res.type('text').attachment('report.txt').send(report);`,
  touch: (n, other) => `await service${n}.touch(req.params.id);
    await service${other}.touch(req.params.id);
    res.status(204).end();`,
  preview: (n, other) => `const [mine, theirs] = await Promise.all([
      service${n}.describe(req.params.id),
      service${other}.describe(req.query.other),
    ]);
    res.format({
      json: () => res.json({ mine, theirs }),
      html: () => res.render('preview', { mine, theirs }),
    });`,
};

function controller(n, services) {
  const other = (n * 3 + 1) % services;
  const handlers = Object.entries(actions).map(
    ([name, body]) => `
exports.${name} = async (req, res, next) => {
  try {
    ${body(n, other)}
  } catch (error) {
    log.debug({ error, user: req.user?.id }, '${name}');
    next(error);
  }
};
`,
  );
  return `'use strict';

const log = require('../lib/log');
const service${n} = require('../services/service${n}');
const service${other} = require('../services/service${other}');
${handlers.join('')}`;
}

function routes(n) {
  const lines = Object.keys(actions).flatMap((name) => [
    `router.get('/${name}/:id', authenticate, controller.${name});`,
    `router.post(
  '/${name}/:id',
  authenticate,
  validated({ body: { id: 'number', name: 'string', tags: 'array' } }),
  audit('${name}'),
  controller.${name},
);`,
  ]);
  return `'use strict';

const express = require('express');

const controller = require('../controllers/controller${n}');
const { audit, authenticate, validated } = require('../lib/middleware');

const router = express.Router();

${lines.join('\n\n')}

module.exports = router;
`;
}

const lib = {
  'lib/db.js': `'use strict';

const { Pool } = require('pg');

const pool = new Pool();

exports.query = async (text, values) => {
  const { rows } = await pool.query(text, values);
  return rows;
};
`,
  'lib/log.js': `'use strict';

module.exports = require('pino')();
`,
  'lib/middleware.js': `'use strict';

const log = require('./log');

exports.authenticate = (req, res, next) => {
  if (!req.user) {
    res.status(401).end();
    return;
  }
  next();
};

exports.validated = (schema) => (req, res, next) => {
  for (const [part, fields] of Object.entries(schema)) {
    for (const [name, type] of Object.entries(fields)) {
      const value = req[part]?.[name];
      if (type === 'array' ? !Array.isArray(value) : typeof value !== type) {
        res.status(422).json({ error: name });
        return;
      }
    }
  }
  next();
};

exports.audit = (action) => (req, res, next) => {
  log.info({ action, user: req.user.id });
  next();
};
`,
};

/**
 * Writes an app of so many files: routes, their controllers, and services that each import three others.
 * @returns how many files there are
 */
export function generateApp(folder, files) {
  const left = files - Object.keys(lib).length - 1;
  const groups = Math.floor(left / 4);
  const services = left - 2 * groups;
  const texts = {
    ...lib,
    'app.js': `'use strict';

const express = require('express');

const app = express();

${Array.from({ length: groups }, (_, n) => `app.use('/things${n}', require('./routes/routes${n}'));`).join('\n')}

module.exports = app;
`,
    'package.json': JSON.stringify({ name: 'generated', dependencies: { express: '^4.21.0', pg: '*', pino: '*' } }),
  };
  for (let n = 0; n < groups; n += 1) {
    texts[`routes/routes${n}.js`] = routes(n);
    texts[`controllers/controller${n}.js`] = controller(n, services);
  }
  for (let n = 0; n < services; n += 1) texts[`services/service${n}.js`] = service(n, services);
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return Object.keys(texts).length - 1;
}
