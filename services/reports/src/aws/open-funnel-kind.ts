import type { JobKind } from '../jobs/job-kind.ts';
import { createByUserKind } from '../kinds/by-user/by-user-kind.ts';
import { createFunnelMethod } from '../kinds/funnel/funnel-method.ts';
import { renderJob } from '../render/jobs/render-job.ts';
import type { KindSources } from './kind-sources.ts';
import { openArchive } from './open-archive.ts';

/** Funnels of this stage. */
export function openFunnelKind(sources: KindSources): JobKind {
  const method = createFunnelMethod({ render: renderJob });
  return createByUserKind({ reader: openArchive(sources), files: sources.files }, method);
}
