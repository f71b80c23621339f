import type { ObjectStore } from '@weir/archive';
import { type Checkpoint, type LostObject, readDifferences } from '@weir/audit';
import type { LocalDay } from '@weir/calendar';
import {
  type AuditsStore,
  auditFileKey,
  type BucketDifference,
  inlineBuckets,
  isSameBucket,
  MAX_INLINE_BUCKETS,
  MAX_INLINE_OBJECTS,
  type StoredAudit,
} from '@weir/dynamodb/audits';

const HOUR_MS = 3_600_000;
/** A timestamp is at most this far from its arrival, as far as a lost object is said to belong to a day. */
const AROUND_MS = 24 * HOUR_MS;

interface StoreDayDeps {
  readonly files: ObjectStore;
  readonly audits: Pick<AuditsStore, 'put'>;
  readonly now: () => number;
}

/** A day of an audit that is complete. */
interface CompletedDay {
  readonly day: LocalDay;
  readonly timeZone: string;
  readonly checkpoint: Checkpoint;
}

/** Counts buckets that differ, and keeps the first differences for the item. */
interface Found {
  buckets: number;
  readonly first: BucketDifference[];
}

/** Writes what the audit found on one day: all of it to the file, and then the item. */
export async function storeDay(deps: StoreDayDeps, completed: CompletedDay): Promise<StoredAudit> {
  const { files, audits, now } = deps;
  const { day, timeZone, checkpoint } = completed;
  const from = Math.floor(day.from / HOUR_MS) * HOUR_MS;
  const to = Math.ceil(day.to / HOUR_MS) * HOUR_MS;
  const lost = checkpoint.lost.filter(({ hour }) => isAround(hour * HOUR_MS, { from, to }));
  const heads = checkpoint.end?.heads ?? [];
  const about = {
    ...{ date: day.date, timeZone, from, to, asOf: checkpoint.end?.asOf, auditedAt: now() },
    heads: Object.fromEntries(heads.map(({ logId, number, position }) => [logId, { number, position }])),
  };
  const file = auditFileKey(day.date);
  const found: Found = { buckets: 0, first: [] };
  const differences = counted(readDifferences(files, checkpoint, { from, to }), found);
  await files.putStream(file, fileOf({ ...about, lost }, differences));
  const drift = found.buckets + lost.length;
  const audit: StoredAudit = {
    ...{ ...about, file, drift, status: drift === 0 ? 'clean' : 'drift' },
    missingObjects: keysOf(lost).slice(0, MAX_INLINE_OBJECTS),
    buckets: inlineBuckets(found.first),
  };
  await audits.put(audit);
  return audit;
}

function isAround(arrival: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return arrival >= from - AROUND_MS && arrival <= to + AROUND_MS;
}

function keysOf(lost: readonly LostObject[]): string[] {
  return lost.map(({ key }) => key);
}

/** Each of several fields of a bucket may differ: they follow each other, and are one bucket. */
async function* counted(differences: AsyncIterable<BucketDifference>, found: Found): AsyncIterable<BucketDifference> {
  let last: BucketDifference | undefined;
  for await (const difference of differences) {
    if (!isSameBucket(last, difference)) found.buckets++;
    // One more, as the item has a bucket only if it has all of it.
    if (found.first.length <= MAX_INLINE_BUCKETS) found.first.push(difference);
    last = difference;
    yield difference;
  }
}

/** The file as JSON, a difference at a time. */
async function* fileOf(
  { lost, ...about }: Record<string, unknown> & { readonly lost: readonly LostObject[] },
  differences: AsyncIterable<BucketDifference>,
): AsyncIterable<Uint8Array> {
  const missingObjects = lost.map(({ key, reason, hour }) => ({ key, reason, hour }));
  yield Buffer.from(`${JSON.stringify({ ...about, missingObjects }).slice(0, -1)},"buckets":[`);
  let separator = '\n';
  for await (const difference of differences) {
    yield Buffer.from(`${separator}${JSON.stringify(difference)}`);
    separator = ',\n';
  }
  yield Buffer.from(']}\n');
}
