import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { attachesErrorListener, consumingMethods, emitterOf, hasEmitters, neverCrash } from '../../src/node/emitters.js';

const split = (dotted: string) => (dotted === '' ? [] : dotted.split('.'));
const call = (module: string, dotted: string) => emitterOf(module, split(dotted), 'call');
const construct = (module: string, dotted: string) => emitterOf(module, split(dotted), 'new');

describe('emitterOf', () => {
  it.each([
    ['fs', 'createReadStream', 'readable', 'outside'],
    ['node:fs', 'createReadStream', 'readable', 'outside'],
    ['fs-extra', 'createWriteStream', 'writable', 'outside'],
    ['fs/promises', 'FileHandle.prototype.createReadStream', 'readable', 'outside'],
    ['http', 'get', 'request', 'outside'],
    ['follow-redirects', 'https.request', 'request', 'outside'],
    ['http2', 'connect', 'emitter', 'outside'],
    ['net', 'connect', 'socket', 'outside'],
    ['http', 'createServer', 'server', 'outside'],
    ['child_process', 'spawn', 'child', 'outside'],
    ['zlib', 'createGunzip', 'duplex', 'input'],
    ['crypto', 'createDecipheriv', 'duplex', 'input'],
    ['readline', 'createInterface', 'emitter', 'outside'],
    ['readline/promises', 'createInterface', 'emitter', 'outside'],
    ['stream', 'Readable.from', 'readable', 'own-code'],
    ['busboy', '', 'writable', 'input'],
    ['request', 'get', 'request', 'outside'],
    ['csv-parse', 'parse', 'duplex', 'input'],
    ['sharp', '', 'duplex', 'input'],
    ['mongodb', 'GridFSBucket.prototype.openDownloadStream', 'readable', 'outside'],
    ['mongoose', 'mongo.GridFSBucket.prototype.openDownloadStreamByName', 'readable', 'outside'],
  ])('%s + %s makes a %s that crashes, cause %s', (module, dotted, kind, cause) => {
    expect(call(module, dotted)).toMatchObject({ kind, cause, crashes: true });
    expect(hasEmitters(module)).toBe(true);
  });

  it.each([
    ['worker_threads', 'Worker'],
    ['fs', 'ReadStream'],
    ['zlib', 'Gunzip'],
    ['ws', ''],
    ['ws', 'WebSocket'],
    ['events', 'EventEmitter'],
    ['stream', 'PassThrough'],
  ])('new %s + %s crashes', (module, dotted) => {
    expect(construct(module, dotted)?.crashes).toBe(true);
  });

  it.each([
    ['child_process', 'exec'],
    ['child_process', 'execFile'],
    ['child_process', 'fork'],
    ['zlib', 'createGzip'],
    ['crypto', 'createHash'],
    ['fs', 'watch'],
    ['execa', ''],
    ['concat-stream', ''],
  ])('%s + %s never crashes', (module, dotted) => {
    expect(call(module, dotted)?.crashes).toBe(false);
  });

  it('tells a call from a construction', () => {
    expect(construct('fs', 'createReadStream')).toBeUndefined();
    expect(call('worker_threads', 'Worker')).toBeUndefined();
    expect(call('', 'WebSocket')).toBeUndefined();
    expect(construct('', 'WebSocket')?.crashes).toBe(false);
  });

  it.each([
    ['fs', 'readFile'],
    ['fs', 'constructor'],
    ['express', ''],
    ['stream', 'pipeline'],
    ['http', 'Agent'],
    ['rxjs', 'from'],
  ])('knows nothing of %s + %s', (module, dotted) => {
    expect(call(module, dotted)).toBeUndefined();
  });

  it('spells names as people write them', () => {
    expect(call('fs-extra', 'createReadStream')?.name).toBe('fs.createReadStream');
    expect(call('cross-spawn', '')?.name).toBe('spawn');
    expect(call('fs/promises', 'FileHandle.prototype.createReadStream')?.name).toBe('filehandle.createReadStream');
    expect(call('mongodb', 'GridFSBucket.prototype.openUploadStream')?.name).toBe('GridFSBucket.openUploadStream');
    expect(construct('', 'WebSocket')?.name).toBe('WebSocket');
  });

  it('knows the parts of a child process', () => {
    expect(call('child_process', 'spawn')?.parts?.stdin?.crashes).toBe(true);
    expect(call('child_process', 'spawn')?.parts?.stdout?.crashes).toBe(false);
    expect(call('child_process', 'execFile')?.parts?.stdin?.crashes).toBe(true);
  });

  it('knows where the error goes elsewhere', () => {
    expect(call('request', '')?.selfHandled).toEqual([{ by: 'callback' }]);
    expect(call('sharp', '')?.selfHandled?.[0]).toMatchObject({ by: 'method', names: expect.arrayContaining(['toBuffer']) as unknown });
    expect(call('fs', 'createReadStream')?.signalHides).toBe(true);
    expect(call('child_process', 'spawn')?.signalHides).toBeUndefined();
    expect(neverCrash.request.crashes).toBe(false);
  });
});

describe('attachesErrorListener', () => {
  it.each([
    ['stream', 'pipeline', 'callback'],
    ['stream/promises', 'pipeline', 'promise'],
    ['stream', 'promises.pipeline', 'promise'],
    ['stream', 'finished', 'callback'],
    ['stream', 'compose', 'result'],
    ['stream', 'addAbortSignal', 'nowhere'],
    ['stream/consumers', 'text', 'promise'],
    ['events', 'once', 'promise'],
    ['readline', 'createInterface', 'result'],
    ['pump', '', 'callback'],
    ['pumpify', '', 'result'],
    ['get-stream', '', 'promise'],
    ['raw-body', '', 'callback'],
  ])('%s + %s: to the %s', (module, dotted, to) => {
    expect(attachesErrorListener(module, split(dotted))?.to).toBe(to);
  });

  it.each([
    ['concat-stream', ''],
    ['', 'fetch'],
    ['archiver', ''],
    ['fast-csv', 'parseStream'],
    ['stream', 'Readable.from'],
    ['stream', 'constructor'],
  ])('%s + %s does not', (module, dotted) => {
    expect(attachesErrorListener(module, split(dotted))).toBeUndefined();
  });

  it('says what it needs', () => {
    expect(attachesErrorListener('stream', ['pipeline'])).toMatchObject({ args: 'all', needsCallback: true });
    expect(attachesErrorListener('stream', ['finished'])).toMatchObject({ args: [0], needsCallback: true, unlessFalse: 'error' });
    expect(attachesErrorListener('readline', ['createInterface'])?.options).toEqual(['input']);
    expect(consumingMethods.has('toArray')).toBe(true);
    expect(consumingMethods.has('map')).toBe(false);
  });
});

/** The rows about Node itself, on the Node that runs the tests. */
describe('an error without a listener', () => {
  const prelude = `
    const fs = require('fs'), http = require('http'), net = require('net'), cp = require('child_process');
    const zlib = require('zlib'), stream = require('stream'), readline = require('readline'), { Worker } = require('worker_threads');
    const missing = require('path').join(__dirname, 'no', 'such', 'file');
    const bytes = () => stream.Readable.from([Buffer.from('neither compressed nor encrypted')]);
    setTimeout(() => process.exit(0), 500);
  `;
  const status = (code: string) => spawnSync(process.execPath, ['--no-warnings', '-e', prelude + code], { encoding: 'utf8' }).status;

  it.concurrent.each([
    ['fs.createReadStream', 'fs.createReadStream(missing)'],
    ['fs.createWriteStream', 'fs.createWriteStream(missing)'],
    ['http.get', "http.get('http://127.0.0.1:1')"],
    ['net.connect', 'net.connect(1)'],
    ['spawn', 'cp.spawn(missing)'],
    ['Worker', "new Worker('throw new Error()', { eval: true })"],
    ['zlib.createGunzip', 'bytes().pipe(zlib.createGunzip())'],
    ['readline over a missing file', 'readline.createInterface({ input: fs.createReadStream(missing) })'],
    ['finished without looking at errors', 'stream.finished(fs.createReadStream(missing), { error: false }, () => {})'],
  ])('%s ends the process', (_name, code) => {
    expect(status(code)).toBe(1);
  });

  it.concurrent.each([
    ['execFile', 'cp.execFile(missing)'],
    ['exec', 'cp.exec(missing)'],
    ['fork of a missing file', 'cp.fork(missing, { silent: true })'],
    ['zlib.createGzip', 'bytes().pipe(zlib.createGzip())'],
    ['a signal', 'fs.createReadStream(missing, { signal: new AbortController().signal })'],
    ['pipeline with a callback', 'stream.pipeline(fs.createReadStream(missing), zlib.createGzip(), () => {})'],
    ['finished with a callback', 'stream.finished(fs.createReadStream(missing), () => {})'],
    ['readline with a listener of its own', "readline.createInterface({ input: fs.createReadStream(missing) }).on('error', () => {})"],
    ['toArray', 'fs.createReadStream(missing).toArray().catch(() => {})'],
  ])('%s does not', (_name, code) => {
    expect(status(code)).toBe(0);
  });
});
