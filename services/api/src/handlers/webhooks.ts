import { randomBytes } from 'node:crypto';
import { flag, readConfig, text } from '@weir/config';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoWebhooksStore } from '@weir/dynamodb/webhooks';
import { loadLate } from '@weir/late-loading';
import { SECRET_BYTES } from '@weir/webhooks';
import { createRoutesHandler } from '../serve/routes-handler.ts';
import { createStageCursors, cursorFields } from '../serve/stage-cursors.ts';
import { createStageDeps, stageFields } from '../serve/stage-deps.ts';
import { createStageRunOnce, idempotencyFields } from '../serve/stage-run-once.ts';
import { WEBHOOKS_BUDGET_MS } from '../webhooks/endpoints/limits.ts';
import { createWebhooksRoutes } from '../webhooks/webhooks-routes.ts';

const config = readConfig({
  ...stageFields,
  ...cursorFields,
  ...idempotencyFields,
  tableName: text('WEIR_NOTIFICATIONS_TABLE'),
  isLocal: flag('WEIR_WEBHOOKS_TO_THIS_MACHINE'),
});
const now = () => Date.now();
const stage = createStageDeps(config, now);
const { log, meter } = stage;
// Only a request that names a URL needs the list of public addresses.
const openCheck = loadLate(async () => {
  const { openUrlCheck } = await import('../webhooks/endpoints/open-url-check.ts');
  return openUrlCheck(config.isLocal);
});

/** Everything under `/v1/webhooks`. */
export const handler = createRoutesHandler(stage, {
  routes: createWebhooksRoutes({
    webhooks: createDynamoWebhooksStore({ client: createDynamoDbClient(), tableName: config.tableName }),
    checkUrl: async (url) => (await openCheck())(url),
    cursors: createStageCursors(config),
    now,
    random: () => randomBytes(SECRET_BYTES),
    log,
    budgetMs: WEBHOOKS_BUDGET_MS,
  }),
  runOnce: createStageRunOnce({ config, meter, log }),
});
