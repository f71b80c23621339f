import type { UsersStore } from '@weir/dynamodb/users';
import type { AvatarObjects } from './avatar-objects.ts';
import { keysInUse, readAvatarState } from './avatar-state.ts';
import { isAvatarKey, PREFIXES } from './upload-name.ts';

/**
 * Removes an owner's objects that their avatar has no use for: superseded, rejected, or of a person who was erased.
 * The list is read before the avatar. An object that is listed belongs to an upload that the avatar had been given, and
 * one that has left it never comes back; in the other order, an upload that began in between would look like one of them.
 */
export async function tidyAvatars(
  { objects, store }: { readonly objects: AvatarObjects; readonly store: Pick<UsersStore, 'find'> },
  { owner, userId }: { readonly owner: string; readonly userId: string },
): Promise<void> {
  const listed = await listOwned(objects, owner);
  const used = keysInUse(readAvatarState((await store.find(userId))?.avatar));
  await objects.remove(listed.filter((key) => isAvatarKey(key) && !used.has(key)));
}

/** Every key that an owner has, under all prefixes. */
export async function listOwned(objects: AvatarObjects, owner: string): Promise<string[]> {
  const lists = Object.values(PREFIXES).map((prefix) => objects.list(`${prefix}${owner}/`));
  return (await Promise.all(lists)).flat();
}
