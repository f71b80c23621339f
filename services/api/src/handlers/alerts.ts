import { randomBytes } from 'node:crypto';
import { readConfig, text } from '@weir/config';
import { createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { createDynamoWebhooksStore } from '@weir/dynamodb/webhooks';
import { createAlertsRoutes } from '../alerts/alerts-routes.ts';
import { ALERTS_BUDGET_MS } from '../alerts/rule/limits.ts';
import { ALERT_ID_BYTES } from '../alerts/rule/name-alert.ts';
import { createRoutesHandler } from '../serve/routes-handler.ts';
import { createStageCursors, cursorFields } from '../serve/stage-cursors.ts';
import { createStageDeps, stageFields } from '../serve/stage-deps.ts';
import { createStageRunOnce, idempotencyFields } from '../serve/stage-run-once.ts';

const config = readConfig({
  ...stageFields,
  ...cursorFields,
  ...idempotencyFields,
  notificationsTable: text('WEIR_NOTIFICATIONS_TABLE'),
  metricsTable: text('WEIR_METRICS_TABLE'),
});
const now = () => Date.now();
const stage = createStageDeps(config, now);
const { log, meter } = stage;
const client = createDynamoDbClient();
const notifications = { client, tableName: config.notificationsTable };
const webhooks = createDynamoWebhooksStore(notifications);

/** `GET` and `POST /v1/alerts`, `/v1/alerts/{id}` and its firings, `POST /v1/alerts/preview`. */
export const handler = createRoutesHandler(stage, {
  routes: createAlertsRoutes({
    alerts: createDynamoAlertsStore(notifications),
    reader: createMetricsReader({ store: createDynamoMetricsStore({ client, tableName: config.metricsTable }), now }),
    hasEndpoint: async (id) => (await webhooks.findEndpoint(id)) !== undefined,
    cursors: createStageCursors(config),
    now,
    random: () => randomBytes(ALERT_ID_BYTES),
    log,
    budgetMs: ALERTS_BUDGET_MS,
  }),
  runOnce: createStageRunOnce({ config, meter, log }),
});
