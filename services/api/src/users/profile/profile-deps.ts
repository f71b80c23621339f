import type { AttemptDeps } from '../../http/answers/attempt.ts';
import type { ChangeDeps } from './change-user.ts';
import type { PresentAvatar } from './present-user.ts';

/** What answering about profiles needs. */
export interface ProfileDeps extends ChangeDeps, AttemptDeps {
  readonly presentAvatar: PresentAvatar;
}
