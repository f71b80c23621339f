import type { UploadName } from '@weir/dynamodb/avatars';
import type { StoredAvatar } from '@weir/dynamodb/users';
import { IMAGE_TYPES, type ImageType } from '../images/image-types.ts';
import { formatName, keysOf, originalKey, parseName, thumbnailKey } from './upload-name.ts';

/** Reasons for which an upload is rejected. Callers branch on them. */
export const REJECTIONS = {
  empty: 'the object has no bytes',
  'too-large': 'the object is larger than an avatar may be',
  'wrong-size': 'the size of the object is not the announced one',
  'wrong-type': 'the type of the object is not the announced one',
  'not-an-image': 'the object is not an image of an accepted type',
  'too-many-pixels': 'the image has more pixels than an avatar may have',
  damaged: 'the image is cut off, cannot be decoded, or takes too long to decode',
} as const;

/** One of these reasons. */
export type Rejection = keyof typeof REJECTIONS;

/** An avatar as its profile stores it. */
export interface AvatarState {
  readonly status: 'pending' | 'ready' | 'rejected';
  /** The newest requested upload. The status belongs to it. */
  readonly upload: UploadName;
  readonly reason?: Rejection | undefined;
  /** The last upload that was accepted. Readers of the profile see this one. */
  readonly shown?: { readonly name: UploadName; readonly type: ImageType } | undefined;
}

/** Reads the avatar from its form in the profile. */
export function readAvatarState(stored: StoredAvatar | undefined): AvatarState | undefined {
  if (stored === undefined) return undefined;
  const { status, upload, reason, shown, shownType } = stored;
  const type = IMAGE_TYPES.find((known) => known === shownType);
  return {
    status: status as AvatarState['status'],
    upload: parseName(String(upload)),
    reason: reason as Rejection | undefined,
    shown: shown !== undefined && type ? { name: parseName(String(shown)), type } : undefined,
  };
}

/** The form in which a profile stores an avatar. */
export function storeAvatarState({ status, upload, reason, shown }: AvatarState): StoredAvatar {
  return {
    status,
    upload: formatName(upload),
    ...(reason && { reason }),
    ...(shown && { shown: formatName(shown.name), shownType: shown.type }),
  };
}

/** Whether the avatar waits for this upload. */
export function awaits(state: AvatarState | undefined, name: UploadName): boolean {
  return state?.status === 'pending' && formatName(state.upload) === formatName(name);
}

/** The keys of the objects that an avatar uses. An upload that its avatar no longer names is never named again. */
export function keysInUse(state: AvatarState | undefined): ReadonlySet<string> {
  const keys = new Set<string>();
  if (state?.status === 'pending') for (const key of keysOf(state.upload)) keys.add(key);
  if (state?.shown) keys.add(originalKey(state.shown.name)).add(thumbnailKey(state.shown.name));
  return keys;
}
