export type { Alert, AlertField, AlertRule, AlertState, Channel, Comparison, Episode, Relative } from './alert.ts';
export { type AlertStatus, alertStatus } from './alert-status.ts';
export { BUCKET_MS, type BucketInterval, bucketStart, nextBucketStart } from './buckets.ts';
export type { EvaluationCursor, LastEvaluated } from './evaluation-cursor.ts';
export { type Figures, figureOf, NO_FIGURES } from './figures.ts';
export {
  type FiredRule,
  type Firing,
  firingId,
  type MailOutcome,
  type Observation,
  type Recovery,
  type StateChange,
} from './firing.ts';
export { type Judgement, judge } from './judge.ts';
export {
  baselineDistance,
  type ClosedSpan,
  closeOf,
  closings,
  earliestJudged,
  isJudgedBy,
  isJudgedOpen,
  recoversOpen,
} from './judged-buckets.ts';
export { matchesAction } from './matches-action.ts';
export { packEvaluations, unpackEvaluations } from './pack-evaluations.ts';
export { type PreviewedFiring, type PreviewedSeries, previewFirings, previewStart } from './preview-firings.ts';
export { currentEpisode, stateAfterFiring, stateAfterRecovery, toldBucket } from './state-changes.ts';
