import {
  type DayRow,
  DDSketch,
  emptyTotals,
  type HourRow,
  type HourSketches,
  HyperLogLog,
  mergeTotals,
  type Totals,
} from '@weir/aggregates';

/** One hour's rows of several logs as one. It empties the minutes of the rows: until sketches are read, it holds them. */
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

/** One day's rows of several logs as one. */
export function mergeDayRows(rows: readonly DayRow[]): DayRow {
  const totals = emptyTotals();
  for (const row of rows) mergeTotals(totals, row.totals);
  return withSketches({ totals }, rows);
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
