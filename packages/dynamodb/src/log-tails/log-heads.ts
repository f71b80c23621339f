import type { ActionDelta } from '@weir/aggregates';
import type { Tail } from './log-tails.ts';

const MINUTE_MS = 60_000;

/** The last entry of each log that was read, by the log's id. It can be written as JSON. */
export type LogHeads = Readonly<Record<string, number>>;

/** The part of a log that a query asks for. Times are epoch milliseconds, whole minutes; `to` is exclusive. */
interface Touched {
  readonly action: string;
  readonly from: number;
  readonly to: number;
}

/** How far these tails reach. */
export function headsOf(tails: readonly Tail[]): LogHeads {
  return Object.fromEntries(tails.map(({ item, base, entries }) => [item.logId, entries.at(-1)?.number ?? base]));
}

function touches({ minutes }: ActionDelta, { from, to }: Touched): boolean {
  for (const minute of minutes.keys()) {
    const start = minute * MINUTE_MS;
    if (start >= from && start < to) return true;
  }
  return false;
}

/** Whether an entry past `heads` counted something of the action in the range; true if the tails cannot tell. */
export function isTouchedSince(query: Touched, heads: LogHeads, tails: readonly Tail[]): boolean {
  return tails.some(({ item, base, entries }) => {
    const head = heads[item.logId] ?? -1;
    if (head < base) return true;
    return entries.some(({ number, entry }) => {
      const delta = number > head ? entry.delta.get(query.action) : undefined;
      return delta !== undefined && touches(delta, query);
    });
  });
}
