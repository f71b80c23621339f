import type { Calendar, LocalDay } from '@weir/calendar';
import type { ActionSummary } from '@weir/dynamodb';
import { type DayCounts, DayCountsBuilder } from './day-counts.ts';
import type { DaysReader } from './days-reader.ts';

/** Actions that are read at once. */
const READS_AT_ONCE = 4;

/** What was counted on some days, in order. */
export interface DaysRead {
  readonly days: readonly DayCounts[];
  /** When each action was first seen (event time, epoch milliseconds), whenever that was. */
  readonly firstSeen: ReadonlyMap<string, number>;
  /** The arrival time up to which everything is counted; undefined before the first event. */
  readonly asOf: number | undefined;
}

/**
 * Reads days that follow each other, with one read for each action: all figures of a day, its hours too, come from the
 * same rows.
 */
export async function readDays(
  reader: DaysReader,
  { days, calendar }: { readonly days: readonly LocalDay[]; readonly calendar: Calendar },
): Promise<DaysRead> {
  const actions = await reader.listActions();
  const from = days[0]?.from ?? 0;
  const to = days.at(-1)?.to ?? 0;
  const builders = days.map((day) => new DayCountsBuilder(day, calendar.bucketStarts({ ...day, interval: 'hour' })));
  const asOf: number[] = [];
  const { timeZone } = calendar;
  const waiting = actionsIn(actions, { from, to }).values();
  const readWaiting = async () => {
    for (const { action } of waiting) {
      const read = await reader.readBuckets({ action, from, to, interval: 'hour', timeZone });
      if (read.asOf !== undefined) asOf.push(read.asOf);
      for (const builder of builders) builder.add(action, read.buckets);
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, readWaiting));
  return {
    days: builders.map((builder) => builder.build()),
    firstSeen: new Map(actions.map(({ action, firstSeen }) => [action, firstSeen])),
    // The reads follow each other. Everything that the first one has is in all of them.
    asOf: asOf.length > 0 ? Math.min(...asOf) : undefined,
  };
}

/** The actions that may have been counted in the range; if there are none, one action, for `asOf`. */
function actionsIn(
  actions: readonly ActionSummary[],
  { from, to }: { from: number; to: number },
): readonly ActionSummary[] {
  const found = actions.filter(({ firstSeen, lastSeen }) => firstSeen < to && lastSeen >= from);
  return found.length > 0 ? found : actions.slice(0, 1);
}
