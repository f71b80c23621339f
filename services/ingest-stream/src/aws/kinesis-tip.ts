import {
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type KinesisClient,
} from '@aws-sdk/client-kinesis';
import { padSequenceNumber } from '@weir/events';
import type { StreamTip, TipPage } from '../progress/stream-tip.ts';
import { describeShards } from './describe-shards.ts';

/** The record at the head, and the next one. The consumer reads the same shard, which gives out 2 MB a second. */
const RECORDS_A_PAGE = 2;

/** What the shards of a stream hold, from Kinesis. */
export function createKinesisTip({ client, streamName }: { client: KinesisClient; streamName: string }): StreamTip {
  return {
    listShards: () => describeShards(client, streamName),

    async *readFrom(ShardId, sequenceNumber) {
      // The record of that number may be forgotten: Kinesis then begins with the oldest that it has.
      const { ShardIterator: first } = await client.send(
        new GetShardIteratorCommand({
          ...{ StreamName: streamName, ShardId },
          ...(sequenceNumber === undefined
            ? { ShardIteratorType: 'TRIM_HORIZON' }
            : {
                ShardIteratorType: 'AT_SEQUENCE_NUMBER',
                StartingSequenceNumber: sequenceNumber.replace(/^0+(?=\d)/, ''),
              }),
        }),
      );
      for (let ShardIterator = first; ShardIterator !== undefined; ) {
        const page = await client.send(new GetRecordsCommand({ ShardIterator, Limit: RECORDS_A_PAGE }));
        yield tipPage(page);
        ShardIterator = page.NextShardIterator;
      }
    },
  };
}

function tipPage({ Records = [], MillisBehindLatest, NextShardIterator }: GetRecordsCommandOutput): TipPage {
  const records = Records.map(({ SequenceNumber = '', PartitionKey = '', ApproximateArrivalTimestamp, Data }) => ({
    sequenceNumber: padSequenceNumber(SequenceNumber),
    partitionKey: PartitionKey,
    arrival: ApproximateArrivalTimestamp?.getTime() ?? 0,
    data: Buffer.from(Data ?? []).toString('base64'),
  }));
  return { records, isTip: MillisBehindLatest === 0, isEnd: NextShardIterator === undefined };
}
