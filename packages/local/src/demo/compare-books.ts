import { type Book, type HourTotals, totalOf } from './book.ts';

const FIELDS = ['count', 'sum', 'min', 'max'] as const;

/** One number that is not as expected; undefined stands for an hour that is missing. */
export interface Difference {
  readonly action: string;
  /** The hour's start, epoch milliseconds; undefined for the action's count over all time. */
  readonly hour: number | undefined;
  readonly field: (typeof FIELDS)[number];
  readonly expected: number | undefined;
  readonly actual: number | undefined;
}

/** Every number in which two books differ, including hours and actions that only one of them has. */
export function compareBooks(expected: Book, actual: Book): Difference[] {
  const actions = new Set([...expected.keys(), ...actual.keys()]);
  return [...actions].flatMap((action) => {
    const expectedHours = expected.get(action) ?? new Map<number, HourTotals>();
    const actualHours = actual.get(action) ?? new Map<number, HourTotals>();
    const hours = new Set([...expectedHours.keys(), ...actualHours.keys()]);
    return [...hours].flatMap((hour) =>
      compareTotals(expectedHours.get(hour), actualHours.get(hour)).map((difference) => ({
        action,
        hour,
        ...difference,
      })),
    );
  });
}

function compareTotals(
  expected: HourTotals | undefined,
  actual: HourTotals | undefined,
): Omit<Difference, 'action' | 'hour'>[] {
  return FIELDS.filter((field) => expected?.[field] !== actual?.[field]).map((field) => ({
    field,
    expected: expected?.[field],
    actual: actual?.[field],
  }));
}

/** The actions whose count over all time, as the API lists it, is not the sum of their hours. */
export function compareListed(
  expected: Book,
  listed: readonly { readonly action: string; readonly count: number }[],
): Difference[] {
  const counts = new Map(listed.map(({ action, count }) => [action, count]));
  return [...expected].flatMap(([action, hours]) => {
    const must = totalOf(hours.values())?.count;
    const actual = counts.get(action);
    return actual === must ? [] : [{ action, hour: undefined, field: 'count' as const, expected: must, actual }];
  });
}
