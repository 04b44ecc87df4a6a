import type { TSESTree } from '@typescript-eslint/utils';

import { type ClassNode, memberName, type Node, paramPattern, parametersOf, unwrap } from '../ast/nodes.js';
import type { Value } from '../ast/values.js';
import { referenceOf } from './elsewhere.js';
import type { SourceFile } from './file.js';
import { importKey, isProjectModule, originOf } from './imports.js';
import { appDecorators, appFactories, appName, appTypes, chainMethods } from './vocabulary.js';

/** What is known of a value on which handlers may be registered. */
export interface Receiver {
  /** `certain`: it is an Express app or router. `likely`: named or typed like one. `possible`: nothing speaks against it. */
  readonly certainty: 'certain' | 'likely' | 'possible';
  /** Whether it forwards the rejections of its handlers by itself (express-promise-router). */
  readonly forwards: boolean;
  /** Whether what it does with its handlers is Express's doing; false for an object with methods of its own that only look the same. */
  readonly raw: boolean;
  /** The same key for the same variable or member: evidence on one registration counts for all. */
  readonly key: unknown;
}

/** `own`: an object of a class that may have registration methods of its own. */
type Verdict = 'app' | 'forwarding-app' | 'own' | 'other' | 'unknown';

const depthLimit = 12;

/** Tells apps and routers from everything else that has a `get` method. */
export class Apps {
  constructor(private readonly file: SourceFile) {}

  /** What `node`, the object of a method call, is known to be; undefined when it is surely no app. */
  receiver(node: Node): Receiver | undefined {
    const verdicts = this.file.values.of(node).map((value) => this.#verdict(value, 0));
    const key = this.#keyOf(node);
    if (verdicts.includes('forwarding-app')) return { certainty: 'certain', forwards: true, raw: true, key };
    if (verdicts.includes('app')) return { certainty: 'certain', forwards: false, raw: true, key };
    const typed = this.#typeOf(node);
    if (typed !== undefined) return typed ? { certainty: 'certain', forwards: false, raw: true, key } : undefined;
    if (verdicts.every((verdict) => verdict === 'other')) return undefined;
    const certainty = this.#isAppName(lastName(node)) ? 'likely' : 'possible';
    // `this.get('/x', …)` is a method that the class, or one it extends, wrote.
    return { certainty, forwards: false, raw: unwrap(node).type !== 'ThisExpression' && verdicts.every((verdict) => verdict !== 'own'), key };
  }

  /** Whether a value is an app or router for sure; undefined where it cannot be told. */
  appOf(value: Value): 'app' | 'forwarding-app' | 'other' | undefined {
    const verdict = this.#verdict(value, 0);
    return verdict === 'app' || verdict === 'forwarding-app' || verdict === 'other' ? verdict : undefined;
  }

  #isAppName(name: string | undefined): boolean {
    return name !== undefined && (appName.test(name.replace(/^#/, '')) || this.file.settings.appNames.has(name));
  }

  #verdict(value: Value, depth: number): Verdict {
    if (depth > depthLimit) return 'unknown';
    const here = this.#verdictHere(value, depth);
    const reference = here === 'unknown' || here === 'own' ? referenceOf(value, this.file.values) : undefined;
    const found = reference && this.file.elsewhere.appAt(reference);
    return found && found !== 'other' ? found : here;
  }

  #verdictHere(value: Value, depth: number): Verdict {
    switch (value.kind) {
      case 'call':
        return this.#called(value.callee, value.node, depth);
      case 'instance': {
        if (value.of.kind === 'import') {
          const factory = appFactories.get(importKey(value.of));
          if (factory) return factory.forwards ? 'forwarding-app' : 'app';
          return isProjectModule(value.of.module) ? 'own' : 'other';
        }
        if (value.of.kind === 'class') return this.#extendsApp(value.of.node, depth);
        return value.of.kind === 'function' || value.of.kind === 'global' ? 'other' : 'unknown';
      }
      case 'awaited':
      case 'promise':
        return this.#verdict(value.of, depth + 1);
      case 'import':
        return isProjectModule(value.module) ? 'unknown' : 'other';
      case 'member': {
        const origin = originOf(value);
        if (origin && appDecorators.has(importKey(origin)) && value.name === 'app') return 'app';
        if (origin && !isProjectModule(origin.module)) return value.name === 'app' || value.name === 'router' ? 'unknown' : 'other';
        return 'unknown';
      }
      case 'param':
      case 'unknown':
        return 'unknown';
      case 'global':
        return value.path[0] === 'module' ? 'unknown' : 'other';
      default:
        return 'other';
    }
  }

  #called(callee: Value, call: TSESTree.CallExpression, depth: number): Verdict {
    if (callee.kind === 'import') {
      const key = importKey(callee);
      const factory = appFactories.get(key);
      if (factory) return factory.forwards ? 'forwarding-app' : 'app';
      const decorator = appDecorators.get(key);
      if (decorator) return decorator.forwards ? 'forwarding-app' : 'app';
      return isProjectModule(callee.module) ? 'unknown' : 'other';
    }
    // `app.route('/x')`, and the registration methods, which return the app.
    if (callee.kind === 'member' && callee.name !== undefined) {
      const object = this.#verdict(callee.object, depth + 1);
      if (object !== 'app' && object !== 'forwarding-app') return object;
      if (callee.name === 'route' || callee.name === 'addAsync') return object;
      const settingRead = callee.name === 'get' && call.arguments.length < 2;
      return chainMethods.has(callee.name) && !settingRead ? object : 'unknown';
    }
    if (callee.kind === 'param' || callee.kind === 'unknown' || callee.kind === 'member') return 'unknown';
    const origin = originOf(callee);
    return origin && !isProjectModule(origin.module) ? 'other' : 'unknown';
  }

  #extendsApp(node: ClassNode, depth: number): Verdict {
    if (depth > depthLimit) return 'unknown';
    if (!node.superClass) return 'other';
    for (const parent of this.file.values.of(node.superClass)) {
      if (parent.kind === 'import') return appFactories.has(importKey(parent)) ? 'app' : 'own';
      if (parent.kind === 'class' && parent.node !== node) return this.#extendsApp(parent.node, depth + 1);
    }
    return 'own';
  }

  /** What the declared TypeScript type says: true for an app, false for something else, undefined without a telling type. */
  #typeOf(node: Node): boolean | undefined {
    const annotation = this.#annotation(unwrap(node));
    if (annotation?.type !== 'TSTypeReference') return undefined;
    const name = typeName(annotation.typeName);
    if (name === undefined) return undefined;
    if (appTypes.has(name)) return true;
    return /^(?:Fastify|Koa|Hono|Axios|Supertest|SuperAgent|Elysia|Polka|Redis|Map|Cache|Request|NextRequest)/.test(name) ? false : undefined;
  }

  #annotation(node: Node): TSESTree.TypeNode | undefined {
    if (node.type === 'Identifier') {
      const variable = this.file.scopes.variableAt(node);
      const name = variable?.defs[0]?.name as Node | undefined;
      return name?.type === 'Identifier' ? name.typeAnnotation?.typeAnnotation : undefined;
    }
    if (node.type !== 'MemberExpression' || unwrap(node.object).type !== 'ThisExpression') return undefined;
    const here = this.file.values.thisAt(node);
    const name = memberName(node);
    if (!here || (here.of.type !== 'ClassDeclaration' && here.of.type !== 'ClassExpression')) return undefined;
    for (const member of here.of.body.body) {
      if (member.type === 'PropertyDefinition' && memberName(member) === name) return member.typeAnnotation?.typeAnnotation;
      if (member.type === 'MethodDefinition' && member.kind === 'constructor') {
        for (const param of parametersOf(member.value as TSESTree.FunctionExpression)) {
          const pattern = paramPattern(param);
          if (param.type === 'TSParameterProperty' && pattern.type === 'Identifier' && pattern.name === name) {
            return pattern.typeAnnotation?.typeAnnotation;
          }
        }
      }
    }
    return undefined;
  }

  #keyOf(node: Node): unknown {
    const inner = unwrap(node);
    if (inner.type === 'Identifier') return this.file.scopes.variableAt(inner) ?? inner.name;
    if (inner.type === 'MemberExpression') return memberPath(inner) ?? inner;
    // A chain (`app.route('/x').get(…)`) is the value it starts from.
    if (inner.type === 'CallExpression') {
      const callee = unwrap(inner.callee);
      if (callee.type === 'MemberExpression') return this.#keyOf(callee.object);
    }
    return inner;
  }
}

/** `this.app` or `a.b.c` as text; undefined when it contains anything but names. */
export function memberPath(node: Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type === 'ThisExpression') return 'this';
  if (inner.type !== 'MemberExpression') return undefined;
  const object = memberPath(inner.object);
  const name = memberName(inner);
  return object === undefined || name === undefined ? undefined : `${object}.${name}`;
}

/** The last name of an expression: `router` in `this.api.router`. */
function lastName(node: Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type === 'MemberExpression') return memberName(inner);
  if (inner.type === 'CallExpression') {
    const callee = unwrap(inner.callee);
    return callee.type === 'MemberExpression' ? lastName(callee.object) : undefined;
  }
  return undefined;
}

/** The last name of a type: `Router` in `express.Router`. */
export function typeName(name: TSESTree.EntityName): string | undefined {
  if (name.type === 'Identifier') return name.name;
  return name.type === 'TSQualifiedName' ? name.right.name : undefined;
}
