import { type AlertRule, BUCKET_MS, bucketStart } from '@weir/alerts';
import { HOURS_KEPT_DAYS } from '@weir/dynamodb/series-plan';
import type { Fault } from '../../http/answers/problem.ts';
import { formatTime, parseTime, suggestForSeconds } from '../../times/parse-time.ts';
import { MAX_PREVIEWED_BUCKETS } from '../rule/limits.ts';

const DAY_MS = 86_400_000;

/** The length of a range without `from`. */
const DEFAULT_SPAN_MS = { minute: DAY_MS, hour: 7 * DAY_MS, day: 90 * DAY_MS } as const;

type Given = string | number | undefined;

/** The buckets of a preview. Times are epoch milliseconds; `to` is exclusive. */
export interface PreviewRange {
  readonly from: number;
  readonly to: number;
}

/** The whole buckets between two times that are over and no longer wait for late events; or the faults of the times. */
export function findRange(
  given: { readonly from: Given; readonly to: Given },
  { interval, lateSeconds }: Pick<AlertRule, 'interval' | 'lateSeconds'>,
  now: number,
): PreviewRange | readonly Fault[] {
  const [from, to] = [timeOf(given.from), timeOf(given.to)];
  const faults = [...timeFault('from', given.from, from), ...timeFault('to', given.to, to)];
  if (faults.length > 0) return faults;
  const end = bucketStart(interval, Math.min(to ?? now, now - lateSeconds * 1000));
  const start = bucketStart(interval, Math.max(0, from ?? (to ?? now) - DEFAULT_SPAN_MS[interval]));
  const refusal = refuseRange({ from: start, to: Math.max(start, end) }, interval, now);
  return refusal === undefined ? { from: start, to: Math.max(start, end) } : [{ pointer: '/from', detail: refusal }];
}

function timeOf(given: Given): number | undefined {
  return given === undefined ? undefined : parseTime(String(given));
}

function timeFault(name: 'from' | 'to', given: Given, time: number | undefined): Fault[] {
  if (given === undefined || time !== undefined) return [];
  const detail =
    suggestForSeconds(String(given)) ?? 'must be an RFC 3339 time or epoch milliseconds, from 1970 to 9999';
  return [{ pointer: `/${name}`, detail }];
}

function refuseRange({ from, to }: PreviewRange, interval: AlertRule['interval'], now: number): string | undefined {
  if ((to - from) / BUCKET_MS[interval] > MAX_PREVIEWED_BUCKETS) {
    return `the range has more than ${MAX_PREVIEWED_BUCKETS} buckets of one ${interval}; ask for at most ${MAX_PREVIEWED_BUCKETS}`;
  }
  const keptSince = now - HOURS_KEPT_DAYS * DAY_MS;
  if (interval === 'day' || from >= keptSince) return undefined;
  return `minutes and hours are kept for ${HOURS_KEPT_DAYS} days, since ${formatTime(keptSince)}; ask for a later range`;
}
