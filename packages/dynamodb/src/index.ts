export type { ActionSummary } from './action-summaries.ts';
export { type ActivityDay, type ActivityQuery, type ActivityStore, createActivityStore } from './activity-store.ts';
export { createDynamoMetricsStore } from './dynamo-metrics-store.ts';
export { createDynamoDbClient } from './dynamodb-client.ts';
export { EMPTIED_ROW_TTL_SECONDS } from './erase-activity.ts';
export { shardLogId } from './keys.ts';
export type { LogHeads } from './log-heads.ts';
export {
  createMetricsReader,
  type MetricsReader,
  type Series,
  type SeriesQuery,
  type SeriesRead,
} from './metrics-reader.ts';
export * from './metrics-store.ts';
export { type Bucket, type BucketTotal, INTERVAL_MS, type Interval } from './series.ts';
