export type { Alert, AlertField, AlertRule, AlertState, Channel, Comparison, Episode, Relative } from './alert.ts';
export { type AlertStatus, alertStatus } from './alert-status.ts';
export { BUCKET_MS, type BucketInterval, bucketStart, nextBucketStart } from './buckets.ts';
export type { EvaluationCursor, LastEvaluated } from './evaluation-cursor.ts';
export { type Figures, NO_FIGURES, valueOf } from './figures.ts';
export { type FiredRule, type Firing, firingId, type Observation, type Recovery, type StateChange } from './firing.ts';
export { matchesAction } from './matches-action.ts';
