import type { ActivityStore } from '@weir/dynamodb';
import type { ChangeDeps } from '../users/change-user.ts';
import { createProfilePlace } from '../users/profile-place.ts';
import type { NowPlace } from './now-place.ts';

/** What the places are made of. */
export interface PlacesAtOnceDeps {
  readonly changes: ChangeDeps;
  readonly activity: Pick<ActivityStore, 'eraseActivity'>;
}

/** The places that a request erases, in order, and that the first pass erases where the request died before. */
export interface PlacesAtOnce {
  /** Erased once for each request. */
  readonly requested: readonly NowPlace[];
  /** Late records can fill them again: erased with each pass as well. */
  readonly refilled: readonly NowPlace[];
}

/** The one list of what can be erased at once. What comes to hold something of a person, and can be, is added here. */
export function createPlacesAtOnce({ changes, activity }: PlacesAtOnceDeps): PlacesAtOnce {
  return {
    requested: [createProfilePlace(changes)],
    // Also where the stage keeps no activity any more: what it kept before is still there.
    refilled: [
      { name: 'activity', erase: async (userId) => ({ erased: (await activity.eraseActivity(userId)).rows }) },
    ],
  };
}
