import type { TSESTree } from '@typescript-eslint/utils';

import { type FunctionNode, type Node, paramName, paramPattern, parametersOf } from '../ast/nodes.js';
import { typeName } from './apps.js';
import type { SourceFile } from './file.js';
import { handlerTypes, isErrorName, isNextName, isRequestName, isResponseName, isUnusedName } from './vocabulary.js';

/** What a function is by its parameters alone, and where the request begins among them. */
export interface Signature {
  readonly kind: 'request' | 'error';
  /** Whether the types or all of request, response and next say so, rather than two names. */
  readonly sure: boolean;
}

function annotationName(param: TSESTree.Parameter | undefined): string | undefined {
  if (!param) return undefined;
  const pattern = paramPattern(param);
  const annotation = pattern.type === 'Identifier' || pattern.type === 'ObjectPattern' ? pattern.typeAnnotation?.typeAnnotation : undefined;
  return annotation?.type === 'TSTypeReference' ? typeName(annotation.typeName) : undefined;
}

/** The type that a declaration gives to the function written in it: `const show: RequestHandler = …`, or `satisfies`. */
export function declaredHandlerType(fn: FunctionNode): 'request' | 'error' | 'param' | undefined {
  const parent = fn.parent as Node | undefined;
  let annotation: TSESTree.TypeNode | undefined;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') annotation = parent.id.typeAnnotation?.typeAnnotation;
  else if (parent?.type === 'PropertyDefinition') annotation = parent.typeAnnotation?.typeAnnotation;
  else if (parent?.type === 'TSAsExpression' || parent?.type === 'TSSatisfiesExpression') annotation = parent.typeAnnotation;
  if (annotation?.type !== 'TSTypeReference') return undefined;
  const name = typeName(annotation.typeName);
  return name === undefined ? undefined : handlerTypes.get(name);
}

const requestTypes = /^(?:\w*Request\w*|Req)$/;
const responseTypes = /^(?:\w*Response\w*|Res)$/;
const otherTypes = /^(?:Next(?:Api)?Request|NextApiResponse|NextResponse|Fastify\w*|Vercel\w*|GatsbyFunction\w*|AxiosResponse|ServerResponse|IncomingMessage|HttpRequest|HttpResponse|APIGateway\w*|MedusaRequest)$/;

/**
 * Judges a function by its parameters: `(req, res)`, `(req, res, next)`, `(err, req, res, next)`, by names or types;
 * parameters that are not used may be called anything with a leading underscore, and the request may be destructured.
 * @returns undefined when it is not the signature of a handler
 */
export function signatureOf(fn: FunctionNode): Signature | undefined {
  const params = parametersOf(fn);
  if (params.length < 2 || params.length > 5 || fn.generator) return undefined;
  const names = params.map(paramName);
  const types = params.map(annotationName);
  if (types.some((type) => type !== undefined && otherTypes.test(type))) return undefined;
  const at = isErrorName(names[0]) && params.length >= 3 && !isRequestName(names[0]) ? 1 : 0;
  const request = params[at];
  const requestOk = types[at] === undefined ? isRequestName(names[at]) || isUnusedName(names[at]) : requestTypes.test(types[at]);
  const responseOk = types[at + 1] === undefined ? isResponseName(names[at + 1]) || isUnusedName(names[at + 1]) : responseTypes.test(types[at + 1] ?? '');
  const nextOk = isNextName(names[at + 2]) || types[at + 2] === 'NextFunction';
  const third = params[at + 2];
  if (third !== undefined && !nextOk && !isUnusedName(names[at + 2])) {
    // A third parameter that is something else: `(req, res, ctx)`, `(request, response, body)`; `(req, res, options)` is a helper.
    return undefined;
  }
  const kind = at === 1 ? 'error' : 'request';
  const typed = types[at] !== undefined && types[at + 1] !== undefined && requestOk && responseOk;
  if (typed) return { kind, sure: true };
  const unused = isUnusedName(names[at]) && isUnusedName(names[at + 1]);
  if (requestOk && responseOk && !unused) return { kind, sure: nextOk };
  // `({ body }, res, next)`: the request taken apart
  const pattern = request && paramPattern(request);
  if (pattern?.type === 'ObjectPattern' && isResponseName(names[at + 1]) && (nextOk || third === undefined)) {
    return hasRequestMember(pattern) ? { kind, sure: nextOk } : undefined;
  }
  return undefined;
}

/**
 * Whether a function's parameters say that it is meant as error middleware, however many there are: an error, and behind it the
 * request or the response.
 * @param bound how many leading arguments `.bind()` fills in
 */
export function isMeantForErrors(fn: FunctionNode, bound: number): boolean {
  const [error, request, response] = parametersOf(fn).slice(bound);
  if (!error || !request || fn.generator || [error, request, response].some((param) => otherTypes.test(annotationName(param) ?? ''))) return false;
  const names = [error, request, response].map(paramName);
  const isRequest = isRequestName(names[1]) || requestTypes.test(annotationName(request) ?? '');
  const isResponse = isResponseName(names[2]) || responseTypes.test(annotationName(response) ?? '');
  if (isUnusedName(names[0])) return isRequest && isResponse;
  return isErrorName(names[0]) && !isRequestName(names[0]) && (isRequest || (isResponse && isUnusedName(names[1])));
}

const requestMembers = new Set(['body', 'params', 'query', 'headers', 'cookies', 'session', 'user', 'file', 'files', 'ip', 'method', 'path', 'url', 'originalUrl', 'app', 'bodymen', 'querymen', 'get']);

function hasRequestMember(pattern: TSESTree.ObjectPattern): boolean {
  return pattern.properties.some((property) => property.type === 'Property' && property.key.type === 'Identifier' && requestMembers.has(property.key.name));
}

/** Whether a function is a handler by its signature or its declared type. */
export function hasRequestSignature(file: SourceFile, fn: FunctionNode): boolean {
  if (declaredHandlerType(fn) !== undefined || signatureOf(fn) !== undefined) return true;
  const [first] = parametersOf(fn);
  const name = first && paramName(first);
  return name !== undefined && isRequestName(name) && parametersOf(fn).length === 1 && file.facts.declared !== false;
}

/** Names of types for the request itself; `DeleteMessagesRequest` is what a service is asked for. */
const ownRequestTypes = /^(?:(?:Express|Http|Api|Auth\w*|Custom|Extended|Typed|My|User|Session|I)?Request|Request(?:With|Ext)\w*|Req)$/;

/**
 * Where a function that is no handler for Express is given the request: `(req)`, `(req, options)`, or `(config, req, res)`, whose
 * first arguments are bound elsewhere. What it does is done while a request is served.
 * @returns the place among its parameters, counted from 0; undefined when it takes none
 */
export function requestAt(fn: FunctionNode): number | undefined {
  const params = parametersOf(fn);
  const [first] = params;
  if (!first || fn.generator) return undefined;
  const type = annotationName(first);
  if (type === undefined ? /^_*req$/.test(paramName(first) ?? '') : ownRequestTypes.test(type) && !otherTypes.test(type) && isRequestName(paramName(first))) return 0;
  const at = params.slice(0, 3).findIndex((param, index) => /^req(?:uest)?$/.test(paramName(param) ?? '') && /^res(?:ponse)?$/.test(paramName(params[index + 1]) ?? ''));
  return at < 0 || [params[at], params[at + 1]].some((param) => otherTypes.test(annotationName(param) ?? '')) ? undefined : at;
}
