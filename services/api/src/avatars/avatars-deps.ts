import type { AvatarUploadsStore } from '@weir/dynamodb/avatars';
import type { AttemptDeps } from '../http/answers/attempt.ts';
import type { ChangeDeps } from '../users/profile/change-user.ts';
import type { AvatarUrls } from './avatar-urls.ts';

/** What answering about avatars needs. */
export interface AvatarsDeps extends ChangeDeps, AttemptDeps {
  readonly uploads: AvatarUploadsStore;
  readonly urls: AvatarUrls;
  /** A UUID in lower case. */
  readonly newUploadId: () => string;
}
