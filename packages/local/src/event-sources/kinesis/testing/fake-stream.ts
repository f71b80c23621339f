import type { KinesisPort, Shard, StreamRecord } from '../kinesis-port.ts';

/** A stream in memory, with the parts of Kinesis that a source sees. */
export interface FakeStream extends KinesisPort {
  addShard(shardId: string, parents?: readonly string[]): void;
  close(shardId: string): void;
  put(shardId: string, records: readonly StreamRecord[]): void;
  /** The limits that were asked for, read by read. */
  readonly limits: number[];
}

/** A record with a sequence number of one width. */
export function record(number: number, arrivalMs = 1_764_000_000_000, data = 'e30='): StreamRecord {
  return {
    sequenceNumber: String(number).padStart(6, '0'),
    partitionKey: `k${number}`,
    data,
    arrival: arrivalMs / 1000,
  };
}

/** Creates a stream without shards. An iterator is `<shard>:<index of the next record>`. */
export function createFakeStream(): FakeStream {
  const shards = new Map<string, { shard: Shard; records: StreamRecord[]; closed: boolean }>();
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
    put: (shardId, records) => find(shardId).records.push(...records),
    creation: async () => '1',
    shards: async () => [...shards.values()].map(({ shard }) => shard),
    iterator: async (shardId, position) => {
      const { records } = find(shardId);
      if (position.from !== 'AFTER') return `${shardId}:${position.from === 'LATEST' ? records.length : 0}`;
      return `${shardId}:${records.findIndex(({ sequenceNumber }) => sequenceNumber === position.sequenceNumber) + 1}`;
    },
    read: async (iterator, limit) => {
      limits.push(limit);
      const [shardId = '', at] = iterator.split(':');
      const { records, closed } = find(shardId);
      const found = records.slice(Number(at), Number(at) + limit);
      const ended = closed && Number(at) + found.length === records.length;
      return { records: found, next: ended ? undefined : `${shardId}:${Number(at) + found.length}` };
    },
  };
}
