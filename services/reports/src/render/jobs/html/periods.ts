import { addDays } from '@weir/calendar';
import { formatDate, formatDayOfMonth, formatMonth, formatPlainDate } from '@weir/charts';
import type { SummaryResult } from '../../../kinds/results.ts';

export type PeriodUnit = 'day' | 'week' | 'month' | 'year';

/** Days of one period, together. */
export interface Period {
  readonly label: string;
  /** In full. */
  readonly name: string;
  readonly count: number;
}

export interface Periods {
  readonly unit: PeriodUnit;
  readonly periods: readonly Period[];
}

/** A column is some pixels wide on a telephone. */
const MOST_DAYS = 62;
const MOST_WEEKS = 62 * 7;
const MOST_MONTHS = 122 * 31;

/** The days of a summary in as many columns as a chart has room for. */
export function periodsOf(dates: SummaryResult['dates']): Periods {
  const unit = unitOf(dates.length);
  const { keyOf, labelOf, nameOf } = UNITS[unit];
  const counts = new Map<string, number>();
  for (const { date, count } of dates) counts.set(keyOf(date), (counts.get(keyOf(date)) ?? 0) + count);
  const periods = [...counts].map(([key, count]) => ({ label: labelOf(key), name: nameOf(key), count }));
  return { unit, periods };
}

function unitOf(days: number): PeriodUnit {
  if (days <= MOST_DAYS) return 'day';
  if (days <= MOST_WEEKS) return 'week';
  return days <= MOST_MONTHS ? 'month' : 'year';
}

interface Unit {
  /** The first date of the period. */
  readonly keyOf: (date: string) => string;
  readonly labelOf: (key: string) => string;
  readonly nameOf: (key: string) => string;
}

const UNITS: Readonly<Record<PeriodUnit, Unit>> = {
  day: { keyOf: (date) => date, labelOf: formatDayOfMonth, nameOf: formatDate },
  week: { keyOf: mondayOf, labelOf: formatDayOfMonth, nameOf: (key) => `Week of ${formatPlainDate(key)}` },
  month: { keyOf: (date) => `${date.slice(0, 7)}-01`, labelOf: (key) => key.slice(0, 7), nameOf: formatMonth },
  year: { keyOf: (date) => `${date.slice(0, 4)}-01-01`, labelOf: yearOf, nameOf: yearOf },
};

function mondayOf(date: string): string {
  return addDays(date, -((new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7));
}

function yearOf(key: string): string {
  return key.slice(0, 4);
}
