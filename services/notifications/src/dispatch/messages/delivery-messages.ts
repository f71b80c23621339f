import { type Delivery, type Disabled, type Endpoint, makeMessageId } from '@weir/dynamodb/webhooks';
import type { WebhookMessage } from '@weir/webhooks';

/** An endpoint gets nothing more. */
export function disabledMessage(
  { id }: Pick<Endpoint, 'id'>,
  { reason, since }: Disabled,
): WebhookMessage<'endpoint.disabled'> {
  return {
    ...{ id: makeMessageId(since, `endpoint.disabled ${id}`), type: 'endpoint.disabled', timestamp: since },
    data: { endpointId: id, reason, since: new Date(since).toISOString() },
  };
}

/** A delivery has had its last attempt, at `exhaustedAt`. */
export function exhaustedMessage(delivery: Delivery, exhaustedAt: number): WebhookMessage<'message.attempt.exhausted'> {
  const { endpointId, messageId, type, attempt, attempts } = delivery;
  const { status, error } = attempts.at(-1) ?? {};
  // A caller can have it sent again, and it can be exhausted again: that is another message.
  const source = `message.attempt.exhausted ${endpointId} ${messageId} ${attempt}`;
  return {
    ...{ id: makeMessageId(exhaustedAt, source), type: 'message.attempt.exhausted', timestamp: exhaustedAt },
    data: {
      ...{ endpointId, messageId, type, attempts: attempt },
      ...(status !== undefined && { lastStatus: status }),
      ...(error !== undefined && { lastError: error }),
    },
  };
}
