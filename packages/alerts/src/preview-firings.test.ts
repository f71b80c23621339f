import { expect } from 'chai';
import type { Figures } from './figures.ts';
import { previewFirings, previewStart } from './preview-firings.ts';

const HOUR = 3_600_000;
const figures = (count: number): Figures => ({ count, sum: count, users: null, p95: null });

describe('the preview of a rule', () => {
  it('fires where the rule is true, empty buckets included', () => {
    const rule = { field: 'count', comparison: 'below', threshold: 3, interval: 'hour' } as const;
    const seen = new Map([
      [HOUR, figures(3)],
      [3 * HOUR, figures(2)],
    ]);
    expect(previewFirings(rule, { from: HOUR, to: 4 * HOUR, figures: seen })).to.deep.equal([
      { start: 2 * HOUR, end: 3 * HOUR, value: 0, count: 0 },
      { start: 3 * HOUR, end: 4 * HOUR, value: 2, count: 2 },
    ]);
  });

  it('compares with buckets before the range', () => {
    const relative = { to: 'day', percent: 100, minCount: 1 } as const;
    const rule = { field: 'count', comparison: 'above', relative, interval: 'hour' } as const;
    expect(previewStart(rule, 25 * HOUR + 1)).to.equal(HOUR);
    const seen = new Map([
      [HOUR, figures(2)],
      [25 * HOUR, figures(5)],
      [26 * HOUR, figures(5)],
    ]);
    expect(previewFirings(rule, { from: 25 * HOUR, to: 27 * HOUR, figures: seen })).to.deep.equal([
      { start: 25 * HOUR, end: 26 * HOUR, value: 5, baseline: 2, count: 5 },
    ]);
  });
});
