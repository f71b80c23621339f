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

/** What the erasures' routes need. */
export interface ErasureRoutesDeps extends BeginDeps, BudgetDeps {
  /** The entity tag of a person's profile; undefined when there is none. */
  readonly findTag: (userId: string) => Promise<string | undefined>;
  readonly retention: Retention;
}

/** Ids are made here: whatever else is asked for is not there. */
const ID = /^[\w.-]{1,64}$/;

type Answer = Promise<ApiResponse | Problem>;

/** Answers `DELETE /v1/users/{userId}`. A person without a profile may still have sent events: they are erased as well. */
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

/** Erases the person; undefined, and nothing done, where their profile is not in a state that is expected. */
async function eraseIfMatching(
  deps: ErasureRoutesDeps,
  userId: string,
  preconditions: Preconditions,
): Promise<Erasure | undefined> {
  return (await isExpected(deps, userId, preconditions)) ? beginErasure(deps, userId) : undefined;
}

/** A request that comes again finds its profile gone: then the erasure that it began is what it asks for. */
async function isExpected(deps: ErasureRoutesDeps, userId: string, expected: Preconditions): Promise<boolean> {
  if (expected.ifMatch === undefined && expected.ifNoneMatch === undefined) return true;
  const tag = await deps.findTag(userId);
  if (tag === undefined && (await deps.erasures.findOf(userId)) !== undefined) return true;
  return judge(expected, tag, 'write') === 'holds';
}
