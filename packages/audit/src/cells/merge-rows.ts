import {
  type DayRow,
  DDSketch,
  decodeDayRow,
  decodeHourRow,
  emptyTotals,
  type HourRow,
  HyperLogLog,
  mergeTotals,
} from '@weir/aggregates';

/** Anything with the bytes of a row. */
interface Encoded {
  readonly body: Uint8Array;
}

/** Adds the row of an hour to another one. */
export function addHourBody(into: HourRow | undefined, { body }: Encoded): HourRow {
  const row = into ?? { minutes: new Map(), users: new HyperLogLog(), values: new DDSketch() };
  const added = decodeHourRow(body);
  for (const [minute, totals] of added.minutes) {
    const sum = row.minutes.get(minute) ?? emptyTotals();
    mergeTotals(sum, totals);
    row.minutes.set(minute, sum);
  }
  row.users.merge(added.users);
  row.values.merge(added.values);
  return row;
}

/** Adds the row of a day to another one. */
export function addDayBody(into: DayRow | undefined, { body }: Encoded): DayRow {
  const row = into ?? emptyDay();
  const added = decodeDayRow(body);
  mergeTotals(row.totals, added.totals);
  row.users.merge(added.users);
  row.values.merge(added.values);
  return row;
}

/** The day that these hours make; undefined if there is none. */
export function dayOfHours(hours: Iterable<HourRow>): DayRow | undefined {
  let day: DayRow | undefined;
  for (const hour of hours) {
    day ??= emptyDay();
    for (const totals of hour.minutes.values()) mergeTotals(day.totals, totals);
    day.users.merge(hour.users);
    day.values.merge(hour.values);
  }
  return day;
}

function emptyDay(): DayRow {
  return { totals: emptyTotals(), users: new HyperLogLog(), values: new DDSketch() };
}
