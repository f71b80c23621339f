import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  type Shard,
} from '@aws-sdk/client-kinesis';
import { shardLogId } from '@weir/dynamodb';
import type { StreamShard } from '../consume/stream-topology.ts';

/** The shards that the stream remembers, closed ones too. */
export async function describeShards(client: KinesisClient, StreamName: string): Promise<StreamShard[]> {
  const summary = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
  const createdAt = summary.StreamDescriptionSummary?.StreamCreationTimestamp?.getTime();
  if (createdAt === undefined) throw new Error(`stream ${StreamName} has no creation time`);
  return (await listShards(client, StreamName)).map((shard) => streamShardOf(createdAt, shard));
}

async function listShards(client: KinesisClient, StreamName: string): Promise<Shard[]> {
  const shards: Shard[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListShardsCommand(NextToken ? { NextToken } : { StreamName }));
    shards.push(...(page.Shards ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return shards;
}

function streamShardOf(createdAt: number, shard: Shard): StreamShard {
  const { ShardId = '', ParentShardId, AdjacentParentShardId, HashKeyRange } = shard;
  const parents = [ParentShardId, AdjacentParentShardId].filter((parent) => parent !== undefined);
  return {
    shardId: ShardId,
    logId: shardLogId(createdAt, ShardId),
    parents: parents.map((parent) => shardLogId(createdAt, parent)),
    hashRange: { start: HashKeyRange?.StartingHashKey ?? '0', end: HashKeyRange?.EndingHashKey ?? '' },
  };
}
