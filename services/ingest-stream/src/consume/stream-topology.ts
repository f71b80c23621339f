/** A shard of the stream, and the log that its events are counted in. */
export interface StreamShard {
  readonly shardId: string;
  readonly logId: string;
  /** Logs of the shards it was split or merged from. */
  readonly parents: readonly string[];
  /** Hash keys the shard takes: decimal, inclusive. */
  readonly hashRange: { readonly start: string; readonly end: string };
}

/** The shards of one stream, as it was created at one time. */
export interface StreamTopology {
  /** Throws when the stream has no such shard. */
  locate(shardId: string): Promise<StreamShard>;
  /** Undefined once the stream has forgotten the shard. */
  shardOf(logId: string): Promise<StreamShard | undefined>;
}
