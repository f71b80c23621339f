import { streamCreatedAt } from '../metrics-store/keys.ts';

/** A log, as far as it was read. */
export interface CountedLog {
  readonly logId: string;
  /** The logs that end where this one begins. */
  readonly parents: readonly string[];
  /** Of its last entry, epoch milliseconds; undefined if it has none. */
  readonly lastArrival: number | undefined;
}

/**
 * The arrival (epoch milliseconds) up to which every shard that has counted anything has counted; undefined if none
 * has. A shard that was split or merged is read to its end before its children, and a stream made anew follows the old
 * one: only the youngest shards of the newest stream count. A quiet shard stands at the arrival of its last record.
 */
export function countedUpTo(counted: readonly CountedLog[]): number | undefined {
  const logs = new Map(counted.map((log) => [log.logId, log]));
  const newest = Math.max(...[...logs.keys()].map(streamCreatedAt));
  const parents = new Set(counted.flatMap((log) => log.parents));
  const arrivals: number[] = [];
  for (const logId of logs.keys()) {
    if (parents.has(logId) || streamCreatedAt(logId) !== newest) continue;
    const arrival = lastArrival(logs, logId);
    if (arrival !== undefined) arrivals.push(arrival);
  }
  return arrivals.length > 0 ? Math.min(...arrivals) : undefined;
}

/** For a log without an entry, the ends of its parents. */
function lastArrival(logs: ReadonlyMap<string, CountedLog>, logId: string): number | undefined {
  const log = logs.get(logId);
  if (!log || log.lastArrival !== undefined) return log?.lastArrival;
  const before = log.parents.map((parent) => lastArrival(logs, parent)).filter((arrival) => arrival !== undefined);
  return before.length > 0 ? Math.min(...before) : undefined;
}
