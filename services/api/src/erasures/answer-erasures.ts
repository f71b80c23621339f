import type { Log } from '@weir/logging';
import { judge, readPreconditions } from '../http/preconditions.ts';
import { type Problem, problem, unavailable } from '../http/problem.ts';
import type { ApiRequest } from '../http/request.ts';
import { type ApiResponse, json } from '../http/response.ts';
import type { RouteInput } from '../http/route.ts';
import { readUserId } from '../users/read-user-id.ts';
import { type BeginDeps, beginErasure } from './begin-erasure.ts';
import type { Retention } from './places.ts';
import { presentReceipt } from './present-receipt.ts';

/** What the erasures' routes need. */
export interface ErasureRoutesDeps extends BeginDeps {
  /** The entity tag of a person's profile; undefined when there is none. */
  readonly findTag: (userId: string) => Promise<string | undefined>;
  readonly retention: Retention;
  readonly log: Log;
}

/** Ids are made here: whatever else is asked for is not there. */
const ID = /^[\w.-]{1,64}$/;

type Answer = Promise<ApiResponse | Problem>;

/** Answers `DELETE /v1/users/{userId}`. A person without a profile may still have sent events: they are erased as well. */
export async function answerDelete(deps: ErasureRoutesDeps, input: RouteInput): Answer {
  const given = readUserId(input);
  if (given.kind === 'problem') return given;
  const { userId } = given;
  try {
    const refused = await refusedBy(deps, userId, input.request);
    if (refused) return refused;
    const erasure = await beginErasure(deps, userId);
    const receipt = presentReceipt(erasure, deps.retention, deps.now());
    return json(202, receipt, { location: `/v1/erasures/${erasure.id}` });
  } catch (error) {
    deps.log.error('an erasure could not begin', { error });
    return unavailable('the erasure is not known to have begun: send the request again');
  }
}

/** Answers `GET /v1/erasures/{id}`. */
export async function answerReceipt(deps: ErasureRoutesDeps, { params }: RouteInput): Answer {
  try {
    const id = params.id ?? '';
    const erasure = ID.test(id) ? await deps.erasures.find(id) : undefined;
    if (!erasure) return problem('resource-not-found', 'there is no such erasure');
    return json(200, presentReceipt(erasure, deps.retention, deps.now()));
  } catch (error) {
    deps.log.error('a receipt could not be read', { error });
    return unavailable('the receipt cannot be read at the moment');
  }
}

/** A request that comes again finds its profile gone: then the erasure that it began is what it asks for. */
async function refusedBy(deps: ErasureRoutesDeps, userId: string, request: ApiRequest): Promise<Problem | undefined> {
  const preconditions = readPreconditions(request);
  if (preconditions.kind === 'problem') return preconditions;
  const { ifMatch } = preconditions;
  if (ifMatch === undefined) return undefined;
  const tag = await deps.findTag(userId);
  if (tag === undefined && (await deps.erasures.findOf(userId)) !== undefined) return undefined;
  if (judge({ ifMatch, ifNoneMatch: undefined }, tag, 'write') === 'holds') return undefined;
  return problem('precondition-failed', 'the profile is not the one that If-Match names');
}
