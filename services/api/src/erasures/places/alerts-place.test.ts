import type { Alert, Channel } from '@weir/alerts';
import { addressIdOf } from '@weir/dynamodb/addresses';
import { createMemoryAddressesStore } from '@weir/dynamodb/addresses/memory';
import { MemoryAlertsStore } from '@weir/dynamodb/alerts/memory';
import { expect } from 'chai';
import { createAlertsPlace } from './alerts-place.ts';

const MAIL: Channel = { type: 'email', to: 'Zoe@shop.example' };
const OTHER: Channel = { type: 'email', to: 'zoe@shop.example.org' };
const HOOK: Channel = { type: 'webhook' };

const rule = (id: string, ...channels: readonly Channel[]): Alert => ({
  ...{ id, name: 'zoe@shop.example', action: 'buy', field: 'count', interval: 'minute', comparison: 'silent' },
  ...{ lateSeconds: 60, repeat: 'recovered', cooldownSeconds: 600, enabled: true, channels },
  ...{ revision: 1, since: 1, createdAt: 1, updatedAt: 1, state: { version: 0 } },
});

async function createWorld(...rules: readonly Alert[]) {
  const alerts = new MemoryAlertsStore();
  for (const each of rules) await alerts.create(each);
  const channelsOf = async (id: string) => (await alerts.find(id))?.channels;
  const addresses = createMemoryAddressesStore();
  return { alerts, addresses, place: createAlertsPlace({ alerts, addresses }), channelsOf };
}

describe('the rules of alerts as a place of an erasure', () => {
  it('no longer mail to an address that is the id, however it is written', async () => {
    const { place, channelsOf, alerts } = await createWorld(
      rule('a', MAIL),
      rule('b', HOOK, MAIL, OTHER),
      rule('c', OTHER),
    );
    expect(await place.erase('zoe@shop.example')).to.deep.equal({ erased: 2 });
    expect(await channelsOf('a')).to.deep.equal([]);
    expect(await channelsOf('b')).to.deep.equal([HOOK, OTHER]);
    expect(await alerts.find('c')).to.deep.equal(rule('c', OTHER));
    expect(await place.erase('zoe@shop.example')).to.deep.equal({ erased: 0 });
    expect(await place.erase('zoe@shop.example.org')).to.deep.equal({ erased: 2 });
  });

  it('no longer mail to an address that was erased with a profile', async () => {
    const { place, addresses, channelsOf } = await createWorld(rule('a', MAIL, HOOK), rule('b', OTHER));
    await addresses.eraseAddress(addressIdOf('zoe@shop.example'), 1);
    expect(await place.erase('u_1')).to.deep.equal({ erased: 1 });
    expect([await channelsOf('a'), await channelsOf('b')]).to.deep.equal([[HOOK], [OTHER]]);
  });

  it('keep what another writer changed at the same time', async () => {
    const { place, alerts } = await createWorld(rule('a', MAIL, HOOK));
    const { update } = alerts;
    alerts.update = async (alert, read) => {
      alerts.update = update;
      await alerts.update({ ...rule('a', MAIL, OTHER), name: 'changed' }, { revision: 1 });
      return alerts.update(alert, read);
    };
    expect(await place.erase('zoe@shop.example')).to.deep.equal({ erased: 1 });
    expect(await alerts.find('a')).to.deep.include({ name: 'changed', channels: [OTHER] });
  });

  it('are left alone when they are removed at the same time', async () => {
    const { place, alerts } = await createWorld(rule('a', MAIL));
    const { update } = alerts;
    alerts.update = async (alert, read) => {
      await alerts.remove('a');
      return update.call(alerts, alert, read);
    };
    expect(await place.erase('zoe@shop.example')).to.deep.equal({ erased: 0 });
    expect(await alerts.find('a')).to.equal(undefined);
  });
});
