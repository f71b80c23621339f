import { emptyTotals, type Totals } from '@weir/aggregates';

export type TotalsField = 'count' | 'sum' | 'min' | 'max';

/** A field that differs, with both values. */
export interface FieldDifference<Field extends string> {
  readonly field: Field;
  readonly stored: string;
  readonly archived: string;
}

/** One part of the largest possible sum that each addition may be off. */
const SUM_ERROR = 2 ** -100;

/** The fields that differ. Totals that are not there are those of no event. */
export function compareTotals(stored = emptyTotals(), archived = emptyTotals()): FieldDifference<TotalsField>[] {
  const differences: FieldDifference<TotalsField>[] = [];
  for (const field of ['count', 'sum', 'min', 'max'] as const) {
    const isSame = field === 'sum' ? isSameSum(stored, archived) : stored[field] === archived[field];
    if (!isSame) differences.push({ field, stored: textOf(stored, field), archived: textOf(archived, field) });
  }
  return differences;
}

/**
 * Sums are exact, and grouping does not change them, while they need at most 106 bits. Beyond that, each addition is off
 * by at most 2^-100 of the largest sum on the way. This tolerance allows as much for every addition. It hides no event
 * that is lost or counted twice, since counts are compared without one.
 */
function isSameSum(a: Totals, b: Totals): boolean {
  if (a.sum === b.sum && a.sumLow === b.sumLow) return true;
  const additions = a.count + b.count;
  const largest = Math.max(Math.abs(a.min), Math.abs(a.max), Math.abs(b.min), Math.abs(b.max));
  if (!Number.isFinite(largest)) return false;
  const difference = Math.abs(a.sum - b.sum + (a.sumLow - b.sumLow));
  return difference <= additions * additions * largest * SUM_ERROR;
}

function textOf(totals: Totals, field: TotalsField): string {
  if (field === 'sum' && totals.sumLow !== 0) return `${totals.sum} + ${totals.sumLow}`;
  return Number.isFinite(totals[field]) ? `${totals[field]}` : 'none';
}
