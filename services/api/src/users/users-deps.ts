import type { Cursors } from '../http/requests/cursor.ts';
import type { ActivityDeps } from './activity/answer-activity.ts';
import type { ProfileDeps } from './profile/profile-deps.ts';

/** Dependencies of the users' routes. */
export interface UsersDeps extends ProfileDeps, ActivityDeps {
  readonly cursors: Cursors;
}
