import { describeKeysStore } from './keys-store.contract.ts';
import { createMemoryKeysStore } from './memory-keys-store.ts';

describeKeysStore('in memory', async () => createMemoryKeysStore());
