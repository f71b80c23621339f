export { createErasureStore } from './dynamo-erasure-store.ts';
export { createPassStore, type PassAccess } from './dynamo-pass-store.ts';
export * from './erasures-store.ts';
export * from './passes-store.ts';
