import { describeActivityStore } from './activity-store.contract.ts';
import { MemoryMetricsStore } from './memory-metrics-store.ts';

describeActivityStore('in memory', async () => new MemoryMetricsStore());
