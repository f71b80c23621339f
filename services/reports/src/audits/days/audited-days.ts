import { addDays, type Calendar, type LocalDay } from '@weir/calendar';

/** A day is audited when it ended this long ago: events of its last minutes may still be on their way. */
export const DUE_AFTER_MS = 3_600_000;
/** The schedule makes up for at most so many days. */
const MAX_DAYS = 7;
/** Hours are kept for 400 days. An audit reads whole UTC days, and may take a day itself. */
const KEPT_MS = 398 * 86_400_000;

/** Local days, both inclusive: `YYYY-MM-DD`. */
export interface DateRange {
  readonly from: string;
  readonly to: string;
}

/** The last local days that an audit may be due for, the oldest first. */
export function recentDays(calendar: Calendar, now: number): LocalDay[] {
  const { date: newest } = calendar.localDayAt(now - DUE_AFTER_MS);
  return daysOf(calendar, { from: addDays(newest, -MAX_DAYS), to: addDays(newest, -1) });
}

/** The days of a range. A date that the clocks left out is none. */
export function daysOf(calendar: Calendar, { from, to }: DateRange): LocalDay[] {
  const days: LocalDay[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const day = calendar.localDay(date);
    if (day) days.push(day);
  }
  return days;
}

/** One sentence about why a range cannot be audited; undefined if it can. */
export function problemOf(calendar: Calendar, { from, to }: DateRange, now: number): string | undefined {
  for (const date of [from, to]) {
    if (!calendar.localDay(date)) return `${date} is no date, or one that the stage's clocks left out.`;
  }
  if (from > to) return `${from} is later than ${to}: name the first day and then the last one.`;
  const { to: end = now } = calendar.localDay(to) ?? {};
  if (end > now) return `${to} has not ended: it ends at ${new Date(end).toISOString()}.`;
  const first = addDays(calendar.localDayAt(now - KEPT_MS).date, 1);
  if (from < first) return `${from} is too long ago: its hours are no longer kept. Ask for ${first} or a later day.`;
  return undefined;
}
