import { type DuckDBConnection, listValue } from '@duckdb/node-api';

/** Periods of a zone: weeks begin on Monday. */
export interface Periods {
  readonly unit: 'day' | 'week' | 'month';
  readonly timeZone: string;
}

/** What DuckDB counts of one action in one period. */
export interface CountedPeriod {
  /** The first day, YYYY-MM-DD in the zone. */
  readonly date: string;
  readonly action: string;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** The values at the ranks of 50, 95 and 99 %. */
  readonly atRanks: readonly number[];
}

const DATE = `strftime(date_trunc($unit, timezone($timeZone, timezone('UTC', time))), '%Y-%m-%d')`;

interface Range {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

const ALWAYS: Range = { from: 0, to: Date.UTC(2100, 0, 1) };
const IN_RANGE = 'time >= make_timestamp(1000 * $from::bigint) and time < make_timestamp(1000 * $to::bigint)';

const rank = (share: number) => `sorted[greatest(1, ceil(${share} * len(sorted)))::int]`;
const FIGURES = `len(sorted), list_sum(sorted), sorted[1], sorted[-1], ${rank(0.5)}, ${rank(0.95)}, ${rank(0.99)}`;

/** Groups the flights by period and action, with the rules of DuckDB's own zones. */
export async function countPeriods(connection: DuckDBConnection, periods: Periods): Promise<CountedPeriod[]> {
  const result = await connection.runAndReadAll(
    `select date, action, ${FIGURES}
     from (select ${DATE} as date, action, list_sort(list(value)) as sorted from flights group by all)`,
    { ...periods },
  );
  return result.getRowsJS().map(toPeriod);
}

/** Dates of a zone, both inclusive: `YYYY-MM-DD`. */
export interface Dates {
  readonly timeZone: string;
  readonly first: string;
  readonly last: string;
}

const ON_DATES = `timezone($timeZone, timezone('UTC', time))::date between $first::date and $last::date`;

/** The flights of each action on some dates, together; `date` is the first. */
export async function countDates(connection: DuckDBConnection, dates: Dates): Promise<CountedPeriod[]> {
  const result = await connection.runAndReadAll(
    `select $first, action, ${FIGURES}
     from (select action, list_sort(list(value)) as sorted from flights where ${ON_DATES} group by all)`,
    { ...dates },
  );
  return result.getRowsJS().map(toPeriod);
}

/** The distinct users of each action on some dates. */
export async function usersOfDates(connection: DuckDBConnection, dates: Dates): Promise<Map<string, string[]>> {
  const result = await connection.runAndReadAll(
    `select action, list(distinct user_id) from flights where ${ON_DATES} group by all`,
    { ...dates },
  );
  return new Map(result.getRowsJS().map(([action, users]) => [String(action), users as unknown as string[]]));
}

function toPeriod([date, action, ...figures]: readonly unknown[]): CountedPeriod {
  const [count = 0, sum = 0, min = 0, max = 0, ...atRanks] = figures.map(Number);
  return { date: String(date), action: String(action), count, sum, min, max, atRanks };
}

/** The flights of each local hour in a range, by the hour's start (epoch milliseconds). */
export async function countHours(
  connection: DuckDBConnection,
  timeZone: string,
  range: Range,
): Promise<Map<number, number>> {
  // The minutes of the local time are those since the hour began, apart from an hour in which clocks change by half an
  // hour.
  const start = `time_bucket(interval 1 minute, time) - to_minutes(minute(timezone($timeZone, timezone('UTC', time))))`;
  const result = await connection.runAndReadAll(
    `select epoch_ms(${start}) as start, count(*) from flights where ${IN_RANGE} group by all`,
    { timeZone, ...range },
  );
  return new Map(result.getRowsJS().map(([hour, count]) => [Number(hour), Number(count)]));
}

/** The distinct users of each period and action that has flights between two times (epoch milliseconds). */
export async function* distinctUsers(connection: DuckDBConnection, periods: Periods, range: Range = ALWAYS) {
  const result = await connection.stream(
    `select ${DATE} as date, action, list(distinct user_id) from flights where ${IN_RANGE} group by all`,
    { ...periods, ...range },
  );
  for await (const rows of result.yieldRowsJs()) {
    for (const [date, action, users] of rows) {
      yield { date: String(date), action: String(action), users: users as string[] };
    }
  }
}

/** The local date and time of day of each instant (epoch milliseconds): `YYYY-MM-DD HH:MM:SS`. */
export async function localTimes(
  connection: DuckDBConnection,
  timeZone: string,
  instants: readonly number[],
): Promise<string[]> {
  const result = await connection.runAndReadAll(
    `select strftime(timezone($timeZone, to_timestamp(unnest($instants) / 1000)), '%Y-%m-%d %H:%M:%S')`,
    { timeZone, instants: listValue(instants.map((instant) => BigInt(instant))) },
  );
  return result.getRowsJS().map(([time]) => String(time));
}
