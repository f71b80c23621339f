import { MemoryMetricsStore } from './memory-metrics-store.ts';
import { describeMetricsStore } from './metrics-store.contract.ts';

describeMetricsStore('in memory', async () => new MemoryMetricsStore());
