import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  type Shard,
} from '@aws-sdk/client-kinesis';
import { shardLogId } from '@weir/dynamodb';
import type { ShardPlace, StreamTopology } from '../consume/stream-topology.ts';

/** A stream made anew has the same shard ids: what is known of it is asked again after this long without use. */
const MAX_IDLE_MS = 900_000;

export interface KinesisTopologyDeps {
  readonly client: KinesisClient;
  readonly streamName: string;
  readonly now: () => number;
}

/** Asks Kinesis for the stream's shards, again when one is not known. */
export function createKinesisTopology({ client, streamName, now }: KinesisTopologyDeps): StreamTopology {
  let known = new Map<string, ShardPlace>();
  let usedAt = Number.NEGATIVE_INFINITY;

  async function find(isWanted: (place: ShardPlace) => boolean): Promise<ShardPlace | undefined> {
    if (now() - usedAt > MAX_IDLE_MS) known = new Map();
    usedAt = now();
    const found = [...known.values()].find(isWanted);
    if (found) return found;
    known = await describe(client, streamName);
    return [...known.values()].find(isWanted);
  }

  return {
    async locate(shardId) {
      const place = await find((candidate) => candidate.shardId === shardId);
      if (!place) throw new Error(`stream ${streamName} has no shard ${shardId}`);
      return place;
    },
    placeOf: (logId) => find((candidate) => candidate.logId === logId),
  };
}

async function describe(client: KinesisClient, StreamName: string): Promise<Map<string, ShardPlace>> {
  const summary = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
  const createdAt = summary.StreamDescriptionSummary?.StreamCreationTimestamp?.getTime();
  if (createdAt === undefined) throw new Error(`stream ${StreamName} has no creation time`);
  const places = new Map<string, ShardPlace>();
  for (const shard of await listShards(client, StreamName)) {
    const place = placeOf(createdAt, shard);
    places.set(place.shardId, place);
  }
  return places;
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

function placeOf(createdAt: number, shard: Shard): ShardPlace {
  const { ShardId = '', ParentShardId, AdjacentParentShardId, HashKeyRange } = shard;
  const parents = [ParentShardId, AdjacentParentShardId].filter((parent) => parent !== undefined);
  return {
    shardId: ShardId,
    logId: shardLogId(createdAt, ShardId),
    parents: parents.map((parent) => shardLogId(createdAt, parent)),
    hashRange: { start: HashKeyRange?.StartingHashKey ?? '0', end: HashKeyRange?.EndingHashKey ?? '' },
  };
}
