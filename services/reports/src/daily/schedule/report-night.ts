import { addDays } from '@weir/calendar';
import type { StoredReport } from '@weir/dynamodb/reports';
import { countQuarantine } from '../facts/count-quarantine.ts';
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

/** What a night has written, by id. */
export interface NightOutcome {
  readonly outcome: DayOutcome;
  readonly revised: readonly string[];
}

/**
 * Reports a day, and computes the seven days before once more. All eight come from one read, which follows the reads of
 * the stored reports. A day whose facts have changed gets a revision, and the new report a line about it.
 */
export async function reportNight(deps: ReportDeps, date: string): Promise<NightOutcome> {
  const toldIn = dailyId(date);
  const earlier = await findEarlier(deps, date);
  const known = await findReport(deps, toldIn);
  if (known === 'under-way') return { outcome: known, revised: [] };
  const read = await readAround(deps, date, known.calendar);
  const revised: string[] = [];
  for (const stored of earlier) {
    if (!(await mayDiffer(deps, stored, read))) continue;
    const outcome = await reportDay(deps, { date: dateOf(stored), toldIn });
    if (outcome === 'revised') revised.push(stored.id);
  }
  return { outcome: await reviseFrom(deps, { known, read, toldIn }), revised };
}

/** The reports of the seven days before. One that another run is working on is left to that run. */
async function findEarlier(deps: ReportDeps, date: string): Promise<StoredReport[]> {
  const found: StoredReport[] = [];
  for (let daysBack = DAYS_BEFORE; daysBack > 0; daysBack--) {
    const known = await findReport(deps, dailyId(addDays(date, -daysBack)));
    if (known !== 'under-way' && known.stored) found.push(known.stored);
  }
  return found;
}

/** Whether the facts of a report may have changed. The days of another zone are not in the read. */
async function mayDiffer(deps: ReportDeps, stored: StoredReport, { days }: DaysRead): Promise<boolean> {
  const counts = days.find(({ day }) => day.from === stored.from && day.to === stored.to);
  if (!counts) return true;
  const facts = factsOf(counts, await countQuarantine(deps.archive, counts.day));
  return digestOfFacts(facts) !== stored.factsDigest;
}

function dateOf({ id }: StoredReport): string {
  return id.slice(dailyId('').length);
}
