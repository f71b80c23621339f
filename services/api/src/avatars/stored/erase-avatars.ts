import type { AvatarUploadsStore } from '@weir/dynamodb/avatars';
import type { UsersStore } from '@weir/dynamodb/users';
import type { AvatarObjects } from './avatar-objects.ts';
import { keysInUse, readAvatarState } from './avatar-state.ts';
import { listOwned } from './tidy-avatars.ts';
import { ownerOf } from './upload-name.ts';

/** Dependencies of `eraseAvatars`. */
export interface EraseAvatarsDeps {
  readonly uploads: AvatarUploadsStore;
  readonly objects: AvatarObjects;
  readonly store: Pick<UsersStore, 'find'>;
}

/** The result of `eraseAvatars`. */
export interface ErasedAvatars {
  /** Number of objects removed. */
  readonly erased: number;
}

/**
 * Removes every upload, original and thumbnail of a user that no profile names: all of them once the profile is gone. If
 * a new profile exists, it removes only the objects of the time before. It may be called any number of times. An upload
 * address that is still valid afterwards leads to an object without a user, which is removed when it arrives. Objects are
 * listed before the profile is read, for the reason at `tidyAvatars`.
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
