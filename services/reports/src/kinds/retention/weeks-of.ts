import { addDays, type Calendar } from '@weir/calendar';

const DAY_MS = 86_400_000;
const THURSDAY = 4;

/** A week of a time zone: it begins on Monday. */
export interface Week {
  /** The ISO week: `2026-W40`. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly start: number;
}

/** The weeks that a range touches, in order. The first may begin before the range, and the last end after it. */
export function weeksOf(calendar: Calendar, range: { readonly from: number; readonly to: number }): Week[] {
  const whole = { ...calendar.roundRange({ ...range, interval: 'week' }), interval: 'week' } as const;
  return calendar.bucketStarts(whole).map((start) => ({ name: isoWeek(calendar.localDayAt(start).date), start }));
}

/** A week belongs to the year of its Thursday. */
function isoWeek(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  const thursday = addDays(date, THURSDAY - weekday);
  const year = thursday.slice(0, 4);
  const day = (Date.parse(`${thursday}T00:00:00Z`) - Date.parse(`${year}-01-01T00:00:00Z`)) / DAY_MS;
  return `${year}-W${String(Math.floor(day / 7) + 1).padStart(2, '0')}`;
}
