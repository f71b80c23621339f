import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { load } from 'js-yaml';

const ROOT = join(import.meta.dirname, '../..');

type Sets = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The parameters of the tables that begin with one, and what the page says that each is by default. */
function defaultsIn(page: string): ReadonlyMap<string, string> {
  const tables = page.split('\n\n').filter((part) => part.startsWith('| parameter | `default` |'));
  const rows = tables.flatMap((table) => table.split('\n').slice(2));
  return new Map(
    rows.flatMap((row) => {
      const [names = '', values = ''] = row.split(' | ').map((cell) => cell.replace('| ', '').replaceAll('`', ''));
      const [each, all] = [values.split(', '), names.split(', ')];
      return all.map((name, at) => [name, each.length === all.length ? (each[at] ?? '') : values] as const);
    }),
  );
}

/** How the page may write a value. */
function shown(value: unknown): readonly string[] {
  if (value === undefined || value === '') return ['none', 'that of apiDomain, or none'];
  const [, variable] = /\$\{env:(\w+)/.exec(String(value)) ?? [];
  if (variable !== undefined) return [`$${variable}`];
  return value === 0 ? ['0: none'] : [String(value), Number(value).toLocaleString('en')];
}

describe('docs/stages.md', () => {
  const { params } = load(readFileSync(join(ROOT, 'serverless.common.yml'), 'utf8')) as { params: Sets };
  const defaults = defaultsIn(readFileSync(join(ROOT, 'docs/stages.md'), 'utf8'));
  const names = new Set(Object.values(params).flatMap((set) => Object.keys(set)));

  for (const name of names) {
    it(`says what ${name} is by default, and what it does`, () => {
      expect(shown(params.default?.[name])).to.include(defaults.get(name));
    });
  }

  it('names no other parameter', () => {
    expect([...defaults.keys()].filter((name) => !names.has(name))).to.deep.equal([]);
  });
});
