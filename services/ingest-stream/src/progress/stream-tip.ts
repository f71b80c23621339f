import type { StreamRecord } from '@weir/events';
import type { StreamShard } from '../consume/stream-topology.ts';

/** One answer about the records of a shard, in order. */
export interface TipPage {
  readonly records: readonly StreamRecord[];
  /** When Kinesis answered, the shard held no record past these. */
  readonly isTip: boolean;
  /** The shard is closed, and holds no record past these. */
  readonly isEnd: boolean;
}

/** The shards of the stream, and what they hold past a place. */
export interface StreamTip {
  /** The shards that the stream remembers, closed ones too. */
  listShards(): Promise<readonly StreamShard[]>;
  /** From the record of that number on, or from the oldest one; it goes on until the caller stops. */
  readFrom(shardId: string, sequenceNumber: string | undefined): AsyncIterable<TipPage>;
}
