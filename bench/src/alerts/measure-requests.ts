import { createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { openLocalTables } from '@weir/local/tables';
import { createEvaluator } from '@weir/notifications/src/evaluate/evaluate-batch.ts';
import { appendSample, LOGS, START, sampleRules } from './sample-rules.ts';

const MINUTE = 60_000;

/** Batches that read rows, and twice all rules: the second time half a minute after the first. */
const WARM_UP = 40;

/** Requests and units of one batch, on average. */
export interface RequestsMeasure {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

interface Options {
  readonly rules: number;
  readonly batches: number;
}

/** A batch is one entry of one log, a second after the one before; each log has an instance of its own. */
export function measureEntries(options: Options): Promise<RequestsMeasure> {
  return measure(options, async ({ evaluators, batch, clock, metrics }) => {
    clock.now += 1000;
    const at = batch % LOGS.length;
    const sample = { logId: LOGS[at] as string, number: Math.floor(batch / LOGS.length), at: clock.now };
    const entry = await appendSample(metrics, sample);
    return () => (evaluators[at] as Evaluator)({ entries: [entry], closedUpTo: undefined });
  });
}

/** A batch is the progress of a minute in which nothing came. */
export function measureIdle(options: Options): Promise<RequestsMeasure> {
  return measure(options, async ({ evaluators, clock }) => {
    clock.now += MINUTE;
    return () => (evaluators[0] as Evaluator)({ entries: [], closedUpTo: clock.now - 5000 });
  });
}

type Evaluator = ReturnType<typeof createEvaluator>;

interface Stage {
  readonly evaluators: readonly Evaluator[];
  readonly metrics: ReturnType<typeof createDynamoMetricsStore>;
  readonly clock: { now: number };
  readonly batch: number;
}

async function measure(
  { rules, batches }: Options,
  prepare: (stage: Stage) => Promise<() => Promise<void>>,
): Promise<RequestsMeasure> {
  const tables = openLocalTables();
  try {
    const metrics = createDynamoMetricsStore(await tables.create());
    const alerts = createDynamoAlertsStore(await tables.create());
    for (const rule of sampleRules(rules)) await alerts.create(rule);
    for (const logId of LOGS) await metrics.register(logId, []);
    const clock = { now: START };
    const evaluators = LOGS.map(() => createEvaluator({ counts: metrics, alerts, now: () => clock.now }));
    const { usage, resetUsage } = await tables.aws();
    const total = { requests: 0, readUnits: 0, writeUnits: 0 };
    for (let batch = -WARM_UP; batch < batches; batch++) {
      const run = await prepare({ evaluators, metrics, clock, batch: batch + WARM_UP });
      resetUsage();
      await run();
      if (batch < 0) continue;
      for (const { calls, readUnits, writeUnits } of Object.values(usage().actions)) {
        total.requests += calls;
        total.readUnits += readUnits;
        total.writeUnits += writeUnits;
      }
    }
    return {
      requests: total.requests / batches,
      readUnits: total.readUnits / batches,
      writeUnits: total.writeUnits / batches,
    };
  } finally {
    await tables.close();
  }
}
