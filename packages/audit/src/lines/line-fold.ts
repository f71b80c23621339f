import { DeltaBuilder, encodeHourRow, foldIntoHourRow, OTHER_ACTION } from '@weir/aggregates';
import type { ArchiveLine } from '@weir/archive/reading';
import type { Cell } from '../cells/cells.ts';
import { DAY_MS, HOURS_A_DAY } from '../cells/time.ts';

/** UTC days since the epoch; `to` is exclusive. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

/** Counts the lines of the archive again, with the consumer's code. */
export class LineFold {
  readonly #from: number;
  readonly #to: number;
  #builder = new DeltaBuilder();

  constructor({ from, to }: DaySpan) {
    this.#from = from * DAY_MS;
    this.#to = to * DAY_MS;
  }

  /** An upper bound on the bytes of what was counted since `takeDays`. */
  get maxBytes(): number {
    return this.#builder.maxBytes;
  }

  /** Hot: called for each block of lines. */
  add(lines: readonly ArchiveLine[]): void {
    for (const { outcome, action, timestamp, value, userId, register } of lines) {
      if (outcome === 'duplicate' || timestamp < this.#from || timestamp >= this.#to) continue;
      const bucket = outcome === 'other' ? OTHER_ACTION : action;
      if (register) this.#builder.addErased(bucket, timestamp, value, register);
      else this.#builder.add(bucket, timestamp, value, userId ?? '');
    }
  }

  /** What was counted, by UTC day, in order of actions. It begins anew. */
  takeDays(): Map<number, Cell[]> {
    const delta = this.#builder.build();
    this.#builder = new DeltaBuilder();
    const days = new Map<number, Cell[]>();
    for (const action of [...delta.keys()].sort()) {
      const added = delta.get(action);
      for (const bucket of [...(added?.hours.keys() ?? [])].sort((a, b) => a - b)) {
        if (!added) continue;
        const day = Math.floor(bucket / HOURS_A_DAY);
        const cells = days.get(day) ?? [];
        days.set(day, cells);
        const body = encodeHourRow(foldIntoHourRow(undefined, added, bucket));
        cells.push({ action, unit: 'hour', bucket, body, upTo: {} });
      }
    }
    return days;
  }
}
