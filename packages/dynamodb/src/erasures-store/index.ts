export { createErasureStore, type ErasureAccess } from './dynamo-erasure-store.ts';
export * from './erasures-store.ts';
