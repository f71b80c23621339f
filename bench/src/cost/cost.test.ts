import { expect } from 'chai';
import { COUNTS } from './counts.ts';
import { costOfIdle } from './idle-stage.ts';
import { costOfMillion, priceOfRequest, totalOf } from './million-events.ts';
import { gigabyteSecondsOf } from './time-of-call.ts';

describe('the cost of Weir', () => {
  it('bills the CPU of a call at the share of its function, and its waits', () => {
    const call = { cpuMs: 100, calls: { 'dynamodb:Query': 2, 's3:PutObject': 1 } };
    // Half of a CPU takes 200 ms; the waits are 2 times 6 ms and 30 ms.
    expect(gigabyteSecondsOf(call, 884.5)).to.be.closeTo(0.242 * (884.5 / 1024), 1e-9);
    // More than one CPU is no faster.
    expect(gigabyteSecondsOf(call, 3538)).to.be.closeTo(0.142 * (3538 / 1024), 1e-9);
  });

  it('takes each request at the price of its tier', () => {
    expect(priceOfRequest(1000) * 1e6).to.be.closeTo(3.5, 1e-9);
    expect(priceOfRequest(666e6) * 1e6).to.be.closeTo(3.15, 1e-9);
  });

  it('is less over HTTP with more events a request, and least without HTTP', () => {
    for (const eventsPerSecond of [10, 100, 1000, 10_000]) {
      const [one = 0, many = 0, direct = 0] = ([1, 100, undefined] as const).map((eventsPerRequest) =>
        totalOf(costOfMillion(COUNTS, { eventsPerSecond, eventsPerRequest })),
      );
      expect([one > many, many > direct]).to.deep.equal([true, true]);
    }
  });

  it('of an idle stage is under 20 dollars a month with one shard and 24 hours', () => {
    const { dev } = COUNTS.stages;
    expect([dev.shards, dev.retentionHours]).to.deep.equal([1, 24]);
    expect(totalOf(costOfIdle(COUNTS, dev))).to.be.below(20);
  });

  it('does not forget what was not counted', () => {
    const none = { ...COUNTS, calls: {} };
    expect(() => costOfIdle(none, COUNTS.stages.dev)).to.throw('was not counted');
    expect(() => costOfMillion({ ...COUNTS, flows: {} }, { eventsPerSecond: 10, eventsPerRequest: 1 })).to.throw('10');
  });
});
