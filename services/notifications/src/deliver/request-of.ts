import type { Delivery, Endpoint, Message } from '@weir/dynamodb/webhooks';
import { signMessage, slackBody, standardBody, type WebhookMessage } from '@weir/webhooks';
import type { PostRequest } from '@weir/webhooks/sending';

const HEADERS = { 'content-type': 'application/json', 'user-agent': 'Weir-Webhooks/1' } as const;

interface RequestParts {
  readonly endpoint: Endpoint;
  readonly message: Message;
  readonly delivery: Delivery;
  readonly now: number;
}

/** The request of an attempt: signed with each secret that is good at the time, and for Slack not at all. */
export function requestOf({ endpoint, message, delivery, now }: RequestParts): PostRequest {
  const { url, format, secrets } = endpoint;
  const told = { ...message, data: delivery.data ?? message.data } as WebhookMessage;
  if (format === 'slack') return { url, headers: HEADERS, body: slackBody(told) };
  const body = standardBody(told);
  const good = secrets.filter(({ until }) => until === undefined || until > now).map(({ secret }) => secret);
  return { url, headers: { ...HEADERS, ...signMessage({ id: message.id, attemptedAt: now, body }, good) }, body };
}
