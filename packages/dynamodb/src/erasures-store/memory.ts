export { MemoryErasureStore, type MemoryErasures } from './memory-erasure-store.ts';
export { type MemoryPass, MemoryPassStore } from './memory-pass-store.ts';
