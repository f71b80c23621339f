import { type LogItem, type LogStore, NOTHING_FOLDED, oneByOne, type Watermark } from '@weir/dynamodb';
import type { StreamRecord } from '@weir/events';
import { type Head, ShardMemory } from './shard-memory.ts';
import type { StreamShard, StreamTopology } from './stream-topology.ts';

/** Arrival times of a shard may run backwards a little; a cold start reads this much further back. */
const ARRIVAL_SLACK_MS = 300_000;

export interface LoadShardDeps {
  readonly store: LogStore;
  readonly topology: StreamTopology;
}

export interface LoadShardOptions {
  readonly windowSeconds: number;
  /** The batch at hand. */
  readonly records: readonly StreamRecord[];
  readonly now: number;
}

/**
 * A cold start: the head and the window of ids, from the shard's own log and all its ancestors' back to the window.
 * The log is read before its item, as an entry that is folded and expires in between is then in the item. How far back
 * goes by arrival: a batch may be days old, so no clock can tell.
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

/** Earliest arrival of records that are not folded: replayed ones may be days old, and would mean to read days of log. */
function firstArrivalPast({ position }: Watermark, records: readonly StreamRecord[]): number | undefined {
  const left = records.filter(({ sequenceNumber }) => !position || sequenceNumber >= position.sequenceNumber);
  return left.length > 0
    ? left.reduce((least, { arrival }) => Math.min(least, arrival), left[0]?.arrival ?? 0)
    : undefined;
}

interface Reach {
  readonly logId: string;
  /** Entries whose last arrival is before this hold no id that matters. */
  readonly floor: number;
  /** Entries past this one are not folded yet. */
  readonly folded: number;
}

/** Reads entries backwards until they neither hold ids that matter nor wait to be folded; returns the newest as a head. */
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

/** The head is the greater of log and item: entries expire, numbers never restart. */
function takeHead(memory: ShardMemory, newest: Head | undefined, item: LogItem | undefined): void {
  const watermark = item?.watermark ?? NOTHING_FOLDED;
  memory.folded(watermark);
  if (newest && newest.number > watermark.number) memory.head = newest;
  else memory.head = { number: watermark.number, position: watermark.position };
}

/** Between log and item another instance may have appended and folded: the item covers the range, not the ids. */
async function learnBetween(store: LogStore, memory: ShardMemory, newest: Head | undefined): Promise<void> {
  for (const stored of oneByOne(await store.readAfter(memory.shard.logId, newest?.number ?? -1))) {
    if (stored.number > memory.head.number) memory.follow(stored);
    else memory.learnIds(stored.entry);
  }
}

/** A child's first copies may stand in its parents' logs, and theirs, as far back as the window reaches. */
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
