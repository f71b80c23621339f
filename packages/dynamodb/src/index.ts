export {
  type ActivityDay,
  type ActivityQuery,
  type ActivityStore,
  createActivityStore,
} from './activity-store/activity-store.ts';
export { EMPTIED_ROW_TTL_SECONDS } from './activity-store/erase-activity.ts';
export type { LogHeads } from './log-tails/log-heads.ts';
export type { ActionSummary } from './metrics-reader/action-summaries.ts';
export {
  createMetricsReader,
  type MetricsReader,
  type Series,
  type SeriesQuery,
  type SeriesRead,
} from './metrics-reader/metrics-reader.ts';
export { type Bucket, type BucketTotal, INTERVAL_MS, type Interval } from './metrics-reader/series.ts';
export { createDynamoMetricsStore } from './metrics-store/dynamo-metrics-store.ts';
export { shardLogId } from './metrics-store/keys.ts';
export * from './metrics-store/metrics-store.ts';
export { oneByOne } from './metrics-store/stored-entry.ts';
export { createDynamoDbClient } from './table/dynamodb-client.ts';
