import { type ArchiveArea, compress, digestOf, objectKey } from '@weir/archive';
import { MemoryObjectStore } from '@weir/archive/memory';

/** A refused event, as the quarantine has it. */
export interface RefusedEvent {
  readonly reason: string;
  readonly arrival: number;
  readonly sequenceNumber: string;
  readonly index?: number;
}

const AREA: ArchiveArea = 'quarantine';

/** Puts an object of the quarantine, as the consumer does for one batch; its events arrived in one hour. */
export async function quarantine(
  objects: MemoryObjectStore,
  { number, events }: { readonly number: number; readonly events: readonly RefusedEvent[] },
): Promise<void> {
  const lines = events.map(({ index = 0, ...event }) =>
    JSON.stringify({ detail: 'd', shardId: 'shard-0', index, ...event, data: 'AA==' }),
  );
  const name = { area: AREA, logId: '1.0', number, arrival: events[0]?.arrival ?? 0 };
  const digest = digestOf(number.toString(16).padStart(64, '0'));
  await objects.put(objectKey({ ...name, digest }), compress(Buffer.from(`${lines.join('\n')}\n`)));
}

/** An archive bucket without objects. */
export function emptyArchive(): MemoryObjectStore {
  return new MemoryObjectStore(() => 0);
}
