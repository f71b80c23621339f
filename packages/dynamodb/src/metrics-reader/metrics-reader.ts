import { type DayRow, decodeDayRow, decodeHourRow, type HourRow } from '@weir/aggregates';
import { countedUpTo } from '../log-tails/counted-up-to.ts';
import { headsOf, isTouchedSince, type LogHeads } from '../log-tails/log-heads.ts';
import { createLogTails, type Tail, type TailStore } from '../log-tails/log-tails.ts';
import type { RowStore } from '../metrics-store/metrics-store.ts';
import { type ActionSummary, summariseActions } from './action-summaries.ts';
import { KeptRows } from './kept-rows.ts';
import { type Bucket, type BucketTotal, INTERVAL_MS, type Interval, SeriesBuilder } from './series.ts';

/** What to read. Times are epoch milliseconds, rounded to the interval; `to` is exclusive. */
export interface SeriesQuery {
  readonly action: string;
  readonly from: number;
  readonly to: number;
  readonly interval: Interval;
}

export interface Series {
  /** In order of time, empty buckets left out. */
  readonly buckets: readonly Bucket[];
  /** Undefined when nothing was counted. */
  readonly total: BucketTotal | undefined;
  /** Arrival time (epoch milliseconds) up to which everything is counted; undefined before the first event. */
  readonly asOf: number | undefined;
}

/** A series, and how far each log was read for it. */
export interface SeriesRead extends Series {
  readonly heads: LogHeads;
}

/** Answers queries from the logs and their rows. Answers never go down, and never exceed what was counted. */
export interface MetricsReader {
  readSeries(query: SeriesQuery): Promise<SeriesRead>;
  /**
   * How far a series that was read before, here or elsewhere, still holds; undefined if something was counted in its
   * range since `heads`, or if that can no longer be told.
   */
  recheck(query: SeriesQuery, heads: LogHeads): Promise<Pick<SeriesRead, 'asOf' | 'heads'> | undefined>;
  /** Every action seen, in order of name. */
  listActions(): Promise<ActionSummary[]>;
}

/** What a reader calls: each call is a Query, and the role of a reader allows nothing else. */
export type MetricsReaderStore = TailStore & Pick<RowStore, 'queryRows' | 'listAllTime'>;

export interface MetricsReaderDeps {
  readonly store: MetricsReaderStore;
  readonly now: () => number;
}

/** Rows of one kind, and how they are added to a series. */
interface RowSource<Body> {
  readonly kind: 'hour' | 'day';
  readonly kept: KeptRows<Body>;
  readonly add: (builder: SeriesBuilder, bucket: number, body: Body) => void;
}

/**
 * Reads the logs' items, then the logs past each watermark, then the rows. An entry is added only to rows that do not
 * hold it. In another order, a fold in between could hide entries. What was read is kept while it is valid.
 */
export function createMetricsReader({ store, now }: MetricsReaderDeps): MetricsReader {
  const logTails = createLogTails({ store, now });
  const hours: RowSource<HourRow> = {
    kind: 'hour',
    kept: new KeptRows(store, ({ body }) => decodeHourRow(body)),
    add: (builder, hour, row) => builder.addHourRow(hour, row),
  };
  const days: RowSource<DayRow> = {
    kind: 'day',
    kept: new KeptRows(store, ({ body }) => decodeDayRow(body)),
    add: (builder, day, row) => builder.addDayRow(day, row),
  };

  async function refresh(): Promise<readonly Tail[]> {
    const { tails, forgotten } = await logTails.refresh();
    if (forgotten) {
      hours.kept.forget();
      days.kept.forget();
    }
    return tails;
  }

  return {
    async readSeries(query) {
      const tails = await refresh();
      const builder = query.interval === 'day' ? await gather(days, query, tails) : await gather(hours, query, tails);
      return { buckets: builder.buckets(), total: builder.total(), asOf: countedUpTo(tails), heads: headsOf(tails) };
    },

    async recheck(query, heads) {
      const tails = await refresh();
      return isTouchedSince(query, heads, tails) ? undefined : { asOf: countedUpTo(tails), heads: headsOf(tails) };
    },

    async listActions() {
      const tails = await refresh();
      return summariseActions(await store.listAllTime(), tails);
    },
  };
}

async function gather<Body>({ kind, kept, add }: RowSource<Body>, query: SeriesQuery, tails: readonly Tail[]) {
  const builder = new SeriesBuilder(query);
  const length = INTERVAL_MS[kind];
  const { action } = query;
  const range = { kind, subject: action, from: Math.floor(query.from / length), to: Math.ceil(query.to / length) - 1 };
  const buckets = await kept.read(range, tails);
  for (let bucket = range.from; bucket <= range.to; bucket++) {
    for (const row of buckets.get(bucket)?.rows ?? []) add(builder, bucket, row.body);
  }
  for (const { item, entries } of tails) {
    for (const { number, entry } of entries) {
      const delta = entry.delta.get(action);
      if (delta) builder.addDelta(delta, kind, (bucket) => number > (buckets.get(bucket)?.upTo.get(item.logId) ?? -1));
    }
  }
  return builder;
}
