import { expect } from 'chai';
import {
  auditFileKey,
  type BucketDifference,
  countBuckets,
  inlineBuckets,
  MAX_INLINE_BUCKETS,
} from './audits-store.ts';

const difference = (start: number, stored = '1'): BucketDifference => ({
  ...{ action: 'a', unit: 'minute', start, field: 'count', stored, archived: '2' },
});

describe('the differences in the item of an audit', () => {
  it('are all, if there are few', () => {
    expect(inlineBuckets([difference(1), difference(2)])).to.have.length(2);
    expect(inlineBuckets([])).to.deep.equal([]);
  });

  it('are the first ones, as many as an item may have', () => {
    const all = Array.from({ length: MAX_INLINE_BUCKETS + 1 }, (_, at) => difference(at));
    expect(inlineBuckets(all)).to.deep.equal(all.slice(0, MAX_INLINE_BUCKETS));
  });

  it('are fewer if they are long, as sketches are', () => {
    const long = 'x'.repeat(70_000);
    const all = [difference(1, long), difference(2, long), difference(3, long)];
    expect(inlineBuckets(all)).to.deep.equal(all.slice(0, 2));
  });

  it('are none of a bucket whose last fields have no room', () => {
    const long = 'x'.repeat(40_000);
    const all = [1, 2, 3].flatMap((start) => [
      difference(start, long),
      { ...difference(start, long), unit: 'hour' } as const,
    ]);
    const fields = all.flatMap((one) => [one, { ...one, field: 'sum' } as const]);
    expect(inlineBuckets(fields)).to.deep.equal(fields.slice(0, 2));
  });

  it('are counted by bucket', () => {
    const [one, two] = [difference(1), difference(2)];
    const hour: BucketDifference = { ...one, unit: 'hour' };
    expect(countBuckets([one, { ...one, field: 'sum' }, hour, two, { ...two, action: 'b' }])).to.equal(4);
    expect(countBuckets([])).to.equal(0);
  });

  it('are in a file by the date, of each audit another one', () => {
    const audit = { date: '2026-01-20', auditedAt: Date.UTC(2026, 0, 21, 1, 40, 2, 5) };
    expect(auditFileKey(audit, 'a1')).to.equal('audits/2026-01-20/2026-01-21T01-40-02.005Z-a1.json');
  });
});
