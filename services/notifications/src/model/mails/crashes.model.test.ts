import { expect } from 'chai';
import fc from 'fast-check';
import { COOLDOWN_MS } from './mail-world.ts';
import { FAULTY, playMails } from './play-mails.ts';

const NO_FAULTS = { ...FAULTY, kill: 0, freeze: 0, double: 0, unsent: 0, unknown: 0 };

describe('mails whose processes die between any two of their calls', function () {
  this.timeout(120_000);

  it('go out once a firing and cool-down, twice only after trouble, and never beyond the cap', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 - 1 }), async (seed) => void (await playMails(seed))),
      { numRuns: 150, endOnFailure: true },
    );
  });

  it('go out once in a cool-down, also if a later one was released, and a message comes late', async () => {
    await playMails(180336708);
  });

  it('go out for each firing that is not in a cool-down, if nothing goes wrong', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { posts, outcomes } = await playMails(seed, NO_FAULTS);
      if (outcomes.size > 8) continue;
      const times = [...outcomes.keys()].map((id) => Number(id.split('-')[1])).sort((a, b) => a - b);
      const told: number[] = [];
      for (const time of times) if (time >= (told.at(-1) ?? -COOLDOWN_MS) + COOLDOWN_MS) told.push(time);
      expect(posts.map(({ firingId }) => Number(firingId.split('-')[1]))).to.deep.equal(told);
    }
  });
});
