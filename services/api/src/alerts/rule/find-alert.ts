import type { Alert } from '@weir/alerts';
import { type Problem, problem } from '../../http/answers/problem.ts';
import type { ApiResponse } from '../../http/answers/response.ts';
import type { Principal } from '../../http/callers/principal.ts';
import type { RouteInput } from '../../http/route.ts';
import type { AlertsDeps } from './alerts-deps.ts';
import { mayUseSeries } from './may-use-series.ts';
import { isAlertId } from './name-alert.ts';

/** The answer of one route. */
export type AnswerRoute = (input: RouteInput) => Promise<ApiResponse | Problem>;

export const NO_SUCH_ALERT = problem('resource-not-found', 'there is no such rule, or the key may not see it');

/** A rule that the key may see. */
export async function findAlert({ alerts }: AlertsDeps, id: string, principal: Principal): Promise<Alert | undefined> {
  const found = isAlertId(id) ? await alerts.find(id) : undefined;
  return found && mayUseSeries(principal, found.action) ? found : undefined;
}
