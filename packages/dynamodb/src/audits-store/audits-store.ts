import type { Position } from '@weir/events';

/** Differences that an item has at most. The file has all of them. */
export const MAX_INLINE_BUCKETS = 200;

/** Keys of missing objects that an item has at most. The file has all of them. */
export const MAX_INLINE_OBJECTS = 200;

/** Bytes of JSON that the differences in an item have at most: an item of DynamoDB has 400 KB. */
const MAX_INLINE_BYTES = 150_000;

/** How far a log was read. `number` is -1, and there is no position, if it had no entry. */
export interface AuditedHead {
  readonly number: number;
  readonly position: Position | undefined;
}

/** A value of a row that differs from what the archive's lines give. */
export interface BucketDifference {
  readonly action: string;
  readonly unit: 'minute' | 'hour' | 'day';
  /** Start of the bucket, epoch milliseconds. */
  readonly start: number;
  readonly field: 'count' | 'sum' | 'min' | 'max' | 'users' | 'values';
  readonly stored: string;
  readonly archived: string;
}

/** The audit of a day. Times are epoch milliseconds. */
export interface StoredAudit {
  /** `YYYY-MM-DD` in `timeZone`. */
  readonly date: string;
  readonly timeZone: string;
  /** The whole hours of UTC around the local day; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** The arrival time up to which lines were compared; undefined before the first event and the first sweep. */
  readonly asOf: number | undefined;
  /** By log. */
  readonly heads: Readonly<Record<string, AuditedHead>>;
  readonly status: 'clean' | 'drift';
  /** Buckets that differ, and objects that are missing. */
  readonly drift: number;
  /** At most `MAX_INLINE_OBJECTS`. */
  readonly missingObjects: readonly string[];
  /** At most `MAX_INLINE_BUCKETS`, of at most `MAX_INLINE_BYTES`. */
  readonly buckets: readonly BucketDifference[];
  /** Key of the file with all differences, in the bucket of reports: no other audit writes it. */
  readonly file: string;
  readonly auditedAt: number;
}

/** The newest audit of each day. Reads are consistent. */
export interface AuditsStore {
  /** Writes an audit in place of an earlier one of the day; an earlier one than that which is stored is dropped. */
  put(audit: StoredAudit): Promise<void>;
  find(date: string): Promise<StoredAudit | undefined>;
}

/**
 * The key of the file with all differences: `audits/<date>/<auditedAt>-<id>.json`. `id` is one that no other audit has:
 * two audits of a day may end at the same time, and an item must not lead to the file of another audit.
 */
export function auditFileKey({ date, auditedAt }: Pick<StoredAudit, 'date' | 'auditedAt'>, id: string): string {
  return `audits/${date}/${new Date(auditedAt).toISOString().replaceAll(':', '-')}-${id}.json`;
}

/** The first differences, as many as an item may have. A bucket whose last fields have no room is left out. */
export function inlineBuckets(buckets: readonly BucketDifference[]): readonly BucketDifference[] {
  let bytes = 0;
  const first = buckets.slice(0, MAX_INLINE_BUCKETS);
  const end = first.findIndex((bucket) => {
    bytes += Buffer.byteLength(JSON.stringify(bucket));
    return bytes > MAX_INLINE_BYTES;
  });
  return first.slice(0, startOfBucket(buckets, end === -1 ? first.length : end));
}

/** The number of buckets among differences: several fields of one may differ, and follow each other. */
export function countBuckets(differences: readonly BucketDifference[]): number {
  return differences.filter((_, at) => startOfBucket(differences, at) === at).length;
}

/** Where the bucket begins of which a difference is one field; the end if there is no such difference. */
function startOfBucket(differences: readonly BucketDifference[], at: number): number {
  let start = at;
  while (isSameBucket(differences[start - 1], differences[at])) start--;
  return start;
}

/** Whether two differences are fields of one bucket. */
export function isSameBucket(one: BucketDifference | undefined, other: BucketDifference | undefined): boolean {
  if (!one || !other) return false;
  return one.action === other.action && one.unit === other.unit && one.start === other.start;
}
