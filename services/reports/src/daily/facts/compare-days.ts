import { compareText } from '../compare-text.ts';
import type { Comparison, DailyReport, DayTotal } from '../daily-report.ts';
import type { DayCounts } from './day-counts.ts';
import type { DaysRead } from './read-days.ts';

interface Counted {
  readonly count: number;
  readonly users: number | null;
}

/** Compares the last of the days with the one before, and with the mean of all before. */
export function compareDays(
  { days, firstSeen }: Pick<DaysRead, 'days' | 'firstSeen'>,
  hasReport: (date: string) => boolean,
): DailyReport['comparisons'] {
  const before = knownDays(days.slice(0, -1), hasReport);
  const names = new Set(days.flatMap(({ actions }) => actions.map(({ action }) => action)));
  const actions = [...names].sort(compareText).map((action) => ({ action, since: firstSeen.get(action) ?? 0 }));
  return {
    previousDay: compared(before.slice(-1), actions),
    meanOfSeven: compared(before, actions),
    lastSeven: before.map(totalOf),
  };
}

/** A day before, and whether anything is known of it: without that, no event is not the same as none. */
interface DayBefore {
  readonly counts: DayCounts;
  readonly isKnown: boolean;
}

/**
 * The stage had begun on a day if that day, or one before it, has an event or a report. The time of the first event
 * does not tell: a single event may be years older than the stage.
 */
function knownDays(days: readonly DayCounts[], hasReport: (date: string) => boolean): DayBefore[] {
  let isKnown = false;
  return days.map((counts) => {
    isKnown ||= counts.total.count > 0 || hasReport(counts.day.date);
    return { counts, isKnown };
  });
}

function totalOf({ counts: { day, total }, isKnown }: DayBefore): DayTotal {
  return isKnown ? { date: day.date, ...total } : { date: day.date, count: null, users: null };
}

interface SeenAction {
  readonly action: string;
  readonly since: number;
}

function compared(before: readonly DayBefore[], actions: readonly SeenAction[]): Comparison {
  const days = before.filter(({ isKnown }) => isKnown).map(({ counts }) => counts);
  const byAction = days.map((day) => new Map(day.actions.map((facts) => [facts.action, facts])));
  return {
    total: meanOf(days.map(({ total }) => total)) ?? null,
    actions: actions.map(({ action, since }) => {
      // A day without the action counts as nothing, but only once the action was known.
      const counts = days.flatMap((day, index) =>
        day.day.to > since ? [byAction[index]?.get(action) ?? nothingOn(day)] : [],
      );
      return { action, ...(meanOf(counts) ?? { count: null, users: null }) };
    }),
  };
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
