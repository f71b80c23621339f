import { streamCreatedAt } from '../metrics-store/keys.ts';
import type { Tail } from './log-tails.ts';

/**
 * The arrival (epoch milliseconds) up to which every shard that has counted anything has counted; undefined if none
 * has. A shard that was split or merged is read to its end before its children, and a stream made anew follows the old
 * one: only the youngest shards of the newest stream count. A quiet shard stands at the arrival of its last record.
 */
export function countedUpTo(tails: readonly Tail[]): number | undefined {
  const logs = new Map(tails.map((tail) => [tail.item.logId, tail]));
  const newest = Math.max(...[...logs.keys()].map(streamCreatedAt));
  const parents = new Set(tails.flatMap(({ item }) => item.parents));
  const arrivals: number[] = [];
  for (const logId of logs.keys()) {
    if (parents.has(logId) || streamCreatedAt(logId) !== newest) continue;
    const arrival = lastArrival(logs, logId);
    if (arrival !== undefined) arrivals.push(arrival);
  }
  return arrivals.length > 0 ? Math.min(...arrivals) : undefined;
}

/** For a log without an entry, the ends of its parents. */
function lastArrival(logs: ReadonlyMap<string, Tail>, logId: string): number | undefined {
  const tail = logs.get(logId);
  if (!tail) return undefined;
  const own = tail.entries.at(-1)?.entry.lastArrival ?? tail.item.watermark.arrival;
  if (own !== undefined) return own;
  const before = tail.item.parents
    .map((parent) => lastArrival(logs, parent))
    .filter((arrival) => arrival !== undefined);
  return before.length > 0 ? Math.min(...before) : undefined;
}
