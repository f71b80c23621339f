import type { JobKind } from '../jobs/job-kind.ts';
import { createByUserKind } from '../kinds/by-user/by-user-kind.ts';
import { topUsersMethod } from '../kinds/top-users/top-users-method.ts';
import type { KindSources } from './kind-sources.ts';
import { openArchive } from './open-archive.ts';

/** The users with the most events, for the daily report. */
export function openUsersKind(sources: KindSources): JobKind {
  return createByUserKind({ reader: openArchive(sources), files: sources.files }, topUsersMethod);
}
