import type { TableKey } from '../table/table-access.ts';
import type { RowKey } from './metrics-store.ts';

// The only shapes of keys in the `metrics` table.

/** Ten digits last 300 years at one entry a second. */
const ENTRY_DIGITS = 10;
/** Seven digits of hours reach the year 3110. */
const BUCKET_DIGITS = 7;
/** The last hour or day that a key can name. */
export const LAST_BUCKET = 10 ** BUCKET_DIGITS - 1;
const SLOT_DIGITS = 6;

/** Partition that holds every log's item: readers ask for it at each query. */
export const LOGS_PARTITION = 'logs';
/** Partition that holds the slots of admitted actions. */
export const SLOTS_PARTITION = 'actions';
/** Partition that holds the all-time rows. */
export const ALL_TIME_PARTITION = 'all';

/**
 * Name of a shard's log. It holds the stream's creation time, because a stream made anew has the same shard ids.
 *
 * @param createdAt creation of the stream, epoch milliseconds
 */
export function shardLogId(createdAt: number, shardId: string): string {
  return `${Math.floor(createdAt / 1000)}.${shardId.replace(/^shardId-0*(?=\d)/, '')}`;
}

/** The creation of the stream that a shard's log belongs to, epoch seconds. */
export function streamCreatedAt(logId: string): number {
  return Number.parseInt(logId, 10);
}

export function logItemKey(logId: string): TableKey {
  return { pk: LOGS_PARTITION, sk: logId };
}

export function logPartition(logId: string): string {
  return `log#${logId}`;
}

export function entryKey(logId: string, number: number): TableKey {
  return { pk: logPartition(logId), sk: padded(number, ENTRY_DIGITS) };
}

export function slotKey(slot: number): TableKey {
  return { pk: SLOTS_PARTITION, sk: padded(slot, SLOT_DIGITS) };
}

/** The item that holds the secret of the ids' hashes. */
export const SECRET_KEY: TableKey = { pk: 'secrets', sk: 'event-ids' };

/** The item that says up to which arrival every shard is counted. */
export const PROGRESS_KEY: TableKey = { pk: 'progress', sk: 'progress' };

export function runPartition(logId: string): string {
  return `archive#${logId}`;
}

export function runKey(logId: string, from: number): TableKey {
  return { pk: runPartition(logId), sk: padded(from, ENTRY_DIGITS) };
}

export function rowPartition(kind: RowKey['kind'], subject: string): string {
  return kind === 'all' ? ALL_TIME_PARTITION : `${kind}#${subject}`;
}

/** An all-time row is found by listing; the others by range of buckets. */
export function rowKey(key: RowKey): TableKey {
  const sk = key.kind === 'all' ? `${key.subject}#${key.logId}` : `${bucketSortKey(key.bucket)}#${key.logId}`;
  return { pk: rowPartition(key.kind, key.subject), sk };
}

export function bucketSortKey(bucket: number): string {
  return padded(bucket, BUCKET_DIGITS);
}

/** The row that a table key names. Subjects hold no `#`. */
export function parseRowKey({ pk, sk }: TableKey): RowKey {
  const cut = sk.indexOf('#');
  const logId = sk.slice(cut + 1);
  if (pk === ALL_TIME_PARTITION) return { kind: 'all', subject: sk.slice(0, cut), bucket: 0, logId };
  const at = pk.indexOf('#');
  const kind = pk.slice(0, at) as RowKey['kind'];
  return { kind, subject: pk.slice(at + 1), bucket: Number(sk.slice(0, cut)), logId };
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
