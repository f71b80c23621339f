import type { Cursors } from '../http/requests/cursor.ts';
import type { ActivityDeps } from './activity/answer-activity.ts';
import type { ProfileDeps } from './profile/profile-deps.ts';

/** What answering about users needs. */
export interface UsersDeps extends ProfileDeps, ActivityDeps {
  readonly cursors: Cursors;
}
