import { type AllTimeRow, allTimeOf, decodeAllTimeRow, mergeAllTime } from '@weir/aggregates';
import type { Tail } from '../log-tails/log-tails.ts';
import { decodeRow } from '../metrics-store/decode-row.ts';
import type { StoredRow } from '../metrics-store/metrics-store.ts';

export interface ActionSummary {
  readonly action: string;
  readonly count: number;
  /** Earliest and latest event time, epoch milliseconds. */
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/**
 * Everything that was counted of each action, in order of name: the all-time rows, and the entries that they do not
 * hold.
 */
export function summariseActions(rows: readonly StoredRow[], tails: readonly Tail[]): ActionSummary[] {
  const actions = new Map<string, AllTimeRow>();
  const add = (action: string, part: AllTimeRow) => actions.set(action, mergeAllTime(actions.get(action), part));
  const upTo = new Map<string, number>();
  for (const row of rows) {
    const { subject, logId } = row.key;
    upTo.set(`${subject}#${logId}`, row.upTo);
    add(subject, decodeRow(row, decodeAllTimeRow));
  }
  for (const { logId, number, action, part } of unfoldedParts(tails)) {
    if (number > (upTo.get(`${action}#${logId}`) ?? -1)) add(action, part);
  }
  return [...actions]
    .map(([action, { count, first, last }]) => ({ action, count, firstSeen: first, lastSeen: last }))
    .sort((a, b) => (a.action < b.action ? -1 : 1));
}

function* unfoldedParts(tails: readonly Tail[]) {
  for (const { item, entries } of tails) {
    for (const { number, entry } of entries) {
      // If an action has no row, the entries up to the watermark have nothing of it.
      if (number <= item.watermark.number) continue;
      for (const [action, delta] of entry.delta) yield { logId: item.logId, number, action, part: allTimeOf(delta) };
    }
  }
}
