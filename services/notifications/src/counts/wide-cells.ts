import {
  DDSketch,
  emptyTotals,
  type HourSketches,
  HyperLogLog,
  mergeTotals,
  type Totals,
  totalSum,
} from '@weir/aggregates';
import { BUCKET_MS, type Figures } from '@weir/alerts';
import type { Cells } from './cells.ts';

const NO_SKETCHES = { users: undefined, values: undefined };

interface WideCell {
  readonly totals: Totals;
  readonly users: HyperLogLog | undefined;
  readonly values: DDSketch | undefined;
  /** Of what was added until now: many rules ask for the same bucket. */
  figures: Figures | undefined;
}

/** Hours or days, with users and values if a rule wants them. */
export class WideCells implements Cells {
  readonly #width: number;
  readonly #hasSketches: boolean;
  readonly #cells = new Map<number, WideCell>();

  constructor(interval: 'hour' | 'day', hasSketches: boolean) {
    this.#width = BUCKET_MS[interval];
    this.#hasSketches = hasSketches;
  }

  addTotals(minute: number, totals: Totals): void {
    const cell = this.#cellAt(minute * BUCKET_MS.minute);
    mergeTotals(cell.totals, totals);
    cell.figures = undefined;
  }

  addSketches(hour: number, sketches: HourSketches): void {
    if (!this.#hasSketches) return;
    const cell = this.#cellAt(hour * BUCKET_MS.hour);
    cell.users?.merge(sketches.users);
    cell.values?.merge(sketches.values);
    cell.figures = undefined;
  }

  figures(start: number): Figures | undefined {
    const cell = this.#cells.get(Math.floor(start / this.#width));
    if (!cell || cell.totals.count === 0) return undefined;
    cell.figures ??= figuresOf(cell);
    return cell.figures;
  }

  dropBefore(start: number): void {
    for (const bucket of this.#cells.keys()) if ((bucket + 1) * this.#width <= start) this.#cells.delete(bucket);
  }

  #cellAt(at: number): WideCell {
    const bucket = Math.floor(at / this.#width);
    let cell = this.#cells.get(bucket);
    if (!cell) {
      const sketches = this.#hasSketches ? { users: new HyperLogLog(), values: new DDSketch() } : NO_SKETCHES;
      cell = { totals: emptyTotals(), ...sketches, figures: undefined };
      this.#cells.set(bucket, cell);
    }
    return cell;
  }
}

function figuresOf({ totals, users, values }: WideCell): Figures {
  const p95 = values?.quantile(0.95);
  return {
    count: totals.count,
    sum: totalSum(totals),
    users: users ? users.estimate() : null,
    // The middle of a bin may lie outside the range of the values.
    p95: p95 === undefined ? null : Math.min(totals.max, Math.max(totals.min, p95)),
  };
}
