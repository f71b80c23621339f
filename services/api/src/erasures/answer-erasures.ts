import type { Erasure } from '@weir/dynamodb/erasures';
import { type BudgetDeps, orUnavailable } from '../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../http/answers/problem.ts';
import { type ApiResponse, json } from '../http/answers/response.ts';
import { judge, type Preconditions, readPreconditions } from '../http/requests/preconditions.ts';
import type { RouteInput } from '../http/route.ts';
import { notAsExpected } from '../users/profile/answer-user.ts';
import { readUserId } from '../users/user-id/read-user-id.ts';
import { type BeginDeps, beginErasure } from './begin-erasure.ts';
import type { Retention } from './places/places.ts';
import { presentReceipt } from './present-receipt.ts';

/** Dependencies of the erasures' routes. */
export interface ErasureRoutesDeps extends BeginDeps, BudgetDeps {
  /** The entity tag of a user's profile; undefined if there is none. */
  readonly findTag: (userId: string) => Promise<string | undefined>;
  readonly retention: Retention;
}

/** The form of the ids that Weir makes. An id of another form belongs to no erasure. */
const ID = /^[\w.-]{1,64}$/;

type Answer = Promise<ApiResponse | Problem>;

/** Answers `DELETE /v1/users/{userId}`. A user without a profile may have sent events, so they are erased as well. */
export async function answerDelete(deps: ErasureRoutesDeps, input: RouteInput): Answer {
  const given = readUserId(input);
  if (given.kind === 'problem') return given;
  const preconditions = readPreconditions(input.request);
  if (preconditions.kind === 'problem') return preconditions;
  const begun = await orUnavailable(deps, 'the erasure', eraseIfMatching(deps, given.userId, preconditions));
  if (begun.kind === 'problem') return begun;
  const erasure = begun.value;
  if (!erasure) return notAsExpected();
  return json(202, presentReceipt(erasure, deps.retention, deps.now()), { location: `/v1/erasures/${erasure.id}` });
}

/** Answers `GET /v1/erasures/{id}`. */
export async function answerReceipt(deps: ErasureRoutesDeps, { params }: RouteInput): Answer {
  const { id = '' } = params;
  const found = await orUnavailable(
    deps,
    'the receipt',
    ID.test(id) ? deps.erasures.find(id) : Promise.resolve(undefined),
  );
  if (found.kind === 'problem') return found;
  if (!found.value) return problem('resource-not-found', 'there is no such erasure');
  return json(200, presentReceipt(found.value, deps.retention, deps.now()));
}

/** Begins the erasure of a user. Returns undefined and does nothing if the preconditions do not hold. */
async function eraseIfMatching(
  deps: ErasureRoutesDeps,
  userId: string,
  preconditions: Preconditions,
): Promise<Erasure | undefined> {
  return (await isExpected(deps, userId, preconditions)) ? beginErasure(deps, userId) : undefined;
}

/** A repeated request finds the profile gone. It then asks for the erasure that the first request began. */
async function isExpected(deps: ErasureRoutesDeps, userId: string, expected: Preconditions): Promise<boolean> {
  if (expected.ifMatch === undefined && expected.ifNoneMatch === undefined) return true;
  const tag = await deps.findTag(userId);
  if (tag === undefined && (await deps.erasures.findOf(userId)) !== undefined) return true;
  return judge(expected, tag, 'write') === 'holds';
}
