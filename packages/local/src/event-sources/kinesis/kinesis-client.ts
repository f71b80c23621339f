import type { AwsClient } from '../../aws-calls/aws-client.ts';
import type { ReadResult, Shard, ShardPosition, StreamPort } from '../streams/stream-port.ts';
import { type KinesisOrigin, type KinesisRecord, kinesisRecord } from './kinesis-record.ts';

interface WireShard {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly AdjacentParentShardId?: string;
}

/** A Kinesis stream that exists. */
export interface KinesisStream {
  readonly port: StreamPort;
  /** Changes if a stream of the same name is made anew: its shards have the same ids. */
  readonly creation: string;
}

/** Finds a stream by its ARN and reads it. Throws while it does not exist. */
export async function openKinesisStream(aws: AwsClient, origin: KinesisOrigin): Promise<KinesisStream> {
  const streamName = origin.streamArn.split('/').at(-1) ?? '';
  const call = async (action: string, body: object) => {
    const outcome = await aws.json('kinesis', action, body);
    if (!outcome.ok) throw new Error(`${action} of ${streamName}: ${outcome.code}: ${outcome.message}`);
    return outcome.json;
  };
  const { StreamDescriptionSummary } = await call('DescribeStreamSummary', { StreamName: streamName });
  const port: StreamPort = {
    shards: async () => {
      const { Shards } = await call('ListShards', { StreamName: streamName });
      return (Shards as readonly WireShard[]).map(toShard);
    },
    iterator: async (shardId, position) => {
      const request = { StreamName: streamName, ShardId: shardId, ...wirePosition(position) };
      return String((await call('GetShardIterator', request)).ShardIterator);
    },
    read: async (shardId, iterator, limit): Promise<ReadResult> => {
      const answer = await call('GetRecords', { ShardIterator: iterator, Limit: limit });
      const next = answer.NextShardIterator as string | undefined;
      const records = answer.Records as readonly KinesisRecord[];
      return { records: records.map((record) => kinesisRecord(record, shardId, origin)), next };
    },
  };
  const { StreamCreationTimestamp } = StreamDescriptionSummary as { StreamCreationTimestamp: number };
  return { port, creation: String(StreamCreationTimestamp) };
}

function toShard({ ShardId, ParentShardId, AdjacentParentShardId }: WireShard): Shard {
  return { shardId: ShardId, parents: [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined) };
}

function wirePosition(position: ShardPosition): object {
  if (position.from !== 'AFTER') return { ShardIteratorType: position.from };
  return { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: position.sequenceNumber };
}
