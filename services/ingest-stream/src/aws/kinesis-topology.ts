import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  type Shard,
} from '@aws-sdk/client-kinesis';
import { shardLogId } from '@weir/dynamodb';
import type { StreamShard, StreamTopology } from '../consume/stream-topology.ts';

/**
 * A stream that is deleted and created again has the same shard ids, so Kinesis is asked again after this idle time.
 */
const MAX_IDLE_MS = 900_000;

export interface KinesisTopologyDeps {
  readonly client: KinesisClient;
  readonly streamName: string;
  readonly now: () => number;
}

/** Asks Kinesis for the stream's shards, and asks again when a shard is not known. */
export function createKinesisTopology({ client, streamName, now }: KinesisTopologyDeps): StreamTopology {
  let known = new Map<string, StreamShard>();
  let usedAt = Number.NEGATIVE_INFINITY;

  async function find(isWanted: (shard: StreamShard) => boolean): Promise<StreamShard | undefined> {
    if (now() - usedAt > MAX_IDLE_MS) known = new Map();
    usedAt = now();
    const found = [...known.values()].find(isWanted);
    if (found) return found;
    known = await describe(client, streamName);
    return [...known.values()].find(isWanted);
  }

  return {
    async locate(shardId) {
      const shard = await find((candidate) => candidate.shardId === shardId);
      if (!shard) throw new Error(`stream ${streamName} has no shard ${shardId}`);
      return shard;
    },
    shardOf: (logId) => find((candidate) => candidate.logId === logId),
  };
}

async function describe(client: KinesisClient, StreamName: string): Promise<Map<string, StreamShard>> {
  const summary = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
  const createdAt = summary.StreamDescriptionSummary?.StreamCreationTimestamp?.getTime();
  if (createdAt === undefined) throw new Error(`stream ${StreamName} has no creation time`);
  const shards = new Map<string, StreamShard>();
  for (const shard of await listShards(client, StreamName)) {
    const found = streamShardOf(createdAt, shard);
    shards.set(found.shardId, found);
  }
  return shards;
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
