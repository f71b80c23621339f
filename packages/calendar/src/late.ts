import { loadLate } from '@weir/late-loading';
import { type Calendar, createCalendar, utcSpans } from './calendar.ts';

const UTC = createCalendar('UTC', utcSpans);
const load = loadLate(() => import('./zone-calendar.ts'));

/**
 * The calendar of a zone of IANA, in any case; undefined if there is no such zone. UTC needs no rules: for it, the
 * library of time zones is not loaded.
 */
export async function openCalendar(timeZone: string): Promise<Calendar | undefined> {
  return timeZone === UTC.timeZone ? UTC : (await load()).zoneCalendar(timeZone);
}

export type { Range } from './bucket-starts.ts';
export type { Calendar, IntervalRange, LocalDay } from './calendar.ts';
export type { Interval } from './intervals.ts';
