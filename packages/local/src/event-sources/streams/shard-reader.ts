import type { Doorbell } from '../mappings/doorbell.ts';
import type { SourceClock } from '../mappings/source-clock.ts';
import type { ShardPosition, SourceRecord, StreamPort } from './stream-port.ts';
import type { StreamSettings } from './stream-settings.ts';

/** A batch to deliver, or the end of a closed shard. */
export type NextBatch =
  | { readonly kind: 'batch'; readonly records: readonly SourceRecord[] }
  | { readonly kind: 'closed' }
  | { readonly kind: 'stopped' };

/** Reads one shard batch by batch. */
export interface ShardReader {
  next(): Promise<NextBatch>;
}

/** Where a shard's reader begins. */
export interface ReaderStart {
  readonly position: ShardPosition;
  /** Records that arrived earlier (epoch ms) are skipped. */
  readonly since?: number;
}

/** What is needed to read a shard. */
export interface ShardReaderDeps {
  readonly shardId: string;
  readonly port: StreamPort;
  readonly settings: StreamSettings;
  readonly clock: SourceClock;
  readonly doorbell: Doorbell;
  readonly stopping: AbortSignal;
  /** Called with the last record that was skipped while none is held: everything up to it is done. */
  readonly passedOver: (sequenceNumber: string) => void;
  readonly log: (line: string) => void;
}

/** Lambda's limit on the payload of an invocation ("6 MB"), with room for the event around the records. */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024 - 1024;
/** How often an idle shard is read, as by Lambda; a write through the door rings earlier. */
const IDLE_POLL_MS = 1000;
/** How often more records are read while a window is open. */
const WINDOW_POLL_MS = 250;
const ERROR_PAUSE_MS = 1000;
/** About how much one read should return: a backlog of large records must not fill the memory. */
const READ_TARGET_BYTES = 8 * 1024 * 1024;
/** The most that one record may take: 1 MiB in base64. */
const LARGEST_RECORD_BYTES = 1_500_000;

/** Starts to read; the batching window opens with the first record of a batch. */
export function createShardReader(start: ReaderStart, deps: ShardReaderDeps): ShardReader {
  const { settings, clock, doorbell, stopping } = deps;
  const read = createRead(start.position, deps);
  const held: SourceRecord[] = [];
  let closed = false;

  const hold = (records: readonly SourceRecord[]) => {
    const wanted = records.filter(
      (record) => record.arrival * 1000 >= (start.since ?? 0) && settings.filter(record.filtered()),
    );
    held.push(...wanted);
    const last = records.at(-1);
    if (held.length === 0 && last !== undefined) deps.passedOver(last.sequenceNumber);
  };

  /** Reads once, and pauses if there were no records; true if there were. */
  const gather = async (windowEnd: number): Promise<boolean> => {
    const rung = doorbell.rung();
    const result = await read();
    closed = result.closed;
    hold(result.records);
    if (result.records.length > 0 || closed) return held.length > 0;
    if (held.length === 0) await doorbell.wait(rung, IDLE_POLL_MS);
    else await clock.sleep(Math.min(WINDOW_POLL_MS, Math.max(0, windowEnd - clock.now())), stopping);
    return false;
  };
  const isFull = () => closed || cutBatch(held, settings.batchSize).full;

  return {
    next: async () => {
      let windowEnd = held.length === 0 ? Number.POSITIVE_INFINITY : clock.now() + settings.batchWindowMs;
      while (!stopping.aborted && !isFull() && clock.now() < windowEnd) {
        const brought = await gather(windowEnd);
        if (brought) windowEnd = Math.min(windowEnd, clock.now() + settings.batchWindowMs);
      }
      if (stopping.aborted) return { kind: 'stopped' };
      const { count } = cutBatch(held, settings.batchSize);
      return count === 0 ? { kind: 'closed' } : { kind: 'batch', records: held.splice(0, count) };
    },
  };
}

/** How many of the held records one invocation takes, and whether no more would fit. */
function cutBatch(held: readonly SourceRecord[], batchSize: number): { count: number; full: boolean } {
  let total = 0;
  let count = 0;
  for (const { bytes } of held) {
    total += bytes;
    if (count > 0 && total > MAX_PAYLOAD_BYTES) return { count, full: true };
    count += 1;
    if (count === batchSize) return { count, full: true };
  }
  return { count, full: false };
}

/** Reads on from the end of the last read, with a new iterator after an error (iterators expire after five minutes). */
function createRead(start: ShardPosition, { shardId, port, settings, clock, stopping, log }: ShardReaderDeps) {
  let position = start;
  let iterator: string | undefined;
  let averageBytes = LARGEST_RECORD_BYTES;

  return async (): Promise<{ readonly records: readonly SourceRecord[]; readonly closed: boolean }> => {
    try {
      iterator ??= await port.iterator(shardId, position);
      const limit = Math.min(settings.batchSize, Math.max(1, Math.floor(READ_TARGET_BYTES / averageBytes)));
      const { records, next } = await port.read(shardId, iterator, limit);
      iterator = next;
      const last = records.at(-1);
      if (last !== undefined) {
        position = { from: 'AFTER', sequenceNumber: last.sequenceNumber };
        averageBytes = records.reduce((sum, { bytes }) => sum + bytes, 0) / records.length;
      }
      return { records, closed: next === undefined };
    } catch (error) {
      if (stopping.aborted) return { records: [], closed: false };
      log(`${shardId}: ${error instanceof Error ? error.message : String(error)}`);
      iterator = undefined;
      await clock.sleep(ERROR_PAUSE_MS, stopping);
      return { records: [], closed: false };
    }
  };
}
