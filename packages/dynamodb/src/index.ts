export type { ActionSummary } from './action-summaries.ts';
export * from './all-time-row.ts';
export { createDynamoMetricsStore } from './dynamo-metrics-store.ts';
export { createDynamoDbClient } from './dynamodb-client.ts';
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
