import type { JobKindName } from '@weir/dynamodb/jobs';
import { loadLate } from '@weir/late-loading';
import type { JobKind } from '../jobs/job-kind.ts';
import type { KindSources } from './kind-sources.ts';

/** The kinds of jobs. Each is loaded with its first job: a part of one kind loads nothing of the others. */
export function createKinds(sources: KindSources): (name: JobKindName) => Promise<JobKind> {
  const kinds: Readonly<Record<JobKindName, () => Promise<JobKind>>> = {
    summary: loadLate(async () => (await import('./open-summary-kind.ts')).openSummaryKind(sources)),
    retention: loadLate(async () => (await import('./open-retention-kind.ts')).openRetentionKind(sources)),
    funnel: loadLate(async () => (await import('./open-funnel-kind.ts')).openFunnelKind(sources)),
    users: loadLate(async () => (await import('./open-users-kind.ts')).openUsersKind(sources)),
  };
  return (name) => kinds[name]();
}
