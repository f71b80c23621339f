import { expect } from 'chai';
import { seedsToPlay } from './seeds-to-play.ts';

describe('the schedules that look for a mutation', () => {
  for (const [what, failsAt, seeds] of [
    ['are all', undefined, [1, 2, 3]],
    ['begin with the one that failed before, and are then all, as the code may have changed', 3, [3, 1, 2, 3]],
    ['do not go beyond their number', 4, [1, 2, 3]],
  ] as const) {
    it(what, () => expect([...seedsToPlay(3, failsAt)]).to.deep.equal(seeds));
  }
});
