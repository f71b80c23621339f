import {
  type Alert,
  closeOf,
  currentEpisode,
  type Episode,
  type Firing,
  firingId,
  isJudgedOpen,
  type Observation,
  recoversOpen,
  type StateChange,
  stateAfterFiring,
  stateAfterRecovery,
  toldBucket,
} from '@weir/alerts';
import type { EvaluatorDeps } from './evaluator-deps.ts';
import type { FiredBuckets } from './fired-buckets.ts';
import { type Figured, isClosed, type Look, lookAtBucket } from './look-at-bucket.ts';
import type { RuleBook } from './rule-book.ts';

/** Each time, somebody else has changed the rule. */
const ATTEMPTS = 20;

export interface Settling extends Pick<EvaluatorDeps, 'alerts' | 'now'> {
  readonly counts: Figured;
  readonly rules: RuleBook;
  readonly fired: FiredBuckets;
}

/** A bucket to judge, because it has closed, or because an entry has added to it. */
export interface BucketToJudge {
  readonly alertId: string;
  readonly start: number;
  readonly interval: Alert['interval'];
  readonly isClosing: boolean;
  /** It was judged at its close: it fires no more, and may end what fires. */
  readonly isPast?: boolean;
}

/**
 * Judges a bucket and writes what follows: a firing, a recovery, or nothing. If the rule has changed since it was read,
 * it is read and judged again. Undefined if the rule no longer judges this bucket.
 */
export async function settleBucket(deps: Settling, bucket: BucketToJudge): Promise<Look | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const alert = deps.rules.get(bucket.alertId);
    if (!alert?.enabled || alert.interval !== bucket.interval || bucket.start < alert.since) return undefined;
    // It may wait longer for late events by now.
    if (bucket.isClosing && !isClosed(deps.counts.closedUpTo, closeOf(alert, bucket.start))) return undefined;
    const now = deps.now();
    const look = lookAtBucket(deps.counts, alert, { ...bucket, now });
    if (await isSettled(deps, { ...bucket, alert, look, now })) return look;
    await deps.rules.readAgain(alert.id);
  }
  throw new Error(`the rule ${bucket.alertId} changes too often to be judged`);
}

interface Judged extends BucketToJudge {
  readonly alert: Alert;
  readonly look: Look;
  readonly now: number;
}

/** False if the rule is another by now. */
async function isSettled(deps: Settling, judged: Judged): Promise<boolean> {
  const { observation, verdict } = judged.look;
  if (!observation || verdict === 'unknown') return true;
  return verdict === 'true' ? isFired(deps, judged, observation) : isRecovered(deps, judged, observation);
}

async function isFired({ alerts, rules, fired }: Settling, judged: Judged, observation: Observation): Promise<boolean> {
  const { alert, start, isClosing, isPast, now } = judged;
  if (isPast || !(isClosing || isJudgedOpen(alert)) || fired.has(alert.id, start)) return true;
  const { notified, state } = stateAfterFiring(alert, start, now);
  const outcome = await alerts.fire(
    firingOf(alert, { ...observation, notified, firedAt: now }),
    changeTo(alert, state),
  );
  if (outcome === 'changed') return false;
  fired.add(alert.id, start);
  if (outcome === 'fired') rules.keep({ ...alert, state });
  // Somebody else has fired it: the state that followed decides whether a later bucket is a recovery.
  else if ((currentEpisode(alert)?.latest ?? Number.NEGATIVE_INFINITY) < start) await rules.readAgain(alert.id);
  return true;
}

async function isRecovered({ alerts, rules }: Settling, judged: Judged, observation: Observation): Promise<boolean> {
  const { alert, start, now } = judged;
  const episode = currentEpisode(alert);
  if (!episode || !(await isEnd(alerts, judged, episode))) return true;
  const { state, told } = stateAfterRecovery(alert, start, now);
  const recovered = { ended: toldBucket(episode), recovery: { ...observation, recoveredAt: now }, told };
  const isWritten = await alerts.recover(alert.id, recovered, changeTo(alert, state));
  if (isWritten) rules.keep({ ...alert, state });
  return isWritten;
}

/** Whether a bucket for which the rule is false ends what fires: a later one than was told, once it has closed. */
async function isEnd(
  alerts: Settling['alerts'],
  { alert, start, isClosing }: Judged,
  episode: Episode,
): Promise<boolean> {
  if (!isClosing) return recoversOpen(alert) && start >= episode.latest;
  if (start > episode.latest) return true;
  // A later bucket has fired while it was open. So may this one have: another evaluator may have read more of it.
  return start > toldBucket(episode) && (await alerts.findFiring(alert.id, start)) === undefined;
}

function firingOf(alert: Alert, seen: Observation & Pick<Firing, 'notified' | 'firedAt'>): Firing {
  const { id: alertId, revision, name, action, field, comparison, threshold, relative, channels } = alert;
  const compared = { ...(threshold !== undefined && { threshold }), ...(relative && { relative }) };
  const rule = { name, action, field, comparison, ...compared, channels };
  return { id: firingId(alertId, seen.bucket.start), alertId, revision, rule, ...seen };
}

function changeTo({ revision, state }: Alert, to: Alert['state']): StateChange {
  return { revision, version: state.version, to };
}
