import { expect } from 'chai';
import fc from 'fast-check';
import { FAULTY, playDeliveries } from './play-deliveries.ts';

/** A receiver answers with a success just after another attempt has disabled it. */
const ANSWERED_TOO_LATE = 1_474_424_331;
const NO_FAULTS = { ...FAULTY, kill: 0, freeze: 0, loseAnswer: 0, refuse: 0, double: 0, lose: 0 };

describe('deliveries whose processes die between any two of their calls', function () {
  this.timeout(120_000);
  const numRuns = Number(process.env.WEIR_DELIVERY_RUNS ?? 150);

  it('end once each, as their receivers wanted, and everybody is told once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 - 1 }), async (seed) => void (await playDeliveries(seed))),
      { numRuns, endOnFailure: true, examples: [[ANSWERED_TOO_LATE]] },
    );
  });

  it('are posted once for each attempt if nothing goes wrong', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { posts, state } = await playDeliveries(seed, NO_FAULTS);
      const attempts = [...state.deliveries.values()].map(({ attempt }) => attempt);
      if (state.endpoints.size < 4) continue;
      expect(posts.length).to.equal(attempts.reduce((sum, one) => sum + one, 0));
    }
  });
});
