import { addDays, type Calendar, type LocalDay } from '@weir/calendar';
import type { Logger, Meter } from '@weir/logging';
import { readDays } from '../facts/read-days.ts';
import { findAudit } from '../revisions/audit-state.ts';
import { countedFacts, dailyId, type ReportDeps, readAround, reportDay } from '../revisions/report-day.ts';
import { DUE_AFTER_MS, dayToPrepare, dueDays, MAX_DAYS, newestDueDay, WAITS_UNTIL_MS } from './due-days.ts';
import { type NightOutcome, reportNight } from './report-night.ts';

export interface ScheduleDeps extends ReportDeps {
  readonly log: Logger;
  readonly meter: Meter;
}

/** The ids of the reports that a run has made, and of those that it has revised. */
export interface DailyRun {
  readonly made: readonly string[];
  readonly revised: readonly string[];
}

/**
 * Reports every day that is due, the oldest first, and begins no further day after `deadline`. The days before are
 * computed again with the first of them: the others follow within the same run. Throws at the end if one of them failed.
 */
export async function reportDueDays(deps: ScheduleDeps, deadline: number): Promise<DailyRun> {
  const { store, meter, log, now } = deps;
  const made: string[] = [];
  const revised: string[] = [];
  const failed: unknown[] = [];
  const calendar = deps.calendarOf(deps.timeZone);
  let nextDay = await store.findNextDay();
  const due = dueDays(calendar, { nextDay: nextDay ?? (await findFirstDay(deps, calendar)), now: now() });
  for (const day of due) {
    const { date } = day;
    if (now() >= deadline || (await isWaiting(deps, day))) break;
    const night =
      date === due[0]?.date ? await reportNight(deps, date, day.to + WAITS_UNTIL_MS) : await laterDay(deps, day);
    revised.push(...night.revised);
    failed.push(...night.failed);
    // Another run works on it: it, or the next hour, goes on from there.
    if (night.outcome === 'under-way' || night.outcome === 'waiting') break;
    if (night.outcome === 'made') made.push(dailyId(date));
    const to = addDays(date, 1);
    await store.moveNextDay({ from: nextDay, to });
    nextDay = to;
  }
  await prepareTopUsers(deps, calendar).catch((error: unknown) => failed.push(error));
  const waiting = due.find(({ date }) => nextDay === undefined || date >= nextDay);
  meter.observe('ReportOverdue', 'Seconds', waiting ? (now() - waiting.to - DUE_AFTER_MS) / 1000 : 0);
  if (made.length + revised.length > 0) log.info('Reports written', { made, revised });
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} other days could not be computed`);
  return { made, revised };
}

/**
 * Whether the report waits for the audit of its day: for some hours only, and only if the day before has one. Where no
 * audit runs, or none succeeds, a report is not late because of that.
 */
async function isWaiting({ audits, timeZone, now }: ReportDeps, { date, to }: LocalDay): Promise<boolean> {
  if (now() >= to + WAITS_UNTIL_MS) return false;
  const isPending = async (day: string) => (await findAudit(audits, { date: day, timeZone })).status === 'pending';
  return (await isPending(date)) && !(await isPending(addDays(date, -1)));
}

async function laterDay(deps: ReportDeps, { date, to }: LocalDay): Promise<NightOutcome> {
  const outcome = await reportDay(deps, date, to + WAITS_UNTIL_MS);
  return { outcome, revised: [], failed: [] };
}

/** Has the top users of a day counted before its report is due. */
async function prepareTopUsers(deps: ReportDeps, calendar: Calendar): Promise<void> {
  const day = dayToPrepare(calendar, deps.now());
  if (!day) return;
  const { days } = await readDays(deps.reader, { days: [day], calendar });
  for (const counts of days) await countedFacts(deps, { stored: undefined, calendar }, counts);
}

/**
 * The day with which a stage without a report begins: the first one with an event, at most `MAX_DAYS` back. An event may
 * be years older than the stage; days without any before the first of these are no days of the stage.
 */
async function findFirstDay(deps: ReportDeps, calendar: Calendar): Promise<string | undefined> {
  const { days } = await readAround(deps, newestDueDay(calendar, deps.now()), calendar);
  return days.slice(-MAX_DAYS).find(({ total }) => total.count > 0)?.day.date;
}
