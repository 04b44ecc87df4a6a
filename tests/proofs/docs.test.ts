import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import plugin from '../../src/index.js';
import { proofs } from './index.js';
import type { Example, Proof, Scenario } from './proof.js';

const docs = fileURLToPath(new URL('../../docs', import.meta.url));
const update = process.env.UPDATE_DOCS === '1';

const sections = [
  'What goes wrong',
  'Fails',
  'Works',
  'How the rule decides',
  'Options',
  'When not to use it',
  'What overlaps',
  'Further reading',
];

/** The sections of a rule's page: a rule without options has none about them. */
function sectionsOf(rule: string): string[] {
  const { schema } = plugin.rules[rule]?.meta ?? {};
  return sections.filter((section) => section !== 'Options' || !Array.isArray(schema) || schema.length > 0);
}

/** A rule's page with everything in it that comes from the proof. */
function render(page: string, proof: Proof): string {
  return page
    .replace(/(<!-- proof: (\S+) -->\n)[^]*?(<!-- end proof -->)/g, (_, begin: string, file: string, end: string) => {
      const source = readFileSync(new URL(`${proof.rule}/${file}`, import.meta.url), 'utf8');
      return `${begin}\n\`\`\`js\n${source}\`\`\`\n\n${end}`;
    })
    .replace(
      /(<!-- proof outcomes -->\n)[^]*?(<!-- end proof outcomes -->)/,
      (_, begin: string, end: string) => `${begin}\n${outcomes(proof)}\n\n${end}`,
    );
}

function outcomes({ rule, scenarios }: Proof): string {
  const rows = scenarios.flatMap((scenario) => [badRow(rule, scenario), goodRow(rule, scenario)]);
  return ['| Example | Express 4 | Express 5 |', '| :-- | :-- | :-- |', ...rows].join('\n');
}

function badRow(rule: string, { title, bad }: Scenario): string {
  return row(`**${title}**: ${link(rule, bad.file)}`, bad);
}

function goodRow(rule: string, { bad, good, repair }: Scenario): string {
  const how = repair === 'fix' ? 'with `--fix`' : 'with the suggestion';
  return row(repair ? `${link(rule, good.file)}, and \`${bad.file}\` ${how}` : link(rule, good.file), good);
}

function row(first: string, { outcome }: Example): string {
  const [four, five] = [outcome[4].says, outcome[5].says];
  return `| ${first} | ${four} | ${five === four ? 'The same.' : five} |`;
}

function link(rule: string, file: string): string {
  return `[\`${file}\`](../../tests/proofs/${rule}/${file})`;
}

/** The relative links of a page that lead nowhere. */
function deadLinks(path: string): string[] {
  const targets = [...readFileSync(path, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target ?? '');
  return targets.filter((target) => !existsSync(join(dirname(path), target)));
}

describe.each(proofs)('docs/rules/$rule.md', (proof) => {
  const path = join(docs, 'rules', `${proof.rule}.md`);
  const page = readFileSync(path, 'utf8');
  if (update) writeFileSync(path, render(page, proof));

  it('shows the examples and outcomes that are proved (UPDATE_DOCS=1 writes them)', () => {
    expect(readFileSync(path, 'utf8')).toBe(render(page, proof));
  });

  it('shows every example', () => {
    const shown = [...page.matchAll(/<!-- proof: (\S+) -->/g)].map(([, file]) => file);
    const files = readdirSync(new URL(proof.rule, import.meta.url)).filter((file) => file.endsWith('.js'));
    expect(shown.sort()).toEqual(files.sort());
    expect(page).toContain('<!-- proof outcomes -->');
  });

  it('has its title, the place for what is generated, and every section in order', () => {
    expect(page).toMatch(new RegExp(`^# express/${proof.rule}\n[^]*<!-- end auto-generated rule header -->`));
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual(sectionsOf(proof.rule));
  });

  it('links to what exists', () => {
    expect(deadLinks(path)).toEqual([]);
  });
});

describe('docs/checklist.md', () => {
  const path = join(docs, 'checklist.md');

  it('links to every rule', () => {
    const page = readFileSync(path, 'utf8');
    const missing = Object.keys(plugin.rules).filter((rule) => !page.includes(`(rules/${rule}.md)`));
    expect(missing).toEqual([]);
  });

  it('links to what exists', () => {
    expect(deadLinks(path)).toEqual([]);
  });
});
