import { type Change, compareFigures, formatNumber, formatShare, type Tile } from '@weir/charts';
import type { DailyReport } from '../../daily/daily-report.ts';
import { compareActions, goneActions } from './compare-actions.ts';

/** The few figures of the day, at the top. */
export function describeTiles(report: DailyReport): Tile[] {
  return [
    totalTile('Events', 'count', report),
    totalTile('Users', 'users', report),
    actionsTile(report),
    refusedTile(report),
  ];
}

function totalTile(name: string, field: 'count' | 'users', { facts, comparisons }: DailyReport): Tile {
  const now = facts.total[field];
  const values = [...comparisons.lastSeven.map((day) => day[field]), now];
  const changes = [
    { change: compareFigures(now, comparisons.meanOfSeven.total?.[field] ?? null), against: 'vs. last seven days' },
    { change: compareFigures(now, comparisons.previousDay.total?.[field] ?? null), against: 'vs. day before' },
  ].filter(({ change }) => change.kind !== 'unknown');
  const hasCourse = values.filter((value) => value !== null).length > 1;
  return {
    name,
    value: formatNumber(now),
    changes,
    note: noteOf(now, changes),
    course: hasCourse ? { values, summary: `${name} of the last eight days` } : undefined,
  };
}

function noteOf(now: number | null, changes: readonly { readonly change: Change }[]): string | undefined {
  if (now === null) return 'Not known for this day';
  return changes.length === 0 ? 'No earlier data' : undefined;
}

function actionsTile(report: DailyReport): Tile {
  const rows = compareActions(report);
  const fresh = rows.filter(({ sinceLastSeven }) => sinceLastSeven.kind === 'new').length;
  const gone = goneActions(report).length;
  const parts = [
    fresh > 0 && `${formatNumber(fresh)} new`,
    gone > 0 && `${formatNumber(gone)} more in the last seven days`,
  ];
  return { name: 'Actions', value: formatNumber(rows.length), note: parts.filter(Boolean).join(', ') || undefined };
}

function refusedTile({ facts }: DailyReport): Tile {
  const refused = facts.quarantine.reduce((sum, { count }) => sum + count, 0);
  const all = facts.total.count + refused;
  return {
    name: 'Refused events',
    value: formatNumber(refused),
    note: refused > 0 ? `${formatShare(refused, all)} of what was sent` : undefined,
  };
}
