export * from './connections-store.ts';
export { createDynamoConnectionsStore } from './dynamo-connections-store.ts';
