import type { Alert, AlertRule, AlertState, Episode } from './alert.ts';

/** Whether a bucket that fires now is told, and the state of its alert afterwards. */
export function stateAfterFiring(
  alert: Pick<Alert, 'state'> & Pick<AlertRule, 'repeat' | 'cooldownSeconds' | 'mutedUntil'>,
  bucket: number,
  now: number,
): { readonly notified: boolean; readonly state: AlertState } {
  const { version, episode, lastNotifiedAt } = alert.state;
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

/** The state of an alert that has recovered. A cool-down goes on. */
export function stateAfterRecovery({ version, lastNotifiedAt }: AlertState): AlertState {
  return { version: version + 1, ...(lastNotifiedAt !== undefined && { lastNotifiedAt }) };
}

function isTold(
  { repeat, cooldownSeconds, mutedUntil, state }: Parameters<typeof stateAfterFiring>[0],
  now: number,
): boolean {
  if (mutedUntil !== undefined && now < mutedUntil) return false;
  if (repeat === 'recovered') return state.episode?.told === undefined;
  return state.lastNotifiedAt === undefined || now - state.lastNotifiedAt >= cooldownSeconds * 1000;
}
