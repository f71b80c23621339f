export { addressIdOf, isAddressId } from './address-id.ts';
export * from './addresses-store.ts';
export { createDynamoAddressesStore } from './dynamo-addresses-store.ts';
