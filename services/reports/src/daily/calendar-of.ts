import { type Calendar, zoneCalendar } from '@weir/calendar';

/** The calendar of a time zone; throws if there is none of this name. */
export function calendarOf(timeZone: string): Calendar {
  const calendar = zoneCalendar(timeZone);
  if (!calendar) throw new RangeError(`there is no time zone ${timeZone}`);
  return calendar;
}
