import type { MemoryObjectStore } from '@weir/archive/memory';
import type { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { createAdmittedActions } from '@weir/ingest-stream/src/consume/admit-actions.ts';
import { Consumer } from '@weir/ingest-stream/src/consume/consume-batch.ts';
import { Sweeper } from '@weir/ingest-stream/src/sweep/sweep-logs.ts';
import { createConsumerFixture, SHARD_ID } from '@weir/ingest-stream/src/testing/consumer-fixture.ts';
import { createFlow, type FlowBatch } from '../writes/event-flow.ts';
import { eraseUsers } from './erase-users.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const CONFIG = { windowSeconds: 3600, entryTtlSeconds: 9 * 86_400, foldBudgetMs: MINUTE_MS, userActivity: false };
const ACTIONS = 20;
const ERASED = Array.from({ length: 20 }, (_, user) => `user-${user}`);
/** Half of the flow begins here. */
const FIRST = Date.UTC(2026, 0, 10, 8);
/** The other half ends here, when the sweep has done with the hours of the first. */
const END = FIRST + 3 * HOUR_MS + 15 * MINUTE_MS;
/** In the second half. An erasure rewrites hours that the sweep has done with, and comes to the others later. */
const ERASE_AT = END - 3 * MINUTE_MS;

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
 * runs; in the second half of the flow, 20 of the 5,000 users are erased.
 */
export async function countFlow({ eventsPerSecond, seconds }: FlowSize): Promise<CountedFlow> {
  const { clock, store, objects, deps } = createConsumerFixture();
  const actions = createAdmittedActions({ slots: store, maxActions: ACTIONS });
  const consumer = new Consumer({ ...deps, actions }, CONFIG);
  const sweeper = new Sweeper(deps);
  let [events, erasedLines] = [0, 0];
  for (const { at, records } of halvesOf({ eventsPerSecond, seconds })) {
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

function* halvesOf({ eventsPerSecond, seconds }: FlowSize): Iterable<FlowBatch> {
  const half = { eventsPerSecond, actions: ACTIONS, windowSeconds: 1, seconds: seconds / 2 };
  for (const start of [FIRST, END - half.seconds * 1000]) yield* createFlow({ ...half, start });
}

export interface FlowSize {
  readonly eventsPerSecond: number;
  readonly seconds: number;
}
