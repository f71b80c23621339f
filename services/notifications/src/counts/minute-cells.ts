import { addToSum, type HourSketches, type Totals, totalSum } from '@weir/aggregates';
import { BUCKET_MS, type Figures } from '@weir/alerts';
import type { Cells } from './cells.ts';

const MINUTES = 60;
/** Count, sum, and what rounding took from the sum. */
const NUMBERS = 3;

/**
 * Minutes, an hour of them in 1.4 KB: a week of minutes is 250 KB, and there may be a thousand series. Minutes have no
 * users and values.
 */
export class MinuteCells implements Cells {
  readonly #hours = new Map<number, Float64Array>();

  addTotals(minute: number, totals: Totals): void {
    const hour = Math.floor(minute / MINUTES);
    let numbers = this.#hours.get(hour);
    if (!numbers) {
      numbers = new Float64Array(MINUTES * NUMBERS);
      this.#hours.set(hour, numbers);
    }
    const at = (minute - hour * MINUTES) * NUMBERS;
    const sums = sumsAt(numbers, at);
    addToSum(sums, totals.sum, totals.sumLow);
    numbers[at] = (numbers[at] as number) + totals.count;
    numbers[at + 1] = sums.sum;
    numbers[at + 2] = sums.sumLow;
  }

  addSketches(_hour: number, _sketches: HourSketches): void {}

  figures(start: number): Figures | undefined {
    const hour = Math.floor(start / BUCKET_MS.hour);
    const numbers = this.#hours.get(hour);
    if (!numbers) return undefined;
    const at = (Math.floor(start / BUCKET_MS.minute) - hour * MINUTES) * NUMBERS;
    const count = numbers[at] as number;
    const { sum, sumLow } = sumsAt(numbers, at);
    return count === 0
      ? undefined
      : { count, sum: totalSum({ count, sum, sumLow, min: 0, max: 0 }), users: null, p95: null };
  }

  dropBefore(start: number): void {
    for (const hour of this.#hours.keys()) if ((hour + 1) * BUCKET_MS.hour <= start) this.#hours.delete(hour);
  }
}

function sumsAt(numbers: Float64Array, at: number): { sum: number; sumLow: number } {
  return { sum: numbers[at + 1] as number, sumLow: numbers[at + 2] as number };
}
