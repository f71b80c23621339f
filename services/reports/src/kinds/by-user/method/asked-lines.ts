import { OTHER_ACTION } from '@weir/aggregates';
import type { ArchiveLine } from '@weir/archive/reading';

/** What a question asks for. */
export interface AskedLines {
  /** Epoch milliseconds. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** The number of each action; undefined: all actions, with the number 0. */
  readonly actions: ReadonlyMap<string, number> | undefined;
}

/**
 * The number of the line's action, if the line is asked for. Metrics count a line as its action or as `__other__`, and so
 * does this: a question about an action leaves out what was counted as `__other__`; one about all actions has both.
 */
export function askedAction({ from, to, actions }: AskedLines, line: ArchiveLine): number | undefined {
  const { outcome, timestamp } = line;
  if (outcome === 'duplicate' || timestamp < from || timestamp >= to) return undefined;
  return actions ? actions.get(outcome === 'other' ? OTHER_ACTION : line.action) : 0;
}

/** The numbers of actions, in their order. */
export function numbered(actions: Iterable<string>): ReadonlyMap<string, number> {
  return new Map([...new Set(actions)].map((action, number) => [action, number]));
}
