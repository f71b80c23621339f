import { randomBytes } from 'node:crypto';
import { readConfig, text } from '@weir/config';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoAddressesStore } from '@weir/dynamodb/addresses';
import { UNSUBSCRIBE_SECRET_BYTES } from '@weir/mail';
import { createAddressesRoutes } from '../addresses/addresses-routes.ts';
import { ADDRESSES_BUDGET_MS } from '../addresses/list/limits.ts';
import { createRoutesHandler } from '../serve/routes-handler.ts';
import { createStageCursors, cursorFields } from '../serve/stage-cursors.ts';
import { createStageDeps, stageFields } from '../serve/stage-deps.ts';
import { createStageRunOnce, idempotencyFields } from '../serve/stage-run-once.ts';

const config = readConfig({
  ...stageFields,
  ...cursorFields,
  ...idempotencyFields,
  tableName: text('WEIR_NOTIFICATIONS_TABLE'),
});
const now = () => Date.now();
const stage = createStageDeps(config, now);
const { log, meter } = stage;

/** Everything under `/v1/addresses`, and the links of mails. */
export const handler = createRoutesHandler(stage, {
  routes: createAddressesRoutes({
    addresses: createDynamoAddressesStore({ client: createDynamoDbClient(), tableName: config.tableName }),
    cursors: createStageCursors(config),
    now,
    random: () => randomBytes(UNSUBSCRIBE_SECRET_BYTES),
    log,
    budgetMs: ADDRESSES_BUDGET_MS,
  }),
  runOnce: createStageRunOnce({ config, meter, log }),
});
