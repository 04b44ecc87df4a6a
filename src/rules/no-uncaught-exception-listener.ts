import type { TSESLint } from '@typescript-eslint/utils';

import { createRule } from '../create-rule.js';
import { appendStatement } from '../fix/append.js';
import { catchingLoggers, type ExceptionListener, exceptionListeners, mentionsFatalEvents } from '../node/exception-listeners.js';
import { namesProcess } from '../node/process-calls.js';

interface Options {
  /** Whether a listener that surely ends the process is allowed. */
  allowExit: boolean;
  /** Whether to report listeners for `unhandledRejection` too. */
  checkUnhandledRejection: boolean;
}

type Verdict = 'survives' | 'survivesOnce' | 'exitCode' | 'conditional' | 'rejects' | 'exits' | 'exitsAsSuccess' | 'mayExit';

/** Reports listeners that take exceptions from Node and keep the process running in a state that nobody knows. */
export default createRule<[Options], Verdict | 'logger' | 'useMonitor' | 'addExit'>({
  name: 'no-uncaught-exception-listener',
  needsExpress: false,
  appliesTo: mentionsFatalEvents,
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow listeners that keep the process running after an uncaught exception',
      practice: 'exceptions',
      presets: { recommended: 'error', strict: ['error', { allowExit: false }] },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          allowExit: { type: 'boolean', description: 'Whether a listener that surely ends the process is allowed. `strict` sets it to `false`.' },
          checkUnhandledRejection: { type: 'boolean', description: 'Whether to report listeners for `unhandledRejection` that keep the process alive too.' },
        },
      },
    ],
    defaultOptions: [{ allowExit: true, checkUnhandledRejection: false }],
    messages: {
      survives: '`{{name}}` keeps the process running after an {{what}}: the request that failed is never answered, and what it held stays held. {{instead}}',
      survivesOnce: '`{{name}}` swallows the first {{what}}: the request that failed is never answered, and the process goes on in a state that nobody knows. {{instead}}',
      exitCode: 'Setting `process.exitCode` does not end the process: after an {{what}} it goes on, and the request that failed is never answered. {{instead}}',
      conditional: 'This listener ends the process on some paths only; on the others it goes on after an {{what}}, and the request that failed is never answered. {{instead}}',
      rejects: 'When this async listener rejects, the rejection calls it again, without end: the process stays, busy, and answers nobody. {{instead}}',
      exits: '`{{name}}` replaces how Node ends the process after an {{what}}. {{instead}}',
      exitsAsSuccess: 'This listener ends the process as if nothing had happened: with exit code 0, whoever watches it sees no failure after an {{what}}. Exit with 1. {{instead}}',
      mayExit: '`{{name}}` keeps Node from ending the process after an {{what}}, and what this listener does about it is not in this file. {{instead}}',
      logger: "This logger handles uncaught exceptions, and `exitOnError: false` keeps the process running after them: the request that failed is never answered, and what it held stays held. Leave `exitOnError` at its default.",
      useMonitor: "Listen for 'uncaughtExceptionMonitor' instead: Node still ends the process.",
      addExit: 'End the process with `process.exit(1)`.',
    },
  },
  create(context, [{ allowExit, checkUnhandledRejection }], express) {
    const { sourceCode } = context;

    function suggestionsFor({ event, eventNode, inline, end }: ExceptionListener) {
      const suggest: TSESLint.SuggestionReportDescriptor<'useMonitor' | 'addExit'>[] = [];
      if (event === 'uncaughtException' && eventNode) {
        const inside: [number, number] = [eventNode.range[0] + 1, eventNode.range[1] - 1];
        suggest.push({ messageId: 'useMonitor', fix: (fixer) => fixer.replaceTextRange(inside, 'uncaughtExceptionMonitor') });
      }
      const returnsEarly = inline !== undefined && (express.file.tree.units.get(inline)?.returns.length ?? 0) > 0;
      if (inline?.body.type === 'BlockStatement' && (end.ends === 'never' || end.ends === 'sometimes') && !end.rejects && !returnsEarly) {
        const fix = namesProcess(express.file, inline.body) ? appendStatement(inline.body, 'process.exit(1);', sourceCode) : undefined;
        if (fix) suggest.push({ messageId: 'addExit', fix });
      }
      return suggest;
    }

    return {
      Program() {
        if (!express.isServed) return;
        for (const listener of exceptionListeners(express.file)) {
          const isRejection = listener.event === 'unhandledRejection';
          if (isRejection && !checkUnhandledRejection) continue;
          const messageId = verdictOn(listener, allowExit);
          if (!messageId) continue;
          context.report({
            loc: { start: listener.node.loc.start, end: (listener.eventNode ?? listener.node.callee).loc.end },
            messageId,
            data: {
              name: listener.name,
              what: isRejection ? 'unhandled rejection' : 'uncaught exception',
              instead: isRejection ? 'Catch rejections where they arise, and let the process end.' : "Log in 'uncaughtExceptionMonitor', and let the process end.",
            },
            suggest: suggestionsFor(listener),
          });
        }
        for (const { option } of catchingLoggers(express.file)) context.report({ node: option, messageId: 'logger' });
      },
    };
  },
});

function verdictOn({ end, once, setsExitCode }: ExceptionListener, allowExit: boolean): Verdict | undefined {
  if (end.rejects) return 'rejects';
  if (end.ends === 'never') return setsExitCode ? 'exitCode' : once ? 'survivesOnce' : 'survives';
  if (end.ends === 'sometimes') return 'conditional';
  if (allowExit) return undefined;
  if (end.ends === 'unknown') return 'mayExit';
  return end.asSuccess ? 'exitsAsSuccess' : 'exits';
}
