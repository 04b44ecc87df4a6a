import { posix } from 'node:path';

import type { PresetName, PresetRules } from '../../src/configs.js';
import type { RuleModule } from '../../src/create-rule.js';
import type { Repository } from './repository.js';
import { factsOf } from './source.js';

/** Looks at a repository and returns what is wrong with it, one sentence a finding. */
export type Check = (repository: Repository) => string[];

const MAX_RULE_LINES = 150;

/** From the bottom up: a layer imports its own files and those of lower layers. */
const LAYERS: readonly (readonly string[])[] = [
  ['ast'],
  ['project'],
  ['express', 'promises', 'node', 'deploy', 'fix'],
  ['create-rule.ts'],
  ['rules'],
  ['configs.ts'],
  ['index.ts'],
];

/** Everything that must hold, by what it says. */
export const checks = {
  'every rule has its file, and every file its rule': ({ files, rules }) =>
    compare('src/rules', rules, matching(files, /^src\/rules\/(?!index\.ts$)(.+)\.ts$/)),

  'every rule has its documentation page, and every page its rule': ({ files, rules }) =>
    compare('docs/rules', rules, matching(files, /^docs\/rules\/(.+)\.md$/)),

  'every rule has its spec, and every spec its rule': ({ files, rules }) =>
    compare('tests/rules', rules, matching(files, /^tests\/rules\/(.+)\.test\.ts$/)),

  'every rule has its proof, and every proof its rule': ({ files, rules }) =>
    ['bad', 'good', 'proof'].flatMap((part) =>
      compare(`tests/proofs (${part})`, rules, matching(files, new RegExp(`^tests/proofs/([^/]+)/${part}\\.[^/]+$`))),
    ),

  'every rule has its row in the README, and every row its rule': ({ files, rules }) =>
    compare('README.md', rules, rowsOf(files.get('README.md') ?? '')),

  'every rule links to its own page, in the version it belongs to': ({ rules, version }) =>
    Object.entries(rules)
      .filter(([name, { meta }]) => !meta.docs.url.endsWith(`/blob/v${version}/docs/rules/${name}.md`))
      .map(([name, { meta }]) => `${name} links to ${meta.docs.url}`),

  'layers import downwards': ({ files }) =>
    sources(files).flatMap(({ path, imports }) =>
      imports
        .filter((target) => target.startsWith('src/') && layerOf(target) > layerOf(path))
        .map((target) => `${path} imports ${target}`),
    ),

  'every source file belongs to a layer': ({ files }) =>
    sources(files)
      .filter(({ path }) => layerOf(path) < 0)
      .map(({ path }) => `${path} is in no layer`),

  'no rule imports another rule': ({ files }) =>
    sources(files)
      .filter(({ path }) => isRule(path))
      .flatMap(({ path, imports }) => imports.filter(isRule).map((target) => `${path} imports ${target}`)),

  'only rules report': ({ files }) =>
    sources(files)
      .filter(({ path, reports }) => reports && !isRule(path))
      .map(({ path }) => `${path} reports`),

  'rules are thin': ({ files }) =>
    [...files]
      .map(([path, text]) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ path, lines }) => isRule(path) && lines > MAX_RULE_LINES)
      .map(({ path, lines }) => `${path} has ${lines} lines`),

  'the compiler checks everything': ({ files }) =>
    sources(files).flatMap(({ path, unchecked }) => unchecked.map((place) => `${path}:${place}`)),

  'every message is asserted in the spec': ({ files, rules }) =>
    Object.entries(rules).flatMap(([name, { meta }]) => {
      const path = `tests/rules/${name}.test.ts`;
      const { messageIds } = factsOf(path, files.get(path) ?? '');
      return Object.keys(meta.messages)
        .filter((id) => !messageIds.has(id))
        .map((id) => `${path} does not assert ${id}`);
    }),

  'presets hold what the rules say': ({ rules, configs }) =>
    (['recommended', 'strict', 'all'] as const).flatMap((preset) => {
      const expected = expectedRules(preset, rules);
      return [preset, `flat/${preset}` as const].flatMap((config) =>
        Object.entries({ ...expected, ...configs[config].rules })
          .filter(([rule]) => JSON.stringify(expected[rule]) !== JSON.stringify(configs[config].rules[rule]))
          .map(([rule]) => `${config} has ${rule} otherwise than its meta`),
      );
    }),

  'strict contains recommended': ({ rules }) =>
    Object.entries(rules)
      .filter(([, { meta }]) => meta.docs.presets.recommended && !meta.docs.presets.strict)
      .map(([name]) => `${name} is recommended, and not in strict`),

  'flat presets follow the files of the project': ({ configs }) =>
    Object.entries(configs)
      .filter(([name, config]) => name.startsWith('flat/') && 'files' in config)
      .map(([name]) => `${name} names files`),

  'the changelog tells of this version': ({ files, version }) =>
    (files.get('CHANGELOG.md') ?? '').includes(`## ${version}`) ? [] : [`CHANGELOG.md has no heading for ${version}`],
} satisfies Record<string, Check>;

function compare(place: string, rules: Repository['rules'], found: ReadonlySet<string>): string[] {
  return [
    ...Object.keys(rules).filter((name) => !found.has(name)).map((name) => `${name} is missing in ${place}`),
    ...[...found].filter((name) => !Object.hasOwn(rules, name)).map((name) => `${name} in ${place} is no rule`),
  ];
}

function matching(files: Repository['files'], pattern: RegExp): Set<string> {
  return new Set([...files.keys()].flatMap((path) => pattern.exec(path)?.[1] ?? []));
}

function rowsOf(readme: string): Set<string> {
  return new Set([...readme.matchAll(/^\|.*?\]\(docs\/rules\/([\w-]+)\.md\)/gm)].flatMap(([, name]) => name ?? []));
}

function sources(files: Repository['files']) {
  return [...files]
    .filter(([path]) => /^src\/.*\.ts$/.test(path))
    .map(([path, text]) => {
      const facts = factsOf(path, text);
      const imports = facts.imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts'));
      return { ...facts, path, imports };
    });
}

function layerOf(path: string): number {
  const part = path.split('/')[1] ?? '';
  return LAYERS.findIndex((layer) => layer.includes(part));
}

function isRule(path: string): boolean {
  return path.startsWith('src/rules/') && path !== 'src/rules/index.ts';
}

function expectedRules(preset: PresetName, rules: Readonly<Record<string, RuleModule>>): PresetRules {
  return Object.fromEntries(
    Object.entries(rules).flatMap(([name, { meta }]) => {
      const { recommended, strict } = meta.docs.presets;
      const entry = { recommended, strict, all: strict ?? 'error' }[preset];
      return entry ? [[`express/${name}`, entry]] : [];
    }),
  );
}
