export { MAX_BODY_BYTES } from './messages/bounded-body.ts';
export { slackBody } from './messages/slack-body.ts';
export { standardBody } from './messages/standard-body.ts';
export type {
  AlertBucket,
  AlertData,
  AlertRecoveredData,
  EndpointDisabledData,
  EndpointTestData,
  MessageExhaustedData,
  ReportReadyData,
  UserErasedData,
  WebhookData,
} from './messages/webhook-data.ts';
export type { WebhookEvent, WebhookFormat, WebhookMessage, WebhookType } from './messages/webhook-message.ts';
export { isAboutDelivery, TEST_TYPE, WEBHOOK_EVENTS, WEBHOOK_FORMATS } from './messages/webhook-message.ts';
export { readRetryAfter } from './schedule/read-retry-after.ts';
export { ATTEMPTS, retryDelayMs } from './schedule/retry-schedule.ts';
export { newAsymmetricSecret, newSymmetricSecret, publicKeyOf, SECRET_BYTES } from './signing/secrets.ts';
export { type SignedHeaders, signMessage } from './signing/sign-message.ts';
