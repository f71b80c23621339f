import type { Question } from '@weir/dynamodb/jobs';
import type { JobFiles } from '../../jobs/job-kind.ts';
import { createEventCollector } from '../by-user/event-collector.ts';
import { createEventReducer } from '../by-user/event-reducer.ts';
import { numbered } from '../by-user/method/asked-lines.ts';
import type { ByUserAnswer, ByUserMethod } from '../by-user/method/by-user-method.ts';
import { eventRecords } from '../by-user/runs/event-record.ts';
import type { FunnelResult } from '../results.ts';
import { followSteps } from './follow-steps.ts';

export interface FunnelDeps {
  readonly render: (answer: { readonly question: Question; readonly result: FunnelResult }) => Promise<JobFiles>;
}

/** The users who reached each step. */
type StepUsers = readonly number[];

/** How many users took the first of some steps, and how many of them the next ones within a time. */
export function createFunnelMethod({ render }: FunnelDeps): ByUserMethod<null, StepUsers> {
  return {
    plan: () => null,
    // Later steps count also past the range.
    asked: (question) => ({
      from: question.from,
      to: question.to + windowMsOf(question),
      actions: numbered(stepsOf(question)),
    }),
    format: eventRecords,
    newCollector: createEventCollector,
    newReducer(question) {
      const steps = stepsOf(question);
      const numbers = numbered(steps);
      return createEventReducer(
        followSteps({
          steps: steps.map((step) => numbers.get(step) ?? 0),
          to: question.to,
          windowMs: windowMsOf(question),
        }),
      );
    },
    assemble: async (answer) => render({ question: answer.question, result: await addSteps(answer) }),
  };
}

async function addSteps({ question, parts, erasedEvents }: ByUserAnswer<null, StepUsers>): Promise<FunnelResult> {
  const steps = stepsOf(question).map((action) => ({ action, users: 0 }));
  for await (const users of parts) for (const [step, sum] of steps.entries()) sum.users += users[step] ?? 0;
  return { kind: 'funnel', steps, windowSeconds: windowMsOf(question) / 1000, erasedEvents };
}

function stepsOf({ steps }: Question): readonly string[] {
  if (!steps) throw new RangeError('a funnel has steps');
  return steps;
}

function windowMsOf({ windowSeconds }: Question): number {
  if (windowSeconds === undefined) throw new RangeError('a funnel has a window');
  return windowSeconds * 1000;
}
