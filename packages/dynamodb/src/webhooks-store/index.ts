export type { TableAccess } from '../table/table-access.ts';
export * from './deliveries/deliveries-store.ts';
export { createDynamoWebhooksStore } from './dynamo-webhooks-store.ts';
export * from './endpoints/endpoints-store.ts';
export * from './messages/message.ts';
export { isMessageId, makeMessageId, messageTime } from './messages/message-id.ts';
export { type StoredWebhook, storedWebhook } from './stored-webhook.ts';
export type * from './webhooks-store.ts';
