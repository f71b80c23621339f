import { parseTimestamp, suggestMilliseconds } from '@weir/events';

const EPOCH_MS = /^\d{1,15}$/;
const NUMBER = /^\d+(?:\.\d*)?$/;
/** A `+` in an offset that was not percent-encoded arrives as a space. It cannot mean anything else. */
const SPACE_FOR_PLUS = / (?=\d\d:\d\d$)/;

/** The last time that RFC 3339 can write: a year has four digits. */
export const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Reads a time as epoch milliseconds: RFC 3339, or epoch milliseconds; from 1970 to 9999. */
export function parseTime(text: string): number | undefined {
  if (suggestForSeconds(text) !== undefined) return undefined;
  const time = EPOCH_MS.test(text) ? Number(text) : parseTimestamp(text.replace(SPACE_FOR_PLUS, '+'));
  return time !== undefined && time >= 0 && time <= LAST_TIME ? time : undefined;
}

/** What to send instead of seconds; undefined for every other text. */
export function suggestForSeconds(text: string): string | undefined {
  return NUMBER.test(text) ? suggestMilliseconds(Number(text)) : undefined;
}

/**
 * A time in the form of answers: RFC 3339 in UTC with milliseconds. The end of the year 9999, to which a range may be
 * rounded up, is written one millisecond early, as the next year has five digits.
 */
export function formatTime(epochMs: number): string {
  return new Date(Math.min(epochMs, LAST_TIME)).toISOString();
}
