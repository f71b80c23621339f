import { addDays, type Calendar, type LocalDay } from '@weir/calendar';
import { compareText } from '../compare-text.ts';

/** A day is reported when it ended this long ago: events of its last minutes may still be on their way. */
export const DUE_AFTER_MS = 2 * 3_600_000;
/** The most days that one run reports. */
export const MAX_DAYS = 7;
/** Hours are kept for 400 days. A report needs those of its day and of the seven days before; two days are to spare. */
const KEPT_MS = 390 * 86_400_000;

/** The state of the schedule. Times are epoch milliseconds. */
export interface ScheduleState {
  /** The day that is reported next; undefined before the first report. */
  readonly nextDay: string | undefined;
  /** The time of the earliest event; undefined if there is none. */
  readonly firstEventAt: number | undefined;
  readonly now: number;
}

/**
 * The days that need a report, the oldest first. A stage without a report begins with the day of its first event, but
 * at most `MAX_DAYS` back: an event may be much older than the stage.
 */
export function dueDays(calendar: Calendar, { nextDay, firstEventAt, now }: ScheduleState): LocalDay[] {
  const { date: today } = calendar.localDayAt(now);
  const first = nextDay ?? (firstEventAt === undefined ? undefined : firstDay(calendar, firstEventAt, now));
  if (first === undefined) return [];
  const oldest = firstKeptDay(calendar, now);
  const days: LocalDay[] = [];
  for (let date = laterOf(first, oldest); date <= today && days.length < MAX_DAYS; date = addDays(date, 1)) {
    const day = calendar.localDay(date);
    // A date that the clocks left out has no report.
    if (day && day.to + DUE_AFTER_MS <= now) days.push(day);
  }
  return days;
}

function firstDay(calendar: Calendar, firstEventAt: number, now: number): string {
  const newest = addDays(calendar.localDayAt(now - DUE_AFTER_MS).date, -1);
  const oldest = addDays(newest, 1 - MAX_DAYS);
  return laterOf(calendar.localDayAt(firstEventAt).date, oldest);
}

/** The later of two dates. */
export function laterOf(one: string, other: string): string {
  return [one, other].sort(compareText)[1] as string;
}

/** The first day of which all hours are kept that a report needs. */
export function firstKeptDay(calendar: Calendar, now: number): string {
  return addDays(calendar.localDayAt(now - KEPT_MS).date, 1);
}
