import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import type { InvokeResult } from '../../invoke/lambda-invoke.ts';
import type { RunningSource } from '../mappings/event-source-mapping.ts';
import { createVirtualClock, type VirtualClock } from '../mappings/testing/virtual-clock.ts';
import { openCheckpoints } from './checkpoints.ts';
import type { GivenUpRecords } from './deliver-batch.ts';
import { readStreamSettings } from './stream-settings.ts';
import { startStreamSource } from './stream-source.ts';
import { createFakeStream, type FakeStream, numbersOf, record } from './testing/fake-stream.ts';

interface Delivered {
  readonly shardId: string;
  readonly numbers: readonly number[];
  readonly at: number;
}

const DONE: InvokeResult = { outcome: 'returned', value: null };

describe('an event source of a stream', () => {
  let clock: VirtualClock;
  let stream: FakeStream;
  let delivered: Delivered[];
  let givenUp: GivenUpRecords[];
  let source: RunningSource | undefined;
  let checkpoints = openCheckpoints(undefined)('source');

  beforeEach(() => {
    clock = createVirtualClock();
    stream = createFakeStream();
    delivered = [];
    givenUp = [];
    checkpoints = openCheckpoints(undefined)('source');
  });

  afterEach(() => {
    const stopped = source?.stop();
    return stopped?.finally(clock.stop) ?? clock.stop();
  });

  function start(
    settings: object = {},
    answer: (delivery: Delivered) => Promise<InvokeResult> = async () => DONE,
  ): void {
    source = startStreamSource({
      port: stream,
      invoke: async (event) => {
        const numbers = numbersOf(event);
        const delivery = { shardId: stream.shardOf(numbers[0] ?? 0), numbers, at: clock.now() };
        delivered.push(delivery);
        return answer(delivery);
      },
      checkpoints,
      settings: readStreamSettings({ batchSize: 100, functionResponseType: 'ReportBatchItemFailures', ...settings }),
      clock,
      giveUp: async (_shardId, given) => void givenUp.push(given),
      log: () => {},
    });
  }

  /** Lets virtual time pass until the condition holds. */
  async function until(condition: () => boolean): Promise<void> {
    for (let turns = 0; turns < 2000 && !condition(); turns += 1) await turn();
    expect(condition(), condition.toString()).to.equal(true);
  }

  const records = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => record(from + index, clock.now()));
  const numbers = () => delivered.flatMap((delivery) => delivery.numbers);

  it('delivers the records that were on the stream before it began, in order', async () => {
    stream.addShard('a');
    stream.put('a', records(1, 25));
    start({ batchSize: 10 });
    await until(() => numbers().length === 25);
    expect(numbers()).to.deep.equal([...Array(25).keys()].map((n) => n + 1));
    expect(delivered.map((delivery) => delivery.numbers.length)).to.satisfy((sizes: number[]) =>
      sizes.every((size) => size <= 10),
    );
  });

  it('begins with the next record from LATEST', async () => {
    stream.addShard('a');
    stream.put('a', records(1, 3));
    start({ startingPosition: 'LATEST' });
    await until(() => stream.limits.length > 2);
    stream.put('a', records(4, 5));
    await until(() => numbers().length > 0);
    expect(numbers()).to.deep.equal([4, 5]);
  });

  it('has begun at LATEST once and for all: what came while nothing ran is delivered after a restart', async () => {
    stream.addShard('old');
    stream.put('old', records(1, 3));
    stream.close('old');
    stream.addShard('a', ['old']);
    stream.put('a', records(4, 6));
    await clock.sleep(5000, new AbortController().signal);
    start({ startingPosition: 'LATEST' });
    await until(() => stream.limits.length > 2);
    await source?.stop();
    await clock.sleep(60_000, new AbortController().signal);
    stream.put('a', records(7, 8));
    stream.close('a');
    stream.addShard('b', ['a']);
    stream.put('b', records(9, 9));
    start({ startingPosition: 'LATEST' });
    await until(() => numbers().includes(9));
    expect(numbers()).to.deep.equal([7, 8, 9]);
  });

  it('begins at a timestamp, in every shard', async () => {
    stream.addShard('old');
    stream.put('old', [record(1, clock.now() - 5000), record(2, clock.now() - 3000)]);
    stream.close('old');
    stream.addShard('a', ['old']);
    stream.put('a', [record(3, clock.now() - 1000)]);
    start({ startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: (clock.now() - 3000) / 1000 });
    await until(() => numbers().includes(3));
    expect(numbers()).to.deep.equal([2, 3]);
  });

  it('delivers what its filter patterns match, and does not look at the rest again', async () => {
    stream.addShard('a');
    stream.put('a', records(1, 9));
    const settings = { filterPatterns: [{ isEven: [true] }] };
    start(settings);
    await until(() => numbers().length === 4);
    expect(numbers()).to.deep.equal([2, 4, 6, 8]);
    stream.put('a', records(11, 11));
    await until(() => stream.limits.length > 5);
    await source?.stop();
    expect(checkpoints.get('a')).to.deep.equal({ state: 'open', sequenceNumber: record(11).sequenceNumber });
    start(settings);
    stream.put('a', records(12, 12));
    await until(() => numbers().length === 5);
    expect(numbers()).to.deep.equal([2, 4, 6, 8, 12]);
  });

  it('gathers a batch for the batching window', async () => {
    stream.addShard('a');
    start({ batchWindow: 1, batchSize: 100 });
    await until(() => stream.limits.length > 2);
    const began = clock.now();
    stream.put('a', records(1, 1));
    source?.wake();
    await until(() => clock.now() >= began + 300);
    stream.put('a', records(2, 3));
    await until(() => delivered.length > 0);
    expect(delivered[0]?.numbers).to.deep.equal([1, 2, 3]);
    expect((delivered[0]?.at ?? 0) - began).to.be.within(1000, 1350);
  });

  it('looks at once when it is woken, and once a second by itself', async () => {
    stream.addShard('a');
    start();
    await until(() => stream.limits.length > 2);
    const began = clock.now();
    stream.put('a', records(1, 1));
    source?.wake();
    await until(() => delivered.length === 1);
    expect((delivered[0]?.at ?? 0) - began).to.be.lessThan(5);
    stream.put('a', records(2, 2));
    await until(() => delivered.length === 2);
    expect((delivered[1]?.at ?? 0) - began).to.be.within(900, 2100);
  });

  it('does not wait for the window when the batch is full', async () => {
    stream.addShard('a');
    stream.put('a', records(1, 10));
    const began = clock.now();
    start({ batchWindow: 300, batchSize: 10 });
    await until(() => delivered.length === 1);
    expect((delivered[0]?.at ?? 0) - began).to.be.lessThan(2000);
  });

  it('keeps an invocation under 6 MB', async () => {
    stream.addShard('a');
    stream.put(
      'a',
      Array.from({ length: 9 }, (_, n) => record(n + 1, clock.now(), 1_400_000)),
    );
    start({ batchSize: 10_000 });
    await until(() => numbers().length === 9);
    expect(delivered.every((delivery) => delivery.numbers.length <= 4)).to.equal(true);
    expect(delivered.some((delivery) => delivery.numbers.length === 4)).to.equal(true);
    // No read asked for more large records than a few invocations hold.
    expect(Math.max(...stream.limits)).to.be.lessThan(10);
  });

  it('reads a child only when its parents are finished, empty ones included', async () => {
    stream.addShard('a');
    stream.put('a', records(1, 3));
    start({ batchSize: 1 }, async ({ numbers: [first] }) =>
      first === 3 && clock.now() < 1_764_000_020_000 ? { outcome: 'failed', reason: 'not yet' } : DONE,
    );
    await until(() => numbers().includes(3));
    stream.addShard('b', ['a']);
    stream.addShard('c', ['a']);
    stream.addShard('d', ['b', 'c']);
    stream.close('a');
    stream.close('b');
    stream.close('c');
    stream.put('d', records(100, 101));
    await until(() => numbers().includes(101));
    const firstOfChild = delivered.findIndex(({ shardId }) => shardId === 'd');
    expect(delivered.slice(0, firstOfChild).every(({ shardId }) => shardId === 'a')).to.equal(true);
    expect(delivered[firstOfChild]?.at).to.be.greaterThanOrEqual(1_764_000_020_000);
    for (const shardId of ['a', 'b', 'c']) expect(checkpoints.get(shardId)).to.deep.equal({ state: 'finished' });
  });

  it('reads on from its checkpoint after a restart', async () => {
    stream.addShard('a');
    stream.put('a', records(1, 4));
    start({}, async ({ numbers: [first] }) =>
      first === 1
        ? { outcome: 'returned', value: { batchItemFailures: [{ itemIdentifier: record(3).sequenceNumber }] } }
        : { outcome: 'unreachable' },
    );
    await until(() => delivered.length > 1);
    await source?.stop();
    delivered = [];
    start();
    await until(() => delivered.length > 0);
    expect(delivered[0]?.numbers).to.deep.equal([3, 4]);
  });

  it('does not read a finished shard again after a restart', async () => {
    stream.addShard('a');
    stream.put('a', records(1, 2));
    stream.close('a');
    stream.addShard('b', ['a']);
    start();
    await until(() => checkpoints.get('a')?.state === 'finished');
    await source?.stop();
    delivered = [];
    stream.put('b', records(3, 3));
    start();
    await until(() => delivered.length > 0);
    expect(numbers()).to.deep.equal([3]);
  });

  it('waits for the running invocation when it stops, and keeps its progress', async () => {
    stream.addShard('a');
    stream.put('a', records(1, 2));
    let finish: (result: InvokeResult) => void = () => {};
    start({}, () => new Promise((resolve) => (finish = resolve)));
    await until(() => delivered.length === 1);
    let stopped = false;
    const stopping = source?.stop().then(() => (stopped = true));
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect(stopped).to.equal(false);
    finish(DONE);
    await stopping;
    expect(checkpoints.get('a')).to.deep.equal({ state: 'open', sequenceNumber: record(2).sequenceNumber });
  });

  it('continues with the other shards while one fails', async () => {
    stream.addShard('a');
    stream.addShard('b');
    stream.put('a', records(1, 1));
    stream.put('b', records(50, 60));
    start({ batchSize: 1 }, async ({ shardId }) => (shardId === 'a' ? { outcome: 'failed', reason: 'stuck' } : DONE));
    await until(() => numbers().includes(60));
    expect(givenUp).to.deep.equal([]);
  });
});
