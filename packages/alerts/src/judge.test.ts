import { expect } from 'chai';
import type { AlertRule } from './alert.ts';
import { type Figures, NO_FIGURES } from './figures.ts';
import { judge } from './judge.ts';

type Condition = Parameters<typeof judge>[0];

const rule = (more: Partial<Condition>): Condition => ({ field: 'count', comparison: 'above', threshold: 10, ...more });
const figures = (more: Partial<Figures>): Figures => ({ count: 1, sum: 0, users: 1, p95: 0, ...more });
const relative = (comparison: AlertRule['comparison'], percent: number, minCount = 0): Condition => {
  return { field: 'count', comparison, relative: { to: 'previous', percent, minCount } };
};

describe('the judgement of a bucket', () => {
  for (const [comparison, count, verdict] of [
    ['above', 10, 'false'],
    ['above', 11, 'true'],
    ['below', 10, 'false'],
    ['below', 9, 'true'],
    ['silent', 1, 'false'],
    ['silent', 0, 'true'],
  ] as const) {
    it(`is ${verdict} of a count of ${count} ${comparison} 10`, () => {
      expect(judge(rule({ comparison }), figures({ count }))).to.deep.equal({ verdict, value: count });
    });
  }

  it('takes the field that the rule names', () => {
    const seen = figures({ count: 4, sum: 48, users: 3, p95: 7 });
    const figureOf = (field: AlertRule['field']) => judge(rule({ field }), seen).value;
    expect((['count', 'sum', 'mean', 'users', 'p95'] as const).map(figureOf)).to.deep.equal([4, 48, 12, 3, 7]);
  });

  it('takes an empty bucket for 0 of counts, sums and users, and has no mean or percentile of it', () => {
    const verdict = (field: AlertRule['field']) => judge(rule({ field, comparison: 'below' }), NO_FIGURES).verdict;
    expect((['count', 'sum', 'users'] as const).map(verdict)).to.deep.equal(['true', 'true', 'true']);
    expect((['mean', 'p95'] as const).map(verdict)).to.deep.equal(['unknown', 'unknown']);
    expect(judge(rule({ field: 'users' }), figures({ users: null })).verdict).to.equal('unknown');
  });

  it('compares with a baseline, in percent of it', () => {
    const of = (count: number, comparison: 'above' | 'below', percent: number) =>
      judge(relative(comparison, percent), figures({ count }), figures({ count: 100 }));
    expect(of(150, 'above', 50)).to.deep.equal({ verdict: 'false', value: 150, baseline: 100 });
    expect(of(151, 'above', 50).verdict).to.equal('true');
    expect(of(50, 'below', 50).verdict).to.equal('false');
    expect(of(49, 'below', 50).verdict).to.equal('true');
    const sums = judge(
      { ...relative('below', 50), field: 'sum' },
      ...([figures({ sum: -151 }), figures({ sum: -100 })] as const),
    );
    expect(sums).to.deep.equal({ verdict: 'true', value: -151, baseline: -100 });
  });

  it('says nothing without a baseline, and an empty bucket is none', () => {
    for (const baseline of [undefined, NO_FIGURES, figures({ p95: null })]) {
      const condition: Condition = { ...relative('above', 50), field: 'p95' };
      expect(judge(condition, figures({ p95: 5 }), baseline)).to.deep.equal({ verdict: 'unknown', value: 5 });
    }
  });

  it('wants enough events: in the bucket of a rise, and in the baseline of a fall', () => {
    const of = (comparison: 'above' | 'below', count: number, baseline: number) =>
      judge(relative(comparison, 10, 20), figures({ count }), figures({ count: baseline })).verdict;
    expect([of('above', 19, 1), of('above', 20, 1)]).to.deep.equal(['false', 'true']);
    expect([of('below', 1, 19), of('below', 1, 20)]).to.deep.equal(['false', 'true']);
  });
});
