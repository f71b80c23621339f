import { type LogItem, type LogStore, NOTHING_FOLDED } from '@weir/dynamodb';
import { decodeRecords, type Position, type StreamRecord } from '@weir/events';
import type { StreamShard } from '../consume/stream-topology.ts';
import type { StreamTip } from './stream-tip.ts';

/** The arrivals of a shard may go back a little, and this function's clock may be a little ahead of that of Kinesis. */
export const ARRIVAL_SLACK_MS = 5000;
/** Kinesis may answer with no records although there are some further on. */
const MAX_PAGES = 10;

export interface ClosedUpToDeps {
  readonly store: Pick<LogStore, 'list' | 'readBackwards'>;
  readonly stream: StreamTip;
  readonly now: () => number;
}

/**
 * The time (epoch milliseconds) before which no record arrived that is not in a log yet, or will be: the least over all
 * shards. It is undefined if a shard without a log does not tell.
 *
 * The order of the reads proves it. The shards are listed first: a record on a shard that is made later arrives later.
 * A shard's head is read before what the shard holds past it: what is not past the head is in the log.
 */
export async function findClosedUpTo({ store, stream, now }: ClosedUpToDeps): Promise<number | undefined> {
  const calledAt = now();
  const shards = await stream.listShards();
  const logs = new Map((await store.list()).map((item) => [item.logId, item]));
  const finished = ancestorsOf(shards, logs);
  const open = shards.filter(({ logId }) => !finished.has(logId));
  const bounds = await Promise.all(
    open.map(async (shard) => {
      const head = await readHead(store, shard.logId, logs.get(shard.logId));
      return boundOf(stream, { shard, head, calledAt });
    }),
  );
  const least = Math.min(calledAt, ...bounds) - ARRIVAL_SLACK_MS;
  return Number.isFinite(least) ? least : undefined;
}

/** The ancestors of shards that have a log: Lambda reads a shard to its end before its children. */
function ancestorsOf(shards: readonly StreamShard[], logs: ReadonlyMap<string, LogItem>): ReadonlySet<string> {
  const parentsOf = new Map(shards.map(({ logId, parents }) => [logId, parents]));
  const found = new Set<string>();
  const left = shards.flatMap(({ logId, parents }) => (logs.has(logId) ? parents : []));
  for (let logId = left.pop(); logId !== undefined; logId = left.pop()) {
    if (found.has(logId)) continue;
    found.add(logId);
    left.push(...(parentsOf.get(logId) ?? []));
  }
  return found;
}

interface Head {
  readonly position: Position | undefined;
  /** The last arrival in the log. */
  readonly arrival: number | undefined;
}

/** The end of a log: of its newest entry, or of what is folded. Entries that have expired go in any order. */
async function readHead(store: ClosedUpToDeps['store'], logId: string, item: LogItem | undefined): Promise<Head> {
  const folded = item?.watermark ?? NOTHING_FOLDED;
  for await (const { number, header } of store.readBackwards(logId, { maxEntries: 1 })) {
    if (number > folded.number) return { position: header.to, arrival: header.lastArrival };
  }
  return folded;
}

interface ShardState {
  readonly shard: StreamShard;
  readonly head: Head;
  readonly calledAt: number;
}

/** What is in the shard and not in the log arrived at this time or later; -Infinity if the shard does not tell. */
async function boundOf(stream: StreamTip, { shard, head, calledAt }: ShardState): Promise<number> {
  let pages = 0;
  for await (const { records, isTip, isEnd } of stream.readFrom(shard.shardId, head.position?.sequenceNumber)) {
    const next = records.filter((record) => !isCovered(record, head.position)).map(({ arrival }) => arrival);
    if (next.length > 0) return Math.min(...next);
    if (isEnd) return Number.POSITIVE_INFINITY;
    if (isTip) return calledAt;
    if (++pages === MAX_PAGES) break;
  }
  return head.arrival ?? Number.NEGATIVE_INFINITY;
}

/** Whether the log covers all of a record. An entry may end in the middle of one. */
function isCovered(record: StreamRecord, end: Position | undefined): boolean {
  if (!end || record.sequenceNumber > end.sequenceNumber) return false;
  if (record.sequenceNumber < end.sequenceNumber) return true;
  return (decodeRecords([record]).at(-1)?.index ?? 0) <= end.index;
}
