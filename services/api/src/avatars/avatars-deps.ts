import type { AvatarUploadsStore } from '@weir/dynamodb/avatars';
import type { BudgetDeps } from '../http/answers/or-unavailable.ts';
import type { ChangeDeps } from '../users/profile/change-user.ts';
import type { AvatarUrls } from './avatar-urls.ts';

/** Dependencies of the avatars' routes. */
export interface AvatarsDeps extends ChangeDeps, BudgetDeps {
  readonly uploads: AvatarUploadsStore;
  readonly urls: AvatarUrls;
  /** A UUID in lower case. */
  readonly newUploadId: () => string;
}
