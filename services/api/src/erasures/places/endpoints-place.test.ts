import { addressIdOf } from '@weir/dynamodb/addresses';
import { createMemoryAddressesStore } from '@weir/dynamodb/addresses/memory';
import type { Endpoint } from '@weir/dynamodb/webhooks';
import { createMemoryWebhooksStore } from '@weir/dynamodb/webhooks/memory';
import { expect } from 'chai';
import { createEndpointsPlace } from './endpoints-place.ts';

const NOW = 1_000;
const HOST = 'https://hooks.example:8443';
const ASKED = { reason: 'asked', since: NOW } as const;

async function createWorld(...urls: readonly string[]) {
  const webhooks = createMemoryWebhooksStore();
  for (const [at, path] of urls.entries()) {
    const made = { format: 'standard', asymmetric: false, secrets: [], createdAt: 0, keyId: 'k' } as const;
    await webhooks.createEndpoint({ id: `w${at}`, url: `${HOST}${path}`, events: ['user.erased'], ...made });
  }
  const addresses = createMemoryAddressesStore();
  const place = createEndpointsPlace({ webhooks, addresses, now: () => NOW });
  const all = async () => (await webhooks.allEndpoints()).map(({ url, disabled }) => ({ url, disabled }));
  return { webhooks, addresses, place, all };
}

describe('the endpoints of webhooks as a place of an erasure', () => {
  for (const path of [
    '/to/Zoe@shop.example/',
    '/to/zoe%40shop.example',
    '/?to=zoe%40shop.example',
    '/?zoe@shop.example',
    '/#zoe@shop.example',
    '/#to=zoe%40shop.example',
  ]) {
    it(`keep only the host of ${path}, and are disabled until they get another URL`, async () => {
      const { place, all } = await createWorld(path);
      expect(await place.erase('zoe@shop.example')).to.deep.equal({ erased: 1 });
      expect(await all()).to.deep.equal([{ url: `${HOST}/`, disabled: ASKED }]);
      expect(await place.erase('zoe@shop.example')).to.deep.equal({ erased: 0 });
    });
  }

  for (const path of ['/zoe+news@shop.example', '/?to=zoe+news@shop.example', '/#zoe+news@shop.example']) {
    it(`keep only the host of ${path}, where a plus is no space`, async () => {
      const { place, all } = await createWorld(path);
      expect(await place.erase('zoe+news@shop.example')).to.deep.equal({ erased: 1 });
      expect(await all()).to.deep.equal([{ url: `${HOST}/`, disabled: ASKED }]);
    });
  }

  it('lose an address that was erased with a profile', async () => {
    const { place, addresses, all } = await createWorld('/zoe@shop.example', '/other');
    await addresses.eraseAddress(addressIdOf('zoe@shop.example'), 1);
    expect(await place.erase('u_1')).to.deep.equal({ erased: 1 });
    expect((await all()).map(({ url }) => url)).to.deep.equal([`${HOST}/`, `${HOST}/other`]);
  });

  it('stay as they are where another address, or a part of a word, is meant, or no address', async () => {
    const urls = ['/zoe@shop.example.org', '/x-zoe@shop.example', '/hooks', '/100%', '/u_1?to=u_1'];
    const { place, all } = await createWorld(...urls);
    for (const id of ['zoe@shop.example', 'hooks', 'u_1', '100%']) {
      expect(await place.erase(id), id).to.deep.equal({ erased: 0 });
    }
    expect(await all()).to.deep.equal(urls.map((path) => ({ url: HOST + path, disabled: undefined })));
  });

  it('keep why they were disabled, and what another writer changed at the same time', async () => {
    const { place, webhooks } = await createWorld('/zoe@shop.example');
    const gone = { reason: 'gone', since: 7 } as const;
    await webhooks.disableEndpoint((await webhooks.findEndpoint('w0')) as Endpoint, gone);
    const { updateEndpoint } = webhooks;
    const raced = Object.assign(webhooks, {
      updateEndpoint: async (...update: Parameters<typeof updateEndpoint>) => {
        raced.updateEndpoint = updateEndpoint;
        await updateEndpoint({ id: 'w0', revision: 1 }, { events: ['alert.fired'] });
        return updateEndpoint(...update);
      },
    });
    expect(await place.erase('zoe@shop.example')).to.deep.equal({ erased: 1 });
    expect(await webhooks.findEndpoint('w0')).to.deep.include({
      ...{ url: `${HOST}/`, disabled: gone, events: ['alert.fired'] },
    });
  });

  it('are left alone when they are removed at the same time', async () => {
    const { place, webhooks } = await createWorld('/zoe@shop.example');
    const { updateEndpoint } = webhooks;
    Object.assign(webhooks, {
      updateEndpoint: async (...update: Parameters<typeof updateEndpoint>) => {
        await webhooks.removeEndpoint('w0', NOW);
        return updateEndpoint(...update);
      },
    });
    expect(await place.erase('zoe@shop.example')).to.deep.equal({ erased: 0 });
  });
});
