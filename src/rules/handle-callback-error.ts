import { functionHead } from '../ast/heads.js';
import { shortText } from '../ast/text.js';
import { createRule } from '../create-rule.js';
import { leadsTo, reachedBy } from '../express/wording.js';
import { handOn } from '../fix/hand-on.js';
import { errorNames, type LostError, patternOf } from '../node/callback-errors.js';

interface Options {
  /** What the first parameter of a callback is called that is given an error. */
  pattern: string;
  /** Whether to report callbacks that write their error down, and answer as if there were none. */
  reportLogOnly: boolean;
}

/** Reports callbacks on the request path that lose the error that they are given. */
export default createRule<[Options], LostError['kind'] | 'elsewhere' | 'handOn'>({
  name: 'handle-callback-error',
  meta: {
    type: 'problem',
    docs: {
      description: 'require that callbacks hand on the error that they are given',
      practice: 'callbacks',
      presets: { recommended: 'error', strict: ['error', { reportLogOnly: true }] },
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          pattern: { type: 'string', minLength: 1, description: 'A regular expression for the name of a first parameter that is an error, where the function that takes the callback is not known.' },
          reportLogOnly: { type: 'boolean', description: 'Whether to report callbacks that write their error down, and answer as if there were none. `strict` sets it to `true`.' },
        },
      },
    ],
    defaultOptions: [{ pattern: errorNames, reportLogOnly: false }],
    messages: {
      ignored: 'Nothing looks at the error that `{{call}}` gives this callback: when it fails, the callback goes on without a result, and the client gets a wrong answer or none; {{where}}. Hand it on first.',
      logged: 'This callback of `{{call}}` writes its error down and goes on: the client is told that all went well; {{where}}. Hand it on, and return.',
      goesOn: 'This callback of `{{call}}` writes its error down, and goes on with a result that is not there: the client gets a wrong answer or none; {{where}}. Hand it on, and return.',
      partial: 'This callback of `{{call}}` handles some errors, and goes on with all others: the client is told that all went well; {{where}}. Hand the others on.',
      late: 'This callback of `{{call}}` asks for the result before it looks at the error: the client is told that nothing was found when it fails; {{where}}. Hand the error on first.',
      hangs: 'When `{{call}}` fails, this callback answers nothing, and the client waits until it gives up; {{where}}. Hand the error on.',
      thrown: 'Nothing catches an error that is thrown in a callback of `{{call}}`: it ends the process for every client; {{where}}. Hand it on instead.',
      early: '`{{what}}` is read before anything looks at the error of `{{call}}`: when that fails there is no result, and the process ends for every client; {{where}}. Hand the error on first.',
      continues: '`{{what}}` is read although `{{call}}` may have failed: its error was handed on, but the callback goes on, without a result, and the process ends for every client; {{where}}. Return where the error is handed on.',
      elsewhere: 'The error of a callback is lost behind `{{call}}`: it {{leadsTo}}, and when that fails, the client gets a wrong answer or none; {{where}}.',
      handOn: 'Hand the error to `{{to}}`.',
    },
  },
  create(context, [{ pattern, reportLogOnly }], express) {
    const { sourceCode } = context;
    const named = patternOf(pattern);

    function report(lost: LostError, where: string): void {
      const loc = lost.kind === 'thrown' ? lost.node.loc : functionHead(lost.callback, sourceCode);
      const data = { call: shortText(lost.taken.call), what: shortText(lost.node), where };
      const repair = handOn(express, lost, sourceCode);
      if (!repair) context.report({ loc, messageId: lost.kind, data });
      else if (repair.sure) context.report({ loc, messageId: lost.kind, data, fix: repair.fix });
      else context.report({ loc, messageId: lost.kind, data, suggest: [{ messageId: 'handOn', data: { to: repair.to }, fix: repair.fix }] });
    }

    return {
      Program() {
        for (const unit of express.requestPath.units) {
          const witness = express.requestPath.witness(unit);
          const lost = express.callbackErrors.in(unit, named);
          if (witness && lost && (reportLogOnly || lost.kind !== 'logged')) report(lost, reachedBy(witness, 'runs it'));
        }
        for (const { node, name, where, culprits } of express.departures('drops')) {
          context.report({ node, messageId: 'elsewhere', data: { call: name, leadsTo: leadsTo(culprits), where } });
        }
      },
    };
  },
});
