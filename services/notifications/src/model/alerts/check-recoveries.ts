import assert from 'node:assert/strict';
import { type Alert, BUCKET_MS, closeOf, type Firing, firingId, recoversOpen } from '@weir/alerts';
import { type AlertWorld, isAlwaysKnown, MINUTE, START } from './alert-world.ts';

/**
 * Each firing that was told ends with the first later closed bucket for which the rule is false; of `below` and
 * `silent`, whenever an open one passes. Rules that were changed or muted are left out, and those that are unknown of some
 * buckets.
 */
export function checkRecoveries(world: AlertWorld, alert: Alert, evaluatedUpTo: number): void {
  if (!isAlwaysKnown(alert) || world.changedAt.has(alert.id) || alert.repeat !== 'recovered') return;
  const told = [...world.state.firings.values()].filter(({ alertId, notified }) => notified && alertId === alert.id);
  for (const firing of told) checkEnd(world, { alert, firing, evaluatedUpTo });
}

interface Told {
  readonly alert: Alert;
  readonly firing: Firing;
  readonly evaluatedUpTo: number;
}

function checkEnd({ state: { firings } }: AlertWorld, { alert, firing, evaluatedUpTo }: Told): void {
  const width = BUCKET_MS[alert.interval];
  const toldAt = firings.toldAt.get(firing.id) ?? 0;
  const { recovery } = firing;
  const what = `${JSON.stringify(alert)}, ${JSON.stringify(firing)}`;
  if (recovery) checkValue(alert, { firing, recovery, what });
  let start = firing.bucket.start + width;
  // A bucket that was judged before it was told may have been false then, and may be left to the next one.
  while (closeOf(alert, start) <= toldAt || firings.has(firingId(alert.id, start))) start += width;
  if (closeOf(alert, start) > evaluatedUpTo) return;
  assert(recovery, `it did not recover by minute ${(start - START) / MINUTE}: ${what}`);
  if (recoversOpen(alert)) return;
  assert(recovery.bucket.start <= start, `it recovered after minute ${(start - START) / MINUTE}: ${what}`);
}

interface Ended {
  readonly firing: Firing;
  readonly recovery: NonNullable<Firing['recovery']>;
  readonly what: string;
}

/** What ended it is later, and is no longer true. */
function checkValue(alert: Alert, { firing, recovery, what }: Ended): void {
  const { threshold = 0, comparison } = alert;
  const isOpen = recoversOpen(alert);
  const isLater =
    recovery.bucket.start > firing.bucket.start || (isOpen && recovery.bucket.start === firing.bucket.start);
  assert(isLater && (isOpen || recovery.bucket.closed), `an earlier bucket, or an open one, ended it: ${what}`);
  const { value } = recovery;
  const isTrue = { above: value > threshold, below: value < threshold, silent: value === 0 }[comparison];
  assert(!isTrue, `a bucket that is true ended it: ${what}`);
}
