import { addDays } from '@weir/calendar';
import type { StoredReport } from '@weir/dynamodb/reports';
import type { DayCounts } from '../facts/day-counts.ts';
import type { DaysRead } from '../facts/read-days.ts';
import { revisionDigest } from '../revisions/draft-report.ts';
import {
  type CountedFacts,
  countedFacts,
  DAYS_BEFORE,
  type DayOutcome,
  dailyId,
  findReport,
  type KnownDay,
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
 *
 * Until `waitsUntil` it waits for the top users of the days that need a revision, and has them counted.
 */
export async function reportNight(deps: ReportDeps, date: string, waitsUntil: number): Promise<NightOutcome> {
  const revised: string[] = [];
  const { found, failed, isUnderWay } = await findEarlier(deps, date);
  const known = await findReport(deps, dailyId(date));
  if (isUnderWay || known === 'under-way') return { outcome: 'under-way', revised, failed };
  const read = await readAround(deps, date, known.calendar);
  const counted = await countDays(deps, { known, found, read });
  const isCounting = [...counted.values()].some(({ users }) => users.state === 'counting');
  if (isCounting && deps.now() < waitsUntil) return { outcome: 'waiting', revised, failed };
  for (const stored of found) {
    try {
      const outcome = (await mayDiffer(deps, stored, { read, known, counted }))
        ? await reportDay(deps, dateOf(stored))
        : 'unchanged';
      if (outcome === 'under-way') return { outcome, revised, failed };
      if (outcome === 'revised') revised.push(stored.id);
    } catch (error) {
      failed.push(error);
    }
  }
  return { outcome: await reviseFrom(deps, { known, read, counted: counted.get(read.days.at(-1)) }), revised, failed };
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

interface NightDays {
  readonly known: KnownDay;
  readonly found: readonly StoredReport[];
  readonly read: DaysRead;
}

type Counted = ReadonlyMap<DayCounts | undefined, CountedFacts>;

/** What revisions of the days would be made of. Begins to count the top users that are missing. */
async function countDays(deps: ReportDeps, { known, found, read }: NightDays): Promise<Counted> {
  const { calendar } = known;
  const all = new Map<DayCounts | undefined, CountedFacts>();
  for (const [index, counts] of read.days.entries()) {
    const isLast = index === read.days.length - 1;
    const stored = isLast ? known.stored : found.find((report) => isOfDay(report, counts));
    if (!stored && !isLast) continue;
    // What fails here fails again when the day is computed, and is reported there.
    const counted = await countedFacts(deps, { stored, calendar }, counts).catch(() => undefined);
    if (counted) all.set(counts, counted);
  }
  return all;
}

/** Whether a report may need a revision. The days of another zone are not in the read. */
async function mayDiffer(
  deps: ReportDeps,
  stored: StoredReport,
  { read, known, counted }: Omit<NightDays, 'found'> & { readonly counted: Counted },
): Promise<boolean> {
  const counts = read.days.find((day) => isOfDay(stored, day));
  if (!counts) return true;
  const found = counted.get(counts) ?? (await countedFacts(deps, { stored, calendar: known.calendar }, counts));
  const { digest, users } = found;
  return users.state !== 'unchanged' && revisionDigest(digest, users.state === 'known') !== stored.factsDigest;
}

function isOfDay({ from, to }: StoredReport, { day }: DaysRead['days'][number]): boolean {
  return day.from === from && day.to === to;
}

function dateOf({ id }: StoredReport): string {
  return id.slice(dailyId('').length);
}
