import { setTimeout as sleep } from 'node:timers/promises';
import { MergeShardsCommand, type Shard, SplitShardCommand } from '@aws-sdk/client-kinesis';
import { expect } from 'chai';
import { aggregateOf, eventText } from './bad-records.ts';
import { expectExact, Ledger, makeEvents, type TestEvent } from './ledger.ts';
import { useWeir } from './shared-weir.ts';

describe('resharding the stream while events flow', function () {
  this.timeout(120_000);
  const weir = useWeir();
  const ledger = new Ledger();
  let sent = 0;

  const put = (events: readonly TestEvent[]) =>
    weir.doors.put(events.map((event) => ({ data: JSON.stringify(event), partitionKey: event.id })));

  const post = async (events: readonly TestEvent[]) => {
    const { status, body } = await weir.doors.post(JSON.stringify({ events }));
    expect([status, body.accepted], JSON.stringify(body)).to.deep.equal([202, events.length]);
  };

  /**
   * Sends new events, and some older ones again, over HTTP and on Kinesis, until `work` is done and a little longer.
   */
  async function during(work: () => Promise<unknown>): Promise<void> {
    let isDone = false;
    let more = 3;
    const sending = (async () => {
      while (!isDone || more-- > 0) {
        const events = makeEvents({ name: 'reshard', from: sent, count: 40 });
        const older = makeEvents({ name: 'reshard', from: Math.max(0, sent - 40), count: 40 });
        sent += events.length;
        ledger.add(events);
        await Promise.all([put(events.slice(0, 20)), post(events.slice(20))]);
        await Promise.all([post(older.slice(0, 10)), put(older.slice(-10))]);
        await sleep(30);
      }
    })();
    await sleep(300);
    await work();
    isDone = true;
    await sending;
  }

  const openShards = async () => (await weir.doors.openShards()).sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1));

  async function untilOpen(count: number): Promise<void> {
    while ((await weir.doors.openShards()).length !== count) await sleep(50);
  }

  it('is exact through a split: an id that was counted in the parent is known in its children', async () => {
    const [shard] = await openShards();
    await during(async () => {
      const { StreamName } = weir.doors;
      const half = (startOf(shard) + endOf(shard)) / 2n;
      const split = { StreamName, ShardToSplit: shard?.ShardId, NewStartingHashKey: String(half) };
      await weir.doors.kinesis.send(new SplitShardCommand(split));
      await untilOpen(2);
    });
    await put(makeEvents({ name: 'reshard', from: 0, count: Math.min(sent, 200) }));
    await weir.doors.settle();
    await expectExact(weir.doors, ledger);
  });

  it('refuses events that the KPL put into the wrong child; the KPL sends them again to the right one', async () => {
    const [left, right] = await openShards();
    const text = eventText('reshard.kpl');
    const own = aggregateOf([text], left?.HashKeyRange?.StartingHashKey);
    const wrong = aggregateOf([text], right?.HashKeyRange?.StartingHashKey);
    const explicitHashKey = left?.HashKeyRange?.StartingHashKey;
    const [, number] = await weir.doors.put([
      { data: own, explicitHashKey },
      { data: wrong, explicitHashKey },
    ]);
    await weir.doors.settle();
    expect(await weir.doors.count('reshard.kpl')).to.equal(1);
    const lines = (await weir.doors.archiveLines('quarantine/')).map((line) => JSON.parse(line));
    const refused = lines.filter(({ sequenceNumber }) => sequenceNumber === number);
    expect(refused).to.have.length(1);
    expect(refused[0]).to.include({ reason: 'wrong-shard', data: Buffer.from(text).toString('base64') });
  });

  it('is exact through a merge: an id that was counted in either parent is known in the child', async () => {
    const [left, right] = await openShards();
    await during(async () => {
      const { StreamName } = weir.doors;
      const merge = { StreamName, ShardToMerge: left?.ShardId, AdjacentShardToMerge: right?.ShardId };
      await weir.doors.kinesis.send(new MergeShardsCommand(merge));
      await untilOpen(1);
    });
    await put(makeEvents({ name: 'reshard', from: 0, count: Math.min(sent, 400) }));
    await weir.doors.settle();
    await expectExact(weir.doors, ledger);
  });
});

function startOf(shard: Shard | undefined): bigint {
  return BigInt(shard?.HashKeyRange?.StartingHashKey ?? 0);
}

function endOf(shard: Shard | undefined): bigint {
  return BigInt(shard?.HashKeyRange?.EndingHashKey ?? 0);
}
