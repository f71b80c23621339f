import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { costBlocks, withFigures } from './cost-docs.ts';
import { COUNTS } from './counts.ts';

const ROOT = new URL('../../../', import.meta.url);

describe('the pages with figures in dollars', () => {
  for (const page of new Set(costBlocks(COUNTS).map(([name]) => name))) {
    it(`${page} has what npm run cost prints`, () => {
      const text = readFileSync(new URL(page, ROOT), 'utf8');
      expect(withFigures(page, text, COUNTS), 'npm run cost -- --write').to.equal(text);
    });
  }

  it('change with the counts', () => {
    const page = 'docs/cost.md';
    const text = readFileSync(new URL(page, ROOT), 'utf8');
    const { dev } = COUNTS.stages;
    const more = { ...COUNTS, stages: { ...COUNTS.stages, dev: { ...dev, secrets: dev.secrets + 1 } } };
    expect(withFigures(page, text, more)).to.not.equal(text);
  });
});
