import { judge } from '@weir/alerts';
import { MemoryAlertsStore } from '@weir/dynamodb/alerts/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { createEvaluator } from '@weir/notifications/src/evaluate/evaluate-batch.ts';
import { openBuckets } from '@weir/notifications/src/evaluate/open-buckets.ts';
import { cpuMsOfAsync, median } from '../measure/cpu.ts';
import { appendSample, LOGS, START, sampleRules } from './sample-rules.ts';

const MINUTE = 60_000;

/** What a way of evaluating costs. */
export interface EvaluationMeasure {
  readonly perSecond: number;
  readonly queriesABatch: number;
}

interface Options {
  readonly rules: number;
  readonly batches: number;
}

/** Batches with an entry of each of four logs: each has all rules judge a bucket. */
export async function measureEvaluator({ rules: count, batches }: Options): Promise<EvaluationMeasure> {
  const { store, queries, clock } = openMetrics();
  const alerts = new MemoryAlertsStore();
  const rules = sampleRules(count);
  for (const rule of rules) await alerts.create(rule);
  const evaluate = createEvaluator({ counts: store, alerts, now: () => clock.now });
  const rates: number[] = [];
  const counted: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    clock.now += 1000;
    const entries = await Promise.all(
      LOGS.map((logId) => appendSample(store, { logId, number: batch, at: clock.now })),
    );
    const judged = openBuckets(rules, entries).reduce((sum, buckets) => sum + buckets.length, 0);
    queries.count = 0;
    const ms = await cpuMsOfAsync(() => evaluate({ entries, closedUpTo: undefined }));
    if (batch > 1) rates.push((judged * 1000) / ms);
    counted.push(queries.count);
  }
  return { perSecond: median(rates), queriesABatch: median(counted) };
}

/** The API's reader, asked for the bucket of each rule. */
export async function measureReader({ rules: count, batches }: Options): Promise<EvaluationMeasure> {
  const { store, queries, clock } = openMetrics();
  const rules = sampleRules(count).filter(({ action }) => !action.endsWith('*'));
  const reader = createMetricsReader({ store, now: () => clock.now });
  const rates: number[] = [];
  const counted: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    clock.now += 1000;
    await Promise.all(LOGS.map((logId) => appendSample(store, { logId, number: batch, at: clock.now })));
    queries.count = 0;
    const ms = await cpuMsOfAsync(async () => {
      for (const rule of rules) {
        const range = { from: clock.now - MINUTE, to: clock.now + MINUTE, interval: rule.interval };
        const { buckets } = await reader.readSeries({ action: rule.action, ...range });
        for (const bucket of buckets) judge(rule, bucket);
      }
    });
    rates.push((rules.length * 1000) / ms);
    counted.push(queries.count);
  }
  return { perSecond: median(rates), queriesABatch: median(counted) };
}

function openMetrics() {
  const queries = { count: 0 };
  const store = new MemoryMetricsStore(async () => void queries.count++);
  for (const logId of LOGS) void store.register(logId, []);
  return { store, queries, clock: { now: START } };
}
