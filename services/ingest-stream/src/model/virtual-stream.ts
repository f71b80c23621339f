import { createHash } from 'node:crypto';
import { shardLogId } from '@weir/dynamodb';
import { aggregateRecords, padSequenceNumber, type StreamRecord } from '@weir/events';
import type { StreamShard, StreamTopology } from '../consume/stream-topology.ts';
import type { Random } from './random.ts';

/** An event as a producer sends it. In the archive, `eid` shows which lines are copies of one event. */
export interface ProducedEvent {
  readonly eid: number;
  readonly id?: string;
  readonly action: string;
  readonly timestamp: number;
  readonly value: number;
  readonly userId: string;
}

/** A record as a perfect observer knows it: `events[i]` has index i, and is undefined if the text is no event. */
export interface VirtualRecord extends StreamRecord {
  readonly events: readonly (ProducedEvent | undefined)[];
  /** The indexes of events that the KPL put into the wrong shard. */
  readonly misplaced: ReadonlySet<number>;
}

const KEYS = 2 ** 32;
const HIGH_BITS = 96n;

interface ShardOptions {
  readonly number: number;
  /** The creation of its stream, in epoch milliseconds. */
  readonly createdAt: number;
  readonly parents: readonly VirtualShard[];
  /** Hash keys, the high 32 bits: from (inclusive), to (exclusive). */
  readonly range: readonly [number, number];
}

export class VirtualShard {
  readonly id: string;
  readonly createdAt: number;
  readonly parents: readonly VirtualShard[];
  readonly from: number;
  readonly to: number;
  readonly records: VirtualRecord[] = [];
  isOpen = true;
  /** The number of records that the event source mapping has finished. */
  checkpoint = 0;

  constructor({ number, createdAt, parents, range: [from, to] }: ShardOptions) {
    this.id = `shardId-${String(number).padStart(12, '0')}`;
    this.createdAt = createdAt;
    this.parents = parents;
    this.from = from;
    this.to = to;
  }

  get isRead(): boolean {
    return !this.isOpen && this.checkpoint >= this.records.length;
  }

  takes(partitionKey: string): boolean {
    const key = hashKey(partitionKey);
    return this.from <= key && key < this.to;
  }
}

/** A Kinesis stream that keeps everything, splits and merges. */
export class VirtualStream implements StreamTopology {
  /** The shards of the present stream. */
  shards: VirtualShard[] = [];
  /** Also the shards of deleted streams with the same name. */
  readonly everyShard: VirtualShard[] = [];
  #createdAt = 0;
  #sequence = 0;

  constructor(createdAt: number, shards: number) {
    this.remake(createdAt, shards);
  }

  /** Deletes the stream and creates it again: shard ids and sequence numbers start again. */
  remake(createdAt: number, shards: number): void {
    this.#createdAt = createdAt;
    this.#sequence = 0;
    this.shards = [];
    const bound = (i: number) => Math.floor((KEYS / shards) * i);
    for (let i = 0; i < shards; i++) this.#add([], [bound(i), bound(i + 1)]);
  }

  /** Puts a record. `text` holds its events, and is encoded as UTF-8. */
  put(record: Pick<VirtualRecord, 'partitionKey' | 'arrival' | 'events'>, text: string): void {
    const shard = this.shardFor(record.partitionKey);
    this.#append(shard, { ...record, misplaced: new Set(), data: Buffer.from(text).toString('base64') });
  }

  /**
   * A KPL with an old map of the shards. Returns the events that belong to another shard, as the KPL sends them again.
   */
  putAggregate(partitionKey: string, arrival: number, events: readonly ProducedEvent[]): ProducedEvent[] {
    const shard = this.shardFor(partitionKey);
    const misplaced = new Set<number>();
    for (const [i, { id = '' }] of events.entries()) if (!shard.takes(id)) misplaced.add(i);
    const bytes = aggregateRecords(
      events.map((event) => ({ partitionKey: event.id ?? '', data: Buffer.from(eventText(event)) })),
    );
    this.#append(shard, { partitionKey, arrival, events, misplaced, data: Buffer.from(bytes).toString('base64') });
    return events.filter((_, i) => misplaced.has(i));
  }

  shardFor(partitionKey: string): VirtualShard {
    const shard = this.shards.find((candidate) => candidate.isOpen && candidate.takes(partitionKey));
    if (!shard) throw new Error('the open shards cover every key');
    return shard;
  }

  reshard(random: Random): void {
    const open = this.shards.filter(({ isOpen }) => isOpen).sort((a, b) => a.from - b.from);
    const at = random.between(0, open.length - 1);
    const [left, right] = [open[at], open[at + 1]];
    if (!left) return;
    left.isOpen = false;
    if (right && random.chance(0.5)) {
      right.isOpen = false;
      this.#add([left, right], [left.from, right.to]);
    } else {
      const middle = random.between(left.from + 1, left.to - 1);
      this.#add([left], [left.from, middle]);
      this.#add([left], [middle, left.to]);
    }
  }

  async locate(shardId: string): Promise<StreamShard> {
    const shard = this.shards.find(({ id }) => id === shardId);
    if (!shard) throw new Error(`no shard ${shardId}`);
    return this.streamShardOf(shard);
  }

  async shardOf(logId: string): Promise<StreamShard | undefined> {
    return this.shards.map((shard) => this.streamShardOf(shard)).find((found) => found.logId === logId);
  }

  streamShardOf({ id, createdAt, parents, from, to }: VirtualShard): StreamShard {
    return {
      shardId: id,
      logId: shardLogId(createdAt, id),
      parents: parents.map((parent) => shardLogId(createdAt, parent.id)),
      hashRange: { start: String(BigInt(from) << HIGH_BITS), end: String((BigInt(to) << HIGH_BITS) - 1n) },
    };
  }

  #append(shard: VirtualShard, record: Omit<VirtualRecord, 'sequenceNumber'>): void {
    this.#sequence++;
    shard.records.push({ ...record, sequenceNumber: padSequenceNumber(String(this.#sequence)) });
  }

  #add(parents: readonly VirtualShard[], range: readonly [number, number]): void {
    const shard = new VirtualShard({ number: this.shards.length, createdAt: this.#createdAt, parents, range });
    this.shards.push(shard);
    this.everyShard.push(shard);
  }
}

export function eventText(event: ProducedEvent): string {
  return JSON.stringify(event);
}

/** The first 32 bits of the hash key: fine enough for a simulation. */
function hashKey(partitionKey: string): number {
  return Number.parseInt(createHash('md5').update(partitionKey).digest('hex').slice(0, 8), 16);
}
