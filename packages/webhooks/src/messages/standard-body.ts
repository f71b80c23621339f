import { boundedBody } from './bounded-body.ts';
import type { WebhookMessage } from './webhook-message.ts';

/** The exact bytes of a message: the same at each attempt, and less than `MAX_BODY_BYTES`. */
export function standardBody({ type, timestamp, data }: Omit<WebhookMessage, 'id'>): Buffer {
  const at = new Date(timestamp).toISOString();
  return boundedBody(data, (told) => Buffer.from(JSON.stringify({ type, timestamp: at, data: told })));
}
