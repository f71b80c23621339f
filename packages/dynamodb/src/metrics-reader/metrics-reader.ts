import { decodeDayRow, decodeHourRow, mergeDayRows, mergeHourRows } from '@weir/aggregates';
import type { Interval } from '@weir/calendar/late';
import { countedUpTo } from '../log-tails/counted-up-to.ts';
import { headsOf, isTouchedSince, type LogHeads } from '../log-tails/log-heads.ts';
import { createLogTails, type RefreshedTails, type Tail, type TailStore } from '../log-tails/log-tails.ts';
import type { ProgressStore, RowStore } from '../metrics-store/metrics-store.ts';
import { type ActionSummary, summariseActions } from './action-summaries.ts';
import { type KeptBucket, KeptRows } from './kept-rows.ts';
import { planQuery } from './plan-query.ts';
import { type Bucket, type MergeableBucket, SeriesBuilder } from './series.ts';
import type { BucketTotal } from './summarise.ts';

/** A month of hours at 16 busy shards takes 30 MB of this, and 400 days of hours all of it at 6 shards. */
const KEPT_HOURS_BYTES = 256 * 1024 * 1024;
/** A query has at most 1,500 days: 48 MB at 16 busy shards. */
const KEPT_DAYS_BYTES = 64 * 1024 * 1024;

/** What to read. Times are epoch milliseconds, rounded to the interval in the time zone; `to` is exclusive. */
export interface SeriesQuery {
  readonly action: string;
  readonly from: number;
  readonly to: number;
  readonly interval: Interval;
  /** A name of IANA; UTC if left out. Minutes are those of UTC in any zone. */
  readonly timeZone?: string;
}

/** How current an answer is. */
interface Currency {
  /** Everything is counted that arrived before this time (ms); undefined before the first event and the first sweep. */
  readonly asOf: number | undefined;
  /** How far each log was read. */
  readonly heads: LogHeads;
}

export interface Series {
  /** In order of time, empty buckets left out. */
  readonly buckets: readonly Bucket[];
  /** Undefined when nothing was counted. */
  readonly total: BucketTotal | undefined;
  readonly asOf: Currency['asOf'];
}

/** A series, and how far each log was read for it. */
export interface SeriesRead extends Series, Currency {}

/** The buckets of a series, which can be merged with those of other actions. */
export interface BucketsRead extends Currency {
  /** In order of time, empty buckets left out. */
  readonly buckets: readonly MergeableBucket[];
}

/** Answers queries from the logs and their rows. Answers never go down, and never exceed what was counted. */
export interface MetricsReader {
  readSeries(query: SeriesQuery): Promise<SeriesRead>;
  /**
   * How far a series that was read before, here or elsewhere, still holds; undefined if something was counted in its
   * range since `heads`, or if that can no longer be told.
   */
  recheck(query: SeriesQuery, heads: LogHeads): Promise<Currency | undefined>;
  /** Every action seen, in order of name. */
  listActions(): Promise<ActionSummary[]>;
}

/** Answers with buckets for reports, which merge those of several actions. */
export interface BucketsReader {
  /** The same buckets as `readSeries`, with their sketches. */
  readBuckets(query: SeriesQuery): Promise<BucketsRead>;
}

/** What a reader calls: each call is a Query, and the role of a reader allows nothing else. */
export type MetricsReaderStore = TailStore &
  Pick<ProgressStore, 'readProgress'> &
  Pick<RowStore, 'queryRows' | 'listAllTime'>;

export interface MetricsReaderDeps {
  readonly store: MetricsReaderStore;
  readonly now: () => number;
}

/**
 * Reads the logs' items, then the logs past each watermark, then the rows. An entry is added only to rows that do not
 * hold it. In another order, a fold in between could hide entries. What was read is kept while it is valid.
 */
export function createMetricsReader({ store, now }: MetricsReaderDeps): MetricsReader & BucketsReader {
  const logTails = createLogTails({ store, progress: store, now });
  const hours = new KeptRows(store, {
    ...{ kind: 'hour', decode: decodeHourRow, merge: mergeHourRows },
    maxBytes: KEPT_HOURS_BYTES,
  });
  const days = new KeptRows(store, {
    ...{ kind: 'day', decode: decodeDayRow, merge: mergeDayRows },
    maxBytes: KEPT_DAYS_BYTES,
  });

  async function refresh(): Promise<RefreshedTails> {
    const refreshed = await logTails.refresh();
    if (refreshed.forgotten) {
      hours.forget();
      days.forget();
    }
    return refreshed;
  }

  async function gather(query: SeriesQuery): Promise<Currency & { builder: SeriesBuilder }> {
    const { action } = query;
    const plan = await planQuery(query);
    const builder = new SeriesBuilder(plan);
    const refreshed = await refresh();
    const { tails } = refreshed;
    const [hour, day] = await Promise.all([
      hours.read({ action, runs: plan.hours }, tails),
      days.read({ action, runs: plan.days }, tails),
    ]);
    for (const [bucket, { body }] of hour) if (body) builder.addHourRow(bucket, body);
    for (const [bucket, { body }] of day) if (body) builder.addDayRow(bucket, body);
    addEntries(builder, { action, tails, rows: { hour, day } });
    return { builder, ...currencyOf(refreshed) };
  }

  return {
    async readSeries(query) {
      const { builder, ...currency } = await gather(query);
      return { buckets: builder.buckets(), total: builder.total(), ...currency };
    },

    async readBuckets(query) {
      const { builder, ...currency } = await gather(query);
      return { buckets: builder.mergeable(), ...currency };
    },

    async recheck(query, heads) {
      const refreshed = await refresh();
      return isTouchedSince(query, heads, refreshed.tails) ? undefined : currencyOf(refreshed);
    },

    async listActions() {
      const { tails } = await refresh();
      return summariseActions(await store.listAllTime(), tails);
    },
  };
}

/** What the progress says, once there is one: what the logs say may be later, and lacks shards that have no log yet. */
function currencyOf({ tails, closedUpTo }: RefreshedTails): Currency {
  const logs = tails.map(({ item: { logId, parents, watermark }, entries }) => {
    return { logId, parents, lastArrival: entries.at(-1)?.entry.lastArrival ?? watermark.arrival };
  });
  return { asOf: closedUpTo ?? countedUpTo(logs), heads: headsOf(tails) };
}

interface Entries {
  readonly action: string;
  readonly tails: readonly Tail[];
  readonly rows: Readonly<Record<'hour' | 'day', ReadonlyMap<number, KeptBucket<unknown>>>>;
}

/** Adds what the entries have of an action and the rows do not hold. */
function addEntries(builder: SeriesBuilder, { action, tails, rows }: Entries): void {
  for (const { item, entries } of tails) {
    for (const { number, entry } of entries) {
      const delta = entry.delta.get(action);
      if (!delta) continue;
      builder.addDelta(delta, (kind, bucket) => number > (rows[kind].get(bucket)?.upTo.get(item.logId) ?? -1));
    }
  }
}
