import type { Alert, AlertRule, AlertState, Episode } from './alert.ts';

/** What decides whether a firing is told. */
type Telling = Pick<Alert, 'state' | 'since'> & Pick<AlertRule, 'repeat' | 'cooldownSeconds' | 'mutedUntil'>;

/** What fires of the rule as it is; undefined if nothing does. What fired of another series, or before a pause, is over. */
export function currentEpisode({ state: { episode }, since }: Pick<Alert, 'state' | 'since'>): Episode | undefined {
  return episode && episode.latest >= since ? episode : undefined;
}

/** The bucket that a recovery ends: the latest that was told, or the first one if none was. */
export function toldBucket({ told, bucket }: Episode): number {
  return told ?? bucket;
}

/** Whether a bucket that fires now is told, and the state of its alert afterwards. */
export function stateAfterFiring(
  alert: Telling,
  bucket: number,
  now: number,
): { readonly notified: boolean; readonly state: AlertState } {
  const { version, lastNotifiedAt } = alert.state;
  const episode = currentEpisode(alert);
  const notified = isTold(alert, now);
  const told = notified ? bucket : episode?.told;
  const next: Episode = {
    bucket: episode?.bucket ?? bucket,
    // Late events may fire a bucket before the latest one.
    latest: Math.max(bucket, episode?.latest ?? bucket),
    ...(told !== undefined && { told }),
  };
  const toldAt = notified ? now : lastNotifiedAt;
  return {
    notified,
    state: { version: version + 1, episode: next, ...(toldAt !== undefined && { lastNotifiedAt: toldAt }) },
  };
}

/** The state of an alert after a bucket that ended what fired. A cool-down goes on. */
export interface Recovered {
  readonly state: AlertState;
  /** A later bucket that had fired before, untold as the rule fired already. It is told now. */
  readonly told?: number;
}

/** What follows from a bucket for which the rule is false. A later one that has fired already fires on. */
export function stateAfterRecovery(alert: Telling, bucket: number, now: number): Recovered {
  const { version, lastNotifiedAt } = alert.state;
  const episode = currentEpisode(alert);
  const state = { version: version + 1, ...(lastNotifiedAt !== undefined && { lastNotifiedAt }) };
  if (!episode || episode.latest <= bucket) return { state };
  const { latest } = episode;
  const next: Episode = { bucket: latest, latest };
  // In a cool-down, whether a firing is told is decided when it is written.
  const isToldNow = alert.repeat === 'recovered' && isTold({ ...alert, state }, now);
  if (!isToldNow) return { state: { ...state, episode: next } };
  return { told: latest, state: { ...state, episode: { ...next, told: latest }, lastNotifiedAt: now } };
}

function isTold(alert: Telling, now: number): boolean {
  const { repeat, cooldownSeconds, mutedUntil, state } = alert;
  if (mutedUntil !== undefined && now < mutedUntil) return false;
  if (repeat === 'recovered') return currentEpisode(alert)?.told === undefined;
  return state.lastNotifiedAt === undefined || now - state.lastNotifiedAt >= cooldownSeconds * 1000;
}
