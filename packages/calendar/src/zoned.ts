import type { Range } from './bucket-starts.ts';
import type { Calendar, IntervalRange, LocalDay } from './calendar.ts';
import { zoneCalendar } from './zone-calendar.ts';

/** A range in buckets of a zone. Times are epoch milliseconds; `to` is exclusive. */
export interface ZonedRange extends IntervalRange {
  readonly timeZone: string;
}

/** Whether IANA has a zone of this name, in any case. */
export function isTimeZone(name: string): boolean {
  return zoneCalendar(name) !== undefined;
}

/** The range, extended to whole buckets. Throws for an unknown zone, as all of these do. */
export function roundRange(range: ZonedRange): Range {
  return calendarOf(range.timeZone).roundRange(range);
}

/** The starts of all buckets of a rounded range, in order, in epoch milliseconds. */
export function bucketStarts(range: ZonedRange): number[] {
  return calendarOf(range.timeZone).bucketStarts(range);
}

/** The range of a date in a zone; undefined for text that is no date, and for a date that the clocks left out. */
export function localDay(date: string, timeZone: string): LocalDay | undefined {
  return calendarOf(timeZone).localDay(date);
}

/** The date in a zone at an instant (epoch milliseconds), and its range. */
export function localDayAt(instant: number, timeZone: string): LocalDay {
  return calendarOf(timeZone).localDayAt(instant);
}

function calendarOf(timeZone: string): Calendar {
  const calendar = zoneCalendar(timeZone);
  if (!calendar) throw new RangeError(`there is no time zone ${timeZone}`);
  return calendar;
}
