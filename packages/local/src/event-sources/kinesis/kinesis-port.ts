/** A record as the stream holds it. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Base64. */
  readonly data: string;
  /** Epoch seconds with a fraction. */
  readonly arrival: number;
}

/** A shard and those that it came from. */
export interface Shard {
  readonly shardId: string;
  readonly parents: readonly string[];
}

/** Where reading a shard begins. */
export type ShardPosition =
  | { readonly from: 'TRIM_HORIZON' | 'LATEST' }
  | { readonly from: 'AT_TIMESTAMP'; readonly timestamp: number }
  | { readonly from: 'AFTER'; readonly sequenceNumber: string };

/** What one read brought. */
export interface ReadResult {
  readonly records: readonly StreamRecord[];
  /** Undefined at the end of a closed shard. */
  readonly next: string | undefined;
}

/** What a source needs of Kinesis. */
export interface KinesisPort {
  /** Changes when a stream of the same name is made anew: its shards have the same ids. */
  creation(): Promise<string>;
  shards(): Promise<readonly Shard[]>;
  iterator(shardId: string, position: ShardPosition): Promise<string>;
  read(iterator: string, limit: number): Promise<ReadResult>;
}
