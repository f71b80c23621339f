import { readConfig, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoConnectionsStore } from '@weir/dynamodb/connections';
import { createDynamoKeysStore } from '@weir/dynamodb/keys';
import { createFindKey, createRefusedTokens } from '@weir/keys';
import { openBootstrapKeys } from '@weir/keys/bootstrap';
import { createTelemetry } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import { createPostFrame } from '../aws/create-post-frame.ts';
import { openSocketClients } from '../aws/socket-clients.ts';
import { answerMessage } from '../socket/answer-message.ts';
import { connect } from '../socket/connect.ts';
import { createSocketHandler } from '../socket/lambda/socket-handler.ts';
import { MAX_REFUSED, REFUSED_TTL_MS, SECRET_TTL_MS } from '../socket/limits.ts';

const config = readConfig({
  ...runtimeFields,
  metricsTable: text('WEIR_METRICS_TABLE'),
  notificationsTable: text('WEIR_NOTIFICATIONS_TABLE'),
  keysTable: text('WEIR_KEYS_TABLE'),
  keySecret: text('WEIR_BOOTSTRAP_KEY_SECRET'),
  pushEndpoint: text('WEIR_PUSH_ENDPOINT'),
});
const telemetry = createTelemetry(config);
const { log } = telemetry;
const { traceClient } = createTracing(config);
const client = traceClient(createDynamoDbClient());
const now = () => Date.now();
const keys = createDynamoKeysStore({ client, tableName: config.keysTable });
const connections = createDynamoConnectionsStore({ client, tableName: config.notificationsTable });
const findKey = createFindKey({
  store: keys,
  readBootstrapKeys: openBootstrapKeys(config.keySecret, { ttlMs: SECRET_TTL_MS, now }),
  refused: createRefusedTokens({ ttlMs: REFUSED_TTL_MS, maxTokens: MAX_REFUSED, now }),
  now,
});
const deps = {
  ...{ connections, keys, findKey, log, now },
  counts: createDynamoMetricsStore({ client, tableName: config.metricsTable }),
  post: createPostFrame({ endpoint: config.pushEndpoint, client: openSocketClients(config.pushEndpoint), log }),
};

/** Admits clients of the live push, and keeps what they are subscribed to. */
export const handler = createSocketHandler(telemetry, {
  connect: (handshake) => connect(deps, handshake),
  answer: (said) => answerMessage(deps, said),
  close: (connectionId) => connections.close(connectionId),
});
