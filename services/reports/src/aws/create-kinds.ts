import type { ObjectStore } from '@weir/archive';
import type { createDynamoMetricsStore } from '@weir/dynamodb';
import type { JobKindName } from '@weir/dynamodb/jobs';
import { loadLate } from '@weir/late-loading';
import type { JobKind } from '../jobs/job-kind.ts';

/** What kinds of jobs read, and where they write. */
export interface KindSources {
  /** The table of metrics. */
  readonly metrics: Parameters<typeof createDynamoMetricsStore>[0];
  readonly archive: ObjectStore;
  /** The bucket of reports. */
  readonly files: ObjectStore;
  readonly now: () => number;
}

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
