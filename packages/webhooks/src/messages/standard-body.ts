import type { WebhookMessage } from './webhook-message.ts';

/** Receivers must not be made to take more: Standard Webhooks asks for less than 20 KB. */
export const MAX_BODY_BYTES = 20_000;

/** The exact bytes of a message: the same at each attempt. */
export function standardBody({ type, timestamp, data }: Omit<WebhookMessage, 'id'>): Buffer {
  return Buffer.from(JSON.stringify({ type, timestamp: new Date(timestamp).toISOString(), data }));
}
