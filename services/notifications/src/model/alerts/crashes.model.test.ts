import { expect } from 'chai';
import fc from 'fast-check';
import { playSchedule } from './play-schedule.ts';

describe('rules that are evaluated by instances which die between any two of their calls', function () {
  this.timeout(120_000);
  const numRuns = Number(process.env.WEIR_ALERT_RUNS ?? 150);

  it('fire each bucket once, as the records themselves give it, and tell it once', async () => {
    let firings = 0;
    const play = async (seed: number) => {
      firings += (await playSchedule(seed)).state.firings.size;
    };
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 - 1 }), play), { numRuns, endOnFailure: true });
    expect(firings).to.be.above(10 * numRuns);
  });
});
