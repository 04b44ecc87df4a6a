/**
 * Lays out everything a rule consists of, with TODOs that keep the tests red until they are done.
 *
 *   npm run new-rule <name>
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const [name] = process.argv.slice(2);

const variable = (name ?? '').replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

const rule = `import { createRule } from '../create-rule.js';

export default createRule<[], 'found'>({
  name: '${name}',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow TODO',
      practice: 'TODO',
      presets: { strict: 'warn' },
    },
    schema: [],
    messages: { found: 'TODO: what happens to the clients of {{route}}, and what to do.' },
  },
  create(context, _options, express) {
    return {
      Program() {
        for (const { node } of express.registrations) {
          context.report({ node, messageId: 'found', data: { route: 'TODO' } });
        }
      },
    };
  },
});
`;

const spec = `import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from '../../src/rules/${name}.js';

const tester = new RuleTester();

tester.run('${name}', rule, {
  valid: ['TODO;'],
  invalid: [{ code: 'TODO;', errors: [{ messageId: 'found' }] }],
});
`;

const page = `# express/${name}

<!-- end auto-generated rule header -->

TODO: what the rule reports, and what for.

## What goes wrong

<!-- proof outcomes -->
<!-- end proof outcomes -->

Every row is run on real Express 4 and 5 by [the proof](../../tests/proofs/${name}/proof.ts).

## Fails

<!-- proof: bad.js -->
<!-- end proof -->

## Works

<!-- proof: good.js -->
<!-- end proof -->

## How the rule decides

TODO: what it knows, what it cannot know and leaves alone, and what it repairs.

## When not to use it

TODO.

## What overlaps

TODO.

## Further reading

TODO.
`;

const app = `const express = require('express');

const app = express();

app.get('/', (req, res) => {
  res.send('TODO');
});

app.listen(process.env.PORT || 3000);
`;

const proof = `import type { Proof } from '../proof.js';
import { both, silent } from '../proof.js';

const proof: Proof = {
  rule: '${name}',
  scenarios: [
    {
      title: 'TODO: the case',
      async observe(app) {
        return { answer: await app.send('/') };
      },
      bad: {
        file: 'bad.js',
        reports: both(['TODO: a piece of the reported line']),
        outcome: both({ says: 'TODO: what becomes of the clients.', facts: { answer: 'TODO' } }),
      },
      good: {
        file: 'good.js',
        reports: silent,
        outcome: both({ says: 'TODO: what becomes of them instead.', facts: { answer: 200 } }),
      },
    },
  ],
};

export default proof;
`;

/** Adds an import and an entry to a module that lists rules or proofs. */
function register(path, specifier, entry) {
  const lines = readFileSync(path, 'utf8').split('\n');
  const statement = `import ${variable} from '${specifier}';`;
  const isImport = (line) => line.startsWith('import ');
  const sourceOf = (line) => line.slice(line.indexOf(" from '"));
  const later = lines.findIndex((line) => isImport(line) && sourceOf(line) > sourceOf(statement));
  lines.splice(later < 0 ? lines.findLastIndex(isImport) + 1 : later, 0, statement);
  lines.splice(lines.findLastIndex((line) => /^[\]}]/.test(line)), 0, `  ${entry},`);
  writeFileSync(path, lines.join('\n'));
}

function fail(why) {
  console.error(`${why}\nUsage: npm run new-rule <name-in-kebab-case>`);
  process.exit(1);
}

if (!/^[a-z]+(-[a-z\d]+)+$/.test(name ?? '')) fail(`"${name}" is no name for a rule.`);
if (existsSync(`src/rules/${name}.ts`)) fail(`There is a rule ${name} already.`);

const files = {
  [`src/rules/${name}.ts`]: rule,
  [`tests/rules/${name}.test.ts`]: spec,
  [`docs/rules/${name}.md`]: page,
  [`tests/proofs/${name}/bad.js`]: app,
  [`tests/proofs/${name}/good.js`]: app,
  [`tests/proofs/${name}/proof.ts`]: proof,
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
register('src/rules/index.ts', `./${name}.js`, `'${name}': ${variable}`);
register('tests/proofs/index.ts', `./${name}/proof.js`, variable);

console.log(`${Object.keys(files).join('\n')}

Make the TODOs true (a rule with options has a section "Options" before "When not to use it"), add the rule to docs/checklist.md, and run \`npm run update:docs\`.
CONTRIBUTING.md says more.`);
