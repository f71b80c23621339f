export { createDynamoKeysStore } from './dynamo-keys-store.ts';
export type { KeyRemoval, KeysPage, KeysStore, RemovalOutcome, StoredKey } from './keys-store.ts';
