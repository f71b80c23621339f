import { expect } from 'chai';
import sinon from 'sinon';
import { chunks, mapSome, pauseBefore } from './batches.ts';

describe('chunks', () => {
  const cases: readonly [length: number, size: number, parts: number[]][] = [
    [0, 25, []],
    [1, 25, [1]],
    [25, 25, [25]],
    [26, 25, [25, 1]],
    [75, 25, [25, 25, 25]],
  ];
  for (const [length, size, parts] of cases) {
    it(`cuts ${length} into parts of ${JSON.stringify(parts)}, and loses none`, () => {
      const list = Array.from({ length }, (_, index) => index);
      const found = chunks(list, size);
      expect(found.map((part) => part.length)).to.deep.equal(parts);
      expect(found.flat()).to.deep.equal(list);
    });
  }
});

describe('mapSome', () => {
  it('keeps the order of the list, with at most four calls under way', async () => {
    let underWay = 0;
    let most = 0;
    const list = Array.from({ length: 11 }, (_, index) => index);
    const results = await mapSome(list, async (index) => {
      underWay += 1;
      most = Math.max(most, underWay);
      // The later ones of a wave end first.
      for (let turn = 0; turn < 10 - (index % 4); turn++) await Promise.resolve();
      underWay -= 1;
      return index * 2;
    });
    expect(results).to.deep.equal(list.map((index) => index * 2));
    expect(most).to.equal(4);
  });

  it('calls no more once a call has failed', async () => {
    const called: number[] = [];
    const list = Array.from({ length: 9 }, (_, index) => index);
    const failed = await mapSome(list, async (index) => {
      called.push(index);
      if (index === 2) throw new Error('no');
    }).catch((error: Error) => error.message);
    expect(failed).to.equal('no');
    expect(called).to.deep.equal([0, 1, 2, 3]);
  });
});

describe('pauseBefore', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });
  afterEach(() => clock.restore());

  for (const [attempt, least, most] of [
    [1, 50, 100],
    [2, 100, 200],
    [5, 800, 1600],
  ] as const) {
    it(`waits ${least} to ${most} ms before attempt ${attempt}`, async () => {
      let isOver = false;
      const pause = pauseBefore(attempt, 'do it').then(() => {
        isOver = true;
      });
      await clock.tickAsync(least - 1);
      expect(isOver).to.equal(false);
      await clock.tickAsync(most - least + 1);
      expect(isOver).to.equal(true);
      await pause;
    });
  }

  it('gives up before the seventh attempt, and says what was not done', async () => {
    const failed = await pauseBefore(6, 'read all items').catch(String);
    // The API knows it by its name, and asks its caller to come again.
    expect(failed).to.equal('RefusedForNow: DynamoDB did not read all items after 6 attempts');
  });
});
