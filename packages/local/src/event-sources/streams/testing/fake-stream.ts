import type { Shard, SourceRecord, StreamPort } from '../stream-port.ts';

/** A stream in memory, with the parts of Kinesis that a source uses. */
export interface FakeStream extends StreamPort {
  addShard(shardId: string, parents?: readonly string[]): void;
  close(shardId: string): void;
  put(shardId: string, records: readonly SourceRecord[]): void;
  shardOf(number: number): string;
  /** The limits that the reads asked for, in order. */
  readonly limits: number[];
}

/** A record whose sequence number has a fixed width. */
export function record(number: number, arrivalMs = 1_764_000_000_000, bytes?: number): SourceRecord {
  const eventRecord = { number, isEven: number % 2 === 0 };
  return {
    sequenceNumber: String(number).padStart(6, '0'),
    arrival: arrivalMs / 1000,
    eventRecord,
    bytes: bytes ?? Buffer.byteLength(JSON.stringify(eventRecord)) + 1,
    filtered: () => ({ fields: eventRecord }),
  };
}

/** The numbers of the records in an event. */
export function numbersOf(event: object): number[] {
  return (event as { Records: { number: number }[] }).Records.map(({ number }) => number);
}

/** Creates a stream without shards. An iterator is `<shard>:<index of the next record>`. */
export function createFakeStream(): FakeStream {
  const shards = new Map<string, { shard: Shard; records: SourceRecord[]; closed: boolean }>();
  const limits: number[] = [];
  const find = (shardId: string) => {
    const found = shards.get(shardId);
    if (found === undefined) throw new Error(`no shard ${shardId}`);
    return found;
  };
  return {
    limits,
    addShard: (shardId, parents = []) =>
      shards.set(shardId, { shard: { shardId, parents }, records: [], closed: false }),
    close: (shardId) => {
      find(shardId).closed = true;
    },
    shardOf: (number) =>
      [...shards].find(([, { records }]) =>
        records.some(({ sequenceNumber }) => Number(sequenceNumber) === number),
      )?.[0] ?? '',
    put: (shardId, records) => find(shardId).records.push(...records),
    shards: async () => [...shards.values()].map(({ shard }) => shard),
    iterator: async (shardId, position) => {
      const { records } = find(shardId);
      if (position.from !== 'AFTER') return `${shardId}:${position.from === 'LATEST' ? records.length : 0}`;
      return `${shardId}:${records.findIndex(({ sequenceNumber }) => sequenceNumber === position.sequenceNumber) + 1}`;
    },
    read: async (shardId, iterator, limit) => {
      limits.push(limit);
      const at = iterator.split(':')[1];
      const { records, closed } = find(shardId);
      const found = records.slice(Number(at), Number(at) + limit);
      const ended = closed && Number(at) + found.length === records.length;
      return { records: found, next: ended ? undefined : `${shardId}:${Number(at) + found.length}` };
    },
  };
}
