import type { StreamRecord } from '@weir/events';
import { createEventRecords } from '../decode/event-records.ts';

/** A steady flow of events through one shard. */
export interface Flow {
  readonly eventsPerSecond: number;
  readonly actions: number;
  /** The batching window of the event source. */
  readonly windowSeconds: number;
  /** Epoch milliseconds of the first arrival, a whole window. */
  readonly start: number;
  readonly seconds: number;
}

/** The batch of one invocation, and its time. */
export interface FlowBatch {
  /** Epoch milliseconds: the end of its window. */
  readonly at: number;
  readonly records: readonly StreamRecord[];
}

/**
 * The flow's batches in order of time. Ids are UUIDs, timestamps are up to two seconds before arrival, values in cents.
 */
export function* createFlow({ eventsPerSecond, actions, windowSeconds, start, seconds }: Flow): Iterable<FlowBatch> {
  const count = eventsPerSecond * windowSeconds;
  for (let from = start; from < start + seconds * 1000; from += windowSeconds * 1000) {
    const gapMs = 1000 / eventsPerSecond;
    const records = createEventRecords({ count, actions, start: from, gapMs, seed: from % 2 ** 32 });
    yield { at: from + windowSeconds * 1000, records };
  }
}
