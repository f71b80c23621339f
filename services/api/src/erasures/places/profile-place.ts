import type { ChangeDeps } from '../../users/profile/change-user.ts';
import { deleteProfile } from '../../users/profile/delete-profile.ts';
import type { NowPlace } from './now-place.ts';

/** The profile as a place of an erasure. Throws if other writers are faster in every attempt. */
export function createProfilePlace(deps: ChangeDeps): NowPlace {
  return {
    name: 'profile',
    async erase(userId) {
      const { kind } = await deleteProfile(deps, userId);
      if (kind === 'contended') throw new Error('other writers changed the profile in every attempt');
      return { erased: kind === 'removed' ? 1 : 0 };
    },
  };
}
