import type { Interval } from './intervals.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** 1970-01-01 is a Thursday: the week of its Monday began three days earlier. */
const DAYS_BEFORE_EPOCH = 3;

/**
 * One interval on the clock of a place. Local times are milliseconds since 1970-01-01T00:00 on that clock; units are
 * numbered in their order.
 */
export interface LocalUnit {
  /** The number of the unit that contains a local time. */
  at(local: number): number;
  /** The local time at which a unit begins. */
  startOf(unit: number): number;
  /** True if a unit that the clock shows twice is two buckets. An hour is; a day is one. */
  readonly repeats: boolean;
  /** No bucket is longer than this. */
  readonly maxMs: number;
}

/** The longest day has 24 hours and the largest change of clocks since 1970, which moved a date by a whole day. */
const MAX_CHANGE_MS = DAY_MS;

/** Each interval, by the clock of a place. */
export const LOCAL_UNITS: Readonly<Record<Interval, LocalUnit>> = {
  minute: fixed(MINUTE_MS, 0, true),
  hour: fixed(HOUR_MS, 0, true),
  day: fixed(DAY_MS, 0, false),
  week: fixed(7 * DAY_MS, DAYS_BEFORE_EPOCH * DAY_MS, false),
  month: { at: monthAt, startOf: startOfMonth, repeats: false, maxMs: 31 * DAY_MS + MAX_CHANGE_MS },
};

function fixed(lengthMs: number, before: number, repeats: boolean): LocalUnit {
  return {
    at: (local) => Math.floor((local + before) / lengthMs),
    startOf: (unit) => unit * lengthMs - before,
    repeats,
    maxMs: lengthMs + MAX_CHANGE_MS,
  };
}

function monthAt(local: number): number {
  const date = new Date(local);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function startOfMonth(month: number): number {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; no time here is as early.
  return Date.UTC(Math.floor(month / 12), month % 12);
}
