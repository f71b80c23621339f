import type { ActivityStore } from '@weir/dynamodb';
import type { AvatarUploadsStore } from '@weir/dynamodb/avatars';
import type { AvatarObjects } from '../../avatars/stored/avatar-objects.ts';
import { eraseAvatars } from '../../avatars/stored/erase-avatars.ts';
import type { ChangeDeps } from '../../users/profile/change-user.ts';
import type { NowPlace } from './now-place.ts';
import { createProfilePlace } from './profile-place.ts';

/** What the places are made of. */
export interface PlacesAtOnceDeps {
  readonly changes: ChangeDeps;
  readonly activity: Pick<ActivityStore, 'eraseActivity'>;
  readonly avatars: { readonly uploads: AvatarUploadsStore; readonly openObjects: () => Promise<AvatarObjects> };
}

/** The places that a request erases, in order, and that the first pass erases where the request died before. */
export interface PlacesAtOnce {
  /** Erased once for each request. */
  readonly requested: readonly NowPlace[];
  /** What was under way can fill them again: erased with each pass as well. */
  readonly refilled: readonly NowPlace[];
}

/** The one list of what can be erased at once. What comes to hold something of a person, and can be, is added here. */
export function createPlacesAtOnce({ changes, activity, avatars }: PlacesAtOnceDeps): PlacesAtOnce {
  const { uploads, openObjects } = avatars;
  return {
    requested: [createProfilePlace(changes)],
    refilled: [
      // After the profile: what a profile still shows is left.
      {
        name: 'avatars',
        erase: async (userId) => eraseAvatars({ uploads, objects: await openObjects(), store: changes.store }, userId),
      },
      // Also where the stage keeps no activity any more: what it kept before is still there.
      { name: 'activity', erase: async (userId) => ({ erased: (await activity.eraseActivity(userId)).rows }) },
    ],
  };
}
