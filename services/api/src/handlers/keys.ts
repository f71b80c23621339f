import { randomBytes } from 'node:crypto';
import { readConfig, text } from '@weir/config';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoKeysStore } from '@weir/dynamodb/keys';
import { createKeysRoutes } from '../keys/keys-routes.ts';
import { KEYS_BUDGET_MS } from '../keys/limits.ts';
import { createRoutesHandler } from '../serve/routes-handler.ts';
import { createStageCursors, cursorFields } from '../serve/stage-cursors.ts';
import { createStageDeps, stageFields } from '../serve/stage-deps.ts';
import { createStageRunOnce, idempotencyFields } from '../serve/stage-run-once.ts';

const config = readConfig({
  ...stageFields,
  ...cursorFields,
  ...idempotencyFields,
  tableName: text('WEIR_KEYS_TABLE'),
});
const now = () => Date.now();
const stage = createStageDeps(config, now);
const { log, meter } = stage;

/** `GET` and `POST /v1/keys`, `DELETE /v1/keys/{id}`. */
export const handler = createRoutesHandler(stage, {
  routes: createKeysRoutes({
    store: createDynamoKeysStore({ client: createDynamoDbClient(), tableName: config.tableName }),
    cursors: createStageCursors(config),
    now,
    random: () => randomBytes(32),
    log,
    budgetMs: KEYS_BUDGET_MS,
  }),
  runOnce: createStageRunOnce({ config, meter, log }),
});
