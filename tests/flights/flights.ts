import { fileURLToPath } from 'node:url';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** Three million flights in the United States, from January to June 2001; the time is local, read here as UTC. */
const FLIGHTS = fileURLToPath(new URL('../../node_modules/vega-datasets/data/flights-3m.parquet', import.meta.url));
const USERS = 50_000;
const ACTIONS = 5;

/**
 * Two copies of the flights, shifted by whole weeks: one is from July to December 2025, one from January to June 2026.
 * Between them, every zone with summer time changes its clocks twice or more.
 */
const SHIFTED_WEEKS = [1278, 1304];

export const ACTION_NAMES = Array.from({ length: ACTIONS }, (_, n) => `flight.${n}`);

/** A flight as an event: epoch milliseconds of departure, and the delay in minutes. */
export interface Flight {
  readonly timestamp: number;
  readonly userId: string;
  readonly action: string;
  readonly value: number;
}

/** Opens the flights as the view `flights` (time, user_id, action, value), in a DuckDB of their own. */
export async function openFlights(): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`set timezone = 'UTC'`);
  await connection.run(`
    create table flights as
    select date + to_weeks(shift) as time, 'p' || (file_row_number % ${USERS}) as user_id,
      'flight.' || (file_row_number % ${ACTIONS}) as action, delay as value
    from read_parquet('${FLIGHTS}', file_row_number = true), (select unnest([${SHIFTED_WEEKS.join(', ')}]) as shift)
    order by time`);
  return connection;
}

/** All flights in order of time, in groups. */
export async function* readFlights(connection: DuckDBConnection): AsyncGenerator<Flight[]> {
  const result = await connection.stream(
    'select epoch_ms(time) as time, user_id, action, value from flights order by time',
  );
  for await (const rows of result.yieldRowsJs()) {
    yield rows.map(([time, userId, action, value]) => ({
      timestamp: Number(time),
      userId: String(userId),
      action: String(action),
      value: Number(value),
    }));
  }
}
