import { createHash } from 'node:crypto';
import { DeltaBuilder, encodeDayRow, foldIntoDayRow } from '@weir/aggregates';
import { compress, digestOf, type ObjectStore, runObjectKey } from '@weir/archive';
import type { MetricsStore, RowWrite } from '@weir/dynamodb';
import { ACTIONS, eventsOf, linesOf, positionOf, YEAR_HOURS, type YearEvent } from './year-events.ts';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** An hour is an entry, so that its run has one. */
const LAST_ENTRY = YEAR_HOURS - 1;
const LOG_ID = '1735000000.0';
const WRITERS = 16;

export interface Year {
  /** The first hour, since the epoch. */
  readonly fromHour: number;
  readonly eventsPerHour: number;
}

/** Fills the table and the bucket as a year of one log would, without its events having been sent. */
export async function fillYear(store: MetricsStore, objects: ObjectStore, year: Year): Promise<{ bytes: number }> {
  await store.register(LOG_ID, []);
  let bytes = 0;
  const days = Array.from({ length: YEAR_HOURS / DAY_HOURS }, (_, day) => day).values();
  const fillDays = async () => {
    for (const day of days) {
      const ofDay = await fillDay(store, objects, { ...year, day });
      bytes += ofDay;
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, fillDays));
  const arrival = (year.fromHour + YEAR_HOURS) * HOUR_MS - 1;
  const position = positionOf(YEAR_HOURS * year.eventsPerHour - 1);
  await store.raiseWatermark(LOG_ID, { number: LAST_ENTRY, position, arrival });
  return { bytes };
}

async function fillDay(
  store: MetricsStore,
  objects: ObjectStore,
  { fromHour, eventsPerHour, day }: Year & { readonly day: number },
): Promise<number> {
  const builder = new DeltaBuilder();
  let bytes = 0;
  for (let entry = day * DAY_HOURS; entry < (day + 1) * DAY_HOURS; entry++) {
    const hour = fromHour + entry;
    const events = eventsOf(hour, eventsPerHour);
    for (const { action, timestamp, value, userId } of events) builder.add(action, timestamp, value, userId);
    const body = compress(Buffer.from(linesOf(events, entry * eventsPerHour)));
    const digest = digestOf(createHash('sha256').update(body).digest('hex'));
    const run = { logId: LOG_ID, from: entry, to: entry, hour, digest, swept: true };
    await objects.put(runObjectKey(run) ?? '', body);
    await store.addRun(run);
    bytes += body.length;
  }
  await store.writeRows(rowsOf(builder, (fromHour + day * DAY_HOURS) / DAY_HOURS));
  return bytes;
}

function rowsOf(builder: DeltaBuilder, day: number): RowWrite[] {
  return [...builder.build()].map(([subject, delta]) => ({
    key: { kind: 'day', subject, bucket: day, logId: LOG_ID },
    upTo: LAST_ENTRY,
    body: encodeDayRow(foldIntoDayRow(undefined, delta, day)),
    madeFrom: undefined,
    expiresAt: undefined,
  }));
}

/** What the answers must say. */
export function countsOf({ fromHour, eventsPerHour }: Year): { events: number; users: number; firstStep: number } {
  const [users, visitors] = [new Set<string>(), new Set<string>()];
  for (let entry = 0; entry < YEAR_HOURS; entry++) {
    for (const event of eventsOf(fromHour + entry, eventsPerHour)) {
      users.add(event.userId);
      if (isFirstStep(event)) visitors.add(event.userId);
    }
  }
  return { events: YEAR_HOURS * eventsPerHour, users: users.size, firstStep: visitors.size };
}

function isFirstStep({ action }: YearEvent): boolean {
  return action === ACTIONS[0];
}
