import { expect } from 'chai';
import fc from 'fast-check';
import { shareRuns } from './share-runs.ts';

describe('shareRuns', () => {
  it('runs twice for callers that come at once: the first, and one run for all others', async () => {
    let runs = 0;
    const call = shareRuns(async () => ++runs);
    expect(await Promise.all(Array.from({ length: 10 }, call))).to.deep.equal([1, ...Array(9).fill(2)]);
    expect(await call()).to.equal(3);
  });

  it('gives each caller what is true after its call, and never runs two at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 12 }), async (scheduler, calls) => {
        let time = 0;
        let underWay = 0;
        const call = shareRuns(async () => {
          expect(++underWay).to.equal(1);
          const readAt = time;
          await scheduler.schedule(Promise.resolve(), 'the store answers');
          underWay--;
          return readAt;
        });
        const callers = Array.from({ length: calls }, () =>
          scheduler.schedule(Promise.resolve(), 'somebody calls').then(async () => {
            const calledAt = ++time;
            expect(await call()).to.be.at.least(calledAt);
          }),
        );
        await scheduler.waitFor(Promise.all(callers));
      }),
    );
  });

  it('tells a failure to the callers of that run alone', async () => {
    const outcomes = [Promise.reject(new Error('down')), Promise.resolve('up')];
    for (const outcome of outcomes) outcome.catch(() => undefined);
    const call = shareRuns(() => outcomes.shift() ?? Promise.reject(new Error('no more runs')));
    const [first, ...others] = await Promise.allSettled([call(), call(), call()]);
    expect(first).to.have.property('status', 'rejected');
    expect(others.map((other) => other.status === 'fulfilled' && other.value)).to.deep.equal(['up', 'up']);
  });
});
