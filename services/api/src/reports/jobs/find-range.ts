import type { Calendar } from '@weir/calendar/late';
import { hasItsHours, planSeries } from '@weir/dynamodb/series-plan';
import type { Fault } from '../../http/answers/problem.ts';
import { formatTime } from '../../times/parse-time.ts';
import {
  type AskedKind,
  MAX_FUNNEL_DAYS,
  MAX_RETENTION_WEEKS,
  MAX_SUMMARY_DAYS,
  ZONED_SUMMARY_DAYS,
} from './limits.ts';

const DAY_MS = 86_400_000;
/** A day of 25 hours, or a year with fewer hours than others, makes a range no longer by more than this. */
const CLOCKS_MS = 2 * DAY_MS;

/** Times are epoch milliseconds; `to` is exclusive. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** The range that is counted, or the fault of the one that was asked for. */
export function findRange(
  { kind, from, to }: Range & { readonly kind: AskedKind },
  calendar: Calendar,
  now: number,
): Range | Fault {
  if (from >= to) return { pointer: '/from', detail: 'must be before to' };
  if (from > now) return { pointer: '/from', detail: `must not be in the future; it is ${formatTime(now)}` };
  if (kind === 'summary') return findDays({ from, to }, calendar, now);
  const refusal = kind === 'retention' ? refuseRetention({ from, to }, calendar) : refuseFunnel({ from, to });
  return refusal === undefined ? { from, to } : { pointer: '/from', detail: refusal };
}

/** The local days that a summary touches. */
function findDays(asked: Range, calendar: Calendar, now: number): Range | Fault {
  const tooLong = `the range is longer than ${MAX_SUMMARY_DAYS} days; ask for at most ${MAX_SUMMARY_DAYS}`;
  // Days are listed only if there cannot be too many to list.
  if (asked.to - asked.from > MAX_SUMMARY_DAYS * DAY_MS + CLOCKS_MS) return { pointer: '/from', detail: tooLong };
  const range = calendar.roundRange({ ...asked, interval: 'day' });
  const starts = calendar.bucketStarts({ ...range, interval: 'day' });
  if (starts.length > MAX_SUMMARY_DAYS) return { pointer: '/from', detail: tooLong };
  const keptSince = now - ZONED_SUMMARY_DAYS * DAY_MS;
  if (hasItsHours(planSeries({ starts, to: range.to, interval: 'day' }), keptSince)) return range;
  const rule = `days in ${calendar.timeZone} need single hours, which are kept from ${formatTime(keptSince)} on`;
  return { pointer: '/from', detail: `${rule}; ask for a later range, or for the time zone UTC` };
}

function refuseRetention(asked: Range, calendar: Calendar): string | undefined {
  const why = 'as each week is compared with all later weeks';
  const tooLong = `the range touches more than ${MAX_RETENTION_WEEKS} weeks; ask for at most ${MAX_RETENTION_WEEKS}, ${why}`;
  if (asked.to - asked.from > MAX_RETENTION_WEEKS * 7 * DAY_MS + CLOCKS_MS) return tooLong;
  const range = calendar.roundRange({ ...asked, interval: 'week' });
  return calendar.bucketStarts({ ...range, interval: 'week' }).length > MAX_RETENTION_WEEKS ? tooLong : undefined;
}

function refuseFunnel({ from, to }: Range): string | undefined {
  if (to - from <= MAX_FUNNEL_DAYS * DAY_MS) return undefined;
  return `the range is longer than ${MAX_FUNNEL_DAYS} days; ask for at most ${MAX_FUNNEL_DAYS}`;
}
