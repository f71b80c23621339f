import { createHash } from 'node:crypto';
import { aggregateRecords } from '@weir/events';
import type { PutRecord } from './aws/put-records.ts';
import type { Entry } from './entry.ts';

/** One record of the stream, and the events in it. */
export interface PackedRecord extends PutRecord {
  readonly entries: readonly Entry[];
}

/** How events are packed into KPL-aggregated records. */
export interface Aggregation {
  /** Ranges of hash keys that have a record each: a power of two, not fewer than the stream has shards. */
  readonly buckets: number;
  /** The most that one record holds, in bytes before its own overhead. */
  readonly maxRecordBytes: number;
}

/** Kinesis takes 1 MiB a record, 500 records and 5 MiB a call (API reference: PutRecords). */
export const MAX_RECORDS = 500;
/** Below the 5 MiB, because keys and an aggregate's own bytes count towards these. */
export const MAX_CALL_BYTES = 4 * 1024 * 1024;
/** Beside its data an event in an aggregate has a key of at most 128 bytes, and lengths. */
const ENTRY_OVERHEAD_BYTES = 192;

/** A record for each event, under its id. */
export function packSingly(entries: readonly Entry[]): PackedRecord[] {
  return entries.map((entry) => ({ entries: [entry], partitionKey: entry.event.id, data: entry.data }));
}

/**
 * Aggregated records. The hash keys of the ids are cut into ranges, and each record, and each event in it, is sent
 * under the start of its range. However the stream is split, the record goes to the shard of its events, and copies of
 * an event meet, as long as no range spans two shards.
 */
export function packAggregates(entries: readonly Entry[], { buckets, maxRecordBytes }: Aggregation): PackedRecord[] {
  const byBucket = new Map<number, Entry[]>();
  for (const entry of entries) {
    const bucket = bucketOf(entry.event.id, buckets);
    const own = byBucket.get(bucket);
    if (own) own.push(entry);
    else byBucket.set(bucket, [entry]);
  }
  return [...byBucket].flatMap(([bucket, own]) => {
    const explicitHashKey = ((BigInt(bucket) << 128n) / BigInt(buckets)).toString();
    return slices(own, maxRecordBytes).map((some) => toAggregate(some, explicitHashKey));
  });
}

function bucketOf(id: string, buckets: number): number {
  return Math.floor((createHash('md5').update(id).digest().readUInt32BE(0) / 2 ** 32) * buckets);
}

function toAggregate(entries: readonly Entry[], explicitHashKey: string): PackedRecord {
  const records = entries.map(({ event, data }) => ({ partitionKey: event.id, explicitHashKey, data }));
  return { entries, partitionKey: entries[0]?.event.id ?? '', explicitHashKey, data: aggregateRecords(records) };
}

function slices(entries: readonly Entry[], maxBytes: number): Entry[][] {
  const found: Entry[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const more = entry.data.length + ENTRY_OVERHEAD_BYTES;
    if (bytes + more > maxBytes) {
      found.push([]);
      bytes = 0;
    }
    found.at(-1)?.push(entry);
    bytes += more;
  }
  return found;
}
