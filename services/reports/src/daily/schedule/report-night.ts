import { addDays } from '@weir/calendar';
import type { StoredReport } from '@weir/dynamodb/reports';
import { findQuarantine } from '../facts/find-quarantine.ts';
import type { DaysRead } from '../facts/read-days.ts';
import { digestOfFacts, factsOf } from '../revisions/draft-report.ts';
import {
  DAYS_BEFORE,
  type DayOutcome,
  dailyId,
  findReport,
  type ReportDeps,
  readAround,
  reportDay,
  reviseFrom,
} from '../revisions/report-day.ts';

/** What a night has written, by id, and why some of the seven days before could not be computed again. */
export interface NightOutcome {
  readonly outcome: DayOutcome;
  readonly revised: readonly string[];
  readonly failed: readonly unknown[];
}

/**
 * Reports a day, and computes the seven days before once more. All eight come from one read, which follows the reads of
 * the stored reports. A day whose facts have changed gets a revision, and the new report a line about it.
 *
 * It waits for a run that works on one of the days, or has died within its lease: only this night finishes what that run
 * has begun. A day before that fails does not keep the new report back.
 */
export async function reportNight(deps: ReportDeps, date: string): Promise<NightOutcome> {
  const revised: string[] = [];
  const { found, failed, isUnderWay } = await findEarlier(deps, date);
  const known = await findReport(deps, dailyId(date));
  if (isUnderWay || known === 'under-way') return { outcome: 'under-way', revised, failed };
  const read = await readAround(deps, date, known.calendar);
  for (const stored of found) {
    try {
      const outcome = (await mayDiffer(deps, stored, read)) ? await reportDay(deps, dateOf(stored)) : 'unchanged';
      if (outcome === 'under-way') return { outcome, revised, failed };
      if (outcome === 'revised') revised.push(stored.id);
    } catch (error) {
      failed.push(error);
    }
  }
  return { outcome: await reviseFrom(deps, { known, read }), revised, failed };
}

/** The reports of the seven days before. */
async function findEarlier(deps: ReportDeps, date: string) {
  const found: StoredReport[] = [];
  const failed: unknown[] = [];
  let isUnderWay = false;
  for (let daysBack = DAYS_BEFORE; daysBack > 0; daysBack--) {
    try {
      const known = await findReport(deps, dailyId(addDays(date, -daysBack)));
      if (known === 'under-way') isUnderWay = true;
      else if (known.stored) found.push(known.stored);
    } catch (error) {
      failed.push(error);
    }
  }
  return { found, failed, isUnderWay };
}

/** Whether the facts of a report may have changed. The days of another zone are not in the read. */
async function mayDiffer(deps: ReportDeps, stored: StoredReport, { days }: DaysRead): Promise<boolean> {
  const counts = days.find(({ day }) => day.from === stored.from && day.to === stored.to);
  if (!counts) return true;
  const facts = factsOf(counts, await findQuarantine(deps, counts.day));
  return digestOfFacts(facts) !== stored.factsDigest;
}

function dateOf({ id }: StoredReport): string {
  return id.slice(dailyId('').length);
}
