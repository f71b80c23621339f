export { createDynamoKeysStore } from './dynamo-keys-store.ts';
export type { KeyRemoval, KeysPage, KeysStore, Removal, StoredKey } from './keys-store.ts';
