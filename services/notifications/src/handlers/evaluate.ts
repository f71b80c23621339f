import { readConfig, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { createTelemetry } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import { readMetric } from '../aws/read-metric.ts';
import { createEvaluator } from '../evaluate/evaluate-batch.ts';
import { createEvaluateHandler } from '../evaluate/lambda/evaluate-handler.ts';

const config = readConfig({
  ...runtimeFields,
  metricsTable: text('WEIR_METRICS_TABLE'),
  notificationsTable: text('WEIR_NOTIFICATIONS_TABLE'),
});
const { traceClient } = createTracing(config);
const client = traceClient(createDynamoDbClient());

/** Judges the rules when events are counted, and when buckets close. */
export const handler = createEvaluateHandler(createTelemetry(config), {
  readMetric,
  evaluate: createEvaluator({
    counts: createDynamoMetricsStore({ client, tableName: config.metricsTable }),
    alerts: createDynamoAlertsStore({ client, tableName: config.notificationsTable }),
    now: () => Date.now(),
  }),
});
