import { readConfig, runtimeFields, text } from '@weir/config';
import { createSecretReader } from '@weir/config/secrets';
import { createDynamoDbClient, createDynamoMetricsStore, createMetricsReader } from '@weir/dynamodb';
import { createTelemetry } from '@weir/logging';
import type { APIGatewayProxyHandler } from 'aws-lambda';
import { createAuthenticate } from '../http/authenticate.ts';
import { createCursors } from '../http/cursor.ts';
import { createServe } from '../http/serve.ts';
import { CURSOR_SECRET_TTL_MS, READ_BUDGET_MS } from '../limits.ts';
import { createMetricsRoutes } from '../metrics/metrics-routes.ts';

const config = readConfig({
  ...runtimeFields,
  tableName: text('WEIR_METRICS_TABLE'),
  cursorSecret: text('WEIR_CURSOR_SECRET'),
});
const { log, observe } = createTelemetry(config);
const readSecret = createSecretReader({ ttlMs: CURSOR_SECRET_TTL_MS });
const now = () => Date.now();

const store = createDynamoMetricsStore({ client: createDynamoDbClient(), tableName: config.tableName });
const serve = createServe({
  routes: createMetricsRoutes({
    reader: createMetricsReader({ store, now }),
    cursors: createCursors({ secret: () => readSecret(config.cursorSecret) }),
    now,
    readBudgetMs: READ_BUDGET_MS,
    log,
  }),
  authenticate: createAuthenticate({ log, now }),
  log,
});

/** `GET /v1/metrics/{action}` and `GET /v1/actions`. */
export const handler: APIGatewayProxyHandler = (event, context) =>
  observe({ context, correlationId: event.requestContext.requestId }, () => serve(event));
