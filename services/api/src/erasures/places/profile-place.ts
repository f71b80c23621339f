import type { ChangeDeps } from '../../users/profile/change-user.ts';
import { deleteProfile } from '../../users/profile/delete-profile.ts';
import type { NowPlace } from './now-place.ts';

/** The profile as a place of an erasure. Throws if other writers are faster in every attempt. */
export function createProfilePlace(deps: ChangeDeps): NowPlace {
  return {
    name: 'profile',
    async erase(userId) {
      const { kind } = await deleteProfile(deps, userId);
      if (kind === 'contended') throw new Error('the profile is written all the time');
      return { erased: kind === 'removed' ? 1 : 0 };
    },
  };
}
