import type { FiredRule, Firing } from '@weir/alerts';
import { expect } from 'chai';
import { sampleFiring } from '../testing/sample-firing.ts';
import { describeFiring } from './describe-firing.ts';

const RELATIVE = { to: 'previous', percent: 50, minCount: 10 } as const;

describe('what a mail says of a firing', () => {
  const cases: readonly [Partial<FiredRule>, Partial<Firing>, string][] = [
    [{}, {}, '1,204 events of checkout, above 1,000'],
    [{ comparison: 'below', threshold: 10 }, { value: 0 }, '0 events of checkout, below 10'],
    [{ comparison: 'silent', action: '*' }, { value: 0 }, 'no events of any action'],
    [{ field: 'users', action: 'shop.*' }, {}, '1,204 users of shop.*, above 1,000'],
    [{ field: 'p95', threshold: 2.5 }, { value: 3.25 }, 'a 95th percentile of 3.25 for checkout, above 2.5'],
    [{ relative: RELATIVE }, { baseline: 80 }, '1,204 events of checkout, 50 % above the minute before (80)'],
    [
      { relative: { ...RELATIVE, to: 'week' }, comparison: 'below', field: 'mean' },
      { baseline: 5000 },
      'a mean of 1,204 for checkout, 50 % below the same minute a week before (5,000)',
    ],
  ];
  for (const [rule, changes, expected] of cases) {
    it(`is '${expected}'`, () => expect(describeFiring(sampleFiring(changes, rule))).to.equal(expected));
  }
});
