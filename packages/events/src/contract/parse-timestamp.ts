import { eventSchema } from './event-schema.ts';

const dateTime = new RegExp(eventSchema.properties.timestamp.anyOf[1].pattern);
const DAY_MS = 24 * 60 * 60 * 1000;

/** Epoch milliseconds of an RFC 3339 string, cut to the millisecond; undefined if it is not one. */
export function parseTimestamp(text: string): number | undefined {
  const parts = dateTime.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHour = 0, offsetMinute = 0] = parts;
  const midnight = midnightOf(Number(year), Number(month), Number(day));
  if (midnight === undefined) return undefined;
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -1 : 1);
  const whole = midnight + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000;
  // RFC 3339, 5.7: second 60 exists only at the end of a UTC day; it is counted as the second after it.
  if (second === '60' && whole % DAY_MS !== 0) return undefined;
  return whole + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/**
 * Undefined if the month has no such day. `setUTCFullYear` is used because `Date.UTC` reads the years 0..99 as 19xx.
 */
function midnightOf(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day ? date.getTime() : undefined;
}
