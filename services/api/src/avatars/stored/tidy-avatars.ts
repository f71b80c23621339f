import type { UsersStore } from '@weir/dynamodb/users';
import type { AvatarObjects } from './avatar-objects.ts';
import { keysInUse, readAvatarState } from './avatar-state.ts';
import { isAvatarKey, PREFIXES } from './upload-name.ts';

/**
 * Removes an owner's objects that their avatar does not use: replaced, rejected, or of an erased user. It lists the
 * objects before it reads the avatar. A listed object belongs to an upload that the avatar was given, and an upload that
 * the avatar no longer names is never named again. In the other order, an upload that began in between would look unused.
 */
export async function tidyAvatars(
  { objects, store }: { readonly objects: AvatarObjects; readonly store: Pick<UsersStore, 'find'> },
  { owner, userId }: { readonly owner: string; readonly userId: string },
): Promise<void> {
  const listed = await listOwned(objects, owner);
  const used = keysInUse(readAvatarState((await store.find(userId))?.avatar));
  await objects.remove(listed.filter((key) => isAvatarKey(key) && !used.has(key)));
}

/** Every key of an owner's objects, under all prefixes. */
export async function listOwned(objects: AvatarObjects, owner: string): Promise<string[]> {
  const lists = Object.values(PREFIXES).map((prefix) => objects.list(`${prefix}${owner}/`));
  return (await Promise.all(lists)).flat();
}
