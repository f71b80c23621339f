import type { Interval } from '@weir/calendar/late';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * The oldest hours that are answered. After this time a row of an hour is removed, and an event that is later still makes
 * a row of itself alone.
 */
export const HOURS_KEPT_DAYS = 400;

/** Runs of days this close are read as one: between two months there is often one day that belongs to both. */
const MAX_GAP_DAYS = 1;

/** Rows in a run, by their numbers since the epoch, both inclusive. */
export interface RowRun {
  readonly from: number;
  readonly to: number;
}

/** One bucket, and the rows that it is made of. Times are epoch milliseconds; `end` is exclusive. */
export interface PlannedBucket {
  readonly start: number;
  readonly end: number;
  /** True if both ends are whole hours of UTC: users and values are stored by the hour. */
  readonly hasSketches: boolean;
  /** Days of UTC that lie in the bucket as a whole: their rows are used. Empty if `to` is below `from`. */
  readonly days: RowRun;
}

/** The buckets of a series in order, without gaps, and the rows to read for them. */
export interface SeriesPlan {
  readonly buckets: readonly PlannedBucket[];
  readonly hours: readonly RowRun[];
  readonly days: readonly RowRun[];
}

/** The buckets to plan: `starts` in order; the last bucket ends at `to`. */
export interface SeriesBuckets {
  readonly starts: readonly number[];
  readonly to: number;
  readonly interval: Interval;
}

/**
 * Says which rows answer for which time. The whole days of UTC in a day, a week or a month come from the rows of days,
 * and what is left at its ends from the rows of hours. No time is in two of these pieces.
 */
export function planSeries({ starts, to, interval }: SeriesBuckets): SeriesPlan {
  const mayUseDays = interval !== 'minute' && interval !== 'hour';
  const buckets = starts.map((start, index) => planBucket(start, starts[index + 1] ?? to, mayUseDays));
  return {
    buckets,
    hours: joined(buckets.flatMap(hourRuns), 0),
    days: joined(
      buckets.map(({ days }) => days),
      MAX_GAP_DAYS,
    ),
  };
}

/** The number of hours whose rows are read. */
export function plannedHours({ hours }: SeriesPlan): number {
  return hours.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

/** Whether the rows of all hours that a plan needs are there, if those since `since` (epoch milliseconds) are. */
export function hasItsHours({ hours: [first] }: SeriesPlan, since: number): boolean {
  return !first || (first.from + 1) * HOUR_MS > since;
}

function planBucket(start: number, end: number, mayUseDays: boolean): PlannedBucket {
  const days = { from: Math.ceil(start / DAY_MS), to: Math.floor(end / DAY_MS) - 1 };
  return {
    start,
    end,
    hasSketches: start % HOUR_MS === 0 && end % HOUR_MS === 0,
    days: mayUseDays ? days : { from: 0, to: -1 },
  };
}

function hourRuns({ start, end, days }: PlannedBucket): RowRun[] {
  const first = Math.floor(start / HOUR_MS);
  const last = Math.ceil(end / HOUR_MS) - 1;
  if (days.to < days.from) return [{ from: first, to: last }];
  return [
    { from: first, to: days.from * 24 - 1 },
    { from: (days.to + 1) * 24, to: last },
  ];
}

/**
 * The runs without empty ones, and with those joined that have at most `gap` numbers between them. No row is before the
 * epoch.
 */
function joined(runs: readonly RowRun[], gap: number): RowRun[] {
  const out: RowRun[] = [];
  for (const { from: first, to } of runs) {
    const from = Math.max(0, first);
    if (to < from) continue;
    const last = out.at(-1);
    if (last && from <= last.to + 1 + gap) out[out.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else out.push({ from, to });
  }
  return out;
}
