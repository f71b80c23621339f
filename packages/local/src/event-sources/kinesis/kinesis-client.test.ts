import { expect } from 'chai';
import { type AnswerCall, answered, recordedAws, refused } from '../../testing/recorded-aws.ts';
import { openKinesisStream } from './kinesis-client.ts';

const ORIGIN = {
  streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/events',
  region: 'us-east-1',
  roleArn: 'role',
};
const SUMMARY = answered({ StreamDescriptionSummary: { StreamCreationTimestamp: 1_764_000_000.25 } });

/** The stream, opened, and the calls that were made since. */
async function opened(answer: AnswerCall) {
  const aws = recordedAws((name, input) => (name.endsWith('StreamSummary') ? SUMMARY : answer(name, input)));
  const stream = await openKinesisStream(aws, ORIGIN);
  const callsSince = () => aws.calls.slice(1);
  return { ...stream, callsSince };
}

describe('reading a stream', () => {
  it('names shards with their parents', async () => {
    const Shards = [
      { ShardId: 's0' },
      { ShardId: 's1', ParentShardId: 's0' },
      { ShardId: 's2', ParentShardId: 's0', AdjacentParentShardId: 's1' },
    ];
    expect(await (await opened(() => answered({ Shards }))).port.shards()).to.deep.equal([
      { shardId: 's0', parents: [] },
      { shardId: 's1', parents: ['s0'] },
      { shardId: 's2', parents: ['s0', 's1'] },
    ]);
  });

  for (const [position, wire] of [
    [{ from: 'TRIM_HORIZON' }, { ShardIteratorType: 'TRIM_HORIZON' }],
    [{ from: 'LATEST' }, { ShardIteratorType: 'LATEST' }],
    [
      { from: 'AFTER', sequenceNumber: '7' },
      { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: '7' },
    ],
  ] as const) {
    it(`begins at ${JSON.stringify(position)}`, async () => {
      const { port, callsSince } = await opened(() => answered({ ShardIterator: 'i' }));
      expect(await port.iterator('s0', position)).to.equal('i');
      expect(callsSince()).to.deep.equal([
        ['kinesis GetShardIterator', { StreamName: 'events', ShardId: 's0', ...wire }],
      ]);
    });
  }

  it('brings records, and ends with a shard that is closed', async () => {
    const Records = [{ SequenceNumber: '1', PartitionKey: 'p', Data: 'e30=', ApproximateArrivalTimestamp: 1.5 }];
    const { port, callsSince } = await opened(() => answered({ Records, NextShardIterator: 'j' }));
    const { records, next } = await port.read('s0', 'i', 10);
    expect(records.map(({ sequenceNumber, arrival }) => [sequenceNumber, arrival, next])).to.deep.equal([
      ['1', 1.5, 'j'],
    ]);
    expect(records[0]?.eventRecord).to.include({ eventID: 's0:1', eventSourceARN: ORIGIN.streamArn });
    expect(callsSince()[0]?.[1]).to.deep.equal({ ShardIterator: 'i', Limit: 10 });
    const closed = await opened(() => answered({ Records: [], NextShardIterator: undefined }));
    expect(await closed.port.read('s0', 'i', 10)).to.deep.equal({ records: [], next: undefined });
  });

  it('tells a stream from another of the same name by its creation time', async () => {
    expect((await opened(() => undefined)).creation).to.equal('1764000000.25');
  });

  it('says which call of which stream was refused, and why', async () => {
    const { port } = await opened(() => refused('ExpiredIteratorException'));
    expect(await port.read('s0', 'i', 1).catch((error: Error) => error.message)).to.equal(
      'GetRecords of events: ExpiredIteratorException: it says ExpiredIteratorException',
    );
  });

  it('does not begin before the stream is there', async () => {
    const aws = recordedAws(() => refused('ResourceNotFoundException'));
    const message = await openKinesisStream(aws, ORIGIN).catch((error: Error) => error.message);
    expect(message).to.match(/^DescribeStreamSummary of events: ResourceNotFoundException/);
  });
});
