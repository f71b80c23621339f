import type { AvatarUpload } from '@weir/dynamodb/avatars';
import { orUnavailable } from '../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../http/answers/problem.ts';
import { type ApiResponse, json } from '../http/answers/response.ts';
import { readBody } from '../http/bodies/read-body.ts';
import type { RouteInput } from '../http/route.ts';
import { formatTime } from '../times/parse-time.ts';
import { noSuchUser } from '../users/profile/answer-user.ts';
import { changeAvatar } from '../users/profile/change-avatar.ts';
import { readUserId } from '../users/user-id/read-user-id.ts';
import { checkAvatarRequest } from './avatar-request-schema.ts';
import type { AvatarsDeps } from './avatars-deps.ts';
import type { ImageType } from './images/image-types.ts';
import { AVATAR_UPLOAD_TTL_MS, AVATAR_URL_TTL_SECONDS, MAX_AVATAR_BODY_BYTES } from './limits.ts';
import { readAvatarState, storeAvatarState } from './stored/avatar-state.ts';
import { ownerOf, uploadKey } from './stored/upload-name.ts';

type NewUpload = AvatarUpload & { readonly userId: string; readonly contentType: ImageType };

/** Answers `POST /v1/users/{userId}/avatar` with an address to which the caller can send this one image, once. */
export function createAnswerAvatar(deps: AvatarsDeps): (input: RouteInput) => Promise<ApiResponse | Problem> {
  return async (input) => {
    const given = readUserId(input);
    if (given.kind === 'problem') return given;
    const body = readBody(input.request, checkAvatarRequest, MAX_AVATAR_BODY_BYTES);
    if (body.kind === 'problem') return body;
    const requestedAt = deps.now();
    const upload: NewUpload = {
      ...{ owner: ownerOf(given.userId), uploadId: deps.newUploadId(), userId: given.userId },
      ...{ contentType: body.value.contentType, bytes: body.value.size },
      keptUntil: requestedAt + AVATAR_UPLOAD_TTL_MS,
    };
    const expected = await orUnavailable(deps, 'the profile', expectUpload(deps, upload));
    if (expected.kind === 'problem') return expected;
    if (expected.value !== 'expected') return expected.value;
    const answer = await orUnavailable(deps, "the avatar's address", answerUpload(deps, upload, requestedAt));
    return answer.kind === 'problem' ? answer : answer.value;
  };
}

/**
 * Stores the upload first, and then makes the avatar wait for it. So an upload that arrives leads to its user, and an
 * upload for which the avatar does not wait changes nothing.
 */
async function expectUpload(deps: AvatarsDeps, upload: NewUpload): Promise<'expected' | Problem> {
  if (!(await deps.store.find(upload.userId))) return noSuchUser();
  await deps.uploads.create(upload);
  const outcome = await changeAvatar(deps, upload.userId, (stored) =>
    storeAvatarState({ status: 'pending', upload, shown: readAvatarState(stored)?.shown }),
  );
  if (outcome.kind === 'contended') {
    return problem('conflict', 'send the request again: other requests changed the user at the same time', {
      headers: { 'retry-after': '2' },
    });
  }
  if (outcome.kind !== 'missing') return 'expected';
  // The user was erased a moment ago, so what was just written about them must go too.
  await deps.uploads.forget([upload]);
  return noSuchUser();
}

async function answerUpload(deps: AvatarsDeps, upload: NewUpload, requestedAt: number): Promise<ApiResponse> {
  const { contentType, bytes } = upload;
  const address = await deps.urls.signUpload({ key: uploadKey(upload), contentType, bytes });
  const expiresAt = formatTime(requestedAt + AVATAR_URL_TTL_SECONDS * 1000);
  return json(201, { upload: address, expiresAt });
}
