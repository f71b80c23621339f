import { silentLog, silentMeter } from '@weir/logging';
import { expect } from 'chai';
import { createConsumerFixture, eventText, LOG_ID, NOW, recordsOf, SHARD_ID } from '../testing/consumer-fixture.ts';
import { Sweeper } from './sweep-logs.ts';

const MINUTE_MS = 60_000;

describe('the sweep', () => {
  async function quietShard(texts: readonly string[] = [eventText(), 'broken']) {
    const fixture = createConsumerFixture();
    await fixture.newConsumer().consume({ shardId: SHARD_ID, records: recordsOf(texts) });
    const observed: [string, number][] = [];
    const meter = { ...silentMeter, observe: (name: string, _: string, value: number) => observed.push([name, value]) };
    const { store, objects, clock } = fixture;
    const deps = { store, objects, now: () => clock.now, log: silentLog, meter };
    const sweep = (deadline = Number.POSITIVE_INFINITY) => new Sweeper(deps).sweep(deadline);
    return { ...fixture, sweep, observed };
  }

  it('leaves young entries to the consumer, and reports the age of the oldest', async () => {
    const { sweep, store, clock, observed } = await quietShard();
    clock.now += 5 * MINUTE_MS;
    await sweep();
    expect((await store.find(LOG_ID))?.watermark.number).to.equal(-1);
    expect(observed).to.deep.equal([['UnfoldedAge', 300]]);
  });

  it('folds the entries of a quiet shard once, and reports the age of the oldest', async () => {
    const { sweep, store, clock, observed } = await quietShard();
    clock.now += 7 * MINUTE_MS;
    await sweep();
    await sweep();
    expect((await store.find(LOG_ID))?.watermark.number).to.equal(0);
    expect(observed).to.deep.equal([
      ['UnfoldedAge', 420],
      ['UnfoldedAge', 0],
    ]);
  });

  it('reports the age of the oldest entry if it cannot be folded', async () => {
    const { sweep, store, clock, observed } = await quietShard();
    store.writeRows = async () => {
      throw new Error('throttled');
    };
    clock.now += 20 * MINUTE_MS;
    await sweep();
    expect(observed).to.deep.equal([['UnfoldedAge', 1200]]);
  });

  it('stops at its deadline, and reports that entries still wait', async () => {
    const manyRows = Array.from({ length: 150 }, (_, hour) => eventText({ timestamp: NOW - hour * 60 * MINUTE_MS }));
    const { sweep, store, clock, observed } = await quietShard(manyRows);
    clock.now += 20 * MINUTE_MS;
    await sweep(clock.now);
    expect((await store.find(LOG_ID))?.watermark.number).to.equal(-1);
    expect(observed).to.deep.equal([['UnfoldedAge', 1200]]);
  });

  it('looks after the other logs if one fails', async () => {
    const { sweep, store, clock } = await quietShard();
    await store.register('1764000000.-broken', []);
    const readAfter = store.readAfter.bind(store);
    store.readAfter = async (logId, after, limits) => {
      if (logId.endsWith('broken')) throw new Error('throttled');
      return readAfter(logId, after, limits);
    };
    clock.now += 7 * MINUTE_MS;
    await sweep();
    expect((await store.find(LOG_ID))?.watermark.number).to.equal(0);
  });
});
