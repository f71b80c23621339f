import type { StoredUser } from '@weir/dynamodb/users';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Fault, type Problem, problem } from '../../http/answers/problem.ts';
import type { ApiResponse } from '../../http/answers/response.ts';
import { findUncheckable } from '../../http/bodies/find-uncheckable.ts';
import { findUnkeptFaults } from '../../http/bodies/find-unkept-faults.ts';
import { mergePatch } from '../../http/bodies/merge-patch.ts';
import { badBody, readBody } from '../../http/bodies/read-body.ts';
import { readJsonBody } from '../../http/bodies/read-json-body.ts';
import { judge, type Preconditions, readPreconditions } from '../../http/requests/preconditions.ts';
import type { RouteInput } from '../../http/route.ts';
import { readUserId } from '../user-id/read-user-id.ts';
import { answerWith, noSuchUser, notAsExpected } from './answer-user.ts';
import { changeUser, type Decide, type UserChange } from './change-user.ts';
import { checkProfile } from './check-profile.ts';
import { MAX_PROFILE_BODY_BYTES } from './limits.ts';
import { etagOf } from './present-user.ts';
import type { ProfileDeps } from './profile-deps.ts';
import { profileSchema } from './profile-schema.ts';

const MERGE_PATCH = 'application/merge-patch+json';
const FIELDS = profileSchema.properties;

/** Answers `PUT /v1/users/{userId}`. The body replaces the profile. The avatar stays. */
export function createPutUser(deps: ProfileDeps): (input: RouteInput) => Promise<ApiResponse | Problem> {
  return async (input) => {
    const given = readUserId(input);
    if (given.kind === 'problem') return given;
    const preconditions = readPreconditions(input.request);
    if (preconditions.kind === 'problem') return preconditions;
    const body = readBody(input.request, checkProfile, MAX_PROFILE_BODY_BYTES);
    if (body.kind === 'problem') return body;
    return answerChange(deps, given.userId, (current) => {
      if (!holds(preconditions, current)) return leave(notAsExpected());
      return { kind: 'write', next: { profile: body.value, avatar: current?.avatar } };
    });
  };
}

/** Writes as `decide` says, and answers with the result. */
async function answerChange(
  deps: ProfileDeps,
  userId: string,
  decide: Decide<Problem>,
): Promise<ApiResponse | Problem> {
  const done = await orUnavailable(deps, 'the profile', changeUser(deps, userId, decide));
  if (done.kind === 'problem') return done;
  const outcome = done.value;
  if (outcome.kind === 'left') return outcome.reason;
  if (outcome.kind === 'written') return answerWith(deps, { status: outcome.before ? 200 : 201, user: outcome.user });
  const headers = { 'retry-after': '2' };
  return problem(
    'conflict',
    'send the request again: nothing was written, as other requests changed the user at the same time',
    { headers },
  );
}

function holds(preconditions: Preconditions, current: StoredUser | undefined): boolean {
  return judge(preconditions, etagOf(current), 'write') === 'holds';
}

function leave(reason: Problem): UserChange<Problem> {
  return { kind: 'leave', reason };
}

/**
 * Fields that no profile has and that a patch sets to null. They are refused before merging, as merging would remove
 * them.
 */
function findUnknownNulls(patch: unknown): readonly Fault[] {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return [];
  const unknown = Object.entries(patch).filter(([name, value]) => value === null && !Object.hasOwn(FIELDS, name));
  const checked = checkProfile(Object.fromEntries(unknown));
  return checked.kind === 'faults' ? checked.faults : [];
}

function readPatch({ request }: RouteInput): { readonly kind: 'patch'; readonly value: unknown } | Problem {
  const body = readJsonBody(request, MAX_PROFILE_BODY_BYTES, [MERGE_PATCH, 'application/json']);
  if (body.kind === 'problem') return body;
  // Merging is recursive and comes before the check.
  const uncheckable = findUncheckable(body.value);
  const faults = uncheckable ? [uncheckable] : findUnknownNulls(body.value);
  const unkept = findUnkeptFaults(body.text);
  if (faults.length + unkept.length === 0) return { kind: 'patch', value: body.value };
  return badBody([...unkept, ...faults]);
}

function patched(current: StoredUser, patch: unknown): UserChange<Problem> {
  const checked = checkProfile(mergePatch(current.profile, patch));
  if (checked.kind === 'valid') return { kind: 'write', next: { profile: checked.value, avatar: current.avatar } };
  const detail = 'errors lists each fault that the profile would have, with its place';
  return leave(problem('invalid-body', detail, { errors: checked.faults }));
}

/**
 * Answers `PATCH /v1/users/{userId}` with a JSON Merge Patch (RFC 7396). The result must be a valid profile; otherwise
 * nothing changes.
 */
export function createPatchUser(deps: ProfileDeps): (input: RouteInput) => Promise<ApiResponse | Problem> {
  return async (input) => {
    const given = readUserId(input);
    if (given.kind === 'problem') return given;
    const preconditions = readPreconditions(input.request);
    if (preconditions.kind === 'problem') return preconditions;
    const patch = readPatch(input);
    if (patch.kind === 'problem') return patch;
    return answerChange(deps, given.userId, (current) => {
      if (!current) return leave(noSuchUser());
      return holds(preconditions, current) ? patched(current, patch.value) : leave(notAsExpected());
    });
  };
}
