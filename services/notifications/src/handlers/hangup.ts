import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoConnectionsStore } from '@weir/dynamodb/connections';
import { createDynamoKeysStore } from '@weir/dynamodb/keys';
import { createTelemetry } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import { createDisconnect, openSocketClients } from '../aws/socket-clients.ts';
import { closeEnded } from '../socket/close-ended.ts';
import { createHangupHandler } from '../socket/lambda/hangup-handler.ts';

const config = readConfig({
  ...runtimeFields,
  notificationsTable: text('WEIR_NOTIFICATIONS_TABLE'),
  keysTable: text('WEIR_KEYS_TABLE'),
  pushEndpoint: text('WEIR_PUSH_ENDPOINT'),
});
const telemetry = createTelemetry(config);
const { traceClient } = createTracing(config);
const client = traceClient(createDynamoDbClient());
const deps = {
  connections: createDynamoConnectionsStore({ client, tableName: config.notificationsTable }),
  keys: createDynamoKeysStore({ client, tableName: config.keysTable }),
  disconnect: createDisconnect(traceClient(openSocketClients(config.pushEndpoint))),
  meter: telemetry.meter,
  now: () => Date.now(),
  wait: (ms: number) => sleep(ms),
};

/** Closes connections whose key has ended. */
export const handler = createHangupHandler(telemetry, () => closeEnded(deps));
