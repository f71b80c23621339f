import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamClient } from './aws/put-records.ts';
import { Producer } from './producer.ts';
import type { GivenUp } from './types.ts';

export interface ProducerOptions {
  readonly client: StreamClient;
  readonly streamName: string;
  /**
   * Called with events that the stream did not take: keep them, or log them. They have their ids and may be sent again.
   */
  readonly onGivenUp: (givenUp: GivenUp) => void;
  /** How long an event waits for others to share its call, in milliseconds; default 100. */
  readonly lingerMs?: number;
  /** The memory, approximately, that events in the buffer or on their way may take, in bytes; default 16 MiB. */
  readonly maxBufferedBytes?: number;
  /** The number of sends that may wait for room before further ones are refused; default 1,000. */
  readonly maxWaiting?: number;
  /** The number of calls at once; default 4. */
  readonly maxInFlight?: number;
  /** How long a call's events are tried, in milliseconds; default 60,000. */
  readonly maxAgeMs?: number;
  /**
   * Packs events into KPL-aggregated records: this is cheaper, but copies of an event are only recognised while no
   * range of hash keys spans two shards. `buckets` (default 64) is the number of ranges, a power of two.
   */
  readonly aggregation?: boolean | { readonly buckets?: number };
  /** Makes ids for events that have none; default random UUIDs. */
  readonly newId?: () => string;
}

const MIB = 1024 * 1024;
/** Four units of 25 KB, in which Kinesis bills puts. */
const MAX_AGGREGATE_BYTES = 96 * 1024;

/** A producer for one stream. Make one for a process and keep it; `flush` before a Lambda function returns. */
export function createProducer(options: ProducerOptions): Producer {
  const { client, streamName, onGivenUp, newId = randomUUID, maxAgeMs = 60_000, aggregation = false } = options;
  const { lingerMs = 100, maxBufferedBytes = 16 * MIB, maxWaiting = 1_000, maxInFlight = 4 } = options;
  const { buckets = 64 } = typeof aggregation === 'object' ? aggregation : {};
  if (!(buckets >= 1 && buckets <= 2 ** 16 && Number.isInteger(Math.log2(buckets)))) {
    throw new RangeError(`aggregation.buckets must be a power of two up to 65536, not ${buckets}`);
  }
  return new Producer(
    { client, streamName, maxAgeMs, now: Date.now, random: Math.random, sleep, newId, onGivenUp },
    {
      lingerMs,
      maxBufferedBytes,
      maxWaiting,
      maxInFlight,
      aggregation: aggregation ? { buckets, maxRecordBytes: MAX_AGGREGATE_BYTES } : undefined,
    },
  );
}
