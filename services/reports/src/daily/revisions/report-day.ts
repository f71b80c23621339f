import type { ObjectStore } from '@weir/archive';
import { addDays, type Calendar, type LocalDay } from '@weir/calendar';
import type { AuditsStore } from '@weir/dynamodb/audits';
import { type LaterRevision, reportFileKey, type StoredReport } from '@weir/dynamodb/reports';
import type { CountsReader } from '../../counts/counts-reader.ts';
import type { DailyFacts, DailyReport } from '../daily-report.ts';
import type { DayCounts } from '../facts/day-counts.ts';
import { findQuarantine } from '../facts/find-quarantine.ts';
import { type DaysRead, readDays } from '../facts/read-days.ts';
import { laterDate } from '../later-date.ts';
import type { FindTopUsers, TopUsersState } from '../top-users/top-users.ts';
import { findAudit } from './audit-state.ts';
import { digestOfFacts, draftReport, factsOf, revisionDigest } from './draft-report.ts';
import { claimRevision, putDraft, type RevisionDeps, resumeRevision } from './finish-revision.ts';
import { listReports } from './stored-reports.ts';

/** A report shows the day and the seven before it. */
export const DAYS_BEFORE = 7;

export interface ReportDeps extends RevisionDeps {
  readonly reader: CountsReader;
  /** The bucket of the archive. */
  readonly archive: Pick<ObjectStore, 'list' | 'get'>;
  readonly audits: Pick<AuditsStore, 'find'>;
  readonly findTopUsers: FindTopUsers;
  /** Throws for an unknown zone. */
  readonly calendarOf: (timeZone: string) => Calendar;
  readonly tzdata: string;
  /** The stage's. */
  readonly timeZone: string;
}

/**
 * How the work for a day ended. `under-way`: another run is at work on the report, or has died within its lease.
 * `waiting`: top users are being counted, and nothing was written.
 */
export type DayOutcome = 'made' | 'revised' | 'unchanged' | 'under-way' | 'waiting';

/** The stored report of a day, if there is one, and the calendar of its zone. */
export interface KnownDay {
  readonly stored: StoredReport | undefined;
  readonly calendar: Calendar;
}

/**
 * Makes the first report of a day, or a revision if its facts have changed. The stored report is read before anything
 * is counted, and claimed on condition that it is still the newest: so the facts of a revision are never older than
 * those of the one before. Until `waitsUntil` it waits for the top users.
 */
export async function reportDay(deps: ReportDeps, date: string, waitsUntil = 0): Promise<DayOutcome> {
  const known = await findReport(deps, dailyId(date));
  if (known === 'under-way') return known;
  return reviseFrom(deps, { known, read: await readAround(deps, date, known.calendar), waitsUntil });
}

/** A day that was counted with the seven before it. Its report was read before that. */
export interface DayRead {
  readonly known: KnownDay;
  readonly read: DaysRead;
  /** Until then, nothing is written while the top users are being counted. */
  readonly waitsUntil?: number;
  /** If that was found out already. */
  readonly counted?: CountedFacts | undefined;
}

/** Does the same for a day that was counted already. */
export async function reviseFrom(
  deps: ReportDeps,
  { known, read, waitsUntil = 0, counted }: DayRead,
): Promise<DayOutcome> {
  const { stored, calendar } = known;
  const counts = read.days.at(-1);
  if (!counts) throw new RangeError('no day was read');
  const id = dailyId(counts.day.date);
  const { facts, digest, users } = counted ?? (await countedFacts(deps, known, counts));
  if (users.state === 'counting' && deps.now() < waitsUntil) return 'waiting';
  const topUsers = users.state === 'known' ? users.topUsers : null;
  const factsDigest = revisionDigest(digest, topUsers !== null);
  if (users.state === 'unchanged' || stored?.factsDigest === factsDigest) return 'unchanged';
  const before = stored && (await readReport(deps.files, stored));
  const reports = await listReports(deps.store);
  const { timeZone } = calendar;
  const audit = await findAudit(deps.audits, { date: counts.day.date, timeZone });
  const report = draftReport({ id, timeZone, tzdata: deps.tzdata, read, facts, topUsers, audit, before, reports });
  const { revision } = report;
  const createdAt = stored?.createdAt ?? deps.now();
  const isClaimed = await claimRevision(deps, {
    ...{ kind: 'daily', id, timeZone, from: counts.day.from, to: counts.day.to, factsDigest },
    ...{ revision, finished: revision - 1, createdAt, revisedAt: stored?.revisedAt ?? createdAt },
    holdsUsers: stored?.holdsUsers === true || (topUsers?.users.length ?? 0) > 0,
    laterRevisions: [...(stored?.laterRevisions ?? []), ...(await correctionOf(deps, report, counts.day.date))],
    draft: await putDraft(deps, report),
  });
  if (!isClaimed) return 'under-way';
  return stored ? 'revised' : 'made';
}

/** A revision that only brings the top users corrects nothing: no report tells of it. */
async function correctionOf(
  deps: ReportDeps,
  { revision, changes }: DailyReport,
  date: string,
): Promise<LaterRevision[]> {
  return changes.length > 0 ? [{ revision, changes: changes.length, toldIn: await nextReport(deps, date) }] : [];
}

/** What a revision of a day would be made of. `unchanged`: the newest one has these facts, and the top users. */
export async function countedFacts(
  deps: ReportDeps,
  { stored, calendar }: KnownDay,
  counts: DayCounts,
): Promise<CountedFacts> {
  const { day, total } = counts;
  const facts = factsOf(counts, await findQuarantine(deps, day));
  const digest = digestOfFacts(facts);
  if (stored?.factsDigest === revisionDigest(digest, true)) return { facts, digest, users: { state: 'unchanged' } };
  const users = await deps.findTopUsers({ day, timeZone: calendar.timeZone, count: total.count, digest });
  return { facts, digest, users };
}

/** The facts of a day, and its top users. */
export interface CountedFacts {
  readonly facts: DailyFacts;
  readonly digest: string;
  readonly users: TopUsersState | { readonly state: 'unchanged' };
}

/** What is known of a day's report. A revision that a run has left unfinished is finished first. */
export async function findReport(deps: ReportDeps, id: string): Promise<KnownDay | 'under-way'> {
  const found = await deps.store.find(id);
  if (found && found.finished < found.revision && !(await resumeRevision(deps, found))) return 'under-way';
  // A report stays in the zone that it was made in.
  return { stored: found, calendar: deps.calendarOf(found?.timeZone ?? deps.timeZone) };
}

/**
 * The id of the report that has a line about a revision of `date`: the next one of the schedule that is not there yet.
 */
async function nextReport({ store, calendarOf, timeZone }: ReportDeps, revised: string): Promise<string> {
  const calendar = calendarOf(timeZone);
  const after = addDays(revised, 1);
  for (let date = laterDate((await store.findNextDay()) ?? after, after); ; date = addDays(date, 1)) {
    // A date that the clocks left out has no report.
    if (calendar.localDay(date) && !(await store.find(dailyId(date)))) return dailyId(date);
  }
}

/** Counts a day and the seven before it; a date that the clocks left out is none of them. */
export function readAround(deps: ReportDeps, date: string, calendar: Calendar): Promise<DaysRead> {
  return readDays(deps.reader, { days: daysUpTo(date, calendar), calendar });
}

function daysUpTo(date: string, calendar: Calendar): LocalDay[] {
  const dates = Array.from({ length: DAYS_BEFORE + 1 }, (_, index) => addDays(date, index - DAYS_BEFORE));
  return dates.flatMap((one) => calendar.localDay(one) ?? []);
}

export function dailyId(date: string): string {
  return `daily-${date}`;
}

async function readReport(files: RevisionDeps['files'], stored: StoredReport): Promise<DailyReport> {
  const key = reportFileKey(stored, stored.revision, 'json');
  const found = await files.find(key);
  if (!found) throw new Error(`there is no object ${key}`);
  return JSON.parse(Buffer.from(found.bytes).toString()) as DailyReport;
}
