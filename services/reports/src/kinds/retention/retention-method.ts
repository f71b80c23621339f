import type { Calendar } from '@weir/calendar';
import type { Question } from '@weir/dynamodb/jobs';
import type { JobFiles } from '../../jobs/job-kind.ts';
import { createEventCollector } from '../by-user/event-collector.ts';
import { createEventReducer } from '../by-user/event-reducer.ts';
import { numbered } from '../by-user/method/asked-lines.ts';
import type { ByUserAnswer, ByUserMethod } from '../by-user/method/by-user-method.ts';
import { eventRecords } from '../by-user/runs/event-record.ts';
import type { RetentionResult } from '../results.ts';
import { type CohortTable, followCohorts } from './follow-cohorts.ts';
import { type Week, weeksOf } from './weeks-of.ts';

export interface RetentionDeps {
  readonly calendarOf: (timeZone: string) => Calendar;
  readonly render: (answer: { readonly question: Question; readonly result: RetentionResult }) => Promise<JobFiles>;
}

/** How many of the users who were new in a week came again in later weeks. */
export function createRetentionMethod({
  calendarOf,
  render,
}: RetentionDeps): ByUserMethod<readonly Week[], CohortTable> {
  return {
    plan: (question) => weeksOf(calendarOf(question.timeZone), question),
    asked: ({ from, to, actions }) => ({ from, to, actions: actions && numbered(actions) }),
    format: eventRecords,
    newCollector: createEventCollector,
    newReducer: (_question, weeks) => createEventReducer(followCohorts(weeks.map(({ start }) => start))),
    assemble: async (answer) => render({ question: answer.question, result: await addCohorts(answer) }),
  };
}

/** A week in which nobody was new has no cohort. */
async function addCohorts({
  plan,
  parts,
  erasedEvents,
}: ByUserAnswer<readonly Week[], CohortTable>): Promise<RetentionResult> {
  const sums = plan.map((_, week) => new Array<number>(plan.length - week).fill(0));
  for await (const table of parts) {
    for (const [week, active] of table.entries()) {
      const sum = sums[week];
      for (const [later, users] of active.entries()) if (sum) sum[later] = (sum[later] ?? 0) + users;
    }
  }
  const cohorts = plan.map(({ name }, week) => ({ week: name, size: sums[week]?.[0] ?? 0, active: sums[week] ?? [] }));
  return { kind: 'retention', cohorts: cohorts.filter(({ size }) => size > 0), erasedEvents };
}
