import { describeErasureStore } from './erasure-store.contract.ts';
import { MemoryErasureStore } from './memory-erasure-store.ts';

describeErasureStore('in memory', async () => new MemoryErasureStore());
