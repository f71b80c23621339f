import type { ObjectStore } from '@weir/archive';
import type { Calendar, LocalDay } from '@weir/calendar';
import type { Question } from '@weir/dynamodb/jobs';
import { HOURS_KEPT_DAYS, hasItsHours, planSeries } from '@weir/dynamodb/series-plan';
import type { CountsReader } from '../../counts/counts-reader.ts';
import { actionsIn } from '../../counts/read-actions.ts';
import { JobFailure } from '../../jobs/job-kind.ts';

const DAY_MS = 86_400_000;
/** Of jobs that run at the same time. */
const PLANS_KEPT = 4;

/** What a summary is made of. It is noted once: the rules of the zone, or the actions, may change while the job runs. */
export interface SummaryPlan {
  /** The local days that the question touches, in order. A part is a day. */
  readonly days: readonly LocalDay[];
  readonly actions: readonly string[];
}

export interface PlanDeps {
  readonly reader: Pick<CountsReader, 'listActions'>;
  readonly calendarOf: (timeZone: string) => Calendar;
  readonly now: () => number;
}

export type AskedDays = Pick<Question, 'from' | 'to' | 'timeZone' | 'actions'>;

/** The days of a question, and its actions: those that it names, or all that may have been counted in its range. */
export async function planSummary({ reader, calendarOf, now }: PlanDeps, question: AskedDays): Promise<SummaryPlan> {
  const calendar = calendarOf(question.timeZone);
  const range = { ...calendar.roundRange({ ...question, interval: 'day' }), interval: 'day' } as const;
  const starts = calendar.bucketStarts(range);
  // The API refuses such days too: without their hours, they would be counted as nothing. The job may have waited.
  const isKept = hasItsHours(planSeries({ starts, ...range }), now() - HOURS_KEPT_DAYS * DAY_MS);
  if (!isKept) throw new JobFailure('hours-not-kept');
  const days = starts.map((start) => calendar.localDayAt(start));
  return { days, actions: question.actions ?? actionsIn(await reader.listActions(), range) };
}

export function planKey(folder: string): string {
  return `${folder}summary-plan.json`;
}

/** Reads the plan in a job's folder. */
export type ReadPlan = (folder: string) => Promise<SummaryPlan>;

/**
 * Reads plans, and keeps the last ones: a plan never changes, that of ten years takes 250 KB, and each of their 3,650
 * parts needs it.
 */
export function createReadPlan(files: Pick<ObjectStore, 'find'>): ReadPlan {
  const kept = new Map<string, SummaryPlan>();
  return async (folder) => {
    const plan = kept.get(folder) ?? (await readPlan(files, folder));
    kept.delete(folder);
    kept.set(folder, plan);
    for (const oldest of kept.keys()) if (kept.size > PLANS_KEPT) kept.delete(oldest);
    return plan;
  };
}

async function readPlan(files: Pick<ObjectStore, 'find'>, folder: string): Promise<SummaryPlan> {
  const found = await files.find(planKey(folder));
  if (!found) throw new Error(`there is no plan in ${folder}`);
  return JSON.parse(Buffer.from(found.bytes).toString()) as SummaryPlan;
}
