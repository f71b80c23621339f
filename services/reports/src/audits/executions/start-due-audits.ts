import type { Calendar } from '@weir/calendar';
import type { AuditsStore } from '@weir/dynamodb/audits';
import { DUE_AFTER_MS, recentDays } from '../days/audited-days.ts';
import type { AuditMachine } from './audit-machine.ts';

/** Executions that the schedule starts for one day: about one for each hour of a day, as each retries for an hour. */
const MAX_ATTEMPTS = 24;

export interface StartAuditsDeps {
  readonly audits: Pick<AuditsStore, 'find'>;
  readonly machine: AuditMachine;
  readonly calendarOf: (timeZone: string) => Calendar;
  readonly timeZone: string;
  readonly now: () => number;
  readonly newId: () => string;
}

/** What the schedule found. */
export interface DueAudits {
  /** The names of the executions that run. */
  readonly running: readonly string[];
  /** For how long the oldest day without an audit has been due; 0 if each has one. */
  readonly overdueMs: number;
}

/**
 * Starts an execution for each recent day that has no audit, the oldest first. A name is derived from the day, so that
 * a day has one execution at a time: a name that runs is not started again.
 */
export async function startDueAudits(deps: StartAuditsDeps): Promise<DueAudits> {
  const { audits, calendarOf, timeZone, now } = deps;
  const running: string[] = [];
  let overdueMs = 0;
  for (const { date, to } of recentDays(calendarOf(timeZone), now())) {
    // An audit in another time zone is of another day.
    if ((await audits.find(date))?.timeZone === timeZone) continue;
    overdueMs = Math.max(overdueMs, now() - to - DUE_AFTER_MS);
    const execution = await startDay(deps, date);
    if (execution !== undefined) running.push(execution);
  }
  return { running, overdueMs };
}

/** An execution that has ended without an audit is followed by one of the next name. */
async function startDay({ machine, timeZone }: StartAuditsDeps, date: string): Promise<string | undefined> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const execution = `night-${date}-${attempt}`;
    if ((await machine.start({ execution, from: date, to: date, timeZone })) === 'running') return execution;
  }
  return undefined;
}
