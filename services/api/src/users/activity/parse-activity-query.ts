import type { ActivityQuery } from '@weir/dynamodb';
import { badParameter, badParameters, type Problem } from '../../http/answers/problem.ts';
import { parseTimes } from '../../http/requests/query-times.ts';
import { readQuery } from '../../http/requests/read-query.ts';
import type { RouteInput } from '../../http/route.ts';
import { readUserId } from '../user-id/read-user-id.ts';
import { DEFAULT_ACTIVITY_DAYS, MAX_ACTIVITY_DAYS } from './limits.ts';

const DAY_MS = 86_400_000;

/** A checked query: whole days in UTC. */
export interface ActivityRequest extends ActivityQuery {
  readonly kind: 'activity';
}

/** Reads the query of `GET /v1/users/{userId}/activity`. The default is the last 30 days. */
export function parseActivityQuery(input: RouteInput, now: number): ActivityRequest | Problem {
  const given = readUserId(input);
  if (given.kind === 'problem') return given;
  const query = readQuery(input.request.query, ['from', 'to']);
  const times = parseTimes(query.values);
  const faults = [...query.faults, ...times.faults];
  if (faults.length > 0) return badParameters(faults);
  const { to = now } = times;
  const { from = Math.max(0, to - DEFAULT_ACTIVITY_DAYS * DAY_MS) } = times;
  if (from >= to) return badParameter('from', 'must be before to, which is now by default');
  const range = { from: Math.floor(from / DAY_MS) * DAY_MS, to: Math.ceil(to / DAY_MS) * DAY_MS };
  const days = (range.to - range.from) / DAY_MS;
  if (days <= MAX_ACTIVITY_DAYS) return { kind: 'activity', userId: given.userId, ...range };
  return badParameter('from', `the range has ${days} days; ask for at most ${MAX_ACTIVITY_DAYS}`);
}
