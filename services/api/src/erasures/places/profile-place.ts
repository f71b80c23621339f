import type { ChangeDeps } from '../../users/profile/change-user.ts';
import { deleteProfile } from '../../users/profile/delete-profile.ts';
import type { NowPlace } from './now-place.ts';

/** The profile as a place that an erasure takes a person out of. Throws when other writers are faster each time. */
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
