import type { LocalDay } from '@weir/calendar';
import type { Counted, CountsReader } from '../../counts/counts-reader.ts';
import { readActions } from '../../counts/read-actions.ts';
import { compareText } from '../../daily/compare-text.ts';
import type { CountedDay } from './day-codec.ts';

const HOUR_MS = 3_600_000;
const READS_AT_ONCE = 8;

/** A day, and the actions to count. */
export interface DayToCount {
  readonly day: LocalDay;
  readonly timeZone: string;
  readonly actions: readonly string[];
}

/** Reads what was counted on a day, with one read for each action. */
export async function countDay(
  reader: Pick<CountsReader, 'readBuckets'>,
  { day: { from, to }, timeZone, actions }: DayToCount,
): Promise<CountedDay> {
  const counted: [string, Counted][] = [];
  const query = { actions, from, to, interval: 'day', timeZone, atOnce: READS_AT_ONCE } as const;
  const asOf = await readActions(reader, query, (action, [bucket]) => {
    if (bucket) counted.push([action, bucket]);
  });
  return {
    actions: new Map(counted.sort(([a], [b]) => compareText(a, b))),
    hasSketches: from % HOUR_MS === 0 && to % HOUR_MS === 0,
    asOf,
  };
}
