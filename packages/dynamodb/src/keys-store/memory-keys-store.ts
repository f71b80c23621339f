import type { KeyRemoval, KeysStore, RemovalOutcome, StoredKey } from './keys-store.ts';

/** The keys in memory, for tests: every step that is atomic in DynamoDB is one step here. */
export function createMemoryKeysStore(): KeysStore {
  const keys = new Map<string, StoredKey>();
  const trees = new Map<string, KeyRemoval>();
  const remove = (id: string, { at, by }: KeyRemoval): RemovalOutcome => {
    const key = keys.get(id);
    if (key === undefined) return 'unknown';
    if (key.removedAt === undefined) keys.set(id, { ...key, removedAt: at, removedBy: by });
    return 'removed';
  };
  return {
    async add(key) {
      if (!keys.has(key.id)) keys.set(key.id, key);
    },

    find: async (id) => keys.get(id),

    async list({ after = '', limit }) {
      const past = [...keys.values()].filter(({ id }) => id > after).sort((a, b) => (a.id < b.id ? -1 : 1));
      const page = past.slice(0, limit);
      return { keys: page, next: past.length > limit ? page.at(-1)?.id : undefined };
    },

    remove: async (id, removal) => remove(id, removal),

    async removeTree(id, removal) {
      if (keys.has(id) && !trees.has(id)) trees.set(id, removal);
      return remove(id, removal);
    },

    findRemovedTrees: async (ids) => new Map([...trees].filter(([id]) => ids.includes(id))),

    async markUsed(id, { at, unlessAfter }) {
      const key = keys.get(id);
      if (key && (key.lastUsedAt === undefined || key.lastUsedAt <= unlessAfter)) {
        keys.set(id, { ...key, lastUsedAt: at });
      }
    },
  };
}
