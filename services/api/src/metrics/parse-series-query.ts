import { INTERVALS, type Interval, isInterval } from '@weir/calendar/intervals';
import { type Calendar, openCalendar } from '@weir/calendar/late';
import type { PlannedBucket, SeriesPlan } from '@weir/dynamodb';
import { HOURS_KEPT_DAYS, hasItsHours, plannedHours, planSeries } from '@weir/dynamodb/metrics';
import { badParameter, badParameters, type Fault, type Problem } from '../http/answers/problem.ts';
import { parseTimes, type QueryTimes } from '../http/requests/query-times.ts';
import { readQuery } from '../http/requests/read-query.ts';
import type { RouteInput } from '../http/route.ts';
import { formatTime } from '../times/parse-time.ts';
import { MAX_BUCKETS, MAX_HOURS } from './limits.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** The length of a range without `from`. */
const DEFAULT_SPAN_MS = {
  minute: DAY_MS,
  hour: DAY_MS,
  day: 30 * DAY_MS,
  week: 84 * DAY_MS,
  month: 365 * DAY_MS,
} as const;

/** No bucket is longer, however the clocks change. A range is measured by this before its buckets are counted. */
const LONGEST_MS = {
  minute: 60_000,
  hour: 2 * HOUR_MS,
  day: 2 * DAY_MS,
  week: 8 * DAY_MS,
  month: 32 * DAY_MS,
} as const;

const ACTION = /^(?!\.{1,2}$)[A-Za-z0-9._:-]{1,128}$/;
const ACTION_RULE = 'must be 1 to 128 of A-Z a-z 0-9 . _ : - and not . or ..';
const INTERVAL_RULE = `must be ${INTERVALS.slice(0, -1).join(', ')} or ${INTERVALS.at(-1)}`;
const ZONE_RULE = 'must be the name of a time zone, for example Europe/Berlin';

/** A checked query. The range is already rounded to the interval in its time zone. */
export interface SeriesRequest {
  readonly kind: 'series';
  readonly action: string;
  readonly interval: Interval;
  readonly timeZone: string;
  /** Epoch milliseconds, inclusive. */
  readonly from: number;
  /** Epoch milliseconds, exclusive. */
  readonly to: number;
  /** All buckets of the range. */
  readonly buckets: readonly PlannedBucket[];
  readonly fillsZero: boolean;
}

type Found = Pick<SeriesRequest, 'from' | 'to' | 'buckets'>;

/** Reads the query of `GET /v1/metrics/{action}`. The default is the last 24 hours by the hour (30 days for days). */
export async function parseSeriesQuery({ request, params }: RouteInput, now: number): Promise<SeriesRequest | Problem> {
  const { action = '' } = params;
  const query = readQuery(request.query, ['from', 'to', 'interval', 'timeZone', 'fill']);
  const { interval = 'hour', timeZone = 'UTC', fill } = query.values;
  const { from, to, faults: badTimes } = parseTimes(query.values);
  const calendar = await openCalendar(timeZone);
  const faults = [...query.faults, ...findFaults({ action, interval, fill }), ...badTimes];
  if (!calendar) faults.push({ parameter: 'timeZone', detail: ZONE_RULE });
  if (faults.length > 0 || !isInterval(interval) || !calendar) return badParameters(faults);
  const found = findRange({ from, to }, { interval, calendar }, now);
  if ('kind' in found) return found;
  return { kind: 'series', action, interval, timeZone: calendar.timeZone, ...found, fillsZero: fill === 'zero' };
}

/** The faults of each parameter by itself. */
function findFaults({
  action,
  interval,
  fill,
}: {
  action: string;
  interval: string;
  fill: string | undefined;
}): Fault[] {
  const faults: Fault[] = [];
  if (!ACTION.test(action)) faults.push({ parameter: 'action', detail: ACTION_RULE });
  if (!isInterval(interval)) faults.push({ parameter: 'interval', detail: INTERVAL_RULE });
  if (fill !== undefined && fill !== 'zero') faults.push({ parameter: 'fill', detail: 'must be zero, or missing' });
  return faults;
}

interface Division {
  readonly interval: Interval;
  readonly calendar: Calendar;
}

/** The range between `from` (or the default length) and `to` (or now), extended to whole buckets, and its buckets. */
function findRange({ from, to }: Pick<QueryTimes, 'from' | 'to'>, division: Division, now: number): Found | Problem {
  const { interval, calendar } = division;
  const end = to ?? now;
  const start = from ?? Math.max(0, end - DEFAULT_SPAN_MS[interval]);
  if (start >= end) {
    return badParameter('from', to === undefined ? 'must be before now, the default of to' : 'must be before to');
  }
  const tooMany = `the range has more than ${MAX_BUCKETS} buckets of one ${interval}; ask for at most ${MAX_BUCKETS}`;
  if ((end - start) / LONGEST_MS[interval] > MAX_BUCKETS) return badParameter('from', tooMany);
  const range = calendar.roundRange({ from: start, to: end, interval });
  const starts = calendar.bucketStarts({ ...range, interval });
  if (starts.length > MAX_BUCKETS) return badParameter('from', tooMany);
  const plan = planSeries({ starts, to: range.to, interval });
  const refusal = refuseHours(plan, division, now);
  return refusal === undefined ? { ...range, buckets: plan.buckets } : badParameter('from', refusal);
}

/** Why the single hours that a plan needs are not answered; undefined if they are. */
function refuseHours(plan: SeriesPlan, { interval, calendar }: Division, now: number): string | undefined {
  const hours = plannedHours(plan);
  if (hours > MAX_HOURS) return `the range needs ${hours} single hours; ask for at most ${MAX_HOURS}`;
  const keptSince = now - HOURS_KEPT_DAYS * DAY_MS;
  if (hasItsHours(plan, keptSince)) return undefined;
  const rule = `single hours are kept for ${HOURS_KEPT_DAYS} days, since ${formatTime(keptSince)}`;
  if (interval === 'minute' || interval === 'hour') return `${rule}; ask for a later range, or for days in UTC`;
  return `${rule}, and a ${interval} in ${calendar.timeZone} needs them; ask for a later range, or for the time zone UTC`;
}
