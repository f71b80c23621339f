import { setTimeout as sleep } from 'node:timers/promises';
import { FLIGHT_ACTION_PREFIX, flightEvents } from '../sample/flight-events.ts';
import { readFlights } from '../sample/flights.ts';
import { countedFlights, untilFlightsCounted } from '../sample/load-sample.ts';
import type { Progress } from '../terminal/progress.ts';
import { addBooks, type Book, bookOf, HOUR_MS } from './book.ts';
import { compareBooks, compareListed, type Difference } from './compare-books.ts';
import { readBook } from './read-book.ts';
import { demoTable, differenceLines } from './report.ts';
import { type Doors, sendFlights } from './send-flights.ts';

/** 20,000 events and their copies were counted within seconds in our tries; a busy machine may take longer. */
const COUNTING_TIMEOUT_MS = 120_000;

/** If a copy were counted wrongly, it would be counted within this time after the last event. */
const SETTLE_MS = 2_000;

interface Comparison {
  readonly expected: Book;
  readonly actual: Book;
  readonly differences: readonly Difference[];
}

/**
 * Sends the sample over HTTP and to Kinesis, and compares every hour that the API returns with the file. True if all
 * agree.
 */
export async function runDemo(doors: Doors, progress: Progress, write: (line: string) => void): Promise<boolean> {
  const now = Date.now();
  const events = flightEvents(await readFlights(), `demo-${now.toString(36)}`, now);
  const sent = bookOf(events);
  const before = await progress.during('read what is there', readFlightBook(doors, events, now));
  const countedBefore = await countedFlights(doors.api);
  const { overHttp, byKinesis, sentTwice } = await progress.during('sent the flights', sendFlights(doors, events));
  write(`          ${overHttp} over HTTP, ${byKinesis} by Kinesis, ${sentTwice} of them again with the same ids`);
  const target = countedBefore + events.length;
  await progress.during('waited until they were counted', untilFlightsCounted(doors.api, target, COUNTING_TIMEOUT_MS));
  await sleep(SETTLE_MS);
  const after = await progress.during('read every hour', readFlightBook(doors, events, now));
  const expected = addBooks(before, sent);
  const differences = [...compareBooks(expected, after), ...compareListed(expected, await doors.api.actions())];
  return report({ expected, actual: after, differences }, write);
}

/** Every hour of every flight action that the API knows or that is to be sent. */
async function readFlightBook(
  { api }: Doors,
  events: readonly { readonly action: string; readonly timestamp: number }[],
  now: number,
): Promise<Book> {
  const seen = (await api.actions()).filter(({ action }) => action.startsWith(FLIGHT_ACTION_PREFIX));
  const earliest = Math.min(...seen.map(({ firstSeen }) => Date.parse(firstSeen)), ...events.map((e) => e.timestamp));
  const latest = Math.max(now, ...seen.map(({ lastSeen }) => Date.parse(lastSeen)));
  const actions = seen.map(({ action }) => action);
  return readBook(api, actions, { from: earliest, to: latest + HOUR_MS });
}

function report({ expected, actual, differences }: Comparison, write: (line: string) => void): boolean {
  const hours = [...expected.values()].reduce((sum, { size }) => sum + size, 0);
  write(`\n${demoTable(expected, actual, differences)}\n`);
  if (differences.length === 0) {
    write(`Exact: count, sum, min and max of ${hours} hours of ${expected.size} actions are those of the file.`);
    return true;
  }
  write(`WRONG: ${differences.length} numbers of ${hours} hours differ.`);
  for (const line of differenceLines(differences)) write(line);
  return false;
}
