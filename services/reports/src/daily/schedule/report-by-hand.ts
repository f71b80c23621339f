import { type DayOutcome, dailyId, type ReportDeps, reportDay } from '../revisions/report-day.ts';
import { firstKeptDay } from './due-days.ts';

const NOT_KEPT = 'the hours of the week before it are no longer kept';

/** How a day that somebody asked for ended, or one sentence about why it cannot have a report. */
export type HandOutcome =
  | { readonly outcome: DayOutcome; readonly id: string }
  | { readonly outcome: 'refused'; readonly problem: string };

/** Reports one day that has ended, whether or not it is due. */
export async function reportByHand(deps: ReportDeps, date: string): Promise<HandOutcome> {
  const problem = problemOf(deps, date);
  if (problem !== undefined) return { outcome: 'refused', problem };
  return { outcome: await reportDay(deps, date), id: dailyId(date) };
}

function problemOf({ calendarOf, timeZone, now }: ReportDeps, date: string): string | undefined {
  const calendar = calendarOf(timeZone);
  const day = calendar.localDay(date);
  if (!day) return `${date} is no date, or one that the clocks of ${timeZone} left out: write it as 2026-01-31.`;
  if (day.to > now()) return `${date} has not ended in ${timeZone}: it ends at ${new Date(day.to).toISOString()}.`;
  const first = firstKeptDay(calendar, now());
  const isKept = date >= first;
  return isKept ? undefined : `${date} is too long ago: ${NOT_KEPT}. Ask for ${first} or a later day.`;
}
