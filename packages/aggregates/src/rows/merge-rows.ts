import { DDSketch } from '../sketches/ddsketch.ts';
import type { HourSketches } from '../sketches/hour-sketches.ts';
import { HyperLogLog } from '../sketches/hyper-log-log.ts';
import { emptyTotals, mergeTotals, type Totals } from '../totals/totals.ts';
import type { DayRow } from './day-row.ts';
import type { HourRow } from './hour-row.ts';

/**
 * Rows of the same hour as one. It empties the minutes of the rows, which must not be used again: it holds the rows until
 * sketches are read.
 */
export function mergeHourRows(rows: readonly HourRow[]): HourRow {
  const minutes = new Map<number, Totals>();
  for (const row of rows) {
    for (const [minute, totals] of row.minutes) {
      const into = minutes.get(minute) ?? emptyTotals();
      mergeTotals(into, totals);
      minutes.set(minute, into);
    }
    row.minutes.clear();
  }
  return withSketches({ minutes }, rows);
}

/** Rows of the same day as one. */
export function mergeDayRows(rows: readonly DayRow[]): DayRow {
  const totals = emptyTotals();
  for (const row of rows) mergeTotals(totals, row.totals);
  return withSketches({ totals }, rows);
}

/** A day that is made of its hours. */
export function dayOfHours(hours: readonly HourRow[]): DayRow {
  const totals = emptyTotals();
  for (const { minutes } of hours) for (const minute of minutes.values()) mergeTotals(totals, minute);
  return withSketches({ totals }, hours);
}

/** The sketches are merged when they are first read: minutes do not need them. */
function withSketches<Own extends object>(own: Own, rows: readonly HourSketches[]): Own & HourSketches {
  let left = rows;
  let merged: HourSketches | undefined;
  const sketches = () => {
    merged ??= mergeSketches(left);
    left = [];
    return merged;
  };
  return {
    ...own,
    get users() {
      return sketches().users;
    },
    get values() {
      return sketches().values;
    },
  };
}

function mergeSketches(rows: readonly HourSketches[]): HourSketches {
  const users = new HyperLogLog();
  const values = new DDSketch();
  for (const row of rows) {
    users.merge(row.users);
    values.merge(row.values);
  }
  return { users, values };
}
