import { MemoryMetricsStore } from '../metrics-store/memory-metrics-store.ts';
import { describeActivityStore } from './activity-store.contract.ts';

describeActivityStore('in memory', async () => new MemoryMetricsStore());
