export { createDynamoKeysStore } from './dynamo-keys-store.ts';
export type { KeysPage, KeysStore, Removal, StoredKey } from './keys-store.ts';
