import type { Alert } from '@weir/alerts';
import { type AddressesStore, addressIdOf } from '@weir/dynamodb/addresses';
import type { AlertSet, AlertsStore } from '@weir/dynamodb/alerts';
import type { NowPlace } from './now-place.ts';

/** Dependencies of the place. */
export interface AlertsPlaceDeps {
  readonly alerts: Pick<AlertsStore, 'all' | 'find' | 'update'>;
  readonly addresses: Pick<AddressesStore, 'listErased'>;
}

/**
 * The rules of alerts as a place of an erasure: they no longer mail to an address that is the user's id, nor to one that
 * was erased with a profile. People of one pass come one after the other, so rules that nobody has changed are not read
 * again.
 */
export function createAlertsPlace({ alerts, addresses }: AlertsPlaceDeps): NowPlace {
  let known: AlertSet | undefined;
  return {
    name: 'alerts',
    async erase(userId) {
      // Whatever the id is: as an address it has one of these.
      const ended = new Set([...(await addresses.listErased()), addressIdOf(userId)]);
      known = await alerts.all(known);
      let erased = 0;
      for (const alert of known.alerts) if (await eraseFromRule(alerts, alert, ended)) erased++;
      return { erased };
    },
  };
}

/** Whether the rule mailed to one of the addresses. */
async function eraseFromRule(
  alerts: AlertsPlaceDeps['alerts'],
  read: Alert,
  ended: ReadonlySet<string>,
): Promise<boolean> {
  for (let alert: Alert | undefined = read; alert; alert = await alerts.find(read.id)) {
    const channels = alert.channels.filter(
      (channel) => channel.type !== 'email' || !ended.has(addressIdOf(channel.to)),
    );
    if (channels.length === alert.channels.length) return false;
    // If another writer was faster, the rule is read again.
    if (await alerts.update({ ...alert, channels }, alert)) return true;
  }
  return false;
}
