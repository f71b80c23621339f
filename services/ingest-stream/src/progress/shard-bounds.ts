import { decodeRecords, type Position, type StreamRecord } from '@weir/events';
import type { StreamShard } from '../consume/stream-topology.ts';
import type { StreamTip, TipStart } from './stream-tip.ts';

/** Where a shard was quiet for a day, Kinesis answers some 250 times without records before it comes to the tip. */
const MAX_PAGES = 100;
/** The sweep has other work, and runs again after a minute. */
const MAX_READ_MS = 40_000;
/** Kinesis knows the end of an answer for five minutes. */
const PLACE_KEPT_MS = 240_000;

/** The end of a log. */
export interface Head {
  readonly position: Position | undefined;
  /** The last arrival in the log. */
  readonly arrival: number | undefined;
}

export interface ShardState {
  readonly shard: StreamShard;
  readonly head: Head;
  /** When the shards were listed; epoch milliseconds. */
  readonly calledAt: number;
}

/** Where the last read of a shard ended: the log covers all that is before it. */
interface Place {
  /** The end of the log at that time. */
  readonly end: Position | undefined;
  /** Undefined at the end of a closed shard. */
  readonly next: string | undefined;
  readonly at: number;
}

export interface ShardBoundsDeps {
  readonly stream: Pick<StreamTip, 'readFrom'>;
  readonly now: () => number;
}

/**
 * Reads what shards hold past their logs. While a log does not grow, it goes on where it ended the last time: from the
 * end of the log, each minute's way to the tip would be longer than the one before.
 */
export class ShardBounds {
  readonly #deps: ShardBoundsDeps;
  readonly #places = new Map<string, Place>();

  constructor(deps: ShardBoundsDeps) {
    this.#deps = deps;
  }

  /** What is in the shard and not in the log arrived at this time or later; -Infinity if the shard does not tell. */
  async boundOf({ shard, head, calledAt }: ShardState): Promise<number> {
    const { stream, now } = this.#deps;
    const start = this.#takeStart(shard.logId, head);
    if (start === 'end') return Number.POSITIVE_INFINITY;
    let pages = 0;
    for await (const { records, isTip, next } of stream.readFrom(shard.shardId, start)) {
      const waiting = records.filter((record) => !isCovered(record, head.position)).map(({ arrival }) => arrival);
      if (waiting.length > 0) return Math.min(...waiting);
      this.#places.set(shard.logId, { end: head.position, next, at: now() });
      if (next === undefined) return Number.POSITIVE_INFINITY;
      if (isTip) return calledAt;
      if (++pages === MAX_PAGES || now() - calledAt > MAX_READ_MS) break;
    }
    return head.arrival ?? Number.NEGATIVE_INFINITY;
  }

  /** Forgets the place: if the read from it fails, the next one begins at the end of the log. */
  #takeStart(logId: string, { position }: Head): TipStart | 'end' {
    const place = this.#places.get(logId);
    const isKept = place !== undefined && isSamePosition(place.end, position);
    if (isKept && place.next === undefined) return 'end';
    this.#places.delete(logId);
    if (isKept && place.next !== undefined && this.#deps.now() - place.at < PLACE_KEPT_MS) return { next: place.next };
    return { sequenceNumber: position?.sequenceNumber };
  }
}

function isSamePosition(one: Position | undefined, other: Position | undefined): boolean {
  return one?.sequenceNumber === other?.sequenceNumber && one?.index === other?.index;
}

/** Whether the log covers all of a record. An entry may end in the middle of one. */
function isCovered(record: StreamRecord, end: Position | undefined): boolean {
  if (!end || record.sequenceNumber > end.sequenceNumber) return false;
  if (record.sequenceNumber < end.sequenceNumber) return true;
  return (decodeRecords([record]).at(-1)?.index ?? 0) <= end.index;
}
