import { type Column, textTable } from '../terminal/table.ts';
import { type Book, totalOf } from './book.ts';
import type { Difference } from './compare-books.ts';

const COLUMNS: readonly Column[] = [
  { title: 'action', align: 'left' },
  { title: 'hours', align: 'right' },
  { title: 'count', align: 'right' },
  { title: 'sum', align: 'right' },
  { title: 'min', align: 'right' },
  { title: 'max', align: 'right' },
  { title: 'expected count, sum, min, max', align: 'right' },
  { title: 'every hour', align: 'left' },
];

/** A line for each action: what the API returned, what is expected, and whether every hour agrees. */
export function demoTable(expected: Book, actual: Book, differences: readonly Difference[]): string {
  const wrong = new Set(differences.map(({ action }) => action));
  const actions = [...new Set([...expected.keys(), ...actual.keys()])].toSorted();
  const rows = actions.map((action) => {
    const got = totalOf(actual.get(action)?.values() ?? []);
    const must = totalOf(expected.get(action)?.values() ?? []);
    return [
      action,
      String(actual.get(action)?.size ?? 0),
      ...[got?.count, got?.sum, got?.min, got?.max].map(show),
      [must?.count, must?.sum, must?.min, must?.max].map(show).join('  '),
      wrong.has(action) ? 'WRONG' : 'ok',
    ];
  });
  return textTable(COLUMNS, rows);
}

/** A line for each of the first differences, and the number of further ones. */
export function differenceLines(differences: readonly Difference[], atMost = 20): string[] {
  const lines = differences.slice(0, atMost).map(({ action, hour, field, expected, actual }) => {
    const when = hour === undefined ? 'over all time' : new Date(hour).toISOString();
    return `  ${action} ${when} ${field}: ${show(actual)}, expected ${show(expected)}`;
  });
  const more = differences.length - lines.length;
  return more > 0 ? [...lines, `  … and ${more} more`] : lines;
}

function show(value: number | undefined): string {
  return value === undefined ? '–' : String(value);
}
