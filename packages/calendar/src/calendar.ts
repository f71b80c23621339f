import { type Range, type Start, startsIn, type ZoneSpans } from './bucket-starts.ts';
import type { Interval } from './intervals.ts';
import { DAY_MS, LOCAL_UNITS } from './local-units.ts';

/** A date as the clocks of a place show it, and its range in epoch milliseconds; `to` is exclusive. */
export interface LocalDay extends Range {
  /** `YYYY-MM-DD` */
  readonly date: string;
}

/** A range in whole buckets of an interval. Times are epoch milliseconds; `to` is exclusive. */
export interface IntervalRange extends Range {
  readonly interval: Interval;
}

/** The hours, days, weeks and months of one time zone. Minutes are those of UTC. */
export interface Calendar {
  /** The name of the zone, in its usual spelling. */
  readonly timeZone: string;
  /** The range, extended to whole buckets. */
  roundRange(range: IntervalRange): Range;
  /** The starts of all buckets of a rounded range, in order. */
  bucketStarts(range: IntervalRange): number[];
  /** Undefined for text that is no date, and for a date that the clocks left out. */
  localDay(date: string): LocalDay | undefined;
  localDayAt(instant: number): LocalDay;
}

/** The calendar of a place whose clocks follow `spansOf`. */
export function createCalendar(timeZone: string, spansOf: ZoneSpans): Calendar {
  const daysIn = (from: number, to: number) => startsIn({ from, to }, LOCAL_UNITS.day, spansOf);
  const startsOf = (interval: Interval, range: Range) =>
    startsIn(range, LOCAL_UNITS[interval], interval === 'minute' ? utcSpans : spansOf);
  return {
    timeZone,
    roundRange: ({ from, to, interval }) => {
      const { maxMs } = LOCAL_UNITS[interval];
      const before = startsOf(interval, { from: from - maxMs, to: from + 1 });
      const after = startsOf(interval, { from: to, to: to + maxMs + 1 });
      return { from: before.at(-1)?.at ?? from, to: after[0]?.at ?? to };
    },
    bucketStarts: ({ from, to, interval }) => startsOf(interval, { from, to }).map(({ at }) => at),
    localDay: (date) => {
      const day = dayOf(date);
      if (day === undefined) return undefined;
      const around = daysIn((day - 2) * DAY_MS, (day + 4) * DAY_MS);
      return dayFrom(
        around,
        around.findIndex(({ unit }) => unit === day),
      );
    },
    localDayAt: (instant) => {
      const around = daysIn(instant - 3 * DAY_MS, instant + 3 * DAY_MS);
      const found = dayFrom(
        around,
        around.findLastIndex(({ at }) => at <= instant),
      );
      if (!found) throw new Error(`no day of ${timeZone} contains ${instant}`);
      return found;
    },
  };
}

/** The clock of UTC. */
export const utcSpans: ZoneSpans = (from) => [{ from, offset: 0 }];

/** The date that is `days` later. */
export function addDays(date: string, days: number): string {
  const day = dayOf(date);
  if (day === undefined) throw new RangeError(`${date} is no date`);
  return dateOf(day + days);
}

function dayFrom(starts: readonly Start[], index: number): LocalDay | undefined {
  const [start, next] = [starts[index], starts[index + 1]];
  return start && next && { date: dateOf(start.unit), from: start.at, to: next.at };
}

/** The number of a date since 1970-01-01, or undefined. */
function dayOf(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
  // Date.parse takes 31 April for 1 May.
  return Number.isInteger(day) && dateOf(day) === date ? day : undefined;
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
