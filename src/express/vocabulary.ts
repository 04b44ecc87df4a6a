/**
 * Names that Express and its companions give to things. Data only.
 * Sources: Express 4 and 5 API references; the packages' own documentation; runtime-truth cases.
 */

/** Methods that register handlers for one HTTP verb: Node's `http.METHODS` in lower case, and Express 4's `del`. */
export const verbs: ReadonlySet<string> = new Set([
  'acl', 'bind', 'checkout', 'connect', 'copy', 'del', 'delete', 'get', 'head', 'link', 'lock', 'm-search', 'merge',
  'mkactivity', 'mkcalendar', 'mkcol', 'move', 'notify', 'options', 'patch', 'post', 'propfind', 'proppatch', 'purge',
  'put', 'query', 'rebind', 'report', 'search', 'source', 'subscribe', 'trace', 'unbind', 'unlink', 'unlock', 'unsubscribe',
]);

/** Every method of an app or router that takes handlers. */
export const registrationMethods: ReadonlySet<string> = new Set([...verbs, 'all', 'use', 'param']);

/** Methods of an app, router or route that return it again, so that calls can be chained. */
export const chainMethods: ReadonlySet<string> = new Set([
  ...registrationMethods, 'set', 'enable', 'disable', 'engine', 'on', 'once', 'addListener',
]);

/** What makes an app or a router, by import path (`module` or `module#member`). */
export const appFactories: ReadonlyMap<string, { readonly type: 'app' | 'router'; readonly forwards?: true }> = new Map([
  ['express', { type: 'app' }],
  ['express#Router', { type: 'router' }],
  ['express#createServer', { type: 'app' }],
  ['express#HTTPServer', { type: 'app' }],
  ['ultimate-express', { type: 'app' }],
  ['router', { type: 'router' }],
  ['@feathersjs/express', { type: 'app' }],
  ['json-server#create', { type: 'app' }],
  ['json-server#router', { type: 'router' }],
  // These forward the rejections of their handlers by themselves.
  ['express-promise-router', { type: 'router', forwards: true }],
  ['express-async-router#AsyncRouter', { type: 'router', forwards: true }],
  ['@root/async-router#Router', { type: 'router', forwards: true }],
]);

/** Functions that return the app they are given, changed: `express-ws` in its `app` member. */
export const appDecorators: ReadonlyMap<string, { readonly forwards?: true }> = new Map([
  ['express-ws', {}],
  ['express-asyncify', { forwards: true }],
  ['@awaitjs/express#addAsync', {}],
  ['@feathersjs/express', {}],
]);

/** Packages whose only use is a wrapper that forwards the rejections of the handler it is given. Measured: see runtime-truth, section 1. */
export const forwardingWrappers: ReadonlySet<string> = new Set([
  'express-async-handler',
  'express-async-handler#asyncHandler',
  'async-middleware#wrap',
  'async-middleware',
  'express-async-wrap',
  'express-rescue',
  'middleware-async',
  'express-wrap-async',
  'express-async-errors-wrapper',
  'async-express-mw',
  'express-asyncify',
  '@awaitjs/express#wrap',
  'express-promise-wrapper',
  'express-await#wrap',
  'async-handler-express',
  'express-async-await',
]);

/** Those of them that do nothing else: `try` the handler, or `catch` its promise, and call `next`. Their code was read. */
export const plainWrappers: ReadonlySet<string> = new Set(['express-async-handler', 'express-async-handler#asyncHandler', 'async-middleware', 'async-middleware#wrap', 'express-async-wrap', 'express-rescue', 'middleware-async', 'middleware-async#asyncMiddleware']);

/** Those of them whose result has another length than four, whatever they are given, and that length: Express takes none of them for error middleware. Measured too. */
export const shorteningWrappers: ReadonlyMap<string, number> = new Map([
  ['express-async-handler', 0],
  ['express-async-handler#asyncHandler', 0],
  ['express-rescue', 0],
  ['middleware-async', 3],
  ['middleware-async#asyncMiddleware', 3],
]);

/** Those of them that take the last argument for `next`, which is the parameter's name in a `param` callback. Measured too. */
export const uselessForParams: ReadonlySet<string> = new Set([
  'express-async-handler',
  'express-async-handler#asyncHandler',
  'async-middleware#wrap',
  'async-middleware',
  'express-async-wrap',
  'express-rescue',
]);

/** Packages that patch Express 4 when they are loaded, so that it forwards the rejections of handlers registered afterwards. */
export const patches: ReadonlySet<string> = new Set(['express-async-errors', 'express-async-patch', '@rocka/express-async-errors', 'async-express-errors']);

/** Packages that make handlers out of a decorated class or a schema and care for rejections themselves; a file using them registers nothing by hand. */
export const otherFrameworks: ReadonlySet<string> = new Set([
  '@nestjs/common', 'routing-controllers', 'tsoa', 'inversify-express-utils', 'fastify', 'koa', '@koa/router', 'koa-router',
  'hono', '@hapi/hapi', 'next', 'next/server', 'nuxt', 'h3', 'polka', 'restify', 'elysia', 'msw', 'nock', 'moleculer-web',
  '@loopback/rest', 'micro', 'itty-router', 'miragejs', '@sveltejs/kit', 'find-my-way', 'firebase-functions', '@types/aws-lambda',
]);

/** Names people give to an app or router. `settings.express.appNames` adds to them. */
export const appName = /^(?:_?app|_?router|server|api|routes?|application|express|web|webapp|main|root|\w*(?:App|Router|Routes|_app|_router))$/;

/** TypeScript types of apps and routers, whatever namespace they come through. */
export const appTypes: ReadonlySet<string> = new Set(['Express', 'Application', 'IRouter', 'Router', 'IRoute', 'ExpressApp']);

/** TypeScript types that say what a function is. */
export const handlerTypes: ReadonlyMap<string, 'request' | 'error' | 'param'> = new Map([
  ['RequestHandler', 'request'],
  ['Handler', 'request'],
  ['RequestHandlerParams', 'request'],
  ['NextHandleFunction', 'request'],
  ['ErrorRequestHandler', 'error'],
  ['ErrorHandleFunction', 'error'],
  ['RequestParamHandler', 'param'],
]);

const requestName = /^_*(?:(?:a|the|http|express|client|incoming|original)_?)?(?:req|request|rq)_*$/i;
const responseName = /^_*(?:(?:a|the|http|express|client|server|outgoing)_?)?(?:res|resp|response|rs)_*$/i;
const nextName = /^_*(?:a_?next|next|cb|nxt|done|nextFunction|nextFn)_*$/i;
const errorName = /^_*(?:e|er|err|error|ex|exception|\w*(?:Err|Error))_*$/;
const unusedName = /^_+\d*$/;

/** Whether a parameter is named as the request: `req`, `request`, `_req` … */
export const isRequestName = (name: string | undefined): boolean => name !== undefined && requestName.test(name);
/** Whether a parameter is named as the response: `res`, `response`, `_res` … */
export const isResponseName = (name: string | undefined): boolean => name !== undefined && responseName.test(name);
/** Whether a parameter is named as `next`. */
export const isNextName = (name: string | undefined): boolean => name !== undefined && nextName.test(name);
/** Whether a parameter is named as an error. */
export const isErrorName = (name: string | undefined): boolean => name !== undefined && errorName.test(name);
/** Whether a parameter's name says that it is not used: `_`, `__`, `_1`. */
export const isUnusedName = (name: string | undefined): boolean => name !== undefined && unusedName.test(name);

/**
 * Methods of the response that do not answer: they only prepare, read, or listen. Any other method does,
 * also one that the app added itself (`res.fail(error)`), since whoever wrote it knows.
 */
export const unfinishedResponseMethods: ReadonlySet<string> = new Set([
  'status', 'set', 'header', 'type', 'contentType', 'cookie', 'clearCookie', 'append', 'vary', 'links', 'location',
  'setHeader', 'setHeaders', 'appendHeader', 'getHeader', 'getHeaders', 'getHeaderNames', 'hasHeader', 'removeHeader', 'writeHead',
  'flushHeaders', 'get', 'on', 'once', 'off', 'addListener', 'prependListener', 'removeListener', 'removeAllListeners',
  'setTimeout', 'writeContinue', 'writeEarlyHints', 'cork', 'uncork', 'attachment', '__', '__n', 'setLocale', 'flash', 'toString',
]);

/** Methods that only the response of a server has, together with `json(body)`: what a client gets for its request has none of them. */
export const answeringMethods: ReadonlySet<string> = new Set(['status', 'send', 'sendStatus', 'sendFile', 'redirect', 'render', 'json', 'jsonp', 'setHeader', 'writeHead', 'end', 'type']);

/** Middleware that compresses answers, by what makes it. */
export const compressors: ReadonlySet<string> = new Set(['compression', 'shrink-ray', 'shrink-ray-current', 'express-compression', 'http-compression', '@polka/compression', 'express-brotli']);

/** Middleware that serves files, by what makes it. */
export const fileServers: ReadonlySet<string> = new Set(['express#static', 'serve-static']);

/** Middleware that parses bodies, and fails for what cannot be parsed, by what makes it. */
export const bodyParsers: ReadonlySet<string> = new Set([
  'express#json', 'express#urlencoded', 'express#raw', 'express#text', 'body-parser', 'body-parser#json', 'body-parser#urlencoded', 'body-parser#raw', 'body-parser#text', 'multer', 'express-fileupload', 'express-xml-bodyparser',
]);

/** Error middleware of packages, by what it is or what makes it. Sources: the packages' documentation. */
export const errorMiddleware: ReadonlySet<string> = new Set(['errorhandler', 'express-error-handler', 'api-error-handler', 'strong-error-handler', '@feathersjs/express#errorHandler']);

/** A package that should not be used any more. */
export interface ObsoletePackage {
  /** What is wrong with it: the end of a sentence that starts with its name. */
  readonly why: string;
  readonly instead: string;
  /** The only major of Express that it is obsolete with. */
  readonly only?: 4 | 5;
}

const strongLoop: ObsoletePackage = { why: 'is one of the tools of StrongLoop, which are not maintained any more', instead: 'Let the init system or the container platform run the app, or PM2' };
const clusters: ObsoletePackage = { why: 'is not maintained any more', instead: "Use Node's own `cluster`, PM2, or several containers" };
const forever: ObsoletePackage = { why: 'is mended by its users alone, and sends new ones to PM2 itself', instead: 'Let the init system or the container platform restart the app, or PM2' };

/**
 * Packages that earlier editions of the guide name, or that Express has outlived. Sources: the guide's history, which dropped
 * them in 2025; the README of forever; for express-async-errors, the proof of the rule.
 */
export const obsoletePackages: ReadonlyMap<string, ObsoletePackage> = new Map([
  ['strong-pm', strongLoop],
  ['strong-supervisor', strongLoop],
  ['strong-cluster-control', strongLoop],
  ['strongloop', strongLoop],
  ['forever', forever],
  ['forever-monitor', forever],
  ['node-pm', clusters],
  ['cluster-service', clusters],
  ['express-async-errors', { why: 'cannot be loaded with Express 5, so that the app does not start', instead: 'Delete the import: Express 5 hands rejections on by itself', only: 5 }],
]);
/** Methods of the response that send it. */
export const sendingResponseMethods: ReadonlySet<string> = new Set(['send', 'json', 'jsonp', 'end', 'redirect', 'render', 'sendStatus', 'sendFile', 'sendfile', 'download']);

/** Where a companion package takes a function that runs per request: option names, or argument positions (`last` for the last one), and whether it looks at the promise that the function returns. */
export const requestCallbacks: ReadonlyMap<string, { readonly options?: readonly string[]; readonly args?: readonly (number | 'last')[]; readonly awaits?: true }> = new Map([
  ['multer', { options: ['fileFilter', 'storage'] }],
  ['multer#diskStorage', { options: ['destination', 'filename'] }],
  ['multer-s3', { options: ['key', 'bucket', 'metadata', 'acl', 'contentType'] }],
  ['express#json', { options: ['verify', 'type'] }],
  ['express#urlencoded', { options: ['verify', 'type'] }],
  ['express#raw', { options: ['verify', 'type'] }],
  ['express#text', { options: ['verify', 'type'] }],
  ['express#static', { options: ['setHeaders'] }],
  ['body-parser#json', { options: ['verify', 'type'] }],
  ['body-parser#urlencoded', { options: ['verify', 'type'] }],
  ['body-parser#raw', { options: ['verify', 'type'] }],
  ['body-parser#text', { options: ['verify', 'type'] }],
  ['express-session', { options: ['genid'] }],
  ['cors', { options: ['origin'], args: [0], awaits: true }],
  ['morgan', { options: ['skip'], args: [0] }],
  ['morgan#token', { args: [1] }],
  ['compression', { options: ['filter'] }],
  ['express-rate-limit', { options: ['handler', 'keyGenerator', 'skip', 'limit', 'max', 'validate'], awaits: true }],
  ['express-rate-limit#rateLimit', { options: ['handler', 'keyGenerator', 'skip', 'limit', 'max'], awaits: true }],
  ['express-http-proxy', { options: ['userResDecorator', 'proxyReqOptDecorator', 'proxyReqPathResolver', 'proxyReqBodyDecorator', 'filter', 'userResHeaderDecorator', 'proxyErrorHandler'], awaits: true }],
  ['http-proxy-middleware#createProxyMiddleware', { options: ['onProxyReq', 'onProxyRes', 'onError', 'pathRewrite', 'router', 'pathFilter'], awaits: true }],
  ['express-basic-auth', { options: ['authorizer', 'unauthorizedResponse', 'challenge', 'realm'], awaits: true }],
  ['express-jwt', { options: ['getToken', 'isRevoked', 'secret', 'onExpired'], awaits: true }],
  ['express-jwt#expressjwt', { options: ['getToken', 'isRevoked', 'secret', 'onExpired'], awaits: true }],
  ['passport#serializeUser', { args: [0] }],
  ['passport#deserializeUser', { args: [0] }],
  ['passport#authenticate', { args: ['last'] }],
]);
