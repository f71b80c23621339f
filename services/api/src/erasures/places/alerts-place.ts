import type { Alert } from '@weir/alerts';
import type { AlertSet, AlertsStore } from '@weir/dynamodb/alerts';
import type { NowPlace } from './now-place.ts';

/** Dependencies of the place. */
export interface AlertsPlaceDeps {
  readonly alerts: Pick<AlertsStore, 'all' | 'find' | 'update'>;
}

/**
 * The rules of alerts as a place of an erasure: they no longer mail to an address that is the user's id. People of one
 * pass come one after the other, so rules that nobody has changed are not read again.
 */
export function createAlertsPlace({ alerts }: AlertsPlaceDeps): NowPlace {
  let known: AlertSet | undefined;
  return {
    name: 'alerts',
    async erase(userId) {
      known = await alerts.all(known);
      let erased = 0;
      for (const alert of known.alerts) if (await eraseFromRule(alerts, alert, userId)) erased++;
      return { erased };
    },
  };
}

/** Whether the rule mailed to the user. */
async function eraseFromRule(alerts: AlertsPlaceDeps['alerts'], read: Alert, userId: string): Promise<boolean> {
  for (let alert: Alert | undefined = read; alert; alert = await alerts.find(read.id)) {
    const channels = alert.channels.filter((channel) => channel.type !== 'email' || !isSame(channel.to, userId));
    if (channels.length === alert.channels.length) return false;
    // If another writer was faster, the rule is read again.
    if (await alerts.update({ ...alert, channels }, alert)) return true;
  }
  return false;
}

function isSame(address: string, userId: string): boolean {
  return address.toLowerCase() === userId.toLowerCase();
}
