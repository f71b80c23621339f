import type { Alert, FiredRule, Firing } from '@weir/alerts';

const START = Date.UTC(2026, 0, 20, 12, 3);

/** A firing of the minute 12:03, of a rule that mails to one address. */
export function sampleFiring(changes: Partial<Firing> = {}, rule: Partial<FiredRule> = {}): Firing {
  const { start = START } = changes.bucket ?? {};
  return {
    ...{ id: `al_1-${start}`, alertId: 'al_1', revision: 1, notified: true, firedAt: start + 30_000 },
    rule: {
      ...{ name: 'Too many checkouts', action: 'checkout', field: 'count', comparison: 'above', threshold: 1000 },
      channels: [{ type: 'email', to: 'zoe@shop.example' }],
      ...rule,
    },
    bucket: { start, end: start + 60_000, interval: 'minute', closed: false },
    ...{ value: 1204, count: 1204, asOf: start + 29_000, late: false },
    ...changes,
  };
}

/** The rule of the firing. */
export function sampleAlert(changes: Partial<Alert> = {}): Alert {
  return {
    ...{ id: 'al_1', ...sampleFiring().rule, interval: 'minute', lateSeconds: 60 },
    ...{ repeat: 'cooldown', cooldownSeconds: 600, enabled: true, revision: 1, since: 0, createdAt: 0, updatedAt: 0 },
    ...{ state: { version: 0 }, ...changes },
  };
}
