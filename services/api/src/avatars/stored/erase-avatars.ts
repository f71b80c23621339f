import type { AvatarUploadsStore } from '@weir/dynamodb/avatars';
import type { UsersStore } from '@weir/dynamodb/users';
import type { AvatarObjects } from './avatar-objects.ts';
import { keysInUse, readAvatarState } from './avatar-state.ts';
import { listOwned } from './tidy-avatars.ts';
import { ownerOf } from './upload-name.ts';

/** What erasing needs. */
export interface EraseAvatarsDeps {
  readonly uploads: AvatarUploadsStore;
  readonly objects: AvatarObjects;
  readonly store: Pick<UsersStore, 'find'>;
}

/** What was erased. */
export interface ErasedAvatars {
  /** Objects that were removed. */
  readonly erased: number;
}

/**
 * Erases every upload, original and thumbnail that no profile of a person names: all of them once the profile is gone, and
 * those of before where they came back. May be called as often as you like. An address to upload to that is still good
 * then leads to an object of nobody, which is removed as it arrives. Lists are read before the profile, for the reason that
 * `tidyAvatars` gives.
 */
export async function eraseAvatars(
  { uploads, objects, store }: EraseAvatarsDeps,
  userId: string,
): Promise<ErasedAvatars> {
  const owner = ownerOf(userId);
  const [names, keys] = await Promise.all([uploads.listNames(owner), listOwned(objects, owner)]);
  const state = readAvatarState((await store.find(userId))?.avatar);
  await uploads.forget(names.filter(({ uploadId }) => uploadId !== state?.upload.uploadId));
  const used = keysInUse(state);
  const unused = keys.filter((key) => !used.has(key));
  await objects.remove(unused);
  return { erased: unused.length };
}
