import type { ObjectStore } from '@weir/archive';
import type { createDynamoMetricsStore } from '@weir/dynamodb';

/** What kinds of jobs read, and where they write. */
export interface KindSources {
  /** The table of metrics. */
  readonly metrics: Parameters<typeof createDynamoMetricsStore>[0];
  readonly archive: ObjectStore;
  /** The bucket of reports. */
  readonly files: ObjectStore;
  readonly now: () => number;
}
