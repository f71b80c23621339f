import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type KinesisClient,
  ProvisionedThroughputExceededException,
} from '@aws-sdk/client-kinesis';
import { padSequenceNumber } from '@weir/events';
import type { StreamTip, TipPage } from '../progress/stream-tip.ts';
import { describeShards } from './describe-shards.ts';

/** The record at the head, and the next one. The consumer reads the same shard, which gives out 2 MB a second. */
const RECORDS_A_PAGE = 2;
/** A shard gives five answers a second, and Lambda asks it once a second. */
const PAUSE_MS = 300;

interface KinesisTipOptions {
  readonly client: KinesisClient;
  readonly streamName: string;
}

/** What the shards of a stream hold, from Kinesis. */
export function createKinesisTip({ client, streamName }: KinesisTipOptions): StreamTip {
  const iteratorAt = async (ShardId: string, sequenceNumber: string | undefined) => {
    // The record of that number may be forgotten: Kinesis then begins with the oldest that it has.
    const { ShardIterator } = await client.send(
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
    return ShardIterator;
  };
  return {
    listShards: () => describeShards(client, streamName),

    async *readFrom(shardId, start) {
      let next = 'next' in start ? start.next : await iteratorAt(shardId, start.sequenceNumber);
      while (next !== undefined) {
        const page = await readPage(client, next);
        yield page;
        next = page.next;
        if (next !== undefined) await sleep(PAUSE_MS);
      }
    },
  };
}

async function readPage(client: KinesisClient, ShardIterator: string): Promise<TipPage> {
  try {
    return tipPage(await client.send(new GetRecordsCommand({ ShardIterator, Limit: RECORDS_A_PAGE })));
  } catch (error) {
    // Others read the shard too. It has told nothing.
    if (!(error instanceof ProvisionedThroughputExceededException)) throw error;
    return { records: [], isTip: false, next: ShardIterator };
  }
}

function tipPage({ Records = [], MillisBehindLatest, NextShardIterator }: GetRecordsCommandOutput): TipPage {
  const records = Records.map(({ SequenceNumber = '', PartitionKey = '', ApproximateArrivalTimestamp, Data }) => ({
    sequenceNumber: padSequenceNumber(SequenceNumber),
    partitionKey: PartitionKey,
    arrival: ApproximateArrivalTimestamp?.getTime() ?? 0,
    data: Buffer.from(Data ?? []).toString('base64'),
  }));
  return { records, isTip: MillisBehindLatest === 0, next: NextShardIterator };
}
