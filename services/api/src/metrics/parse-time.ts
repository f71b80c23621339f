import { parseTimestamp } from '@weir/events';

const EPOCH_MS = /^\d{1,15}$/;
/** An offset's `+` that was not percent-encoded arrives as a space; nothing else can be meant. */
const SPACE_FOR_PLUS = / (?=\d\d:\d\d$)/;

/** The last day that can be written with four digits: rounding up from here still can. */
const LAST_DAY = Date.UTC(9999, 11, 31);

/** Reads an instant as epoch milliseconds: RFC 3339, or epoch milliseconds themselves; from 1970 to 9999. */
export function parseTime(text: string): number | undefined {
  const time = EPOCH_MS.test(text) ? Number(text) : parseTimestamp(text.replace(SPACE_FOR_PLUS, '+'));
  return time !== undefined && time >= 0 && time <= LAST_DAY ? time : undefined;
}

/** An instant as answers write it: RFC 3339 in UTC with milliseconds. */
export function formatTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
