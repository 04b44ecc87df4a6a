import { createRule } from '../create-rule.js';
import { mentionsSettings, productionOverrides } from '../express/overrides.js';

/** Reports code that takes the settings of production away from an app that runs in production. */
export default createRule<[], 'environment' | 'app' | 'views'>({
  name: 'no-node-env-override',
  appliesTo: mentionsSettings,
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow code that switches the settings of production off',
      practice: 'node-env',
      presets: { recommended: 'warn', strict: 'error' },
    },
    schema: [],
    messages: {
      environment: "This makes NODE_ENV '{{value}}' in production too: Express shows clients the stack of an error, and compiles every view anew for each of them. Set NODE_ENV where the app is started.",
      app: "This makes the app's environment '{{value}}' in production too: Express shows clients the stack of an error. Leave it to NODE_ENV.",
      views: 'This switches the cache of views off in production too: every view is looked up and compiled anew for each client. Leave it to NODE_ENV.',
    },
  },
  create(context, _options, express) {
    return {
      Program() {
        if (!express.isServed) return;
        for (const { node, kind, value } of productionOverrides(express)) context.report({ node, messageId: kind, data: { value } });
      },
    };
  },
});
