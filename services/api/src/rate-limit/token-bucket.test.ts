import { expect } from 'chai';
import fc from 'fast-check';
import { describeTake, type FullAt, takeToken, tokenMicros } from './token-bucket.ts';

const SECOND = 1_000_000;
const START = 1_764_000_000 * SECOND;
const policies = fc.record({
  ratePerSecond: fc.integer({ min: 1, max: 5_000 }),
  burst: fc.integer({ min: 1, max: 50 }),
});
/** Microseconds between two requests. */
const pauses = fc.array(
  fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 * SECOND }), fc.integer({ min: 0, max: 2_000 })),
  {
    maxLength: 300,
  },
);

/** The times at which requests after these pauses got a token. */
function given(policy: { ratePerSecond: number; burst: number }, waits: readonly number[]): number[] {
  let fullAt: FullAt | undefined;
  let now = START;
  const times: number[] = [];
  for (const wait of waits) {
    now += wait;
    const taken = takeToken(policy, fullAt, now);
    fullAt = taken.fullAt;
    if (taken.allowed) times.push(now);
  }
  return times;
}

describe('takeToken', () => {
  it('never gives more than the burst and the added tokens, over any time', () => {
    fc.assert(
      fc.property(policies, pauses, (policy, waits) => {
        const times = given(policy, waits);
        for (let first = 0; first < times.length; first++) {
          for (let last = first; last < times.length; last++) {
            const seconds = ((times[last] ?? 0) - (times[first] ?? 0)) / SECOND;
            expect(last - first + 1).to.be.at.most(policy.burst + policy.ratePerSecond * seconds + 1e-6);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('always gives to callers that are no faster than the rate', () => {
    fc.assert(
      fc.property(policies, fc.array(fc.nat(SECOND), { maxLength: 100 }), (policy, waits) => {
        const slow = waits.map((wait) => wait + tokenMicros(policy));
        expect(given(policy, slow)).to.have.length(slow.length);
      }),
    );
  });

  it('gives a burst at once, then one token in each interval', () => {
    const policy = { ratePerSecond: 100, burst: 1_000 };
    expect(given(policy, Array(1_500).fill(0))).to.have.length(1_000);
    expect(given(policy, [...Array(1_000).fill(0), 9_999, 1, 0, 10_000])).to.have.length(1_002);
  });

  it('is full again after burst / rate, after any use', () => {
    const policy = { ratePerSecond: 100, burst: 1_000 };
    expect(given(policy, [...Array(3_000).fill(0), 10 * SECOND, ...Array(3_000).fill(0)])).to.have.length(2_000);
  });

  it('is empty, and no worse, when the clock was set back', () => {
    const policy = { ratePerSecond: 10, burst: 5 };
    const { allowed, fullAt } = takeToken(policy, START + 3600 * SECOND, START);
    expect(allowed).to.equal(false);
    expect(takeToken(policy, fullAt, START + SECOND / 10).allowed).to.equal(true);
  });
});

describe('describeTake', () => {
  const policy = { ratePerSecond: 2, burst: 3 };

  it('gives the time at which a bucket with tokens is full', () => {
    expect(describeTake(policy, true, SECOND / 2)).to.deep.equal({ allowed: true, remaining: 2, resetSeconds: 1 });
  });

  it('gives the time at which an empty bucket has a token', () => {
    expect(describeTake(policy, false, 1.5 * SECOND)).to.deep.equal({ allowed: false, remaining: 0, resetSeconds: 1 });
    expect(describeTake({ ratePerSecond: 1, burst: 1 }, true, SECOND)).to.deep.equal({
      ...{ allowed: true, remaining: 0, resetSeconds: 1 },
    });
  });

  it('never gives a wait that is too short', () => {
    fc.assert(
      fc.property(policies, pauses, (given, waits) => {
        let fullAt: FullAt | undefined;
        let now = START;
        for (const wait of waits) {
          now += wait;
          const taken = takeToken(given, fullAt, now);
          fullAt = taken.fullAt;
          const told = describeTake(given, taken.allowed, fullAt - now);
          if (!taken.allowed) expect(takeToken(given, fullAt, now + told.resetSeconds * SECOND).allowed).to.equal(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});
