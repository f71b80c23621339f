import type { Address, AddressesStore } from './addresses-store.ts';

/** Addresses in memory, for tests: each step that is atomic in DynamoDB is one step here. `turn` is awaited before each. */
export function createMemoryAddressesStore(
  turn = async () => {},
  addresses = new Map<string, Address>(),
): AddressesStore {
  const sorted = () => [...addresses.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  /** Changes an address if it is there and the condition holds. */
  const change = (id: string, isAllowed: (stored: Address) => boolean, to: Partial<Address>): Address | undefined => {
    const stored = addresses.get(id);
    if (!stored || !isAllowed(stored)) return undefined;
    const changed = { ...stored, ...to };
    addresses.set(id, changed);
    return changed;
  };

  return {
    async addAddress(address, most) {
      await turn();
      if (addresses.has(address.id)) return 'exists';
      if (addresses.size >= most) return 'full';
      const { createdAt } = address;
      addresses.set(address.id, { ...address, status: 'active', reason: undefined, updatedAt: createdAt });
      return 'added';
    },

    async findAddress(id) {
      await turn();
      return addresses.get(id);
    },

    async listAddresses({ after = '', limit }) {
      await turn();
      const rest = sorted().filter(({ id }) => id > after);
      return { addresses: rest.slice(0, limit), next: rest.length > limit ? rest[limit - 1]?.id : undefined };
    },

    async listReceivers(type) {
      await turn();
      return sorted().filter((address) => isActive(address) && address.receives.includes(type));
    },

    async setReceives(id, receives, at) {
      await turn();
      return change(id, isActive, { receives, updatedAt: at });
    },

    async endAddress(id, { status, reason, at }) {
      await turn();
      return change(id, isActive, { status, reason, updatedAt: at }) !== undefined;
    },

    async eraseAddress(id, at) {
      await turn();
      const stored = addresses.get(id);
      const nothing = { address: undefined, secret: undefined, reason: undefined, receives: [] };
      addresses.set(id, { ...nothing, id, status: 'erased', createdAt: at, updatedAt: at });
      return stored !== undefined && stored.status !== 'erased';
    },

    async listErased() {
      await turn();
      return new Set(sorted().flatMap(({ id, status }) => (status === 'erased' ? id : [])));
    },

    async removeAddress(id) {
      await turn();
      return addresses.delete(id);
    },
  };
}

function isActive({ status }: Address): boolean {
  return status === 'active';
}
