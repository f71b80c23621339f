import { describeJobsStore } from './jobs-store.contract.ts';
import { MemoryJobsStore } from './memory-jobs-store.ts';

describeJobsStore('in memory', async () => new MemoryJobsStore());
