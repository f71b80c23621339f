import type { StoredUser } from '@weir/dynamodb/users';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../../http/answers/problem.ts';
import { type ApiResponse, empty, json } from '../../http/answers/response.ts';
import { judge, readPreconditions } from '../../http/requests/preconditions.ts';
import type { RouteInput } from '../../http/route.ts';
import { readUserId } from '../user-id/read-user-id.ts';
import { userPath } from '../user-id/user-path.ts';
import { endsByItself, etagOf, presentUser } from './present-user.ts';
import type { ProfileDeps } from './profile-deps.ts';

/** The 404 for a user without a profile. */
export function noSuchUser(): Problem {
  return problem('resource-not-found', 'this user has no profile');
}

/** The 412 for a profile in another state than expected. */
export function notAsExpected(): Problem {
  return problem(
    'precondition-failed',
    'read the user again: it is not in the state that If-Match or If-None-Match expects',
  );
}

/** Answers with a user, and with the entity tag of the profile's state. */
export async function answerWith(
  deps: ProfileDeps,
  { status, user }: { status: 200 | 201; user: StoredUser },
): Promise<ApiResponse | Problem> {
  const presented = await orUnavailable(deps, 'the avatar', presentUser(user, deps.presentAvatar));
  if (presented.kind === 'problem') return presented;
  const location = status === 201 && { location: userPath(user.userId) };
  return json(status, presented.value, { etag: etagOf(user) ?? '', ...location });
}

/**
 * Answers `GET /v1/users/{userId}`. A caller who already has the state gets a 304, unless the answer has addresses that
 * expire: the caller's own addresses may no longer work.
 */
export function createAnswerUser(deps: ProfileDeps): (input: RouteInput) => Promise<ApiResponse | Problem> {
  return async (input) => {
    const given = readUserId(input);
    if (given.kind === 'problem') return given;
    const preconditions = readPreconditions(input.request);
    if (preconditions.kind === 'problem') return preconditions;
    const found = await orUnavailable(deps, 'the profile', deps.store.find(given.userId));
    if (found.kind === 'problem') return found;
    const user = found.value;
    if (!user) return noSuchUser();
    const verdict = judge(preconditions, etagOf(user), 'read');
    if (verdict === 'failed') return notAsExpected();
    return verdict === 'holds' ? answerWith(deps, { status: 200, user }) : notModified(deps, user);
  };
}

async function notModified(deps: ProfileDeps, user: StoredUser): Promise<ApiResponse | Problem> {
  const presented = await orUnavailable(deps, 'the avatar', presentUser(user, deps.presentAvatar));
  if (presented.kind === 'problem') return presented;
  const headers = { etag: etagOf(user) ?? '' };
  return endsByItself(presented.value) ? json(200, presented.value, headers) : empty(304, headers);
}
