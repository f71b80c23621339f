import { readConfig, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoKeysStore } from '@weir/dynamodb/keys';
import { createRefusedTokens } from '@weir/keys';
import { openBootstrapKeys } from '@weir/keys/bootstrap';
import { createTelemetry } from '@weir/logging';
import type { APIGatewayRequestAuthorizerHandler } from 'aws-lambda';
import { createAuthorize, verdictOf } from '../keys/authorize.ts';
import { createIdentifyKey } from '../keys/identify-key.ts';
import {
  AUTHORIZE_BUDGET_MS,
  LAST_USE_BUDGET_MS,
  LAST_USE_INTERVAL_MS,
  MAX_REFUSED,
  REFUSED_TTL_MS,
  SECRET_TTL_MS,
} from '../keys/limits.ts';
import { createNoteUse } from '../keys/note-use.ts';

const config = readConfig({
  ...runtimeFields,
  tableName: text('WEIR_KEYS_TABLE'),
  keySecret: text('WEIR_BOOTSTRAP_KEY_SECRET'),
});
const { log, meter, observe } = createTelemetry(config);
const now = () => Date.now();
const store = createDynamoKeysStore({ client: createDynamoDbClient(), tableName: config.tableName });

const identify = createIdentifyKey({
  store,
  readBootstrapKeys: openBootstrapKeys(config.keySecret, { ttlMs: SECRET_TTL_MS, now }),
  refused: createRefusedTokens({ ttlMs: REFUSED_TTL_MS, maxTokens: MAX_REFUSED, now }),
  noteUse: createNoteUse({ store, now, log, intervalMs: LAST_USE_INTERVAL_MS, budgetMs: LAST_USE_BUDGET_MS }),
  now,
});
const authorize = createAuthorize({ identify, log, meter, budgetMs: AUTHORIZE_BUDGET_MS });

/** API Gateway calls it to learn whose key a request carries. */
export const handler: APIGatewayRequestAuthorizerHandler = (event, context) =>
  observe({ context, correlationId: event.requestContext.requestId, outcomeOf: verdictOf }, () => authorize(event));
