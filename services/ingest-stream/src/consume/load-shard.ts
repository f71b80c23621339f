import { type LogItem, type LogStore, NOTHING_FOLDED, oneByOne, type Watermark } from '@weir/dynamodb';
import type { StreamRecord } from '@weir/events';
import { type Head, ShardMemory } from './shard-memory.ts';
import type { StreamShard, StreamTopology } from './stream-topology.ts';

/** The arrival times of a shard may go back a little. So a cold start reads this much further back. */
const ARRIVAL_SLACK_MS = 300_000;

export interface LoadShardDeps {
  readonly store: LogStore;
  readonly topology: StreamTopology;
}

export interface LoadShardOptions {
  readonly windowSeconds: number;
  /** The batch that is being consumed. */
  readonly records: readonly StreamRecord[];
  readonly now: number;
}

/**
 * A cold start: reads the head and the window of ids from the shard's own log and from the logs of all its ancestors,
 * as far back as the window goes. The log is read before its item: if an entry is folded and expires in between, the
 * item covers it. How far back to read follows from arrivals and not from the clock: a batch may be days old.
 */
export async function loadShard(
  deps: LoadShardDeps,
  shard: StreamShard,
  options: LoadShardOptions,
): Promise<ShardMemory | undefined> {
  await deps.store.register(shard.logId, shard.parents);
  const before = await deps.store.find(shard.logId);
  const firstArrival = firstArrivalPast(before?.watermark ?? NOTHING_FOLDED, options.records);
  if (firstArrival === undefined) return undefined;
  const memory = new ShardMemory(shard, options);
  const floor = firstArrival - options.windowSeconds * 1000 - ARRIVAL_SLACK_MS;
  const newest = await readBack(deps.store, memory, {
    logId: shard.logId,
    floor,
    folded: before?.watermark.number ?? -1,
  });
  const item = await deps.store.find(shard.logId);
  takeHead(memory, newest, item);
  await learnBetween(deps.store, memory, newest);
  await loadAncestors(deps, memory, floor);
  return memory;
}

/** The earliest arrival of unfolded records. Folded ones that are replayed may be days old, and need no days of log. */
function firstArrivalPast({ position }: Watermark, records: readonly StreamRecord[]): number | undefined {
  const left = records.filter(({ sequenceNumber }) => !position || sequenceNumber >= position.sequenceNumber);
  return left.length > 0
    ? left.reduce((least, { arrival }) => Math.min(least, arrival), left[0]?.arrival ?? 0)
    : undefined;
}

interface Reach {
  readonly logId: string;
  /** Entries with a last arrival before this hold no id that is still needed. */
  readonly floor: number;
  /** Entries after this one are not folded yet. */
  readonly folded: number;
}

/** Reads entries backwards, to the last that holds needed ids or waits to be folded. Returns the newest as a head. */
async function readBack(store: LogStore, memory: ShardMemory, { logId, floor, folded }: Reach) {
  let newest: Head | undefined;
  for await (const { number, entry, bytes } of store.readBackwards(logId)) {
    newest ??= { number, position: entry.to };
    if (entry.lastArrival >= floor) memory.learnIds(entry);
    if (number > folded) memory.noteUnfolded(number, entry, bytes);
    else if (entry.lastArrival < floor) break;
  }
  return newest;
}

/** The head is the greater of the log's and the item's: entries expire, and numbers never start again. */
function takeHead(memory: ShardMemory, newest: Head | undefined, item: LogItem | undefined): void {
  const watermark = item?.watermark ?? NOTHING_FOLDED;
  memory.folded(watermark);
  if (newest && newest.number > watermark.number) memory.head = newest;
  else memory.head = { number: watermark.number, position: watermark.position };
}

/**
 * Between the reads of the log and of the item, another instance may have appended and folded entries. The item covers
 * their range, but does not hold their ids.
 */
async function learnBetween(store: LogStore, memory: ShardMemory, newest: Head | undefined): Promise<void> {
  for (const stored of oneByOne(await store.readAfter(memory.shard.logId, newest?.number ?? -1))) {
    if (stored.number > memory.head.number) memory.follow(stored);
    else memory.learnIds(stored.entry);
  }
}

/** The first copies of a shard's events may be in the logs of its ancestors, as far back as the window goes. */
async function loadAncestors({ store, topology }: LoadShardDeps, memory: ShardMemory, floor: number): Promise<void> {
  const left = [...memory.shard.parents];
  const seen = new Set<string>();
  for (let logId = left.pop(); logId !== undefined; logId = left.pop()) {
    if (seen.has(logId)) continue;
    seen.add(logId);
    const item = await store.find(logId);
    left.push(...(item?.parents ?? (await topology.shardOf(logId))?.parents ?? []));
    for await (const { entry } of store.readBackwards(logId)) {
      if (entry.lastArrival < floor) break;
      memory.learnIds(entry);
    }
  }
}
