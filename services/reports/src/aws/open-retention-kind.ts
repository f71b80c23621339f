import { calendarOf } from '../daily/calendar-of.ts';
import type { JobKind } from '../jobs/job-kind.ts';
import { createByUserKind } from '../kinds/by-user/by-user-kind.ts';
import { createRetentionMethod } from '../kinds/retention/retention-method.ts';
import { renderJob } from '../render/jobs/render-job.ts';
import type { KindSources } from './kind-sources.ts';
import { openArchive } from './open-archive.ts';

/** Retentions of this stage. */
export function openRetentionKind(sources: KindSources): JobKind {
  const method = createRetentionMethod({ calendarOf, render: renderJob });
  return createByUserKind({ reader: openArchive(sources), files: sources.files }, method);
}
