import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { StreamShard, StreamTopology } from '../consume/stream-topology.ts';
import { describeShards } from './describe-shards.ts';

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
    known = new Map((await describeShards(client, streamName)).map((shard) => [shard.shardId, shard]));
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
