import type { FilteredRecord } from '../filters/record-filter.ts';

/** A record of a stream, as a source delivers it. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  /** Epoch seconds with a fraction: when the stream took it. */
  readonly arrival: number;
  /** What Lambda's event has for it. */
  readonly eventRecord: object;
  /** What that takes of an invocation's payload. */
  readonly bytes: number;
  /** What filter patterns see of it. */
  filtered(): FilteredRecord;
}

/** A shard and those that it came from. */
export interface Shard {
  readonly shardId: string;
  readonly parents: readonly string[];
}

/** Where reading a shard begins. */
export type ShardPosition =
  | { readonly from: 'TRIM_HORIZON' | 'LATEST' }
  | { readonly from: 'AFTER'; readonly sequenceNumber: string };

/** What one read brought. */
export interface ReadResult {
  readonly records: readonly StreamRecord[];
  /** Undefined at the end of a closed shard. */
  readonly next: string | undefined;
}

/** What a source needs of a stream: Kinesis' or a table's. */
export interface StreamPort {
  shards(): Promise<readonly Shard[]>;
  iterator(shardId: string, position: ShardPosition): Promise<string>;
  read(shardId: string, iterator: string, limit: number): Promise<ReadResult>;
}
