import { describeAuditsStore } from './audits-store.contract.ts';
import { MemoryAuditsStore } from './memory-audits-store.ts';

describeAuditsStore('in memory', async () => new MemoryAuditsStore());
