/** Count, sum, minimum and maximum of values. The sum is `sum + sumLow`, a compensated pair. */
export interface Totals {
  count: number;
  sum: number;
  /** What rounding took from `sum`. */
  sumLow: number;
  min: number;
  max: number;
}

/** Totals of nothing: the neutral element of merging. */
export function emptyTotals(): Totals {
  return { count: 0, sum: 0, sumLow: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
}

/** Adds one value. -0 counts as 0: minimum and maximum do not depend on order. */
export function addValue(t: Totals, value: number): void {
  const plain = value + 0;
  t.count++;
  if (plain < t.min) t.min = plain;
  if (plain > t.max) t.max = plain;
  addToSum(t, plain, 0);
}

/** Adds `from` to `into`. */
export function mergeTotals(into: Totals, from: Totals): void {
  into.count += from.count;
  if (from.min < into.min) into.min = from.min;
  if (from.max > into.max) into.max = from.max;
  addToSum(into, from.sum, from.sumLow);
}

/** The sum, rounded once. */
export function totalSum(t: Totals): number {
  return t.sum + t.sumLow;
}

/**
 * Knuth's two-sum: the rounding error is kept, and the pair is normalised. It is exact, and order and grouping do not
 * change it, while the sum needs at most 106 bits from the first to the last of its values: for example cents that add
 * up to 10^14. Beyond that, it is off by less than one part in 2^100 of the largest sum on the way.
 */
export function addToSum(t: Pick<Totals, 'sum' | 'sumLow'>, high: number, low: number): void {
  const sum = t.sum + high;
  const shadow = sum - t.sum;
  const error = t.sum - (sum - shadow) + (high - shadow) + (t.sumLow + low);
  t.sum = sum + error;
  // Adding 0 turns -0 into 0.
  t.sumLow = error - (t.sum - sum) + 0;
}
