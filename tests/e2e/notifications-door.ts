import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { createDynamoWebhooksStore } from '@weir/dynamodb/webhooks';
import { awsClient } from './aws-client.ts';
import type { Local } from './weir-process.ts';

/** The rules, endpoints and deliveries of a running Weir. */
export function createNotificationsDoor(local: Local) {
  const client = new DynamoDBClient(awsClient(local));
  const access = { client, tableName: 'weir-local-notifications' };
  return { alerts: createDynamoAlertsStore(access), webhooks: createDynamoWebhooksStore(access) };
}
