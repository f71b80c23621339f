/** Count, sum, minimum and maximum of values. The sum is `sum + sumLow`, a compensated pair. */
export interface Totals {
  count: number;
  sum: number;
  /** What rounding took from `sum`. */
  sumLow: number;
  min: number;
  max: number;
}
