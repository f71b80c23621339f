import type { AwsClient } from '../../aws-calls/aws-client.ts';
import type { KinesisPort, ReadResult, Shard, ShardPosition } from './kinesis-port.ts';

interface WireShard {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly AdjacentParentShardId?: string;
}

interface WireRecord {
  readonly SequenceNumber: string;
  readonly PartitionKey: string;
  readonly Data: string;
  readonly ApproximateArrivalTimestamp: number;
}

/** Reads one stream. */
export function createKinesisPort(aws: AwsClient, streamName: string): KinesisPort {
  const call = async (action: string, body: object) => {
    const outcome = await aws.json('kinesis', action, body);
    if (!outcome.ok) throw new Error(`${action} of ${streamName}: ${outcome.code}: ${outcome.message}`);
    return outcome.json;
  };
  return {
    creation: async () => {
      const { StreamDescriptionSummary } = await call('DescribeStreamSummary', { StreamName: streamName });
      return String((StreamDescriptionSummary as { StreamCreationTimestamp: number }).StreamCreationTimestamp);
    },
    shards: async () => {
      const { Shards } = await call('ListShards', { StreamName: streamName });
      return (Shards as readonly WireShard[]).map(toShard);
    },
    iterator: async (shardId, position) => {
      const request = { StreamName: streamName, ShardId: shardId, ...wirePosition(position) };
      return String((await call('GetShardIterator', request)).ShardIterator);
    },
    read: async (iterator, limit): Promise<ReadResult> => {
      const answer = await call('GetRecords', { ShardIterator: iterator, Limit: limit });
      const next = answer.NextShardIterator as string | undefined;
      return { records: (answer.Records as readonly WireRecord[]).map(toRecord), next };
    },
  };
}

function toShard({ ShardId, ParentShardId, AdjacentParentShardId }: WireShard): Shard {
  return { shardId: ShardId, parents: [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined) };
}

function toRecord(record: WireRecord) {
  return {
    sequenceNumber: record.SequenceNumber,
    partitionKey: record.PartitionKey,
    data: record.Data,
    arrival: record.ApproximateArrivalTimestamp,
  };
}

function wirePosition(position: ShardPosition): object {
  switch (position.from) {
    case 'AFTER':
      return { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: position.sequenceNumber };
    case 'AT_TIMESTAMP':
      return { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: position.timestamp };
    default:
      return { ShardIteratorType: position.from };
  }
}
