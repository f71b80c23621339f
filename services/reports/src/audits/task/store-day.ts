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
/** A timestamp is hardly ever farther from its arrival. */
const AROUND_MS = 24 * HOUR_MS;

interface StoreDayDeps {
  readonly files: ObjectStore;
  readonly audits: Pick<AuditsStore, 'put'>;
  readonly now: () => number;
  readonly newId: () => string;
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

/**
 * Writes what the audit found on one day: all of it to a file of its own, and then the item, which names the file. Each
 * attempt writes another file, so that file and item are of one audit, whatever runs beside it.
 */
export async function storeDay(deps: StoreDayDeps, completed: CompletedDay): Promise<StoredAudit> {
  const { files, audits, now, newId } = deps;
  const { day, timeZone, checkpoint } = completed;
  const from = Math.floor(day.from / HOUR_MS) * HOUR_MS;
  const to = Math.ceil(day.to / HOUR_MS) * HOUR_MS;
  const heads = checkpoint.end?.heads ?? [];
  const about = {
    ...{ date: day.date, timeZone, from, to, asOf: checkpoint.end?.asOf, auditedAt: now() },
    heads: Object.fromEntries(heads.map(({ logId, number, position }) => [logId, { number, position }])),
  };
  const file = auditFileKey(about, newId());
  const found: Found = { buckets: 0, first: [] };
  const differences = counted(readDifferences(files, checkpoint, { from, to }), found);
  const lostObjects = () => lostOf(checkpoint.lost, { from, to, differs: found.buckets > 0 });
  await files.putStream(file, fileOf(about, differences, lostObjects));
  const lost = lostObjects();
  const drift = found.buckets + lost.length;
  const audit: StoredAudit = {
    ...{ ...about, file, drift, status: drift === 0 ? 'clean' : 'drift' },
    missingObjects: keysOf(lost).slice(0, MAX_INLINE_OBJECTS),
    buckets: inlineBuckets(found.first),
  };
  await audits.put(audit);
  return audit;
}

interface DayFound {
  readonly from: number;
  readonly to: number;
  /** Whether buckets of the day differ. */
  readonly differs: boolean;
}

/** The lost objects that may have events of a day. Of those that arrived long after it, only if events are lacking. */
function lostOf(lost: readonly LostObject[], { from, to, differs }: DayFound): LostObject[] {
  const end = differs ? Number.POSITIVE_INFINITY : to + AROUND_MS;
  return lost.filter(({ hour }) => hour * HOUR_MS >= from - AROUND_MS && hour * HOUR_MS <= end);
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

/** The file as JSON, a difference at a time. Which objects are lost is asked for after the last one. */
async function* fileOf(
  about: object,
  differences: AsyncIterable<BucketDifference>,
  lostObjects: () => readonly LostObject[],
): AsyncIterable<Uint8Array> {
  yield Buffer.from(`${JSON.stringify(about).slice(0, -1)},"buckets":[`);
  let separator = '\n';
  for await (const difference of differences) {
    yield Buffer.from(`${separator}${JSON.stringify(difference)}`);
    separator = ',\n';
  }
  const missingObjects = lostObjects().map(({ key, reason, hour }) => ({ key, reason, hour }));
  yield Buffer.from(`],"missingObjects":${JSON.stringify(missingObjects)}}\n`);
}
