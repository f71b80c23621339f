import { compareText } from '../compare-text.ts';
import type { Comparison, DailyReport, DayTotal } from '../daily-report.ts';
import type { DayCounts } from './day-counts.ts';
import type { DaysRead } from './read-days.ts';

interface Counted {
  readonly count: number;
  readonly users: number | null;
}

/** Compares the last of the days with the one before, and with the mean of all before. */
export function compareDays({ days, firstSeen }: Pick<DaysRead, 'days' | 'firstSeen'>): DailyReport['comparisons'] {
  const before = days.slice(0, -1);
  const names = new Set(days.flatMap(({ actions }) => actions.map(({ action }) => action)));
  const actions = [...names].sort(compareText).map((action) => ({ action, since: firstSeen.get(action) ?? 0 }));
  const since = [...firstSeen.values()].reduce((first, seen) => Math.min(first, seen), Number.POSITIVE_INFINITY);
  return {
    previousDay: compared(before.slice(-1), since, actions),
    meanOfSeven: compared(before, since, actions),
    lastSeven: before.map((counts) => totalOf(counts, isSeen(since)(counts))),
  };
}

function totalOf({ day: { date }, total }: DayCounts, isCounted: boolean): DayTotal {
  return isCounted ? { date, ...total } : { date, count: null, users: null };
}

interface SeenAction {
  readonly action: string;
  readonly since: number;
}

function compared(days: readonly DayCounts[], since: number, actions: readonly SeenAction[]): Comparison {
  const byAction = days.map((day) => new Map(day.actions.map((facts) => [facts.action, facts])));
  return {
    total: meanOf(days.filter(isSeen(since)).map(({ total }) => total)) ?? null,
    actions: actions.map((seen) => {
      // A day without the action counts as nothing, but only once the action was known.
      const counts = days.flatMap((day, index) =>
        isSeen(seen.since)(day) ? [byAction[index]?.get(seen.action) ?? nothingOn(day)] : [],
      );
      return { action: seen.action, ...(meanOf(counts) ?? { count: null, users: null }) };
    }),
  };
}

/** Whether a day had begun to count: it ended after the first event. */
function isSeen(since: number): (counts: DayCounts) => boolean {
  return ({ day }) => day.to > since;
}

/** A day without an event of the action; users are unknown where the whole day's are. */
function nothingOn({ total }: DayCounts): Counted {
  return { count: 0, users: total.users === null ? null : 0 };
}

function meanOf(counts: readonly Counted[]): Counted | undefined {
  if (counts.length === 0) return undefined;
  const users = counts.flatMap((counted) => counted.users ?? []);
  return {
    count: mean(counts.map(({ count }) => count)),
    users: users.length === counts.length ? mean(users) : null,
  };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
