import { describe, expect, it } from 'vitest';

import { configsOf } from '../../src/configs.js';
import type { RuleModule } from '../../src/create-rule.js';
import { checks } from './checks.js';
import type { Repository } from './repository.js';

type Presets = RuleModule['meta']['docs']['presets'];
type CheckName = keyof typeof checks;

const RECOMMENDED: Presets = { recommended: 'warn', strict: ['error', { allow: [] }] };

function rule(name: string, presets: Presets = RECOMMENDED): RuleModule {
  return {
    meta: {
      type: 'problem',
      docs: {
        description: 'Do well.',
        practice: 'well',
        presets,
        url: `https://example.org/blob/v1.2.3/docs/rules/${name}.md`,
      },
      schema: [],
      messages: { badly: 'Not well.' },
    },
    create: () => ({}),
  };
}

/** A repository in which everything holds. */
function soundRepository(rules: Repository['rules'] = { one: rule('one'), two: rule('two', {}) }): Repository {
  const files = new Map([
    ['README.md', '| Rule | What |\n'],
    ['CHANGELOG.md', '# Changelog\n\n## 1.2.3\n'],
    ['src/index.ts', "export { rules } from './rules/index.js';\n"],
    ['src/create-rule.ts', "import './express/model.js';\n"],
    ['src/express/model.ts', "import '../node/blocking.js';\nimport '../ast/nodes.js';\n"],
    ['src/node/blocking.ts', 'export const any: unknown = "any";\n'],
    ['src/ast/nodes.ts', "import './tree.js';\n"],
    ['src/ast/tree.ts', ''],
    ['src/rules/index.ts', "import './one.js';\nimport './two.js';\n"],
  ]);
  for (const name of ['one', 'two']) {
    files.set('README.md', `${files.get('README.md')}| [${name}](docs/rules/${name}.md) | well |\n`);
    files.set(`src/rules/${name}.ts`, "import { createRule } from '../create-rule.js';\ncontext.report({});\n");
    files.set(`docs/rules/${name}.md`, `# ${name}\n`);
    files.set(`tests/rules/${name}.test.ts`, "errors: [{ messageId: 'badly' }];\n");
    for (const part of ['bad.js', 'good.js', 'proof.ts']) files.set(`tests/proofs/${name}/${part}`, '');
  }
  const configs = configsOf({ meta: { name: 'sound', version: '1.2.3', namespace: 'sound' }, rules }, rules);
  return { files, rules, configs, version: '1.2.3' };
}

/** A sound repository with one of its files lost or, given a text, other than it was. */
function withFile(path: string, text?: string): Repository {
  const repository = soundRepository();
  const files = new Map(repository.files);
  if (text === undefined) files.delete(path);
  else files.set(path, text);
  return { ...repository, files };
}

function withPreset(name: 'recommended' | 'flat/all', change: object): Repository {
  const repository = soundRepository();
  const { configs } = repository;
  return { ...repository, configs: { ...configs, [name]: { ...configs[name], ...change } } };
}

/** A deliberate hole, what the repository is like with it, and what must be said about it. */
type Hole = readonly [hole: string, repository: Repository, finding: string];

/** For every check the holes that it, and nothing else, is there to notice. */
const holes: Readonly<Record<CheckName, readonly [Hole, ...Hole[]]>> = {
  'every rule has its file, and every file its rule': [
    ['a file is lost', withFile('src/rules/one.ts'), 'one is missing in src/rules'],
    ['a file is not registered', withFile('src/rules/three.ts', ''), 'three in src/rules is no rule'],
  ],
  'every rule has its documentation page, and every page its rule': [
    ['a page is lost', withFile('docs/rules/one.md'), 'one is missing in docs/rules'],
    ['a page outlives its rule', withFile('docs/rules/three.md', ''), 'three in docs/rules is no rule'],
  ],
  'every rule has its spec, and every spec its rule': [
    ['a spec outlives its rule', withFile('tests/rules/three.test.ts', ''), 'three in tests/rules is no rule'],
  ],
  'every rule has its proof, and every proof its rule': [
    ['a good example is lost', withFile('tests/proofs/two/good.js'), 'two is missing in tests/proofs (good)'],
    [
      'a proof outlives its rule',
      withFile('tests/proofs/three/proof.ts', ''),
      'three in tests/proofs (proof) is no rule',
    ],
  ],
  'every rule has its row in the README, and every row its rule': [
    ['a row is lost', withFile('README.md', '| [one](docs/rules/one.md) | well |\n'), 'two is missing in README.md'],
  ],
  'every rule links to its own page, in the version it belongs to': [
    [
      'a rule links to another page',
      soundRepository({ one: rule('two'), two: rule('two') }),
      'one links to https://example.org/blob/v1.2.3/docs/rules/two.md',
    ],
  ],
  'layers import downwards': [
    [
      'a lower layer imports a type of a rule',
      withFile('src/express/model.ts', "import type { one } from '../rules/one.js';\n"),
      'src/express/model.ts imports src/rules/one.ts',
    ],
    [
      'the lowest layer passes the model on',
      withFile('src/ast/tree.ts', "export * from '../express/model.js';\n"),
      'src/ast/tree.ts imports src/express/model.ts',
    ],
  ],
  'every source file belongs to a layer': [
    ['a file lies beside the layers', withFile('src/utils.ts', ''), 'src/utils.ts is in no layer'],
  ],
  'no rule imports another rule': [
    [
      'a rule imports its neighbour',
      withFile('src/rules/one.ts', "import two from './two.js';\n"),
      'src/rules/one.ts imports src/rules/two.ts',
    ],
  ],
  'only rules report': [
    ['the model reports', withFile('src/express/model.ts', 'context.report({});\n'), 'src/express/model.ts reports'],
  ],
  'rules are thin': [
    ['a rule is long', withFile('src/rules/one.ts', ';\n'.repeat(151)), 'src/rules/one.ts has 151 lines'],
  ],
  'the compiler checks everything': [
    ['a type is any', withFile('src/ast/tree.ts', '// any\nlet node: any;\n'), 'src/ast/tree.ts:2: any'],
    [
      'a cast goes through unknown',
      withFile('src/ast/tree.ts', 'f((x as unknown) as string);\n'),
      'src/ast/tree.ts:1: as unknown as',
    ],
  ],
  'every message is asserted in the spec': [
    [
      'a message is only mentioned',
      withFile('tests/rules/one.test.ts', "// messageId: 'badly'\n"),
      'tests/rules/one.test.ts does not assert badly',
    ],
    ['a spec is lost', withFile('tests/rules/one.test.ts'), 'tests/rules/one.test.ts does not assert badly'],
  ],
  'presets hold what the rules say': [
    [
      'a preset lacks a rule',
      withPreset('recommended', { rules: {} }),
      'recommended has express/one otherwise than its meta',
    ],
    [
      'a preset has its own severity',
      withPreset('flat/all', { rules: { 'express/one': ['error', { allow: [] }], 'express/two': 'warn' } }),
      'flat/all has express/two otherwise than its meta',
    ],
  ],
  'strict contains recommended': [
    [
      'a rule is recommended only',
      soundRepository({ one: rule('one', { recommended: 'warn' }), two: rule('two') }),
      'one is recommended, and not in strict',
    ],
  ],
  'flat presets follow the files of the project': [
    ['a preset names files', withPreset('flat/all', { files: ['**/*.ts'] }), 'flat/all names files'],
  ],
  'the changelog tells of this version': [
    [
      'the version is not in the changelog',
      withFile('CHANGELOG.md', '# Changelog\n'),
      'CHANGELOG.md has no heading for 1.2.3',
    ],
  ],
};

describe.each(Object.entries(checks))('%s', (name, check) => {
  it('is silent where it holds', () => {
    expect(check(soundRepository())).toEqual([]);
  });

  it.each(holes[name as CheckName])('is noticed where %s', (_, repository, finding) => {
    expect(check(repository)).toEqual([finding]);
  });
});
