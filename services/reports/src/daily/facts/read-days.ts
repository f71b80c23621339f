import type { Calendar, LocalDay } from '@weir/calendar';
import type { CountsReader } from '../../counts/counts-reader.ts';
import { actionsIn, readActions } from '../../counts/read-actions.ts';
import { type DayCounts, DayCountsBuilder } from './day-counts.ts';

const READS_AT_ONCE = 4;

/** What was counted on some days, in order. */
export interface DaysRead {
  readonly days: readonly DayCounts[];
  /** When each action was first seen (event time, epoch milliseconds), whenever that was. */
  readonly firstSeen: ReadonlyMap<string, number>;
  /** The arrival time up to which everything is counted; undefined before the first event and the first sweep. */
  readonly asOf: number | undefined;
}

/**
 * Reads days that follow each other, with one read for each action: all figures of a day, its hours too, come from the
 * same rows.
 */
export async function readDays(
  reader: CountsReader,
  { days, calendar }: { readonly days: readonly LocalDay[]; readonly calendar: Calendar },
): Promise<DaysRead> {
  const actions = await reader.listActions();
  const from = days[0]?.from ?? 0;
  const to = days.at(-1)?.to ?? 0;
  const builders = days.map((day) => new DayCountsBuilder(day, calendar.bucketStarts({ ...day, interval: 'hour' })));
  const asked = { from, to, interval: 'hour', timeZone: calendar.timeZone, atOnce: READS_AT_ONCE } as const;
  const asOf = await readActions(reader, { ...asked, actions: actionsIn(actions, asked) }, (action, buckets) => {
    for (const builder of builders) builder.add(action, buckets);
  });
  return {
    days: builders.map((builder) => builder.build()),
    firstSeen: new Map(actions.map(({ action, firstSeen }) => [action, firstSeen])),
    asOf,
  };
}
