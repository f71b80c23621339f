import { type LogItem, type LogStore, NOTHING_FOLDED } from '@weir/dynamodb';
import type { StreamShard } from '../consume/stream-topology.ts';
import type { Head, ShardBounds } from './shard-bounds.ts';
import type { StreamTip } from './stream-tip.ts';

/** The arrivals of a shard may go back a little, and this function's clock may be a little ahead of that of Kinesis. */
export const ARRIVAL_SLACK_MS = 5000;

export interface ClosedUpToDeps {
  readonly store: Pick<LogStore, 'list' | 'readBackwards'>;
  readonly stream: Pick<StreamTip, 'listShards'>;
  readonly bounds: Pick<ShardBounds, 'boundOf'>;
  readonly now: () => number;
}

/**
 * The time (epoch milliseconds) before which no record arrived that is not in a log yet, or will be: the least over all
 * shards. It is undefined if a shard without a log does not tell.
 *
 * The order of the reads proves it. The shards are listed first: a record on a shard that is made later arrives later.
 * A shard's head is read before what the shard holds past it: what is not past the head is in the log.
 */
export async function findClosedUpTo(deps: ClosedUpToDeps): Promise<number | undefined> {
  const { store, stream, bounds, now } = deps;
  const calledAt = now();
  const shards = await stream.listShards();
  const logs = new Map((await store.list()).map((item) => [item.logId, item]));
  const finished = ancestorsOf(shards, logs);
  const open = shards.filter(({ logId }) => !finished.has(logId));
  const arrivals = await Promise.all(
    open.map(async (shard) => {
      const head = await readHead(store, shard.logId, logs.get(shard.logId));
      return bounds.boundOf({ shard, head, calledAt });
    }),
  );
  const least = Math.min(calledAt, ...arrivals) - ARRIVAL_SLACK_MS;
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

/** The end of a log: of its newest entry, or of what is folded. Entries that have expired go in any order. */
async function readHead(store: ClosedUpToDeps['store'], logId: string, item: LogItem | undefined): Promise<Head> {
  const folded = item?.watermark ?? NOTHING_FOLDED;
  for await (const { number, header } of store.readBackwards(logId, { maxEntries: 1 })) {
    if (number > folded.number) return { position: header.to, arrival: header.lastArrival };
  }
  return folded;
}
