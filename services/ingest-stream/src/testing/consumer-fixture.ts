import { logEntryLifeSeconds } from '@weir/aggregates';
import { MemoryObjectStore } from '@weir/archive/memory';
import { createActivityStore } from '@weir/dynamodb';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { padSequenceNumber, type StreamRecord } from '@weir/events';
import { silentLog, silentMeter } from '@weir/logging';
import { createAdmittedActions } from '../consume/admit-actions.ts';
import { type ConsumeDeps, Consumer } from '../consume/consume-batch.ts';
import { createEventHashes } from '../consume/event-hashes.ts';

export const SHARD_ID = 'shardId-000000000000';
export const LOG_ID = '1764000000.0';
export const NOW = Date.UTC(2026, 0, 10, 11, 30);

/** A consumer over a table and a bucket in memory, with a clock that a test moves. */
export function createConsumerFixture(overrides: Partial<ConsumeDeps> = {}) {
  const clock = { now: NOW };
  const now = () => clock.now;
  const store = new MemoryMetricsStore();
  const objects = new MemoryObjectStore(now);
  const shard = {
    shardId: SHARD_ID,
    logId: LOG_ID,
    parents: [],
    hashRange: { start: '0', end: String(2n ** 128n - 1n) },
  };
  const deps: ConsumeDeps = {
    store,
    objects,
    topology: { locate: async () => shard, shardOf: async () => shard },
    actions: createAdmittedActions({ slots: store, maxActions: 2 }),
    hashes: createEventHashes({ secrets: store, newSecret: () => 'secret' }),
    now,
    log: silentLog,
    meter: silentMeter,
    ...overrides,
  };
  const newConsumer = ({ userActivity = true } = {}) =>
    new Consumer(deps, {
      windowSeconds: 3600,
      entryTtlSeconds: logEntryLifeSeconds(168),
      foldBudgetMs: 1000,
      userActivity,
    });
  const reader = createMetricsReader({ store, now });
  return { clock, store, objects, deps, newConsumer, reader, activity: createActivityStore({ store, now }) };
}

/** Records that hold the given texts, one each. */
export function recordsOf(texts: readonly (string | Uint8Array)[], { first = 1, arrival = NOW } = {}): StreamRecord[] {
  return texts.map((text, i) => ({
    sequenceNumber: padSequenceNumber(String(first + i)),
    partitionKey: 'key',
    arrival: arrival + i,
    data: Buffer.from(text).toString('base64'),
  }));
}

export function eventText(fields: Record<string, unknown> = {}): string {
  return JSON.stringify({ userId: 'u1', action: 'a', timestamp: NOW, value: 2, ...fields });
}
