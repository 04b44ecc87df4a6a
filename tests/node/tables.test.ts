import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { callbackFact, synchronousCallbackMethods } from '../../src/node/callbacks.js';
import { instanceOf } from '../../src/node/instances.js';
import { canonical } from '../../src/node/modules.js';
import { promiseFact } from '../../src/promises/known.js';

const split = (dotted: string) => (dotted === '' ? [] : dotted.split('.'));
const promise = (module: string, dotted: string) => promiseFact(module, split(dotted));
const callback = (module: string, dotted: string) => callbackFact(module, split(dotted));

describe('canonical', () => {
  it.each([
    ['node:fs', 'readFile', 'fs', 'readFile'],
    ['fs/promises', 'readFile', 'fs', 'promises.readFile'],
    ['node:timers/promises', 'setTimeout', 'timers', 'promises.setTimeout'],
    ['', 'process.nextTick', 'process', 'nextTick'],
    ['', 'setTimeout', 'timers', 'setTimeout'],
    ['', 'crypto.subtle.digest', '', 'crypto.subtle.digest'],
    ['', '', '', ''],
    ['fs-extra', 'promises.readFile', 'fs', 'promises.readFile'],
    ['fs-extra', '', 'fs-extra', ''],
    ['mongoose', 'mongo.GridFSBucket', 'mongodb', 'GridFSBucket'],
    ['mongoose', 'connect', 'mongoose', 'connect'],
  ])('%s + %s is %s + %s', (module, dotted, home, member) => {
    expect(canonical(module, split(dotted))).toEqual({ module: home, path: split(member) });
  });
});

describe('instanceOf', () => {
  it('follows a class through the calls that make it', () => {
    expect(instanceOf('node:sqlite', ['DatabaseSync'], 'new')).toEqual({ module: 'sqlite', path: ['DatabaseSync', 'prototype'] });
    expect(instanceOf('sqlite', ['DatabaseSync', 'prototype', 'prepare'], 'call')).toEqual({ module: 'sqlite', path: ['StatementSync', 'prototype'] });
    expect(instanceOf('better-sqlite3', [], 'new')).toEqual({ module: 'better-sqlite3', path: ['prototype'] });
    expect(instanceOf('better-sqlite3', [], 'call')).toEqual({ module: 'better-sqlite3', path: ['prototype'] });
    expect(instanceOf('fs/promises', ['open'], 'call')).toEqual({ module: 'fs', path: ['promises', 'FileHandle', 'prototype'], awaited: true });
    expect(instanceOf('axios', ['create'], 'call')).toEqual({ module: 'axios', path: [] });
    expect(instanceOf('fs', ['readFileSync'], 'call')).toBeUndefined();
    expect(instanceOf('fs', ['constructor'], 'call')).toBeUndefined();
  });
});

describe('promiseFact', () => {
  it.each([
    ['fs/promises', 'readFile'],
    ['fs', 'promises.readFile'],
    ['fs', 'promises.FileHandle.prototype.read'],
    ['stream/promises', 'pipeline'],
    ['dns', 'promises.lookup'],
    ['', 'fetch'],
    ['', 'Promise.all'],
    ['axios', ''],
    ['axios', 'post'],
    ['mysql2/promise', 'Pool.prototype.query'],
    ['sequelize', 'Sequelize.prototype.query'],
    ['@prisma/client', 'PrismaClient.prototype.$connect'],
  ])('%s + %s returns a promise', (module, dotted) => {
    expect(promise(module, dotted)).toEqual({ kind: 'returns-promise' });
  });

  it.each([
    ['fs-extra', 'readJson'],
    ['bcrypt', 'hash'],
    ['pg', 'Pool.prototype.query'],
    ['mongodb', 'Collection.prototype.insertOne'],
    ['mongoose', 'connect'],
    ['ioredis', 'prototype.get'],
    ['@aws-sdk/client-s3', 'S3Client.prototype.send'],
    ['nodemailer', 'Mail.prototype.sendMail'],
  ])('%s + %s does unless it gets a callback', (module, dotted) => {
    expect(promise(module, dotted)).toEqual({ kind: 'returns-promise', unlessCallback: true });
  });

  it('knows what never rejects, what is lazy and what depends on the arguments', () => {
    expect(promise('timers/promises', 'setTimeout')).toEqual({ kind: 'never-rejects', rejectsWithOption: 'signal' });
    expect(promise('', 'Promise.allSettled')).toEqual({ kind: 'never-rejects' });
    expect(promise('@prisma/client', 'PrismaClient.prototype.user.findMany')).toEqual({ kind: 'returns-promise', lazy: true });
    expect(promise('superagent', 'get')?.lazy).toBe(true);
    expect(promise('got', '')?.when).toEqual([{ kind: 'no-option', name: 'isStream' }]);
  });

  it.each([
    ['fs', 'readFile'],
    ['fs', 'promises.watch'],
    ['fs', 'promises.glob'],
    ['fs', 'promises.constants'],
    ['timers/promises', 'setInterval'],
    ['timers', 'setTimeout'],
    ['', 'Promise.resolve'],
    ['@prisma/client', 'PrismaClient.prototype.$on'],
    ['@prisma/client', 'PrismaClient.prototype.user'],
    ['@prisma/client', 'Prisma.sql'],
    ['mongodb', 'Collection.prototype.find'],
    ['mongoose', 'model'],
    ['redis', 'createClient'],
    ['@aws-sdk/client-s3', 'GetObjectCommand'],
    ['axios', 'isAxiosError'],
    ['axios', 'constructor'],
  ])('says nothing of %s + %s', (module, dotted) => {
    expect(promise(module, dotted)).toBeUndefined();
  });

  it('is right about every fs.promises function of the running Node', () => {
    const exports = createRequire(import.meta.url)('node:fs/promises') as Record<string, unknown>;
    const unknown = Object.keys(exports).filter((name) => typeof exports[name] === 'function' && promise('fs/promises', name) === undefined);
    expect(unknown.filter((name) => name !== 'glob')).toEqual(['watch']);
  });
});

describe('callbackFact', () => {
  it.each([
    ['', 'setTimeout', 'later', 0, false],
    ['timers', 'setImmediate', 'later', 0, false],
    ['', 'process.nextTick', 'later', 0, false],
    ['process', 'nextTick', 'later', 0, false],
    ['', 'queueMicrotask', 'later', 0, false],
    ['fs', 'readFile', 'later', 'last', true],
    ['fs', 'exists', 'later', 'last', false],
    ['fs', 'watch', 'event', 'last', false],
    ['zlib', 'gzip', 'later', 'last', true],
    ['crypto', 'randomBytes', 'later', 'last', true],
    ['child_process', 'exec', 'later', 'last', true],
    ['dns', 'lookup', 'later', 'last', true],
    ['http', 'get', 'event', 'last', false],
    ['', 'Array.from', 'now', 1, false],
    ['', 'Promise', 'now', 0, false],
    ['async_hooks', 'AsyncLocalStorage.prototype.run', 'now', 1, false],
    ['bcrypt', 'hash', 'later', 'last', true],
    ['jsonwebtoken', 'sign', 'later', 'last', true],
    ['jsonwebtoken', 'verify', 'now', 'last', true],
    ['nodemailer', 'Mail.prototype.sendMail', 'later', 'last', true],
  ])('%s + %s: %s, argument %s, error first %s', (module, dotted, runs, position, errorFirst) => {
    expect(callback(module, dotted)).toEqual({ runs, position, errorFirst });
  });

  it.each([
    ['fs', 'readFileSync'],
    ['fs', 'promises.readFile'],
    ['fs', 'openAsBlob'],
    ['child_process', 'spawn'],
    ['timers/promises', 'setTimeout'],
    ['zlib', 'createGzip'],
    ['fs', 'constructor'],
  ])('none for %s + %s', (module, dotted) => {
    expect(callback(module, dotted)).toBeUndefined();
  });

  it('lists the synchronous array methods', () => {
    const iterating = Object.getOwnPropertyNames(Array.prototype).filter((name) => synchronousCallbackMethods.has(name));
    expect(iterating).toHaveLength(synchronousCallbackMethods.size);
  });
});
