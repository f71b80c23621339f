export type { Interval } from '@weir/calendar/late';
export {
  type ActivityDay,
  type ActivityQuery,
  type ActivityStore,
  createActivityStore,
} from './activity-store/activity-store.ts';
export { EMPTIED_ROW_TTL_SECONDS } from './activity-store/erase-activity.ts';
export { type CountedLog, countedUpTo } from './log-tails/counted-up-to.ts';
export type { LogHeads } from './log-tails/log-heads.ts';
export type { ActionSummary } from './metrics-reader/action-summaries.ts';
export type {
  BucketsRead,
  BucketsReader,
  MetricsReader,
  Series,
  SeriesQuery,
  SeriesRead,
} from './metrics-reader/metrics-reader.ts';
export type { Bucket, MergeableBucket } from './metrics-reader/series.ts';
export type { PlannedBucket, SeriesPlan } from './metrics-reader/series-plan.ts';
export type { BucketTotal } from './metrics-reader/summarise.ts';
export { decodeRow, UnreadableRow } from './metrics-store/decode-row.ts';
export { createDynamoMetricsStore } from './metrics-store/dynamo-metrics-store.ts';
export { shardLogId } from './metrics-store/keys.ts';
export * from './metrics-store/metrics-store.ts';
export { runsBackTo } from './metrics-store/runs-back-to.ts';
export { oneByOne } from './metrics-store/stored-entry.ts';
export { type StoredMetric, storedMetric } from './metrics-store/stored-metric.ts';
export { createDynamoDbClient } from './table/dynamodb-client.ts';
