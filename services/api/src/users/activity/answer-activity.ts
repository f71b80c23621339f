import type { ActivityDay, ActivityStore } from '@weir/dynamodb';
import { mayUseAction } from '@weir/keys';
import { type BudgetDeps, orUnavailable } from '../../http/answers/or-unavailable.ts';
import { badParameter, type Problem, problem } from '../../http/answers/problem.ts';
import { type ApiResponse, json } from '../../http/answers/response.ts';
import type { RouteInput } from '../../http/route.ts';
import { formatTime } from '../../times/parse-time.ts';
import { MAX_ACTIVITY_ITEMS } from './limits.ts';
import { type ActivityRequest, parseActivityQuery } from './parse-activity-query.ts';

const DATE_LENGTH = 'YYYY-MM-DD'.length;

/** Dependencies of the activity's route. */
export interface ActivityDeps extends BudgetDeps {
  /** Undefined if the stage does not count users' activity. */
  readonly activity: Pick<ActivityStore, 'readActivity'> | undefined;
  readonly now: () => number;
}

/**
 * Answers `GET /v1/users/{userId}/activity`, in ascending order of day and action. A user without events has no items,
 * with or without a profile. A key that is limited to actions sees only these.
 */
export function createAnswerActivity(deps: ActivityDeps): (input: RouteInput) => Promise<ApiResponse | Problem> {
  return async (input) => {
    const query = parseActivityQuery(input, deps.now());
    if (query.kind === 'problem') return query;
    if (!deps.activity) return problem('resource-not-found', 'this stage does not count the activity of users');
    const { userId, from, to } = query;
    const found = await orUnavailable(deps, 'the activity', deps.activity.readActivity({ userId, from, to }));
    if (found.kind === 'problem') return found;
    const counts = found.value.filter(({ action }) => mayUseAction(input.principal, action));
    if (counts.length <= MAX_ACTIVITY_ITEMS) return json(200, presentActivity(query, counts));
    return badParameter(
      'from',
      `the range has ${counts.length} items; ask for a range with at most ${MAX_ACTIVITY_ITEMS}`,
    );
  };
}

function presentActivity({ userId, from, to }: ActivityRequest, counts: readonly ActivityDay[]): object {
  const items = counts
    .toSorted(byDayAndAction)
    .map(({ day, action, count, sum }) => ({ day: formatTime(day).slice(0, DATE_LENGTH), action, count, sum }));
  return { userId, from: formatTime(from), to: formatTime(to), items };
}

function byDayAndAction(left: ActivityDay, right: ActivityDay): number {
  if (left.day !== right.day) return left.day - right.day;
  return left.action < right.action ? -1 : 1;
}
