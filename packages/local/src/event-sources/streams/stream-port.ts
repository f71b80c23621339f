import type { FilteredRecord } from '../filters/record-filter.ts';

/** A record of a stream, as a source delivers it. */
export interface SourceRecord {
  readonly sequenceNumber: string;
  /** Epoch seconds with a fraction: when the stream took it. */
  readonly arrival: number;
  /** The record as it is in Lambda's event. */
  readonly eventRecord: object;
  /** The bytes that it takes in an invocation's payload. */
  readonly bytes: number;
  /** The record as filter patterns see it. */
  filtered(): FilteredRecord;
}

/** A shard and its parents. */
export interface Shard {
  readonly shardId: string;
  readonly parents: readonly string[];
}

/** Where reading a shard begins. */
export type ShardPosition =
  | { readonly from: 'TRIM_HORIZON' | 'LATEST' }
  | { readonly from: 'AFTER'; readonly sequenceNumber: string };

/** The result of one read. */
export interface ReadResult {
  readonly records: readonly SourceRecord[];
  /** Undefined at the end of a closed shard. */
  readonly next: string | undefined;
}

/** What a source needs from a stream: Kinesis' or a table's. */
export interface StreamPort {
  shards(): Promise<readonly Shard[]>;
  iterator(shardId: string, position: ShardPosition): Promise<string>;
  read(shardId: string, iterator: string, limit: number): Promise<ReadResult>;
}
