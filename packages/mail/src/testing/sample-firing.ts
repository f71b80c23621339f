import type { FiredRule, Firing } from '@weir/alerts';

const START = Date.UTC(2026, 0, 20, 12, 3);

/** A firing of tests: an open minute, 12:03 by default, with more events than its rule allows. */
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
