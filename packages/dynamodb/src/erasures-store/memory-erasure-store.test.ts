import { MemoryMetricsStore } from '../metrics-store/memory-metrics-store.ts';
import { describeErasureStore } from './erasure-store.contract.ts';
import { MemoryErasureStore } from './memory-erasure-store.ts';

describeErasureStore('in memory', async () => {
  const metrics = new MemoryMetricsStore();
  return { metrics, erasures: new MemoryErasureStore(metrics) };
});
