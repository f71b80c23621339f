import { formatNumber, formatShare, type Tile } from '@weir/charts';
import type { JobAnswer } from '../../../kinds/job-answer.ts';
import type { RetentionResult } from '../../../kinds/results.ts';
import { numberOf } from '../../view/number-of.ts';
import { drawCohorts } from './cohorts/draw-cohorts.ts';
import { drawReturns } from './cohorts/draw-returns.ts';
import { drawSizes } from './cohorts/draw-sizes.ts';
import { type Returns, returnsOf } from './cohorts/returns-of.ts';
import {
  describeAsked,
  describeErased,
  describeInstants,
  describeRange,
  USERS_ARE_HASHES,
} from './describe-question.ts';
import { besides, type JobPage } from './job-page.ts';

/** How many users came again, week by week. */
export function retentionPage({ question, result }: JobAnswer<RetentionResult>): JobPage {
  const { cohorts, erasedEvents } = result;
  const returns = returnsOf(cohorts);
  const users = cohorts.reduce((sum, { size }) => sum + size, 0);
  const erased = describeErased(erasedEvents);
  return {
    kind: 'Retention',
    range: describeRange(question),
    lead: leadOf(users, cohorts.length, returns[1]),
    facts: [question.timeZone, describeAsked(question)],
    tiles: tilesOf(users, cohorts.length, returns),
    cards: users === 0 ? [] : [besides(drawReturns(returns), drawSizes(cohorts)), drawCohorts(cohorts)],
    notes: [
      `${describeInstants(question)} A cohort is the users whose first event in the range was in one week, which begins on Monday. The first and the last week count only as far as the range goes.`,
      USERS_ARE_HASHES,
      ...(erased ? [erased] : []),
    ],
  };
}

function leadOf(users: number, cohorts: number, next: Returns | undefined): string {
  if (users === 0) return 'No user had an event.';
  const all = `${numberOf('user', users)} in ${numberOf('weekly cohort', cohorts)}.`;
  return next ? `${all} ${formatShare(next.users, next.of)} came again in the week after their first.` : all;
}

function tilesOf(users: number, cohorts: number, returns: readonly Returns[]): Tile[] {
  return [
    { name: 'Users', value: formatNumber(users) },
    { name: 'Weekly cohorts', value: formatNumber(cohorts) },
    ...[1, 4].map((week) => {
      const { users: again, of } = returns[week] ?? { users: 0, of: 0 };
      return {
        name: week === 1 ? 'Came again a week later' : `Came again ${week} weeks later`,
        value: formatShare(again, of),
        note: of > 0 ? `${formatNumber(again)} of ${formatNumber(of)}` : 'The range is too short',
      };
    }),
  ];
}
