import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { functionHead } from '../ast/heads.js';
import { createRule } from '../create-rule.js';
import type { Handler } from '../express/handlers.js';
import type { DistantFailure, ExpressModel } from '../express/model.js';
import { leadsTo, reachedBy, subjectOf, subjectOfRoute } from '../express/wording.js';
import { addAwait, appendCatch, awaitReturned, forwardFromCatch, moveCatch, tryCatch, wrapExpression, wrapHandler } from '../fix/rejections.js';
import { shortText } from '../ast/text.js';
import { mentionsPromises } from '../promises/promises.js';
import type { Leak } from '../promises/rejections.js';

type Options = [{ wrappers: string[] }];
/** What the rule reports, and what it offers. */
export type MessageIds = 'floating' | 'late' | 'discarded' | 'swallowed' | 'handler' | 'distant' | 'dropped' | 'elsewhere' | 'companion' | 'generator' | 'appendCatch' | 'addAwait' | 'wrap' | 'tryCatch' | 'forward';
type Context = Readonly<TSESLint.RuleContext<MessageIds, Options>>;
type Suggestion = TSESLint.ReportSuggestionArray<MessageIds>[number];

export default createRule<Options, MessageIds>({
  name: 'require-catch-next',
  meta: {
    type: 'problem',
    docs: {
      description: 'require that every rejection on the request path reaches `next` or a response',
      practice: 'promises',
      presets: { recommended: 'error', strict: 'error' },
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          wrappers: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Names of functions that forward the rejections of the handler they wrap' },
        },
      },
    ],
    defaultOptions: [{ wrappers: [] }],
    messages: {
      floating: 'Nothing handles a rejection of `{{what}}`: it ends the process for every client; {{where}}.',
      late: '`{{what}}` is only looked at after another `await`: if it rejects before that, the process ends for every client; {{where}}.',
      discarded: '`{{sink}}` throws away the promise of this callback: when it rejects, the process ends for every client; {{where}}.',
      swallowed: 'When `{{what}}` rejects, the error is caught but nothing answers, and the client waits until it gives up; {{where}}.',
      handler: 'Express 4 ignores the promise that {{subject}} returns: when `{{what}}` (line {{line}}) fails, the process ends and the client gets no answer.',
      distant: 'Express 4 ignores the promise that `{{handler}}` ({{path}}:{{start}}) returns: when `{{what}}` (line {{line}}) fails, the process ends and the client gets no answer; {{where}} runs it.',
      elsewhere: 'Nothing handles a rejection of a promise that `{{call}}` starts: it {{leadsTo}}, and when that fails, the process ends for every client; {{where}}.',
      dropped: '`{{wrapper}}` throws away the promise of the handler that it is given: when `{{what}}` ({{place}}) fails, the process ends and the client gets no answer.',
      companion: 'The promise of {{subject}} is ignored: when `{{what}}` (line {{line}}) fails, the process ends and the client gets no answer.',
      generator: 'Calling a generator function runs none of its body: {{subject}} never answers.',
      appendCatch: 'End the chain with `.catch(next)`.',
      addAwait: 'Await it, so that its rejection is this function\'s.',
      wrap: 'Wrap the handler in `{{wrapper}}`.',
      tryCatch: 'Catch what it throws, and hand it to `next`.',
      forward: 'Hand the error to `next` as well.',
    },
  },
  appliesToExports: mentionsPromises,
  create(context, [{ wrappers }], express) {
    return {
      Program() {
        for (const leak of express.leaks()) reportLeak(context, express, leak);
        for (const handler of express.generatorHandlers) {
          context.report({ loc: functionHead(handler.fn, context.sourceCode), messageId: 'generator', data: { subject: subjectOf(handler) } });
        }
        for (const handler of express.unprotectedHandlers(new Set(wrappers))) reportHandler(context, express, handler);
        for (const handler of express.unprotectedDistantHandlers(new Set(wrappers))) reportDistantHandler(context, express, handler);
        for (const { node, name, where, culprits } of express.departures('leaks')) {
          context.report({ node, messageId: 'elsewhere', data: { call: name, leadsTo: leadsTo(culprits), where } });
        }
      },
    };
  },
});

function reportLeak(context: Context, express: ExpressModel, leak: Leak): void {
  const { sourceCode } = context;
  const witness = express.witnessOf(express.unitOf(leak.node));
  const data = { what: shortText(leak.node), where: witness ? reachedBy(witness, 'starts it') : 'a request starts it', sink: leak.sink?.name ?? '' };
  const suggest: Suggestion[] = [];
  const offer = (messageId: MessageIds, fix: TSESLint.ReportFixFunction | undefined): void => {
    if (fix) suggest.push({ messageId, fix });
  };
  if (leak.kind === 'discarded') {
    const isInline = leak.node.type === 'ArrowFunctionExpression' || leak.node.type === 'FunctionExpression';
    context.report({ loc: isInline ? functionHead(leak.node, sourceCode) : leak.node.loc, messageId: 'discarded', data });
    return;
  }
  if (leak.kind === 'floating' && leak.chain) {
    const fix = moveCatch(express, leak.chain, sourceCode) ?? appendCatch(express, leak.chain);
    // Where the promise carries the answer, handing its error to `next` only turns a crash into an error answer; a catch
    // before it that swallows most errors would still leave the client waiting.
    if (fix && !leak.catcher && express.rejections.carriesAnswer(leak.chain)) {
      context.report({ node: leak.node, messageId: 'floating', data, fix });
      return;
    }
    offer('addAwait', addAwait(express, leak.chain));
    offer('appendCatch', fix);
  }
  if (leak.kind === 'swallowed' && leak.catcher) offer('forward', forwardFromCatch(express, leak.catcher, sourceCode));
  context.report({ node: leak.node, messageId: leak.kind, data, suggest });
}

function reportDistantHandler(context: Context, express: ExpressModel, { use, failure }: DistantFailure): void {
  const { node, registration } = use;
  const data = { handler: shortText(node), what: failure.what, path: failure.path, start: String(failure.start), line: String(failure.line), where: subjectOfRoute(registration) };
  const wrapper = use.protection === 'drops' ? undefined : express.wrapperInScope(node);
  const wrap = wrapper && wrapExpression(use, wrapper, context.sourceCode);
  const repair = wrap && (wrapper.proved ? { fix: wrap } : { suggest: [{ messageId: 'wrap' as const, data: { wrapper: wrapper.name }, fix: wrap }] });
  if (use.protection === 'drops') context.report({ node, messageId: 'dropped', data: { ...data, wrapper: data.handler, place: `${failure.path}:${failure.line}` } });
  else context.report({ node, messageId: 'distant', data, ...repair });
}

function reportHandler(context: Context, express: ExpressModel, handler: Handler): void {
  const escape = express.escapeOf(handler);
  if (!escape) return;
  const { sourceCode } = context;
  const data = { what: shortText(escape.node), line: String(escape.node.loc.start.line), subject: subjectOf(handler) };
  const loc: TSESTree.SourceLocation = functionHead(handler.fn, sourceCode);
  if (handler.kind === 'callback') {
    context.report({ loc, messageId: 'companion', data });
    return;
  }
  const dropping = handler.uses.find(({ protection }) => protection === 'drops');
  if (dropping) {
    context.report({ loc, messageId: 'dropped', data: { ...data, wrapper: shortText(dropping.node), place: `line ${data.line}` } });
    return;
  }
  const wrapper = express.wrapperInScope(handler.uses[0]?.node ?? handler.fn);
  const wrap = wrapper && wrapHandler(handler, wrapper, sourceCode);
  if (wrap && wrapper.proved) {
    context.report({ loc, messageId: 'handler', data, fix: wrap });
    return;
  }
  const suggest: Suggestion[] = [];
  if (escape.how === 'return') {
    const awaited = awaitReturned(express, escape.node);
    const caught = appendCatch(express, escape.node);
    if (!awaited && caught && express.rejections.carriesAnswer(escape.node)) {
      context.report({ loc, messageId: 'handler', data, fix: caught });
      return;
    }
    if (awaited) suggest.push({ messageId: 'addAwait', fix: awaited });
    if (caught) suggest.push({ messageId: 'appendCatch', fix: caught });
  }
  if (wrap) suggest.push({ messageId: 'wrap', data: { wrapper: wrapper.name }, fix: wrap });
  const caught = tryCatch(express, handler, sourceCode);
  if (caught) suggest.push({ messageId: 'tryCatch', fix: caught });
  context.report({ loc, messageId: 'handler', data, suggest });
}
