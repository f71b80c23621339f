import type { ActivityStore } from '@weir/dynamodb';
import type { AddressesStore } from '@weir/dynamodb/addresses';
import type { AvatarUploadsStore } from '@weir/dynamodb/avatars';
import type { AvatarObjects } from '../../avatars/stored/avatar-objects.ts';
import { eraseAvatars } from '../../avatars/stored/erase-avatars.ts';
import type { ChangeDeps } from '../../users/profile/change-user.ts';
import { createAddressesPlace } from './addresses-place.ts';
import type { NowPlace } from './now-place.ts';
import { createProfilePlace } from './profile-place.ts';

/** Dependencies of the places. */
export interface PlacesAtOnceDeps {
  readonly changes: ChangeDeps;
  readonly addresses: Pick<AddressesStore, 'eraseAddress'>;
  readonly activity: Pick<ActivityStore, 'eraseActivity'>;
  readonly avatars: { readonly uploads: AvatarUploadsStore; readonly openObjects: () => Promise<AvatarObjects> };
}

/** The places that a request erases, in order. The first pass erases them if the request died before. */
export interface PlacesAtOnce {
  /** Places that are erased once for each request. */
  readonly requested: readonly NowPlace[];
  /** Places that events on their way can fill again. Each pass erases them too. */
  readonly refilled: readonly NowPlace[];
}

/** The only list of places that can be erased at once. Add new places here. */
export function createPlacesAtOnce({ changes, addresses, activity, avatars }: PlacesAtOnceDeps): PlacesAtOnce {
  const { uploads, openObjects } = avatars;
  return {
    // The profile knows which address is the user's.
    requested: [
      createAddressesPlace({ addresses, users: changes.store, now: changes.now }),
      createProfilePlace(changes),
    ],
    refilled: [
      // After the profile: pictures that a profile names are kept.
      {
        name: 'avatars',
        erase: async (userId) => eraseAvatars({ uploads, objects: await openObjects(), store: changes.store }, userId),
      },
      // Even if the stage no longer counts activity: older activity is still stored.
      { name: 'activity', erase: async (userId) => ({ erased: (await activity.eraseActivity(userId)).rows }) },
    ],
  };
}
