import { type AddressesStore, addressIdOf } from '@weir/dynamodb/addresses';
import type { UsersStore } from '@weir/dynamodb/users';
import { isMailAddress } from '@weir/mail';
import type { NowPlace } from './now-place.ts';

/** Dependencies of the place. */
export interface AddressesPlaceDeps {
  readonly addresses: Pick<AddressesStore, 'eraseAddress'>;
  readonly users: Pick<UsersStore, 'find'>;
  readonly now: () => number;
}

/**
 * The addresses that get mail, as a place of an erasure: the one of the user's profile, and the user's id if it is an
 * address. It must be erased before the profile. What is left says for a while that nothing may be mailed there: rules
 * that name the address lose it in the next pass.
 */
export function createAddressesPlace({ addresses, users, now }: AddressesPlaceDeps): NowPlace {
  return {
    name: 'addresses',
    async erase(userId) {
      const email = (await users.find(userId))?.profile.email;
      const named = [userId, email].filter((text) => text !== undefined && isMailAddress(text)) as string[];
      let erased = 0;
      for (const id of new Set(named.map(addressIdOf))) if (await addresses.eraseAddress(id, now())) erased++;
      return { erased };
    },
  };
}
