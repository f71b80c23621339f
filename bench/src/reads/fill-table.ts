import {
  type ActionDelta,
  DeltaBuilder,
  encodeDayRow,
  encodeHourRow,
  encodeLogEntry,
  foldIntoDayRow,
  foldIntoHourRow,
  type LogEntry,
} from '@weir/aggregates';
import type { MetricsStore, RowKey, RowWrite } from '@weir/dynamodb';
import { decodeRecords } from '@weir/events';
import { createHashEvent } from '@weir/ingest-stream/src/consume/event-hashes.ts';
import { IdWindow } from '@weir/ingest-stream/src/consume/id-window.ts';
import { planEntry } from '@weir/ingest-stream/src/consume/plan-entry.ts';
import { createEventRecords } from '../decode/event-records.ts';

/** The day (epoch milliseconds) and the action of the queries. */
export const DAY = Date.UTC(2026, 0, 15);
export const ACTION = 'action.0';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const DAY_HOURS = 24;
/** January, and the day after it, in which a month of New York ends. */
const MONTH_DAYS = Array.from({ length: 32 }, (_, at) => Date.UTC(2026, 0, 1) / DAY_MS + at);
/** Entries that the rows hold. */
const FOLDED = 999;
const EVENTS_A_MINUTE = 30;
const USERS = 5_000;
/** The rate of each shard; with an entry a second. */
const EVENTS_PER_SECOND = 100;
const TTL = 2_000_000_000;
const hashEvent = createHashEvent('secret');

/** Some shards, and how much of each one's log is not folded: the newest minutes. */
export interface FillOptions {
  readonly shards: number;
  readonly tailBytes: number;
}

export interface Filled {
  /** Appends one more entry to each log. */
  append(): Promise<void>;
}

/** Fills a table with a day of hours, as the consumer would, without the consumer. */
export function fillDay(store: MetricsStore, options: FillOptions): Promise<Filled> {
  return fillLogs(store, options, (logId) => {
    const hours = Array.from({ length: DAY_HOURS }, (_, hour) => DAY / HOUR_MS + hour);
    return hours.map((hour) => rowOf({ kind: 'hour', subject: ACTION, bucket: hour, logId }, hourBody(hour)));
  });
}

/**
 * Fills a table with the days of a month and the day after it, and with the hours of the first and the last of them, or
 * of all. Rows of one kind have the same body.
 */
export function fillMonth(
  store: MetricsStore,
  { everyHour, ...options }: FillOptions & { readonly everyHour: boolean },
): Promise<Filled> {
  const isWithHours = (at: number) => everyHour || at === 0 || at === MONTH_DAYS.length - 1;
  const hours = MONTH_DAYS.filter((_, at) => isWithHours(at)).flatMap((day) =>
    Array.from({ length: DAY_HOURS }, (_, hour) => day * DAY_HOURS + hour),
  );
  return fillLogs(store, options, (logId) => {
    const [hour, day] = [hourBody(DAY / HOUR_MS), dayBody(DAY / DAY_MS)];
    return [
      ...MONTH_DAYS.map((bucket) => rowOf({ kind: 'day', subject: ACTION, bucket, logId }, day)),
      ...hours.map((bucket) => rowOf({ kind: 'hour', subject: ACTION, bucket, logId }, hour)),
    ];
  });
}

async function fillLogs(
  store: MetricsStore,
  { shards, tailBytes }: FillOptions,
  rowsOf: (logId: string) => RowWrite[],
): Promise<Filled> {
  const logs = Array.from({ length: shards }, (_, shard) => ({ logId: `1.${shard}`, shard, next: FOLDED + 1 }));
  for (const { logId } of logs) {
    await store.register(logId, []);
    await store.raiseWatermark(logId, { number: FOLDED, position: undefined, arrival: DAY });
    await store.writeRows(rowsOf(logId));
  }
  const append = async (log: (typeof logs)[number]) => {
    const body = encodeLogEntry(entryAt(log.next, log.shard));
    await store.append(log.logId, { number: log.next++, body }, TTL);
    return body.length;
  };
  for (const log of logs) for (let bytes = 0; bytes < tailBytes; ) bytes += await append(log);
  return {
    append: async () => {
      for (const log of logs) await append(log);
    },
  };
}

function rowOf(key: RowKey, body: Uint8Array): RowWrite {
  return { key, upTo: FOLDED, body, madeFrom: undefined, expiresAt: TTL };
}

function hourBody(hour: number): Uint8Array {
  return encodeHourRow(foldIntoHourRow(undefined, deltaOf(hour * HOUR_MS, 60), hour));
}

function dayBody(day: number): Uint8Array {
  return encodeDayRow(foldIntoDayRow(undefined, deltaOf(day * DAY_MS, DAY_HOURS * 60), day));
}

function deltaOf(from: number, minutes: number): ActionDelta {
  const builder = new DeltaBuilder();
  for (let minute = 0; minute < minutes; minute++) {
    for (let i = 0; i < EVENTS_A_MINUTE; i++) {
      const value = Math.floor(Math.random() * 100_000) / 100;
      builder.add(ACTION, from + minute * 60_000, value, `user-${Math.floor(Math.random() * USERS)}`);
    }
  }
  const delta = builder.build().get(ACTION);
  if (!delta) throw new Error('nothing was added');
  return delta;
}

/** The entry of one second near the day's end. */
function entryAt(number: number, shard: number): LogEntry {
  const start = DAY + 23.9 * HOUR_MS + (number - FOLDED) * 1000;
  const records = createEventRecords({ count: EVENTS_PER_SECOND, start, seed: number * 97 + shard });
  const { content } = planEntry(decodeRecords(records), {
    shardId: `${shard}`,
    from: undefined,
    window: new IdWindow(0),
    windowSeconds: 0,
    hashEvent,
    nameFor: (action) => action,
    userActivity: false,
  });
  return { ...content, appendedAt: start + 1000, archive: '0'.repeat(32), quarantine: undefined };
}
