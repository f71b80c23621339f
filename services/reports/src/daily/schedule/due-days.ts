import { addDays, type Calendar, type LocalDay } from '@weir/calendar';
import { laterDate } from '../later-date.ts';

/** A day is reported when it ended this long ago: events of its last minutes may still be on their way. */
export const DUE_AFTER_MS = 2 * 3_600_000;
/** The top users of a day are counted from this time after its end on. */
const PREPARED_AFTER_MS = 3_600_000;
/** Until so long after its end, a report waits for the audit and the top users of its day. */
export const WAITS_UNTIL_MS = 4 * 3_600_000;
/** The most days that one run reports. */
export const MAX_DAYS = 7;
/** Hours are kept for 400 days. A report needs those of its day and of the seven days before; two days are to spare. */
const KEPT_MS = 390 * 86_400_000;

/** The state of the schedule. Times are epoch milliseconds. */
export interface ScheduleState {
  /** The day that is reported next; undefined if there is none. */
  readonly nextDay: string | undefined;
  readonly now: number;
}

/** The days that need a report, the oldest first. */
export function dueDays(calendar: Calendar, { nextDay, now }: ScheduleState): LocalDay[] {
  if (nextDay === undefined) return [];
  const { date: today } = calendar.localDayAt(now);
  const oldest = firstKeptDay(calendar, now);
  const days: LocalDay[] = [];
  for (let date = laterDate(nextDay, oldest); date <= today && days.length < MAX_DAYS; date = addDays(date, 1)) {
    const day = calendar.localDay(date);
    // A date that the clocks left out has no report.
    if (day && day.to + DUE_AFTER_MS <= now) days.push(day);
  }
  return days;
}

/** The newest day that is due. */
export function newestDueDay(calendar: Calendar, now: number): string {
  return addDays(calendar.localDayAt(now - DUE_AFTER_MS).date, -1);
}

/** The day that has ended, and is not due yet, and whose top users can be counted. */
export function dayToPrepare(calendar: Calendar, now: number): LocalDay | undefined {
  const day = calendar.localDay(addDays(calendar.localDayAt(now - PREPARED_AFTER_MS).date, -1));
  return day && day.to + PREPARED_AFTER_MS <= now && now < day.to + DUE_AFTER_MS ? day : undefined;
}

/** The first day of which all hours are kept that a report needs. */
export function firstKeptDay(calendar: Calendar, now: number): string {
  return addDays(calendar.localDayAt(now - KEPT_MS).date, 1);
}
