import type { AvatarUpload, AvatarUploadsStore, UploadName } from '@weir/dynamodb/avatars';
import { changeAvatar } from '../../users/profile/change-avatar.ts';
import type { ChangeDeps } from '../../users/profile/change-user.ts';
import type { AvatarObjects } from '../stored/avatar-objects.ts';
import { type AvatarState, awaits, type Rejection, readAvatarState, storeAvatarState } from '../stored/avatar-state.ts';
import { tidyAvatars } from '../stored/tidy-avatars.ts';
import { keysOf, originalKey, thumbnailKey } from '../stored/upload-name.ts';
import { type Examined, examineUpload } from './examine-upload.ts';

/** Dependencies of `settleUpload`. */
export interface SettleUploadDeps extends ChangeDeps {
  readonly uploads: AvatarUploadsStore;
  readonly objects: AvatarObjects;
}

/** The result of an upload. */
export type UploadSettlement =
  | { readonly kind: 'ready' }
  | { readonly kind: 'rejected'; readonly reason: Rejection; readonly detail?: string }
  /** No caller was given an address for it. The object stays. */
  | { readonly kind: 'unknown' }
  /** The upload was settled before, a newer upload replaced it, or its user was erased. Its object is not needed. */
  | { readonly kind: 'over' };

type Verdict = Exclude<Examined, { kind: 'gone' }>;

interface Judged {
  readonly upload: UploadName;
  readonly verdict: Verdict;
}

/**
 * Settles an upload whose object has arrived: it first writes the objects, then the profile, and then removes objects
 * that are no longer needed. It may stop at any point, be repeated, or run twice at once. Only an avatar that waits for
 * this upload changes, and the objects to remove are found by a listing, not by a record of them.
 */
export async function settleUpload(deps: SettleUploadDeps, name: UploadName): Promise<UploadSettlement> {
  const upload = await deps.uploads.find(name);
  if (upload === undefined) return { kind: 'unknown' };
  const { userId } = upload;
  if (userId === undefined) {
    await deps.objects.remove(keysOf(name));
    return { kind: 'over' };
  }
  const settlement = await judge(deps, userId, upload);
  await tidyAvatars(deps, { owner: name.owner, userId });
  return settlement;
}

async function judge(deps: SettleUploadDeps, userId: string, upload: AvatarUpload): Promise<UploadSettlement> {
  const user = await deps.store.find(userId);
  if (!awaits(readAvatarState(user?.avatar), upload)) return { kind: 'over' };
  const verdict = await examineUpload(deps.objects, upload);
  if (verdict.kind === 'gone') return { kind: 'over' };
  await writeObjects(deps, upload, verdict);
  return record(deps, userId, { upload, verdict });
}

async function writeObjects({ objects }: SettleUploadDeps, upload: UploadName, verdict: Verdict): Promise<void> {
  if (verdict.kind === 'rejected') return;
  await Promise.all([
    objects.write(originalKey(upload), verdict.original, verdict.type),
    objects.write(thumbnailKey(upload), verdict.thumbnail, 'image/jpeg'),
  ]);
}

async function record(deps: SettleUploadDeps, userId: string, { upload, verdict }: Judged): Promise<UploadSettlement> {
  const outcome = await changeAvatar(deps, userId, (stored) => {
    const state = readAvatarState(stored);
    return state && awaits(state, upload) ? storeAvatarState(nextState(state, verdict)) : undefined;
  });
  if (outcome.kind === 'contended') throw new Error('other writers changed the profile in every attempt');
  if (outcome.kind !== 'written') return { kind: 'over' };
  return verdict.kind === 'rejected' ? verdict : { kind: 'ready' };
}

function nextState(state: AvatarState, verdict: Verdict): AvatarState {
  const { upload, shown } = state;
  if (verdict.kind === 'rejected') return { status: 'rejected', upload, reason: verdict.reason, shown };
  return { status: 'ready', upload, shown: { name: upload, type: verdict.type } };
}
