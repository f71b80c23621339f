import { hash64 } from '@weir/aggregates';
import type { Collector } from './method/by-user-method.ts';
import { EVENT_RECORD_BYTES, eventRecords, writeEventRecord } from './runs/event-record.ts';
import { RunBuffer } from './runs/run-buffer.ts';

/** Collects a record of each event. */
export function createEventCollector(runBytes?: number): Collector {
  const buffer = new RunBuffer(eventRecords, runBytes);
  const hash = new Uint32Array(2);
  return {
    add({ userId, timestamp, arrival }, action) {
      const at = buffer.claim(EVENT_RECORD_BYTES);
      if (at === undefined) return false;
      hash64(userId, hash);
      writeEventRecord(buffer.bytes, at, { hash, timestamp, arrival, action });
      return true;
    },
    get isEmpty() {
      return buffer.isEmpty;
    },
    takeSorted: () => buffer.takeSorted(),
  };
}
