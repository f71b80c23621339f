import type { LocalDay } from '@weir/calendar';
import { compareText } from '../../daily/compare-text.ts';
import type { CountedDay } from './day-codec.ts';
import type { Counted, SummaryReader } from './summary-reader.ts';

const HOUR_MS = 3_600_000;
/** Actions that are read at once. */
const READS_AT_ONCE = 8;

/** A day, and the actions to count. */
export interface DayToCount {
  readonly day: LocalDay;
  readonly timeZone: string;
  readonly actions: readonly string[];
}

/** Reads what was counted on a day, with one read for each action. */
export async function countDay(
  reader: Pick<SummaryReader, 'readBuckets'>,
  { day: { from, to }, timeZone, actions }: DayToCount,
): Promise<CountedDay> {
  const counted: [string, Counted][] = [];
  const asOf: number[] = [];
  const waiting = actions.values();
  const readWaiting = async () => {
    for (const action of waiting) {
      const read = await reader.readBuckets({ action, from, to, interval: 'day', timeZone });
      if (read.asOf !== undefined) asOf.push(read.asOf);
      const [bucket] = read.buckets;
      if (bucket) counted.push([action, bucket]);
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, readWaiting));
  return {
    actions: new Map(counted.sort(([a], [b]) => compareText(a, b))),
    hasSketches: from % HOUR_MS === 0 && to % HOUR_MS === 0,
    asOf: asOf.length > 0 ? Math.min(...asOf) : undefined,
  };
}
