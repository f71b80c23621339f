import type { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { expect } from 'chai';
import type { SampleEvent } from './flight-events.ts';
import { sendToStream } from './send-to-stream.ts';

function events(count: number): SampleEvent[] {
  return Array.from({ length: count }, (_, row) => ({
    id: `e-${row}`,
    userId: 'u',
    action: 'departure.X',
    timestamp: row,
    value: row,
  }));
}

/** A stream that takes the records that `refuses` does not pick, and remembers them. */
function fakeStream(refuses: (call: number, index: number) => boolean) {
  const calls: number[] = [];
  const taken: string[] = [];
  const client = {
    async send({ input }: PutRecordsCommand) {
      const call = calls.push(input.Records?.length ?? 0) - 1;
      const Records = (input.Records ?? []).map(({ PartitionKey = '' }, index) => {
        if (refuses(call, index)) return { ErrorCode: 'ProvisionedThroughputExceededException' };
        taken.push(PartitionKey);
        return { SequenceNumber: '1' };
      });
      return { Records };
    },
  };
  return { client: client as unknown as KinesisClient, calls, taken };
}

describe('sending to the stream', () => {
  it('puts 500 records a call, each with its id as partition key, and says how far it is', async () => {
    const { client, calls, taken } = fakeStream(() => false);
    const progress: number[] = [];
    await sendToStream({ client, streamName: 's' }, events(1001), (sent) => progress.push(sent));
    expect(calls).to.deep.equal([500, 500, 1]);
    expect(progress).to.deep.equal([500, 1000, 1001]);
    expect(taken).to.deep.equal(events(1001).map(({ id }) => id));
  });

  it('puts again only the records that were refused', async () => {
    const { client, calls, taken } = fakeStream((call, index) => call === 0 && index % 2 === 0);
    await sendToStream({ client, streamName: 's' }, events(10));
    expect(calls).to.deep.equal([10, 5]);
    expect(taken.toSorted()).to.deep.equal(
      events(10)
        .map(({ id }) => id)
        .toSorted(),
    );
  });
});
