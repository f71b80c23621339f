import type { Alert } from './alert.ts';
import type { EvaluationCursor } from './evaluation-cursor.ts';
import { currentEpisode } from './state-changes.ts';

/** `closedUpTo` moves each minute: after so long without an evaluation, rules wait for a shard, or for the sweep. */
const WAITING_AFTER_MS = 180_000;

export type AlertStatus = 'ok' | 'firing' | 'waiting';

/** The `state` of a rule, as callers see it: whether it fires, and else whether closed buckets are judged at all. */
export function alertStatus(
  alert: Pick<Alert, 'state' | 'enabled' | 'since'>,
  cursor: Pick<EvaluationCursor, 'evaluatedUpTo'> | undefined,
  now: number,
): AlertStatus {
  if (currentEpisode(alert)) return 'firing';
  const isJudged = cursor !== undefined && now - cursor.evaluatedUpTo <= WAITING_AFTER_MS;
  return isJudged || !alert.enabled ? 'ok' : 'waiting';
}
