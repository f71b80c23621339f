import { MemoryMetricsStore } from '../metrics-store/memory-metrics-store.ts';
import { MemoryPassStore } from './memory-pass-store.ts';
import { describePassStore } from './pass-store.contract.ts';

describePassStore('in memory', async () => {
  const metrics = new MemoryMetricsStore();
  return { metrics, passes: new MemoryPassStore(metrics) };
});
