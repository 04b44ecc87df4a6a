/**
 * What makes a stream or an emitter, and what happens when it fails with nobody listening for 'error'.
 *
 * `measured`: made to fail without a listener in a process of its own; Node's own on 20, 22 and 24, packages on 20 and
 * 24. Members that are one function under several names (`request.get`, `request.post`) were measured by one of them.
 * `documented`: its documentation says so. `cited`: from the project's table of runtime cases, or from the source.
 */
import { lookup, mayHave, type Tables } from './modules.js';
import type { CallCondition } from './blocking.js';

export type EmitterKind =
  | 'readable'
  | 'writable'
  | 'duplex'
  | 'request'
  | 'response'
  | 'server'
  | 'socket'
  | 'child'
  | 'worker'
  | 'emitter';

export type Evidence = 'measured' | 'documented' | 'cited';

/**
 * Where a failure comes from.
 * - `outside`: the file system, the network, another process. Can happen to any program at any time.
 * - `input`: what is written or piped in is not what it expects (not gzip, not CSV, not a form).
 * - `own-code`: only if code of the program fails: its own iterable or callback, or `destroy(err)`.
 * - `misuse`: only a programming error, such as a write after the end.
 */
export type Cause = 'outside' | 'input' | 'own-code' | 'misuse';

/** A way of using the thing in which its errors are taken care of. */
export type SelfHandling =
  /** A function among the arguments of the creating call gets the error. */
  | { readonly by: 'callback' }
  /** One of these methods is called on it, and its promise or callback gets the error. */
  | { readonly by: 'method'; readonly names: readonly string[] }
  /** One of these methods is called on it with a callback, which gets the error. */
  | { readonly by: 'method-callback'; readonly names: readonly string[] }
  /** It is awaited, returned or chained: the promise it also is gets the error. */
  | { readonly by: 'promise' };

export interface EmitterFact {
  /** As a person would write it: `fs.createReadStream`. */
  readonly name: string;
  readonly kind: EmitterKind;
  /** An 'error' without a listener ends the process. False: never emitted in practice, or handled inside. */
  readonly crashes: boolean;
  readonly cause: Cause;
  /** When it fails, as the second half of a sentence: "`name` fails when …"; for `crashes: false`, why it does not. */
  readonly why: string;
  readonly evidence: Evidence;
  readonly selfHandled?: readonly SelfHandling[];
  /** The call takes `signal`; with it Node listens for 'error' itself: no crash, but nobody answers the request. */
  readonly signalHides?: true;
  /** It fails as soon as it is made, even if nothing is ever read, written or awaited. */
  readonly failsUnused?: true;
  /** Methods that throw what goes wrong instead: with nothing but these, it is not used as a stream. */
  readonly throwsIn?: ReadonlySet<string>;
  /** The creating call gives a promise of it. */
  readonly awaited?: true;
  /** Creates the thing only when called so. All must hold. */
  readonly when?: readonly CallCondition[];
  /** Emitters that hang on it: `child.stdin`. */
  readonly parts?: Readonly<Record<string, EmitterFact>>;
}

type How = 'call' | 'new' | 'both';
type Row = Omit<EmitterFact, 'name'> & { readonly how: How; readonly name?: string };
type Table = Readonly<Record<string, Row>>;

function spell(module: string, key: string): string {
  const binding = bindingNames.get(module) ?? module;
  if (key === '') return binding;
  if (binding === '') return key;
  return `${binding}.${key}`.replace(/^.*?([A-Z]\w*)\.prototype\./, '$1.');
}

// ---------------------------------------------------------------------------------------------------------------
// Rows

function row(how: How, kind: EmitterKind, cause: Cause, why: string, more: Partial<Row> = {}): Row {
  return { how, kind, crashes: true, cause, why, evidence: 'measured', ...more };
}

function harmless(how: How, kind: EmitterKind, cause: Cause, why: string, more: Partial<Row> = {}): Row {
  return { ...row(how, kind, cause, why, more), crashes: false };
}

const cipherMethods: ReadonlySet<string> = new Set(['update', 'final', 'setAuthTag', 'getAuthTag', 'setAAD', 'setAutoPadding']);

function each(keys: readonly string[], value: Row): Table {
  return Object.fromEntries(keys.map((key) => [key, value]));
}

const callback: readonly SelfHandling[] = [{ by: 'callback' }];
const awaited: readonly SelfHandling[] = [{ by: 'promise' }];

const cannotOpen = 'the file is missing or cannot be opened';
const cannotCreate = 'the file cannot be created or written';
const cannotConnect = 'the other side refuses, hangs up or cannot be found';
const cannotListen = 'the port is taken or not allowed';

function fs(): Table {
  const read = row('both', 'readable', 'outside', cannotOpen, { failsUnused: true, signalHides: true });
  const write = row('both', 'writable', 'outside', cannotCreate, { failsUnused: true, signalHides: true });
  return {
    createReadStream: { ...read, how: 'call' },
    createWriteStream: { ...write, how: 'call' },
    ReadStream: read,
    WriteStream: write,
    'promises.FileHandle.prototype.createReadStream': row('call', 'readable', 'outside', 'the file cannot be read', { name: 'filehandle.createReadStream' }),
    'promises.FileHandle.prototype.createWriteStream': row('call', 'writable', 'outside', 'the file cannot be written', { name: 'filehandle.createWriteStream' }),
    // Throws at once where the path is missing (measured); the watcher itself then emits no error.
    watch: harmless('call', 'emitter', 'outside', 'a missing path throws in the call itself'),
    watchFile: harmless('call', 'emitter', 'outside', 'a missing path is reported as an empty stat'),
  };
}

/** http.request and https.request: a listener on the response is not enough. */
const clientRequest = row('call', 'request', 'outside', cannotConnect, { failsUnused: true, signalHides: true });
const server = row('call', 'server', 'outside', cannotListen);

const stdin: EmitterFact = { name: 'child.stdin', kind: 'writable', crashes: true, cause: 'outside', why: 'the child ends before it has read everything (EPIPE)', evidence: 'measured' };
const output = (name: string): EmitterFact => ({ name, kind: 'readable', crashes: false, cause: 'outside', why: 'a pipe that ends emits no error', evidence: 'cited' });
const childParts = { stdin, stdout: output('child.stdout'), stderr: output('child.stderr') };

const decompressors = ['Gunzip', 'Inflate', 'InflateRaw', 'Unzip', 'BrotliDecompress', 'ZstdDecompress'];
const compressors = ['Gzip', 'Deflate', 'DeflateRaw', 'BrotliCompress', 'ZstdCompress'];

function zlib(): Table {
  const decompress = row('both', 'duplex', 'input', 'what comes in is not valid compressed data');
  // Measured: only a write after the end, or a chunk that is no buffer or string.
  const compress = harmless('both', 'duplex', 'misuse', 'any bytes can be compressed');
  return {
    ...each(decompressors.flatMap((name) => [name, `create${name}`]), decompress),
    ...each(compressors.flatMap((name) => [name, `create${name}`]), compress),
  };
}

function stream(): Table {
  const ownCode = 'its own methods or its source fail, or it is destroyed with an error';
  return {
    ...each(['Readable'], row('new', 'readable', 'own-code', ownCode)),
    ...each(['Writable'], row('new', 'writable', 'own-code', ownCode)),
    ...each(['Duplex', 'Transform'], row('new', 'duplex', 'own-code', ownCode)),
    PassThrough: row('both', 'duplex', 'own-code', 'it is destroyed with an error; by itself it passes everything on'),
    'Readable.from': row('call', 'readable', 'own-code', 'the iterable throws or rejects'),
    'Duplex.from': row('call', 'duplex', 'own-code', 'the source throws or rejects'),
    'Readable.fromWeb': row('call', 'readable', 'outside', 'the web stream fails, as a fetch body does when the connection breaks'),
    'Writable.fromWeb': row('call', 'writable', 'outside', 'the web stream fails'),
    'Duplex.fromWeb': row('call', 'duplex', 'outside', 'the web stream fails', { evidence: 'documented' }),
    compose: row('call', 'duplex', 'outside', 'any of the streams in it fails'),
  };
}

/** Packages that are Node's streams under another name. */
const readableStream = (): Table => {
  const { 'Readable.fromWeb': _a, 'Writable.fromWeb': _b, 'Duplex.fromWeb': _c, ...rest } = stream();
  return rest;
};

/** request 2, and what looks like it. With a callback the error goes there. */
const requestRow = row('call', 'request', 'outside', cannotConnect, { failsUnused: true, selfHandled: callback });
const gotStream = row('call', 'duplex', 'outside', cannotConnect, { failsUnused: true });
/** mysql 2, mysql2 3: a query's callback gets its own error only; a lost connection is an 'error' of the connection. */
const sqlConnection = row('call', 'socket', 'outside', 'the database is away or the connection breaks');

const tables: Tables<Row> = new Map<string, () => Table>([
  ['fs', fs],
  // Measured: fs-extra 11 and graceful-fs 4.2.
  ['fs-extra', fs],
  ['graceful-fs', fs],
  ['http', () => ({ request: clientRequest, get: clientRequest, ClientRequest: { ...clientRequest, how: 'new' }, createServer: server, Server: { ...server, how: 'both' } })],
  ['https', () => ({ request: clientRequest, get: clientRequest, createServer: server, Server: { ...server, how: 'both' } })],
  [
    'http2',
    () => ({
      connect: row('call', 'emitter', 'outside', cannotConnect, { failsUnused: true }),
      'ClientHttp2Session.prototype.request': row('call', 'duplex', 'outside', 'the server resets the stream'),
      createServer: server,
      createSecureServer: server,
    }),
  ],
  [
    'net',
    () => ({
      connect: row('call', 'socket', 'outside', cannotConnect, { failsUnused: true }),
      createConnection: row('call', 'socket', 'outside', cannotConnect, { failsUnused: true }),
      Socket: row('both', 'socket', 'outside', cannotConnect),
      createServer: server,
      Server: { ...server, how: 'both' },
    }),
  ],
  ['tls', () => ({ connect: row('call', 'socket', 'outside', cannotConnect, { failsUnused: true }), TLSSocket: row('both', 'socket', 'outside', cannotConnect, { evidence: 'cited' }), createServer: server, Server: { ...server, how: 'both' } })],
  // A send without a callback emits the look-up error (measured); with one it goes there.
  ['dgram', () => ({ createSocket: row('call', 'socket', 'outside', 'an address cannot be bound or looked up', { signalHides: true }) })],
  [
    'child_process',
    () => {
      const inside = 'Node listens for it, with or without a callback';
      return {
        spawn: row('call', 'child', 'outside', 'the program or the working directory is missing', { failsUnused: true, parts: childParts }),
        exec: harmless('call', 'child', 'outside', inside, { parts: childParts }),
        execFile: harmless('call', 'child', 'outside', inside, { parts: childParts }),
        // A missing file makes the child exit with 1; only a missing directory or execPath is an 'error' (measured).
        fork: harmless('call', 'child', 'outside', 'a missing file only makes the child exit', { parts: childParts }),
      };
    },
  ],
  ['worker_threads', () => ({ Worker: row('new', 'worker', 'outside', 'the file is missing or the code in it throws', { failsUnused: true }) })],
  ['cluster', () => ({ fork: harmless('call', 'child', 'outside', 'a missing file only makes the worker exit') })],
  ['zlib', zlib],
  [
    'crypto',
    () => ({
      ...each(['createDecipheriv', 'createDecipher'], row('call', 'duplex', 'input', 'the data was not encrypted with this key, or is cut off', { throwsIn: cipherMethods })),
      // Measured: fails only without automatic padding.
      ...each(['createCipheriv', 'createCipher'], harmless('call', 'duplex', 'misuse', 'any bytes can be encrypted while padding is on')),
      ...each(['createHash', 'createHmac'], harmless('call', 'duplex', 'misuse', 'any bytes can be hashed')),
    }),
  ],
  [
    'readline',
    () => {
      // It listens on its input and emits the error again itself, so the listener belongs on the interface.
      const lines = row('call', 'emitter', 'outside', 'its input fails, such as a missing file');
      return { createInterface: lines, Interface: { ...lines, how: 'new' }, 'promises.createInterface': lines, 'promises.Interface': { ...lines, how: 'new' } };
    },
  ],
  ['stream', stream],
  ['readable-stream', readableStream],
  ['events', () => each(['', 'EventEmitter'], row('new', 'emitter', 'own-code', 'the program emits an error on it'))],
  ['', () => ({ WebSocket: harmless('new', 'socket', 'outside', 'an EventTarget: an error event without a listener is dropped'), EventTarget: harmless('new', 'emitter', 'own-code', 'an error event without a listener is dropped'), EventSource: harmless('new', 'emitter', 'outside', 'an error event without a listener is dropped', { evidence: 'documented' }) })],

  // HTTP clients.
  // follow-redirects 1.
  ['follow-redirects', () => each(['http.request', 'http.get', 'https.request', 'https.get'], clientRequest)],
  ['request', () => each(['', 'get', 'post', 'put', 'patch', 'head', 'del', 'delete'], requestRow)],
  // got 11 and 12.
  ['got', () => each(['stream', ...['get', 'post', 'put', 'patch', 'head', 'delete'].map((verb) => `stream.${verb}`), 'got.stream'], gotStream)],
  // superagent 10: nothing is sent before end, then or pipe; when piped, the error is dropped, or is emitted once the answer has begun.
  ['superagent', () => each(['get', 'post', 'put', 'patch', 'head', 'delete', 'del'], row('call', 'request', 'outside', 'the connection breaks while the answer is piped', { selfHandled: [{ by: 'method', names: ['end', 'then', 'catch'] }, { by: 'promise' }] }))],
  // http-proxy 1.18: `web` and `ws` give the error to their callback, else to the proxy's listener, else they throw.
  [
    'http-proxy',
    () =>
      each(['createProxyServer', 'createProxy', 'createServer'], row('call', 'server', 'outside', 'the target is away', { selfHandled: [{ by: 'method-callback', names: ['web', 'ws'] }] })),
  ],
  ['eventsource', () => each(['', 'EventSource'], harmless('new', 'emitter', 'outside', 'an error event without a listener is dropped'))],
  // ws 8: clients, and every socket of a server (a bad frame from a client is enough).
  [
    'ws',
    () => {
      const client = row('new', 'socket', 'outside', 'the other side refuses, hangs up or sends a bad frame', { failsUnused: true });
      const wsServer = row('new', 'server', 'outside', cannotListen);
      return { '': client, WebSocket: client, Server: wsServer, WebSocketServer: wsServer };
    },
  ],
  ['socket.io-client', () => each(['', 'io', 'connect'], harmless('call', 'socket', 'outside', 'it emits connect_error, which may go unheard'))],

  // Forms.
  // busboy 1 (measured); 0.3 stays silent.
  ['busboy', () => ({ '': row('both', 'writable', 'input', 'the form is cut off or malformed') })],
  ['multiparty', () => ({ Form: row('new', 'emitter', 'input', 'the form is cut off or malformed', { selfHandled: [{ by: 'method-callback', names: ['parse'] }] }) })],

  // Archives.
  // archiver 5 and 7: append after finalize, and (5) a source that fails.
  [
    'archiver',
    () => ({ '': row('call', 'duplex', 'outside', 'an entry cannot be read or added'), create: row('call', 'duplex', 'outside', 'an entry cannot be read or added', { evidence: 'documented' }) }),
  ],
  ['unzipper', () => ({ ...each(['Extract', 'Parse', 'ParseOne'], row('call', 'duplex', 'input', 'the archive is damaged or is none')) })],
  ['unzip-stream', () => ({ Parse: row('call', 'duplex', 'input', 'the archive is damaged or is none'), Extract: row('call', 'duplex', 'input', 'the archive is damaged or is none', { evidence: 'documented' }) })],
  // tar 7: with `file` in the options it returns a promise instead.
  ['tar', () => ({ ...each(['x', 'extract'], row('call', 'duplex', 'input', 'the archive is damaged or is none', { when: [{ kind: 'no-option', name: 'file' }, { kind: 'no-option', name: 'sync' }] })), ...each(['c', 'create'], row('call', 'readable', 'outside', 'a file to pack is missing', { when: [{ kind: 'no-option', name: 'file' }, { kind: 'no-option', name: 'sync' }] })) })],
  ['tar-stream', () => ({ extract: row('call', 'writable', 'input', 'the archive is damaged or is none') })],
  ['tar-fs', () => ({ extract: row('call', 'writable', 'input', 'the archive is damaged or is none'), pack: row('call', 'readable', 'outside', 'a file to pack is missing') })],
  ['yazl', () => ({ ZipFile: row('new', 'emitter', 'outside', 'a file to pack is missing') })],

  // Text formats.
  ['csv-parse', () => ({ parse: row('call', 'duplex', 'input', 'a record does not fit', { selfHandled: callback }), '': row('call', 'duplex', 'input', 'a record does not fit', { selfHandled: callback }), Parser: row('new', 'duplex', 'input', 'a record does not fit') })],
  ['csv-stringify', () => ({ ...each(['', 'stringify'], row('call', 'duplex', 'input', 'a record is neither an array nor an object', { selfHandled: callback })), Stringifier: row('new', 'duplex', 'input', 'a record is neither an array nor an object') })],
  [
    'fast-csv',
    () => ({
      parse: row('call', 'duplex', 'input', 'a row is malformed'),
      parseString: row('call', 'duplex', 'input', 'a row is malformed'),
      parseStream: row('call', 'duplex', 'input', 'a row is malformed'),
      // A missing file ends the process with and without a listener: the stream inside is out of reach (5.0, measured).
      parseFile: row('call', 'duplex', 'input', 'a row is malformed'),
      writeToPath: row('call', 'writable', 'outside', cannotOpen, { failsUnused: true }),
    }),
  ],
  // csv-parser 3: only in strict mode.
  ['csv-parser', () => ({ '': row('call', 'duplex', 'input', 'a row does not have the length of the header', { when: [{ kind: 'option', name: 'strict' }] }) })],
  // Measured on Node 20 and 22. On Node 24, pipe() drops the error of a stream of this old make: the request hangs.
  ['JSONStream', () => ({ parse: row('call', 'duplex', 'input', 'what comes in is not JSON') })],
  // split2 4, split 1: with a mapping function only.
  ['split2', () => ({ '': row('call', 'duplex', 'own-code', 'its mapping function throws, as JSON.parse does on a bad line') })],
  ['split', () => ({ '': row('call', 'duplex', 'own-code', 'its mapping function throws, as JSON.parse does on a bad line') })],
  ['through2', () => each(['', 'obj'], row('call', 'duplex', 'own-code', 'its own function calls back with an error'))],
  ['through', () => ({ '': row('call', 'duplex', 'own-code', 'its own function emits an error') })],
  ['line-by-line', () => ({ '': row('new', 'emitter', 'outside', cannotOpen, { failsUnused: true }) })],
  ['byline', () => ({ ...each(['', 'createStream'], harmless('call', 'duplex', 'misuse', 'lines cannot be malformed; its source needs the listener')) })],

  // Combining streams. Each emits again what its parts fail with.
  ['pumpify', () => ({ ...each(['', 'obj'], row('both', 'duplex', 'outside', 'any of the streams in it fails')) })],
  ['merge-stream', () => ({ '': row('call', 'readable', 'outside', 'any of the streams in it fails') })],
  ['duplexify', () => ({ ...each(['', 'obj'], row('both', 'duplex', 'outside', 'one of its two halves fails')) })],
  ['multistream', () => ({ '': row('new', 'readable', 'outside', 'any of the streams in it fails') })],
  ['concat-stream', () => ({ '': harmless('call', 'writable', 'misuse', 'it only collects; its source needs the listener') })],

  // Media.
  [
    'sharp',
    // sharp 0.35: as a stream; toBuffer and the like give the error to their promise or callback.
    () => ({ '': row('both', 'duplex', 'input', 'the image is damaged, missing or is none', { selfHandled: [{ by: 'method', names: ['toBuffer', 'toFile', 'metadata', 'stats'] }] }) }),
  ],
  ['fluent-ffmpeg', () => ({ '': row('both', 'emitter', 'outside', 'ffmpeg is missing or fails') })],
  ['pdfkit', () => ({ '': harmless('new', 'readable', 'misuse', 'what can go wrong throws in the call itself') })],

  // Databases and queues. Usually made at startup, but they fail later, while requests are served.
  [
    'redis',
    // redis 4 and 5: when an open connection breaks; redis 3: when it cannot be made as well.
    () => ({ createClient: row('call', 'emitter', 'outside', 'the connection to Redis breaks'), createCluster: row('call', 'emitter', 'outside', 'the connection to Redis breaks', { evidence: 'documented' }) }),
  ],
  ['ioredis', () => each(['', 'Redis', 'Cluster'], harmless('new', 'emitter', 'outside', 'without a listener it writes the error to the console'))],
  ['mysql', () => ({ createConnection: sqlConnection })],
  ['mysql2', () => ({ createConnection: sqlConnection })],
  [
    'mongodb',
    () => {
      const download = row('call', 'readable', 'outside', 'the file is missing or the database is away');
      const upload = row('call', 'writable', 'outside', 'the database is away');
      return {
        'GridFSBucket.prototype.openDownloadStream': { ...download, evidence: 'documented' },
        'GridFSBucket.prototype.openDownloadStreamByName': download,
        'GridFSBucket.prototype.openUploadStream': upload,
        'GridFSBucket.prototype.openUploadStreamWithId': { ...upload, evidence: 'documented' },
        'FindCursor.prototype.stream': row('call', 'readable', 'outside', 'the database is away'),
        'AggregationCursor.prototype.stream': row('call', 'readable', 'outside', 'the database is away', { evidence: 'documented' }),
      };
    },
  ],
  ['ldapjs', () => ({ createClient: row('call', 'emitter', 'outside', cannotConnect, { failsUnused: true }) })],
  ['imap', () => ({ '': row('new', 'emitter', 'outside', cannotConnect) })],
  ['ftp', () => ({ '': row('new', 'emitter', 'outside', cannotConnect) })],
  ['ssh2', () => ({ Client: row('new', 'emitter', 'outside', cannotConnect), '': row('new', 'emitter', 'outside', cannotConnect) })],
  ['kafka-node', () => ({ KafkaClient: row('new', 'emitter', 'outside', cannotConnect, { failsUnused: true }) })],

  // Object stores.
  // The SDK's documentation tells to listen for 'error' on it.
  ['aws-sdk', () => ({ 'Request.prototype.createReadStream': row('call', 'readable', 'outside', 'the object is missing or S3 refuses', { evidence: 'documented', name: 's3.getObject(…).createReadStream' }) })],
  ['minio', () => ({ 'Client.prototype.getObject': harmless('call', 'readable', 'outside', 'an http.IncomingMessage', { awaited: true, evidence: 'cited', selfHandled: awaited }) })],
  [
    '@google-cloud/storage',
    () => ({
      'File.prototype.createReadStream': row('call', 'readable', 'outside', 'the object is missing or the service refuses'),
      'File.prototype.createWriteStream': row('call', 'writable', 'outside', 'the service refuses', { evidence: 'documented' }),
    }),
  ],

  // child_process under other names.
  ['cross-spawn', () => each(['', 'spawn'], row('call', 'child', 'outside', 'the program or the working directory is missing', { failsUnused: true, parts: childParts }))],
  // execa 5: its promise gets the error.
  ['execa', () => each(['', 'execa', 'command', 'execaCommand', 'node', 'execaNode'], harmless('call', 'child', 'outside', 'its promise rejects instead', { parts: childParts, selfHandled: awaited }))],
]);

const bindingNames = new Map<string, string>([
  ['fs-extra', 'fs'],
  ['graceful-fs', 'fs'],
  ['@google-cloud/storage', 'storage'],
  ['aws-sdk', 'AWS'],
  ['cross-spawn', 'spawn'],
  ['fluent-ffmpeg', 'ffmpeg'],
  ['pdfkit', 'PDFDocument'],
  ['busboy', 'Busboy'],
]);

interface Entry {
  readonly how: How;
  readonly fact: EmitterFact;
}

const entryOf = lookup<Row, Entry>(tables, ({ how, name, ...fact }, module, key) => ({ how, fact: { ...fact, name: name ?? spell(module, key) } }));

/** What the call or construction behind an import path makes, or undefined. */
export function emitterOf(module: string, path: readonly string[], how: 'call' | 'new'): EmitterFact | undefined {
  const entry = entryOf(module, path);
  return entry && (entry.how === 'both' || entry.how === how) ? entry.fact : undefined;
}

const emitterWords = /\.pipe\b|[sS]tream|spawn|\bfork\b|\bexec|\b(?:https?|net|tls|request|got|superagent|amqp\w*|ldap\w*|ssh2|imap|ftp|mysql2?|redis|busboy|multiparty|archiver|unzip\w*|tar|yazl|ffmpeg)\b|[wW]atch|Worker|Socket|readline/;

/** A cheap test on a file's text: whether it can make one of the streams and emitters that servers make most. */
export function mentionsEmitters(text: string): boolean {
  return emitterWords.test(text);
}

/** Whether the module makes any emitter this table knows. Cheap: for leaving early. */
export function hasEmitters(module: string): boolean {
  return mayHave(tables, module);
}

// ---------------------------------------------------------------------------------------------------------------
// What never crashes

/**
 * Emitters an Express handler is given, whose 'error' never ends the process: a request whose client goes away, the
 * response, and the answer of an http client only emit 'aborted' and 'close' (measured: an upstream that dies leaves
 * `answer.pipe(res)` hanging). The caller knows them by binding, not by creation.
 */
export const neverCrash: Readonly<Record<'request' | 'response' | 'clientResponse', EmitterFact>> = {
  request: { name: 'req', kind: 'readable', crashes: false, cause: 'outside', why: 'Node keeps its errors to itself', evidence: 'cited' },
  response: { name: 'res', kind: 'writable', crashes: false, cause: 'outside', why: 'a client that goes away only emits close', evidence: 'cited' },
  clientResponse: { name: 'response', kind: 'readable', crashes: false, cause: 'outside', why: 'a broken answer emits aborted and close, so whoever waits for its end hangs', evidence: 'measured' },
};

/** Streams that a promise of an http client resolves to, in this member of the result. None crashes; all can hang. */
export const responseBodies: Readonly<Record<string, { readonly member: string; readonly why: string }>> = {
  axios: { member: 'data', why: 'an http.IncomingMessage, or a pipeline with a listener (axios 1, measured)' },
  'node-fetch': { member: 'body', why: 'the package listens (node-fetch 2 and 3, measured)' },
  undici: { member: 'body', why: 'the package listens (undici 7, measured)' },
  '@aws-sdk/client-s3': { member: 'Body', why: 'an http.IncomingMessage (measured)' },
};

/**
 * Packages whose objects have a `pipe` that is none of a stream, that answer a failure themselves, or whose stream is
 * made of something in memory and cannot fail. Source: their documentation and code.
 */
export const pipesElsewhere: ReadonlySet<string> = new Set([
  // send answers 404 and 500 when nobody listens; React's pipeable stream takes onError.
  'send', 'react-dom/server', 'react-dom/server.node',
  // In memory.
  'pdfmake', 'streamifier', 'into-stream', 'string-to-stream', 'buffer-to-stream', 'memory-streams', 'stream-buffers', 'qr-image', 'xmlbuilder', 'rss',
  // Builds and functions.
  'gulp', 'vinyl-fs', 'browserify', 'rxjs', 'ramda', 'lodash', 'lodash/fp', 'fp-ts', 'effect', 'zod', 'valibot',
]);

// ---------------------------------------------------------------------------------------------------------------
// What listens on your behalf

export interface ListenerFact {
  /** Which arguments are streams it listens on. `all`: every one that is no function or options object, arrays spread. */
  readonly args: readonly number[] | 'all';
  /** Options whose value is a stream it listens on: `readline.createInterface({ input })`. */
  readonly options?: readonly string[];
  /** Without a callback it throws at once, or hears nothing. */
  readonly needsCallback?: true;
  /** With this option set to false it does not listen. */
  readonly unlessFalse?: string;
  /**
   * Where the error goes. `promise`: the result rejects. `callback`: the last argument. `result`: emitted again by what
   * it returns, which then needs the listener. `this`: by the object the method is called on. `nowhere`: dropped, so
   * the process lives and the request hangs.
   */
  readonly to: 'promise' | 'callback' | 'result' | 'this' | 'nowhere';
  readonly evidence: Evidence;
}

const toCallback = (args: ListenerFact['args'], more: Partial<ListenerFact> = {}): ListenerFact => ({ args, needsCallback: true, to: 'callback', evidence: 'measured', ...more });
const toPromise = (args: ListenerFact['args'], more: Partial<ListenerFact> = {}): ListenerFact => ({ args, to: 'promise', evidence: 'measured', ...more });
const toResult = (args: ListenerFact['args'], more: Partial<ListenerFact> = {}): ListenerFact => ({ args, to: 'result', evidence: 'measured', ...more });

const streamListeners: Readonly<Record<string, ListenerFact>> = {
  pipeline: toCallback('all'),
  finished: toCallback([0], { unlessFalse: 'error' }),
  'promises.pipeline': toPromise('all'),
  'promises.finished': toPromise([0]),
  compose: toResult('all'),
  addAbortSignal: { args: [1], to: 'nowhere', evidence: 'measured' },
  'Readable.toWeb': { args: [0], to: 'result', evidence: 'measured' },
};

const consumer = toPromise([0]);
const uploads: Readonly<Record<string, ListenerFact>> = Object.fromEntries(['', 'request', 'post', 'put', 'patch'].map((key) => [key, toPromise([1])]));

const listeners: Tables<ListenerFact> = new Map<string, () => Readonly<Record<string, ListenerFact>>>([
  ['stream', () => streamListeners],
  ['readable-stream', () => ({ pipeline: toCallback('all'), finished: toCallback([0], { unlessFalse: 'error' }), 'promises.pipeline': toPromise('all', { evidence: 'documented' }), 'promises.finished': toPromise([0], { evidence: 'documented' }) })],
  ['stream/consumers', () => ({ arrayBuffer: consumer, blob: consumer, buffer: consumer, bytes: consumer, json: consumer, text: consumer })],
  // `once` listens only until its event comes.
  ['events', () => ({ once: toPromise([0]), on: toPromise([0]), 'EventEmitter.once': toPromise([0]), 'EventEmitter.on': toPromise([0]) })],
  ['readline', () => ({ createInterface: toResult([0], { options: ['input'] }), 'promises.createInterface': toResult([0], { options: ['input'] }) })],
  ['', () => ({ Response: { args: [0], to: 'result', evidence: 'measured' } })],
  // pump 3 listens without a callback too; the error is then dropped.
  ['pump', () => ({ '': { args: 'all', to: 'callback', evidence: 'measured' } })],
  ['pumpify', () => ({ '': toResult('all'), obj: toResult('all') })],
  ['mississippi', () => ({ pipe: toCallback('all'), each: toCallback([0]), finished: toCallback([0]), pipeline: toResult('all') })],
  ['end-of-stream', () => ({ '': toCallback([0]) })],
  ['merge-stream', () => ({ '': toResult('all') })],
  ['duplexify', () => ({ '': toResult([0, 1]), obj: toResult([0, 1], { evidence: 'documented' }) })],
  ['raw-body', () => ({ '': { args: [0], to: 'callback', evidence: 'measured' } })],
  // get-stream 6 and 9.
  ['get-stream', () => ({ '': consumer, buffer: consumer, array: consumer, getStreamAsBuffer: consumer, getStreamAsArray: consumer, getStreamAsArrayBuffer: consumer })],
  ['stream-to-promise', () => ({ '': consumer })],
  ['axios', () => uploads],
  ['node-fetch', () => ({ '': toPromise([], { options: ['body'] }) })],
  ['undici', () => ({ request: toPromise([], { options: ['body'] }) })],
  ['got', () => Object.fromEntries(['', 'post', 'put', 'patch'].map((key) => [key, toPromise([], { options: ['body'] })]))],
  ['form-data', () => ({ 'prototype.append': { args: [1], to: 'this', evidence: 'measured' } })],
]);

/** Whether the function listens for 'error' on streams it is given. */
export const attachesErrorListener: (module: string, path: readonly string[]) => ListenerFact | undefined = lookup(listeners, (fact) => fact);

/**
 * Methods of a stream that listen for its 'error' while they run; their promise rejects. `for await` does the same.
 * (`map`, `filter` and the like do so only once their result is consumed.) Source: Node's documentation; toArray and
 * forEach measured.
 */
export const consumingMethods: ReadonlySet<string> = new Set(['toArray', 'forEach', 'some', 'find', 'every', 'reduce']);
