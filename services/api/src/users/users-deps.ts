import type { ActivityStore } from '@weir/dynamodb';
import type { AttemptDeps } from '../http/answers/attempt.ts';
import type { Cursors } from '../http/requests/cursor.ts';
import type { ChangeDeps } from './change-user.ts';
import type { PresentAvatar } from './present-user.ts';

/** What answering about users needs. */
export interface UsersDeps extends ChangeDeps, AttemptDeps {
  readonly cursors: Cursors;
  readonly presentAvatar: PresentAvatar;
  /** Undefined where the stage keeps no activity of users. */
  readonly activity: Pick<ActivityStore, 'readActivity'> | undefined;
}
