import { setTimeout as sleep } from 'node:timers/promises';
import { integer, readConfig, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { createDynamoConnectionsStore } from '@weir/dynamodb/connections';
import { createTelemetry } from '@weir/logging';
import { createPostFrame } from '../aws/create-post-frame.ts';
import { readMetric } from '../aws/read-metric.ts';
import { openSocketClients } from '../aws/socket-clients.ts';
import { createEvaluator } from '../evaluate/evaluate-batch.ts';
import { createEvaluateHandler } from '../evaluate/lambda/evaluate-handler.ts';
import { createPush } from '../push/create-push.ts';
import { pushAfterRules } from '../push/push-after-rules.ts';

const config = readConfig({
  ...runtimeFields,
  metricsTable: text('WEIR_METRICS_TABLE'),
  notificationsTable: text('WEIR_NOTIFICATIONS_TABLE'),
  pushEndpoint: text('WEIR_PUSH_ENDPOINT'),
  pushLimit: integer('WEIR_PUSH_POSTS_PER_SECOND', { min: 1 }),
});
const telemetry = createTelemetry(config);
const { log, meter } = telemetry;
// Without a tracer, whose hooks run at every promise: a post would take half as much CPU again.
const client = createDynamoDbClient();
const counts = createDynamoMetricsStore({ client, tableName: config.metricsTable });
const now = () => Date.now();

/** Judges the rules when events are counted, and when buckets close, and then pushes the rows that have changed. */
export const handler = createEvaluateHandler(telemetry, {
  readMetric,
  evaluate: createEvaluator({
    counts,
    alerts: createDynamoAlertsStore({ client, tableName: config.notificationsTable }),
    now,
  }),
  push: pushAfterRules({
    push: createPush({
      connections: createDynamoConnectionsStore({ client, tableName: config.notificationsTable }),
      counts,
      post: createPostFrame({ endpoint: config.pushEndpoint, client: openSocketClients(config.pushEndpoint), log }),
      limit: config.pushLimit,
      ...{ meter, now, wait: (ms: number) => sleep(ms) },
    }),
    ...{ log, meter },
    later: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  }),
});
