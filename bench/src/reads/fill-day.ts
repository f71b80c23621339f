import {
  DeltaBuilder,
  encodeHourRow,
  encodeLogEntry,
  foldIntoHourRow,
  type HourRow,
  type LogEntry,
} from '@weir/aggregates';
import type { MetricsStore, RowWrite } from '@weir/dynamodb';
import { decodeRecords } from '@weir/events';
import { createHashEvent } from '@weir/ingest-stream/src/consume/event-hashes.ts';
import { IdWindow } from '@weir/ingest-stream/src/consume/id-window.ts';
import { planEntry } from '@weir/ingest-stream/src/consume/plan-entry.ts';
import { createEventRecords } from '../decode/event-records.ts';

/** The day (epoch milliseconds) and the action of the queries. */
export const DAY = Date.UTC(2026, 0, 15);
export const ACTION = 'action.0';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** Entries that the rows hold. */
const FOLDED = 999;
const EVENTS_A_MINUTE = 30;
const USERS = 5_000;
/** The rate of each shard; with an entry a second. */
const EVENTS_PER_SECOND = 100;
const TTL = 2_000_000_000;
const hashEvent = createHashEvent('secret');

/** A day of one action, counted by several shards. The newest minutes of each shard are still in its log. */
export interface DayOptions {
  readonly shards: number;
  readonly tailBytes: number;
}

export interface FilledDay {
  readonly tailEntries: number;
  /** Appends one more entry to each log. */
  append(): Promise<void>;
}

/** Fills a table as the consumer would, without the consumer. */
export async function fillDay(store: MetricsStore, { shards, tailBytes }: DayOptions): Promise<FilledDay> {
  const logs = Array.from({ length: shards }, (_, shard) => ({ logId: `1.${shard}`, shard, next: FOLDED + 1 }));
  for (const { logId } of logs) {
    await store.register(logId, []);
    await store.raiseWatermark(logId, { number: FOLDED, position: undefined, arrival: DAY });
    await store.writeRows(dayRows(logId));
  }
  const append = async (log: (typeof logs)[number]) => {
    const body = encodeLogEntry(entryAt(log.next, log.shard));
    await store.append(log.logId, { number: log.next++, body }, TTL);
    return body.length;
  };
  for (const log of logs) for (let bytes = 0; bytes < tailBytes; ) bytes += await append(log);
  return {
    tailEntries: logs.reduce((sum, { next }) => sum + next - FOLDED - 1, 0),
    append: async () => {
      for (const log of logs) await append(log);
    },
  };
}

function dayRows(logId: string): RowWrite[] {
  return Array.from({ length: DAY_HOURS }, (_, hour) => {
    const bucket = DAY / HOUR_MS + hour;
    const key = { kind: 'hour' as const, subject: ACTION, bucket, logId };
    return { key, upTo: FOLDED, body: encodeHourRow(hourRow(bucket)), madeFrom: undefined, expiresAt: TTL };
  });
}

function hourRow(hour: number): HourRow {
  const builder = new DeltaBuilder();
  for (let minute = 0; minute < 60; minute++) {
    for (let i = 0; i < EVENTS_A_MINUTE; i++) {
      const value = Math.floor(Math.random() * 100_000) / 100;
      builder.add(ACTION, hour * HOUR_MS + minute * 60_000, value, `user-${Math.floor(Math.random() * USERS)}`);
    }
  }
  const delta = builder.build().get(ACTION);
  if (!delta) throw new Error('nothing was added');
  return foldIntoHourRow(undefined, delta, hour);
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
