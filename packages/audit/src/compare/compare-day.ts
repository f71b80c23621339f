import { DDSketch, HyperLogLog } from '@weir/aggregates';
import type { BucketDifference } from '@weir/dynamodb/audits';
import { DAY_MS, HOUR_MS, MINUTE_MS, MINUTES_AN_HOUR } from '../cells/time.ts';
import { compareTotals, type FieldDifference } from './compare-totals.ts';
import type { ActionDay } from './stored-rows.ts';

type Sketches = { readonly users: HyperLogLog; readonly values: DDSketch };

/** The buckets of an action's UTC day that differ: minutes, hours (of their sketches) and the day. */
export function compareDay(
  { action, epochDay }: { readonly action: string; readonly epochDay: number },
  stored: ActionDay,
  archived: ActionDay,
): BucketDifference[] {
  const differences: BucketDifference[] = [];
  const add = (unit: BucketDifference['unit'], start: number, found: FieldDifference<BucketDifference['field']>[]) => {
    for (const difference of found) differences.push({ action, unit, start, ...difference });
  };
  for (const hour of inOrder(stored.hours.keys(), archived.hours.keys())) {
    const [ours, theirs] = [stored.hours.get(hour), archived.hours.get(hour)];
    for (const minute of inOrder(ours?.minutes.keys() ?? [], theirs?.minutes.keys() ?? [])) {
      const start = (hour * MINUTES_AN_HOUR + minute) * MINUTE_MS;
      add('minute', start, compareTotals(ours?.minutes.get(minute), theirs?.minutes.get(minute)));
    }
    add('hour', hour * HOUR_MS, compareSketches(ours, theirs));
  }
  const day = [
    ...compareTotals(stored.day?.totals, archived.day?.totals),
    ...compareSketches(stored.day, archived.day),
  ];
  add('day', epochDay * DAY_MS, day);
  return differences;
}

/** Sketches are compared by their bytes: the same events give the same bytes in any order. */
function compareSketches(ours: Sketches | undefined, theirs: Sketches | undefined) {
  const differences: FieldDifference<'users' | 'values'>[] = [];
  for (const field of ['users', 'values'] as const) {
    const [stored, archived] = [textOf(ours, field), textOf(theirs, field)];
    if (stored !== archived) differences.push({ field, stored, archived });
  }
  return differences;
}

function textOf(sketches: Sketches | undefined, field: keyof Sketches): string {
  const sketch = sketches?.[field] ?? (field === 'users' ? new HyperLogLog() : new DDSketch());
  return Buffer.from(sketch.encode()).toString('base64');
}

function inOrder(a: Iterable<number>, b: Iterable<number>): number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}
