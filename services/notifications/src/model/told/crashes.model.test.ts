import { expect } from 'chai';
import fc from 'fast-check';
import { FAULTY, playTold } from './play-told.ts';

const NO_FAULTS = { ...FAULTY, kill: 0, freeze: 0, loseAnswer: 0, refuse: 0, double: 0, lose: 0 };

describe('what rules tell, from events to the answers of receivers', function () {
  this.timeout(60_000);
  const numRuns = Number(process.env.WEIR_TOLD_RUNS ?? 100);

  it('arrives as one message each, though processes die between any two of their calls', async () => {
    let told = 0;
    const play = async (seed: number) => {
      told += (await playTold(seed)).deliveries.state.deliveries.size;
    };
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 - 1 }), play), { numRuns, endOnFailure: true });
    expect(told).to.be.above(5 * numRuns);
  });

  it('is posted once for each attempt if nothing goes wrong', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { posts, state } = (await playTold(seed, NO_FAULTS)).deliveries;
      const attempts = [...state.deliveries.values()].map(({ attempt }) => attempt);
      expect(posts.length).to.equal(attempts.reduce((sum, one) => sum + one, 0));
    }
  });
});
