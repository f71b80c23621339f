import type { AvatarUploadsStore } from '@weir/dynamodb/avatars';
import type { AvatarObjects } from './avatar-objects.ts';
import { listOwned } from './tidy-avatars.ts';
import { ownerOf } from './upload-name.ts';

/** What erasing needs. */
export interface EraseDeps {
  readonly uploads: AvatarUploadsStore;
  readonly objects: AvatarObjects;
}

/** What was erased. */
export interface ErasedAvatars {
  /** Objects that were removed. */
  readonly erased: number;
}

/**
 * Erases every upload, original and thumbnail of a person. Call it once the profile is gone, and as often as you like. An
 * address to upload to that is still good then leads to an object of nobody, which is removed as it arrives.
 */
export async function eraseAvatars({ uploads, objects }: EraseDeps, userId: string): Promise<ErasedAvatars> {
  const owner = ownerOf(userId);
  await uploads.forget(owner);
  const keys = await listOwned(objects, owner);
  await objects.remove(keys);
  return { erased: keys.length };
}
