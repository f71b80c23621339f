import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** One row of the sample: a domestic flight in the United States in the first quarter of 2001. */
export interface Flight {
  /** Local time of departure, read as UTC: epoch milliseconds. */
  readonly departure: number;
  readonly delayMinutes: number;
  readonly origin: string;
  readonly destination: string;
}

/** A row of `flights-20k.json`; `date` is `2001/03/31 22:27`. */
interface FlightRow {
  readonly date: string;
  readonly delay: number;
  readonly origin: string;
  readonly destination: string;
}

/** Reads the 20,000 flights of the `vega-datasets` package, in the order of the file, which is that of their dates. */
export async function readFlights(): Promise<Flight[]> {
  // The package exports only its index, which would load and parse every data set: the file is read beside it.
  const file = new URL('../data/flights-20k.json', import.meta.resolve('vega-datasets'));
  const rows: readonly FlightRow[] = JSON.parse(await readFile(fileURLToPath(file), 'utf8'));
  return rows.map(({ date, delay, origin, destination }) => ({
    departure: parseFlightDate(date),
    delayMinutes: delay,
    origin,
    destination,
  }));
}

/** `2001/01/31 22:27` as epoch milliseconds in UTC: `Date.parse` would use the machine's time zone. */
export function parseFlightDate(date: string): number {
  const parts = /^(\d{4})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2})$/.exec(date);
  if (parts === null) throw new Error(`not a date of the flights file: ${JSON.stringify(date)}`);
  const [year, month, day, hour, minute] = parts.slice(1).map(Number) as [number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute);
}
