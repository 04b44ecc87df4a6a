import type { TSESLint } from '@typescript-eslint/utils';

import { createRule } from '../create-rule.js';
import { leadsTo, reachedBy } from '../express/wording.js';
import { asPipeline, listenOn } from '../fix/listen.js';
import { mentionsEmitters } from '../node/emitters.js';
import { Streams, type UnheardStream } from '../node/streams.js';

interface Options {
  /** Whether to report listeners that neither answer the request nor call `next`. */
  reportLogOnly: boolean;
}

type Suggestion = 'addListener' | 'usePipeline';

/** Reports streams and emitters on the request path whose error ends the process or leaves the request hanging. */
export default createRule<[Options], UnheardStream['kind'] | 'elsewhere' | Suggestion>({
  name: 'stream-error-handler',
  meta: {
    type: 'problem',
    docs: {
      description: "require an `'error'` listener on streams and emitters that serve requests",
      practice: 'exceptions',
      presets: { recommended: 'error', strict: ['error', { reportLogOnly: true }] },
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          reportLogOnly: { type: 'boolean', description: 'Whether to report listeners that neither answer the request nor call `next`. `strict` sets it to `true`.' },
        },
      },
    ],
    defaultOptions: [{ reportLogOnly: false }],
    messages: {
      crash: "Nothing listens for 'error' on `{{name}}`: when {{why}}, the process ends for every client; {{route}}.",
      late: "The 'error' listener of `{{name}}` is added after a wait: when {{why}} before that, the process ends for every client; {{route}}.",
      rethrown: "This 'error' listener of `{{name}}` throws: when {{why}}, the process ends for every client; {{route}}.",
      hang: "Nothing listens for 'error' on {{name}}: when it fails halfway, the client waits for an answer without end; {{route}}.",
      source: "Nothing listens for 'error' on what is piped here: when it fails, the process ends for every client, or this one waits without end; {{route}}.",
      logged: "This 'error' listener only writes the error down: when it comes, the client waits for an answer without end; {{route}}.",
      pipeline: '`pipeline()` without a callback throws at once, and its streams stay without an \'error\' listener, which ends the process when one fails; {{route}}.',
      elsewhere: "Nothing listens for 'error' on a stream that `{{call}}` starts: it {{leadsTo}}, and when that fails, the process ends for every client; {{where}}.",
      addListener: "Add `.on('error', {{to}})`.",
      usePipeline: 'Use `pipeline()`, which listens on every stream and closes them.',
    },
  },
  appliesToExports: mentionsEmitters,
  create(context, [{ reportLogOnly }], express) {
    const { sourceCode } = context;

    /** A crash that becomes an error answer is a repair; a hang that does is a choice. */
    function repairsOf({ kind, stream, isAwaited }: UnheardStream) {
      const suggest: TSESLint.SuggestionReportDescriptor<Suggestion>[] = [];
      if (!stream || (kind !== 'crash' && kind !== 'hang' && kind !== 'source')) return { fix: undefined, suggest };
      const listening = listenOn(express, stream, sourceCode);
      const isFix = listening?.isSafe && !isAwaited && kind === 'crash';
      if (listening && !isFix) suggest.push({ messageId: 'addListener', data: { to: listening.to }, fix: listening.fix });
      const pipeline = asPipeline(express, stream, sourceCode);
      if (pipeline) suggest.push({ messageId: 'usePipeline', fix: pipeline });
      return { fix: isFix ? listening.fix : undefined, suggest };
    }

    return {
      Program() {
        for (const found of new Streams(express).unheard()) {
          if (found.kind === 'logged' && !reportLogOnly) continue;
          const { node, kind, name, why, witness } = found;
          const end = 'callee' in node && kind !== 'source' && kind !== 'hang' ? node.callee.loc.end : node.loc.end;
          context.report({ loc: { start: node.loc.start, end }, messageId: kind, data: { name, why, route: reachedBy(witness, 'runs it') }, ...repairsOf(found) });
        }
        for (const { node, name, where, culprits } of express.departures('streams')) {
          context.report({ node, messageId: 'elsewhere', data: { call: name, leadsTo: leadsTo(culprits), where } });
        }
      },
    };
  },
});
