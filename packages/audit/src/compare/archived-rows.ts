import { dayOfHours, decodeHourRow, type HourRow, mergeHourRows } from '@weir/aggregates';
import type { Cell } from '../cells/cells.ts';
import type { ActionDay } from './stored-rows.ts';

/** The day as the lines of the archive give it. */
export function archivedDay(cells: readonly Cell[]): ActionDay {
  const hours = new Map<number, HourRow>();
  for (const [hour, ofHour] of Map.groupBy(cells, ({ bucket }) => bucket)) {
    hours.set(hour, mergeHourRows(ofHour.map(({ body }) => decodeHourRow(body))));
  }
  return { hours, day: hours.size > 0 ? dayOfHours([...hours.values()]) : undefined };
}
