import { createDynamoMetricsStore } from '@weir/dynamodb';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { calendarOf } from '../daily/calendar-of.ts';
import type { JobKind } from '../jobs/job-kind.ts';
import { createSummaryKind } from '../kinds/summary/summary-kind.ts';
import { renderJob } from '../render/jobs/render-job.ts';
import type { KindSources } from './kind-sources.ts';

/** Summaries of this stage. */
export function openSummaryKind({ metrics, files, now }: KindSources): JobKind {
  const reader = createMetricsReader({ store: createDynamoMetricsStore(metrics), now });
  return createSummaryKind({ reader, files, calendarOf, now }, renderJob);
}
