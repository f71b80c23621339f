import { MemoryObjectStore } from '@weir/archive/memory';
import type { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { padSequenceNumber, type StreamRecord } from '@weir/events';
import { createAdmittedActions } from '@weir/ingest-stream/src/consume/admit-actions.ts';
import { createConsumerFixture } from '@weir/ingest-stream/src/testing/consumer-fixture.ts';
import type { Flight } from './flights.ts';

const SHARDS = 2;
const BATCH = 10_000;
const HOUR_MS = 3_600_000;

/** Forgets what is put: a test of counts needs no archive of six million lines. */
class NoObjects extends MemoryObjectStore {
  override async put(): Promise<void> {}
}

/**
 * Counts flights with the consumer of the service, in batches of two shards by turns. Each flight arrives within the
 * hour in which it leaves. The newest entries of each log stay unfolded, as on any day.
 */
export async function countFlights(groups: AsyncIterable<readonly Flight[]>): Promise<MemoryMetricsStore> {
  const fixture = createConsumerFixture({ objects: new NoObjects(() => 0) });
  const shards = new Map(
    Array.from({ length: SHARDS }, (_, n) => {
      const shardId = `shardId-00000000000${n}`;
      return [
        shardId,
        { shardId, logId: `1751000000.${n}`, parents: [], hashRange: { start: '0', end: String(2n ** 128n - 1n) } },
      ];
    }),
  );
  const locate = async (shardId: string) => {
    const shard = shards.get(shardId);
    if (!shard) throw new Error(`no shard ${shardId}`);
    return shard;
  };
  Object.assign(fixture.deps, {
    topology: { locate, shardOf: locate },
    actions: createAdmittedActions({ slots: fixture.store, maxActions: 10 }),
  });
  const consumer = fixture.newConsumer({ userActivity: false });
  let batches = 0;
  for await (const flights of batchesOf(groups)) {
    const last = flights.at(-1)?.timestamp ?? 0;
    fixture.clock.now = last + HOUR_MS;
    const shardId = [...shards.keys()][batches % SHARDS] as string;
    const records = flights.map((flight, n) => recordOf(flight, batches * BATCH + n + 1));
    const result = await consumer.consume({ shardId, records });
    if (result.kind === 'failed') throw result.error;
    batches++;
  }
  return fixture.store;
}

async function* batchesOf(groups: AsyncIterable<readonly Flight[]>): AsyncGenerator<Flight[]> {
  let batch: Flight[] = [];
  for await (const group of groups) {
    batch.push(...group);
    for (; batch.length >= BATCH; batch = batch.slice(BATCH)) yield batch.slice(0, BATCH);
  }
  if (batch.length > 0) yield batch;
}

function recordOf(flight: Flight, number: number): StreamRecord {
  return {
    sequenceNumber: padSequenceNumber(String(number)),
    partitionKey: flight.userId,
    arrival: flight.timestamp,
    data: Buffer.from(JSON.stringify(flight)).toString('base64'),
  };
}
