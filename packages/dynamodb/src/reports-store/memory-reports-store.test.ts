import { MemoryReportsStore } from './memory-reports-store.ts';
import { describeReportsStore } from './reports-store.contract.ts';

describeReportsStore('in memory', async () => new MemoryReportsStore());
