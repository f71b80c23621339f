import type { StreamRecord } from '@weir/events';
import type { StreamShard } from '../consume/stream-topology.ts';

/** One answer about the records of a shard, in order. */
export interface TipPage {
  readonly records: readonly StreamRecord[];
  /** When Kinesis answered, the shard held no record past these. */
  readonly isTip: boolean;
  /** Where the next answer begins: Kinesis knows it for five minutes. Undefined at the end of a closed shard. */
  readonly next: string | undefined;
}

/** Where to begin: where an answer ended, or with the record of a number, or else with the oldest one. */
export type TipStart = { readonly next: string } | { readonly sequenceNumber: string | undefined };

/** The shards of the stream, and what they hold past a place. */
export interface StreamTip {
  /** The shards that the stream remembers, closed ones too. */
  listShards(): Promise<readonly StreamShard[]>;
  /** It goes on until the caller stops, or a closed shard ends. */
  readFrom(shardId: string, start: TipStart): AsyncIterable<TipPage>;
}
