import type { WebhookData } from './webhook-data.ts';

/** The events that an endpoint can ask for. */
export const WEBHOOK_EVENTS = [
  'alert.fired',
  'alert.recovered',
  'report.ready',
  'user.erased',
  'endpoint.disabled',
  'message.attempt.exhausted',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** A message that only `POST …/test` sends, whatever the endpoint asks for. */
export const TEST_TYPE = 'endpoint.test';

/** What a message can be about. */
export type WebhookType = WebhookEvent | typeof TEST_TYPE;

/** `standard` is Standard Webhooks; `slack` is the body that Slack's incoming webhooks take, unsigned. */
export const WEBHOOK_FORMATS = ['standard', 'slack'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

/** What is told to endpoints. */
export interface WebhookMessage<Type extends WebhookType = WebhookType> {
  /** The same whenever the message is made again, and without a `.`, which separates the parts of what is signed. */
  readonly id: string;
  readonly type: Type;
  /** When it happened, in epoch milliseconds. Each attempt has a time of its own. */
  readonly timestamp: number;
  readonly data: WebhookData[Type];
}

/** Messages about deliveries never go to the endpoint concerned, and their own failures make no further ones. */
export function isAboutDelivery(type: WebhookType): boolean {
  return type === 'endpoint.disabled' || type === 'message.attempt.exhausted';
}
