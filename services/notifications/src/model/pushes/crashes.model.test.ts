import { expect } from 'chai';
import fc from 'fast-check';
import { CALM, FAULTY, playPushes } from './play-pushes.ts';
import type { WorldOptions } from './push-world.ts';

describe('rows that are pushed while clients come and go', function () {
  this.timeout(120_000);
  const numRuns = Number(process.env.WEIR_PUSH_RUNS ?? 100);
  const play = async (options: WorldOptions) => {
    let pushed = 0;
    const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
    const property = fc.asyncProperty(seeds, async (seed) => {
      pushed += (await playPushes(seed, options)).pushedMs.length;
    });
    await fc.assert(property, { numRuns, endOnFailure: true });
    expect(pushed).to.be.above(10 * numRuns);
  };

  it('reach all of them, with nothing missing, in any order of the calls', () => play(CALM));

  it('reach all of them after processes have died, stood still, and lost answers', () => play(FAULTY));
});
