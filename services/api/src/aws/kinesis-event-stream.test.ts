import type { KinesisClient, PutRecordsCommand, PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import fc from 'fast-check';
import type { StreamEntry } from '../events/event-stream.ts';
import { createKinesisEventStream } from './kinesis-event-stream.ts';

/** For each call, whether each record is accepted, or the error of the whole call. */
type Answers = (call: number, keys: readonly string[]) => readonly boolean[] | Error;

function createStream(answers: Answers, budgetMs = 1_000) {
  const calls: string[][] = [];
  const stored: StreamEntry[] = [];
  const waits: number[] = [];
  let clock = 0;
  const send = async (command: PutRecordsCommand): Promise<Partial<PutRecordsCommandOutput>> => {
    const records = command.input.Records ?? [];
    const keys = records.map(({ PartitionKey }) => PartitionKey ?? '');
    const answer = answers(calls.push(keys) - 1, keys);
    if (answer instanceof Error) throw answer;
    records.forEach(({ PartitionKey = '', Data }, index) => {
      if (answer[index]) stored.push({ partitionKey: PartitionKey, data: Buffer.from(Data ?? []).toString() });
    });
    const Records = answer.map((isTaken) =>
      isTaken ? { SequenceNumber: '1', ShardId: 's' } : { ErrorCode: 'ProvisionedThroughputExceededException' },
    );
    return { Records, FailedRecordCount: answer.filter((isTaken) => !isTaken).length };
  };
  const stream = createKinesisEventStream({
    client: { send } as unknown as KinesisClient,
    streamName: 'weir-test-events',
    budgetMs,
    now: () => clock,
    random: () => 1,
    sleep: async (ms) => {
      waits.push(ms);
      clock += ms;
    },
    log: silentLog,
  });
  return { stream, calls, stored, waits };
}

const entry = (partitionKey: string): StreamEntry => ({
  partitionKey,
  data: JSON.stringify({ id: partitionKey, text: 'ü' }),
});

describe('createKinesisEventStream', () => {
  it('puts everything in one call when the stream accepts it', async () => {
    const { stream, calls, stored, waits } = createStream((_, keys) => keys.map(() => true));
    expect(await stream.put([entry('a'), entry('b')])).to.deep.equal({ kind: 'stored' });
    expect(calls).to.deep.equal([['a', 'b']]);
    expect(stored).to.deep.equal([entry('a'), entry('b')]);
    expect(waits).to.deep.equal([]);
  });

  it('sends only failed records again, after growing waits', async () => {
    const { stream, calls, waits } = createStream((call, keys) => keys.map((key) => key === 'a' || call === 2));
    expect(await stream.put([entry('a'), entry('b'), entry('c')])).to.deep.equal({ kind: 'stored' });
    expect(calls).to.deep.equal([
      ['a', 'b', 'c'],
      ['b', 'c'],
      ['b', 'c'],
    ]);
    expect(waits).to.deep.equal([50, 100]);
  });

  it('stops within its budget, with the number of missing records', async () => {
    const { stream, waits } = createStream((_, keys) => keys.map((key) => key === 'a'));
    expect(await stream.put([entry('a'), entry('b')])).to.deep.equal({ kind: 'unavailable', missing: 1 });
    expect(waits.reduce((sum, wait) => sum + wait, 0)).to.be.below(1_000);
  });

  it('is unavailable at once when a call fails, as the client has already retried it', async () => {
    const { stream, calls } = createStream(() => new Error('ECONNREFUSED'));
    expect(await stream.put([entry('a')])).to.deep.equal({ kind: 'unavailable', missing: 1 });
    expect(calls).to.have.length(1);
  });

  it('treats a record without a result as failed', async () => {
    const { stream, calls } = createStream(() => [true]);
    expect(await stream.put([entry('a'), entry('b')])).to.deep.equal({ kind: 'stored' });
    expect(calls).to.deep.equal([['a', 'b'], ['b']]);
  });

  it('says stored if, and only if, every entry is on the stream, once', async function () {
    this.timeout(20_000);
    const outcomes = fc.array(fc.oneof(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), fc.constant(undefined)));
    await fc.assert(
      fc.asyncProperty(outcomes, fc.integer({ min: 1, max: 8 }), async (plan, size) => {
        const keys = Array.from({ length: size }, (_, index) => `k${index}`);
        const { stream, stored } = createStream((call, given) => {
          const outcome = call in plan ? plan[call] : Array(8).fill(true);
          return outcome ? given.map((_, index) => outcome[index] === true) : new Error('dropped');
        });
        const { kind } = await stream.put(keys.map(entry));
        const storedKeys = stored.map(({ partitionKey }) => partitionKey).sort();
        expect(new Set(storedKeys).size).to.equal(storedKeys.length);
        expect(kind === 'stored').to.equal(storedKeys.join() === keys.join());
      }),
    );
  });
});
