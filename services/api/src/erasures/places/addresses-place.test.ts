import { addressIdOf } from '@weir/dynamodb/addresses';
import { createMemoryAddressesStore } from '@weir/dynamodb/addresses/memory';
import type { StoredUser } from '@weir/dynamodb/users';
import { expect } from 'chai';
import { createAddressesPlace } from './addresses-place.ts';

const NOW = 9;

async function createWorld(email: string | undefined, ...known: readonly string[]) {
  const addresses = createMemoryAddressesStore();
  for (const address of known) {
    await addresses.addAddress({ id: addressIdOf(address), address, receives: [], secret: 's', createdAt: 1 }, 10);
  }
  const users = { find: async () => ({ profile: email === undefined ? {} : { email } }) as StoredUser };
  const statusOf = async (address: string) => (await addresses.findAddress(addressIdOf(address)))?.status;
  return { place: createAddressesPlace({ addresses, users, now: () => NOW }), users, statusOf };
}

describe('the addresses that get mail as a place of an erasure', () => {
  it('lose the one of the profile, however it is written, and no other', async () => {
    const { place, statusOf } = await createWorld('Zoe@shop.example', 'zoe@shop.example', 'abe@shop.example');
    expect(await place.erase('u_1')).to.deep.equal({ erased: 1 });
    expect([await statusOf('zoe@shop.example'), await statusOf('abe@shop.example')]).to.deep.equal([
      'erased',
      'active',
    ]);
    expect(await place.erase('u_1')).to.deep.equal({ erased: 0 });
  });

  it('lose the one that is the id of the user', async () => {
    const { place, statusOf } = await createWorld(undefined, 'zoe@shop.example');
    expect(await place.erase('ZOE@shop.example')).to.deep.equal({ erased: 1 });
    expect(await statusOf('zoe@shop.example')).to.equal('erased');
  });

  it('know that nothing may be mailed to an address that only a rule names', async () => {
    const { place, statusOf } = await createWorld('zoe@shop.example');
    expect(await place.erase('u_1')).to.deep.equal({ erased: 0 });
    expect(await statusOf('zoe@shop.example')).to.equal('erased');
  });

  it('have nothing of a user without an address, or without a profile', async () => {
    const { place, users } = await createWorld('not an address');
    expect(await place.erase('u_1')).to.deep.equal({ erased: 0 });
    Object.assign(users, { find: async () => undefined });
    expect(await place.erase('u_1')).to.deep.equal({ erased: 0 });
  });
});
