import type { UploadName } from '@weir/dynamodb/avatars';
import type { StoredAvatar } from '@weir/dynamodb/users';
import { IMAGE_TYPES, type ImageType } from '../images/image-types.ts';
import { formatName, keysOf, originalKey, parseName, thumbnailKey } from './upload-name.ts';

/** Why an upload was rejected. Callers branch on it. */
export const REJECTIONS = {
  empty: 'the object has no bytes',
  'too-large': 'the object has more bytes than an avatar may',
  'wrong-size': 'the object has another size than was announced',
  'wrong-type': 'the object is of another type than was announced',
  'not-an-image': 'the object is no image of a type that an avatar may have',
  'too-many-pixels': 'the image has more pixels than an avatar may',
  damaged: 'the image is cut off, cannot be decoded, or takes too long to',
} as const;

/** One of them. */
export type Rejection = keyof typeof REJECTIONS;

/** An avatar as its profile keeps it. */
export interface AvatarState {
  readonly status: 'pending' | 'ready' | 'rejected';
  /** The upload that was asked for last: the status is its. */
  readonly upload: UploadName;
  readonly reason?: Rejection | undefined;
  /** The last upload that was found good, which is what people see. */
  readonly shown?: { readonly name: UploadName; readonly type: ImageType } | undefined;
}

/** Reads what a profile keeps. */
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

/** What a profile keeps of an avatar. */
export function storeAvatarState({ status, upload, reason, shown }: AvatarState): StoredAvatar {
  return {
    status,
    upload: formatName(upload),
    ...(reason && { reason }),
    ...(shown && { shown: formatName(shown.name), shownType: shown.type }),
  };
}

/** Whether it is this upload that the avatar waits for. */
export function awaits(state: AvatarState | undefined, name: UploadName): boolean {
  return state?.status === 'pending' && formatName(state.upload) === formatName(name);
}

/** The keys of the objects that an avatar has a use for. A name that has left its avatar never comes back. */
export function keysInUse(state: AvatarState | undefined): ReadonlySet<string> {
  const keys = new Set<string>();
  if (state?.status === 'pending') for (const key of keysOf(state.upload)) keys.add(key);
  if (state?.shown) keys.add(originalKey(state.shown.name)).add(thumbnailKey(state.shown.name));
  return keys;
}
