import { describeConnectionsStore } from './connections-store.contract.ts';
import { createMemoryConnectionsStore } from './memory-connections-store.ts';

describeConnectionsStore('in memory', async () => createMemoryConnectionsStore());
