import * as parser from '@typescript-eslint/parser';
import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/no-memory-session-store.js';

const tester = new RuleTester({ languageOptions: { sourceType: 'module' } });
const typescript = new RuleTester({ languageOptions: { parser, sourceType: 'module' } });

const head = `const session = require('express-session');\n`;
const redis = `const { RedisStore } = require('connect-redis');\n`;

/** Silent. */
function fine(name: string, code: string) {
  return { name, code: head + redis + code };
}

/** Reported for having no store. */
function noStore(name: string, code: string) {
  return { name, code: head + redis + code, errors: [{ messageId: 'noStore' as const }] };
}

/** Reported for the store that it is given. */
function memoryStore(name: string, code: string) {
  return { name, code: head + redis + code, errors: [{ messageId: 'memoryStore' as const }] };
}

tester.run('no-memory-session-store: whether there is a store', rule, {
  valid: [
    fine('a store', `app.use(session({ secret, store: new RedisStore({ client }) }));`),
    fine('a store by shorthand', `const store = new RedisStore({ client });\napp.use(session({ secret, store }));`),
    fine('a store that is set later', `const options = { secret };\noptions.store = new RedisStore({ client });\napp.use(session(options));`),
    fine('a store in a variable that is set later', `let store;\nif (url) store = new RedisStore({ client });\napp.use(session({ secret, store }));`),
    fine('a store from another file', `const { store } = require('./store');\napp.use(session({ secret, store }));`),
    fine('options from another file', `const config = require('./config');\napp.use(session(config.session));`),
    fine('options that are handed in', `module.exports = (app, options) => app.use(session(options));`),
    fine('spread options', `const config = require('./config');\napp.use(session({ secret, ...config.session }));`),
    fine('options merged', `app.use(session(Object.assign({}, defaults, { secret })));`),
    fine('options that somebody else sees', `const options = { secret };\naddStore(options);\napp.use(session(options));`),
    fine('options with a computed name', `app.use(session({ secret, [key]: value }));`),
    fine('a store in what is spread', `const base = { store: new RedisStore({ client }) };\napp.use(session({ secret, ...base }));`),
    fine('a factory', `function makeStore() { return new RedisStore({ client }); }\napp.use(session({ secret, store: makeStore() }));`),
    fine('a factory of another file', `app.use(session({ secret, store: require('./store').make() }));`),
    fine('spread arguments', `app.use(session(...args));`),
    fine('never called', `app.use(other(session));`),
  ],
  invalid: [
    {
      code: `${head}app.use(session({ secret, resave: false }));`,
      errors: [{ messageId: 'noStore', data: { name: 'session()' }, line: 2, column: 9, endLine: 2, endColumn: 16 }],
      name: 'no store',
    },
    noStore('no options', `app.use(session());`),
    noStore('options in a variable', `const options = { secret };\napp.use(session(options));`),
    noStore('another option that is set later', `const options = { secret };\noptions.name = 'sid';\napp.use(session(options));`),
    noStore('a member of an option that is set later', `const options = { secret, cookie: {} };\noptions.cookie.secure = true;\napp.use(session(options));`),
    noStore('spread options without a store', `const base = { secret };\napp.use(session({ ...base, resave: false }));`),
    noStore('undefined for a store', `app.use(session({ secret, store: undefined }));`),
    noStore('null for a store', `app.use(session({ secret, store: null }));`),
    memoryStore('the store in memory', `app.use(session({ secret, store: new session.MemoryStore() }));`),
    memoryStore('the store in memory, from a variable', `const store = new session.MemoryStore();\napp.use(session({ secret, store }));`),
    memoryStore('the store in memory, set later', `const options = { secret };\noptions.store = new session.MemoryStore();\napp.use(session(options));`),
    memoryStore('a factory of it', `function makeStore() { return new session.MemoryStore(); }\napp.use(session({ secret, store: makeStore() }));`),
    noStore('inside a function', `module.exports = (app) => { app.use(session({ secret })); };`),
    noStore('under a condition that says nothing of stores', `if (config.sessions) app.use(session({ secret }));`),
    noStore('below other options for other environments', `const options = { secret };\nif (process.env.NODE_ENV === 'production') options.cookie = { secure: true };\napp.use(session(options));`),
  ],
});

tester.run('no-memory-session-store: in production', rule, {
  valid: [
    fine('a store in production', `app.use(session({ secret, store: process.env.NODE_ENV === 'production' ? new RedisStore({ client }) : undefined }));`),
    fine('a store in production, the other way round', `const isDev = process.env.NODE_ENV !== 'production';\napp.use(session({ secret, store: isDev ? new session.MemoryStore() : new RedisStore({ client }) }));`),
    fine('a store in production, by a var', `var env = process.env.NODE_ENV || 'development';\napp.use(session({ secret, store: env == 'development' ? new session.MemoryStore() : new RedisStore({ client }) }));`),
    fine('a store where one is configured', `app.use(session({ secret, store: url ? new RedisStore({ client }) : new session.MemoryStore() }));`),
    fine('a store that may be missing', `app.use(session({ secret, store: url && new RedisStore({ client }) }));`),
    fine('a store or the one in memory', `const { store } = require('./store');\napp.use(session({ secret, store: store || new session.MemoryStore() }));`),
    fine('a store set in production', `const options = { secret };\nif (process.env.NODE_ENV === 'production') options.store = new RedisStore({ client });\napp.use(session(options));`),
    fine('only in development', `if (process.env.NODE_ENV !== 'production') app.use(session({ secret }));`),
    fine('only in development, destructured', `const { NODE_ENV } = process.env;\nif (NODE_ENV === 'development') { app.use(session({ secret })); }`),
    fine('only in development, as the app knows it', `if (app.get('env') === 'development') app.use(session({ secret }));`),
    fine('only in development, by a switch', `switch (process.env.NODE_ENV) { case 'development': app.use(session({ secret })); break; default: app.use(session({ secret, store: new RedisStore({ client }) })); }`),
    fine('only in development, as in Express 3', `app.configure('development', function () { app.use(session({ secret })); });`),
    fine('after production has left', `module.exports = (app) => { if (process.env.NODE_ENV === 'production') return; app.use(session({ secret })); };`),
    fine('another one with a store, by configuration', `if (config.redis) app.use(session({ secret, store: new RedisStore({ client }) })); else app.use(session({ secret }));`),
    fine('another one with a store, in one expression', `app.use(config.redis ? session({ secret, store: new RedisStore({ client }) }) : session({ secret }));`),
    { filename: 'app.test.js', code: `${head}app.use(session({ secret }));`, name: 'a test' },
  ],
  invalid: [
    noStore('none in production', `app.use(session({ secret, store: process.env.NODE_ENV === 'production' ? undefined : new RedisStore({ client }) }));`),
    memoryStore('the one in memory in production', `app.use(session({ secret, store: process.env.NODE_ENV === 'development' ? new RedisStore({ client }) : new session.MemoryStore() }));`),
    noStore('one only in development', `app.use(session({ secret, store: process.env.NODE_ENV === 'development' && new RedisStore({ client }) }));`),
    noStore('only in production', `if (process.env.NODE_ENV === 'production') app.use(session({ secret }));`),
    noStore('only in production, as in Express 3', `app.configure('production', function () { app.use(session({ secret })); });`),
    noStore('another one with a store, for another app', `app.use(session({ secret }));\nadmin.use(session({ secret, store: new RedisStore({ client }) }));`),
    {
      code: `${head}if (config.secure) app.use(session({ secret, cookie: { secure: true } })); else app.use(session({ secret }));`,
      errors: [{ messageId: 'noStore', line: 2 }, { messageId: 'noStore', line: 2 }],
      name: 'two without a store, by configuration',
    },
  ],
});

tester.run('no-memory-session-store: whose sessions', rule, {
  valid: [
    `import session from 'cookie-session';\nimport express from 'express';\nexpress().use(session({ secret }));`,
    `import session from 'client-sessions';\nimport express from 'express';\nexpress().use(session({ secret }));`,
    `import { session } from 'passport';\nimport express from 'express';\nexpress().use(session({ secret }));`,
    `import session from './express-session.js';\nimport express from 'express';\nexpress().use(session({ secret }));`,
    `import session from 'express-session';\nimport makeStore from 'memorystore';\nconst MemoryStore = makeStore(session);\napp.use(session({ secret, store: new MemoryStore({ checkPeriod: 86400000 }) }));`,
    `import session from 'express-session';\nfunction mount(session) { app.use(session({ secret })); }`,
  ],
  invalid: [
    { code: `import session from 'express-session';\napp.use(session({ secret }));`, errors: [{ messageId: 'noStore' }] },
    { code: `import session, { MemoryStore } from 'express-session';\napp.use(session({ secret, store: new MemoryStore() }));`, errors: [{ messageId: 'memoryStore' }] },
    { code: `import * as expressSession from 'express-session';\napp.use(expressSession({ secret }));`, errors: [{ messageId: 'noStore', data: { name: 'expressSession()' } }] },
    { code: `app.use(require('express-session')({ secret }));`, errors: [{ messageId: 'noStore' }] },
    { code: `const express = require('express');\napp.use(express.session({ secret }));`, errors: [{ messageId: 'noStore', data: { name: 'express.session()' } }] },
    { code: `const express = require('express');\napp.use(express.session({ secret, store: new express.session.MemoryStore() }));`, errors: [{ messageId: 'memoryStore' }] },
  ],
});

typescript.run('no-memory-session-store: TypeScript', rule, {
  valid: [
    `import session, { type SessionOptions } from 'express-session';\nconst options: SessionOptions = { secret };\nif (process.env.NODE_ENV === 'production') { options.store = makeStore(); }\napp.use(session(options as SessionOptions));`,
  ],
  invalid: [
    { code: `import session, { type SessionOptions } from 'express-session';\nconst options: SessionOptions = { secret: process.env.SECRET! };\napp.use(session(options as SessionOptions));`, errors: [{ messageId: 'noStore' }] },
    { code: `import session = require('express-session');\napp.use(session({ secret } as session.SessionOptions));`, errors: [{ messageId: 'noStore' }] },
  ],
});
