import type { Alert, AlertRule } from './alert.ts';
import { BUCKET_MS, bucketStart } from './buckets.ts';

/** Intervals after its end in which events that come late still have a bucket judged. An import of old events has not. */
const JUDGED_INTERVALS = 2;

const DAY_MS = 86_400_000;

type Timing = Pick<AlertRule, 'interval' | 'lateSeconds'>;
type Since = Pick<Alert, 'since'>;

/** When a bucket closes, epoch milliseconds: everything that arrived before is counted then. */
export function closeOf({ interval, lateSeconds }: Timing, start: number): number {
  return start + BUCKET_MS[interval] + lateSeconds * 1000;
}

/** Which closed buckets a rule is still to judge. Times are epoch milliseconds. */
export interface ClosedSpan {
  /** Buckets that closed at this time or before are passed over. */
  readonly after: number;
  readonly upTo: number;
  /** Start of the last bucket that it judged: none is passed over, or judged again, when `lateSeconds` changes. */
  readonly judged?: number | undefined;
}

/** The starts of the buckets to judge, in order. */
export function closings(
  rule: Timing & Since,
  { after, upTo, judged = Number.NEGATIVE_INFINITY }: ClosedSpan,
): number[] {
  const width = BUCKET_MS[rule.interval];
  const passed = bucketStart(rule.interval, after - closeOf(rule, 0));
  const starts: number[] = [];
  let start = Math.max(passed + width, rule.since, judged < rule.since ? rule.since : judged + width);
  for (; closeOf(rule, start) <= upTo; start += width) starts.push(start);
  return starts;
}

/**
 * Whether a bucket is judged while it is open, as soon as an entry adds to it: a count, or a number of users, that is
 * above its limit stays above it.
 */
export function isJudgedOpen({ field, comparison }: Pick<AlertRule, 'field' | 'comparison'>): boolean {
  return comparison === 'above' && (field === 'count' || field === 'users');
}

/** Whether an open bucket that is no longer below its limit, or no longer silent, ends a firing: it stays so. */
export function recoversOpen({
  field,
  comparison,
  relative,
}: Pick<AlertRule, 'field' | 'comparison' | 'relative'>): boolean {
  return comparison === 'silent' || (comparison === 'below' && field === 'count' && !relative);
}

/** The arrivals of an entry, epoch milliseconds. */
interface Arrivals {
  readonly firstArrival: number;
  readonly lastArrival: number;
}

/**
 * Whether an entry's events have the bucket judged. Events of the future wait until the bucket has begun, and events of
 * long ago change nothing that anybody should be told about.
 */
export function isJudgedBy(rule: Timing, start: number, { firstArrival, lastArrival }: Arrivals): boolean {
  return start <= lastArrival && start >= earliestJudged(rule, firstArrival);
}

/** The earliest start of a bucket that an entry with this first arrival has judged. It need not be a whole one. */
export function earliestJudged(rule: Timing, firstArrival: number): number {
  return firstArrival - JUDGED_INTERVALS * BUCKET_MS[rule.interval] - closeOf(rule, 0);
}

/** How far before a bucket its baseline is, milliseconds; 0 without one. */
export function baselineDistance({ relative, interval }: Pick<AlertRule, 'relative' | 'interval'>): number {
  if (!relative) return 0;
  return { previous: BUCKET_MS[interval], day: DAY_MS, week: 7 * DAY_MS }[relative.to];
}
