import type { ObjectStore } from '@weir/archive';
import type { Calendar, LocalDay } from '@weir/calendar';
import type { SeriesPlan } from '@weir/dynamodb';
import type { Question } from '@weir/dynamodb/jobs';
import { planSeries } from '@weir/dynamodb/metrics';
import { JobFailure } from '../../jobs/job-kind.ts';
import type { SummaryReader } from './summary-reader.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** After this time a row of an hour is removed. Days of UTC have rows of their own, which stay. */
const HOURS_KEPT_DAYS = 400;

/** What a summary is made of. It is noted once: the rules of the zone, or the actions, may change while the job runs. */
export interface SummaryPlan {
  /** The local days that the question touches, in order. A part is a day. */
  readonly days: readonly LocalDay[];
  readonly actions: readonly string[];
}

export interface PlanDeps {
  readonly reader: Pick<SummaryReader, 'listActions'>;
  readonly calendarOf: (timeZone: string) => Calendar;
  readonly now: () => number;
}

export type AskedDays = Pick<Question, 'from' | 'to' | 'timeZone' | 'actions'>;

/** The days of a question, and its actions: those that it names, or all that may have been counted in its range. */
export async function planSummary({ reader, calendarOf, now }: PlanDeps, question: AskedDays): Promise<SummaryPlan> {
  const calendar = calendarOf(question.timeZone);
  const range = { ...calendar.roundRange({ ...question, interval: 'day' }), interval: 'day' } as const;
  const starts = calendar.bucketStarts(range);
  refuseOldHours(planSeries({ starts, ...range }), now());
  const days = starts.map((start) => calendar.localDayAt(start));
  return { days, actions: question.actions ?? (await actionsIn(reader, range)) };
}

/** The API refuses such days too: without their hours, they would be counted as nothing. */
function refuseOldHours({ hours: [first] }: SeriesPlan, now: number): void {
  if (first && (first.from + 1) * HOUR_MS <= now - HOURS_KEPT_DAYS * DAY_MS) throw new JobFailure('hours-not-kept');
}

/** If there are none, one action: its reads say up to when nothing was counted. */
async function actionsIn(reader: PlanDeps['reader'], { from, to }: { from: number; to: number }): Promise<string[]> {
  const all = await reader.listActions();
  const found = all.filter(({ firstSeen, lastSeen }) => firstSeen < to && lastSeen >= from);
  return (found.length > 0 ? found : all.slice(0, 1)).map(({ action }) => action);
}

export function planKey(folder: string): string {
  return `${folder}summary-plan.json`;
}

export async function readPlan(files: Pick<ObjectStore, 'find'>, folder: string): Promise<SummaryPlan> {
  const found = await files.find(planKey(folder));
  if (!found) throw new Error(`there is no plan in ${folder}`);
  return JSON.parse(Buffer.from(found.bytes).toString()) as SummaryPlan;
}
