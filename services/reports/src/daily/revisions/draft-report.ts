import { createHash } from 'node:crypto';
import type { StoredReport } from '@weir/dynamodb/reports';
import { canonicalJson } from '../canonical-json.ts';
import type { AuditState, DailyFacts, DailyReport, TopUsers } from '../daily-report.ts';
import { compareDays } from '../facts/compare-days.ts';
import type { DayCounts } from '../facts/day-counts.ts';
import { factChanges } from '../facts/fact-changes.ts';
import type { DaysRead } from '../facts/read-days.ts';
import { revisedIn } from './stored-reports.ts';

/** What a report is made of. */
export interface ReportParts {
  readonly id: string;
  readonly timeZone: string;
  readonly tzdata: string;
  /** The day of the report, with the seven days before it. */
  readonly read: DaysRead;
  readonly facts: DailyFacts;
  readonly topUsers: TopUsers | null;
  readonly audit: AuditState;
  /** The newest revision, if there is one. */
  readonly before: DailyReport | undefined;
  /** All reports that there are. */
  readonly reports: readonly StoredReport[];
}

/** The next revision of a report. */
export function draftReport(parts: ReportParts): DailyReport {
  const { id, timeZone, tzdata, read, facts, topUsers, audit, before, reports } = parts;
  const day = read.days.at(-1)?.day;
  if (!day) throw new RangeError('a report needs a day');
  const ids = new Set(reports.map((report) => report.id));
  const time = (at: number) => new Date(at).toISOString();
  return {
    ...{ version: 1, kind: 'daily', id, revision: (before?.revision ?? 0) + 1, timeZone, tzdata },
    ...{ from: time(day.from), to: time(day.to), asOf: read.asOf === undefined ? null : time(read.asOf) },
    facts,
    topUsers,
    comparisons: compareDays(read, (date) => ids.has(`daily-${date}`)),
    audit,
    changes: before ? factChanges(before.facts, facts) : [],
    revised: revisedIn(id, reports),
  };
}

/** The facts of a day. */
export function factsOf({ total, actions, hours }: DayCounts, quarantine: DailyFacts['quarantine']): DailyFacts {
  const shownHours = hours.map(({ start, count }) => ({ start: new Date(start).toISOString(), count }));
  return { total, actions, hours: shownHours, quarantine };
}

/** SHA-256 of the canonical facts. */
export function digestOfFacts(facts: DailyFacts): string {
  return createHash('sha256').update(canonicalJson(facts)).digest('hex');
}

/**
 * What a revision is remembered by: the next one is written when this changes. The ids of top users are not in it, as an
 * erasure, which changes them, is no reason for a revision.
 */
export function revisionDigest(factsDigest: string, hasTopUsers: boolean): string {
  return hasTopUsers ? `${factsDigest}+users` : factsDigest;
}
