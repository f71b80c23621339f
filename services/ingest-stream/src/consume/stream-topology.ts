/** A shard of the stream, and the log in which its events are counted. */
export interface StreamShard {
  readonly shardId: string;
  readonly logId: string;
  /** The logs of the shards from which it was split or merged. */
  readonly parents: readonly string[];
  /** The hash keys that the shard takes: decimal, inclusive. */
  readonly hashRange: { readonly start: string; readonly end: string };
}

/** The shards of one stream. A stream that is deleted and created again is another one. */
export interface StreamTopology {
  /** Throws if the stream has no such shard. */
  locate(shardId: string): Promise<StreamShard>;
  /** Undefined once the stream has forgotten the shard. */
  shardOf(logId: string): Promise<StreamShard | undefined>;
}
