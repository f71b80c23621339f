import type { MemoryObjectStore } from '@weir/archive/memory';
import type { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { createAdmittedActions } from '@weir/ingest-stream/src/consume/admit-actions.ts';
import { Consumer } from '@weir/ingest-stream/src/consume/consume-batch.ts';
import { Sweeper } from '@weir/ingest-stream/src/sweep/sweep-logs.ts';
import { createConsumerFixture, SHARD_ID } from '@weir/ingest-stream/src/testing/consumer-fixture.ts';
import { createFlow } from '../writes/event-flow.ts';
import { eraseUsers } from './erase-users.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const CONFIG = { windowSeconds: 3600, entryTtlSeconds: 9 * 86_400, foldBudgetMs: MINUTE_MS, userActivity: false };
const ACTIONS = 20;
const ERASED = Array.from({ length: 20 }, (_, user) => `user-${user}`);
/** The hour in the middle of which the flow is: it has a closed hour, and ends a quarter past the next one. */
const HOUR = Date.UTC(2026, 0, 10, 11);
const END = HOUR + 15 * MINUTE_MS;
/** When the first hour has been swept. */
const ERASE_AT = HOUR + 12 * MINUTE_MS;

/** What the consumer made of a flow of events. */
export interface CountedFlow {
  readonly store: MemoryMetricsStore;
  readonly objects: MemoryObjectStore;
  readonly events: number;
  /** Lines that lost their user to the erasure. */
  readonly erasedLines: number;
  /** Epoch milliseconds: the night after it, when all hours are swept. */
  readonly night: number;
}

/**
 * Counts a flow of one shard with the real consumer, on a clock that jumps from second to second. Each minute the sweep
 * runs; near the end, 20 of the 5,000 users are erased.
 */
export async function countFlow({ eventsPerSecond, seconds }: FlowSize): Promise<CountedFlow> {
  const { clock, store, objects, deps } = createConsumerFixture();
  const actions = createAdmittedActions({ slots: store, maxActions: ACTIONS });
  const consumer = new Consumer({ ...deps, actions }, CONFIG);
  const sweeper = new Sweeper(deps);
  let [events, erasedLines] = [0, 0];
  const start = END - seconds * 1000;
  for (const { at, records } of createFlow({ eventsPerSecond, actions: ACTIONS, windowSeconds: 1, start, seconds })) {
    clock.now = at;
    const result = await consumer.consume({ shardId: SHARD_ID, records });
    if (result.kind === 'failed') throw result.error;
    events += records.length;
    if (at % MINUTE_MS === 0) await sweeper.sweep(Number.POSITIVE_INFINITY);
    if (at === ERASE_AT) erasedLines = await eraseUsers({ store, objects, now: deps.now }, ERASED);
  }
  clock.now = Math.ceil(END / (24 * HOUR_MS)) * 24 * HOUR_MS + 100 * MINUTE_MS;
  await sweeper.sweep(Number.POSITIVE_INFINITY);
  return { store, objects, events, erasedLines, night: clock.now };
}

export interface FlowSize {
  readonly eventsPerSecond: number;
  readonly seconds: number;
}
