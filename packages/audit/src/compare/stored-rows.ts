import {
  type ActionDelta,
  type DayRow,
  decodeDayRow,
  decodeHourRow,
  foldIntoDayRow,
  foldIntoHourRow,
  type HourRow,
} from '@weir/aggregates';
import type { Cell } from '../cells/cells.ts';
import { HOURS_A_DAY } from '../cells/time.ts';
import type { Tail } from '../rows/read-tails.ts';

/** An action's UTC day. */
export interface ActionDay {
  /** By hours since the epoch. */
  readonly hours: ReadonlyMap<number, HourRow>;
  /** Undefined if there is none. */
  readonly day: DayRow | undefined;
}

/** The day as rows and logs have it: each entry past a row's `upTo` is added to the row. */
export function storedDay(
  { action, cells }: { readonly action: string; readonly cells: readonly Cell[] },
  epochDay: number,
  tails: readonly Tail[],
): ActionDay {
  const hours = new Map<number, HourRow>();
  const upTo = new Map<string, Cell['upTo']>();
  let day: DayRow | undefined;
  for (const cell of cells) {
    upTo.set(`${cell.unit}${cell.bucket}`, cell.upTo);
    if (cell.unit === 'hour') hours.set(cell.bucket, decodeHourRow(cell.body));
    else day = decodeDayRow(cell.body);
  }
  for (const { added, number, logId } of deltasOf(action, tails)) {
    const isNew = (bucket: string) => number > (upTo.get(bucket)?.[logId] ?? -1);
    for (const hour of added.hours.keys()) {
      if (Math.floor(hour / HOURS_A_DAY) !== epochDay || !isNew(`hour${hour}`)) continue;
      hours.set(hour, foldIntoHourRow(hours.get(hour), added, hour));
    }
    if (touches(added, epochDay) && isNew(`day${epochDay}`)) day = foldIntoDayRow(day, added, epochDay);
  }
  return { hours, day };
}

function* deltasOf(action: string, tails: readonly Tail[]) {
  for (const { logId, entries } of tails) {
    for (const { number, entry } of entries) {
      const added = entry.delta.get(action);
      if (added) yield { added, number, logId };
    }
  }
}

function touches({ hours }: ActionDelta, epochDay: number): boolean {
  return [...hours.keys()].some((hour) => Math.floor(hour / HOURS_A_DAY) === epochDay);
}
