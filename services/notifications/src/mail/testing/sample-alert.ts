import type { Alert } from '@weir/alerts';
import { sampleFiring } from '@weir/mail/testing';

/** The rule of the firing of tests. */
export function sampleAlert(changes: Partial<Alert> = {}): Alert {
  return {
    ...{ id: 'al_1', ...sampleFiring().rule, interval: 'minute', lateSeconds: 60 },
    ...{ repeat: 'cooldown', cooldownSeconds: 600, enabled: true, revision: 1, since: 0, createdAt: 0, updatedAt: 0 },
    ...{ state: { version: 0 }, ...changes },
  };
}
