import type { HourRow } from '@weir/aggregates';
import type { Cell } from '../cells/cells.ts';
import { addHourBody, dayOfHours } from '../cells/merge-rows.ts';
import type { ActionDay } from './stored-rows.ts';

/** The day as the lines of the archive give it. */
export function archivedDay(cells: readonly Cell[]): ActionDay {
  const hours = new Map<number, HourRow>();
  for (const cell of cells) hours.set(cell.bucket, addHourBody(hours.get(cell.bucket), cell));
  return { hours, day: dayOfHours(hours.values()) };
}
