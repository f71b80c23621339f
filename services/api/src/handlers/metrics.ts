import { readConfig, text } from '@weir/config';
import { createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { createStageCache } from '../cache/stage-cache.ts';
import { READ_BUDGET_MS } from '../http/answers/or-unavailable.ts';
import { createCachedReader } from '../metrics/cached-reader.ts';
import { createMetricsRoutes } from '../metrics/metrics-routes.ts';
import { createRoutesHandler } from '../serve/routes-handler.ts';
import { createStageCursors, cursorFields } from '../serve/stage-cursors.ts';
import { createStageDeps, stageFields } from '../serve/stage-deps.ts';

const config = readConfig({ ...stageFields, ...cursorFields, tableName: text('WEIR_METRICS_TABLE') });
const now = () => Date.now();
const stage = createStageDeps(config, now);
const store = createDynamoMetricsStore({ client: createDynamoDbClient(), tableName: config.tableName });

/** `GET /v1/metrics/{action}` and `GET /v1/actions`. */
export const handler = createRoutesHandler(stage, {
  routes: createMetricsRoutes({
    reader: createCachedReader({
      reader: createMetricsReader({ store, now }),
      cache: createStageCache(stage),
      now,
    }),
    cursors: createStageCursors(config),
    now,
    readBudgetMs: READ_BUDGET_MS,
    log: stage.log,
  }),
});
