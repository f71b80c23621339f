import type { Attempt, Delivery } from '@weir/dynamodb/webhooks';
import { formatTime } from '../../times/parse-time.ts';

/** A delivery in the form of answers. Its id is that of the message, which receivers get as `webhook-id`. */
export function presentDelivery(delivery: Delivery): object {
  const { messageId, type, status, reason, attempts, nextAttemptAt, createdAt } = delivery;
  return {
    ...{ id: messageId, event: type, status, ...(reason !== undefined && { reason }) },
    attempts: attempts.map(presentAttempt),
    ...(nextAttemptAt !== undefined && { nextAttemptAt: formatTime(nextAttemptAt) }),
    createdAt: formatTime(createdAt),
  };
}

function presentAttempt({ at, status, error, durationMs, response }: Attempt): object {
  return {
    at: formatTime(at),
    ...(status !== undefined && { status }),
    ...(error !== undefined && { error }),
    durationMs,
    ...(response !== undefined && { response }),
  };
}

export function deliveryPath({ endpointId, messageId }: Pick<Delivery, 'endpointId' | 'messageId'>): string {
  return `/v1/webhooks/${endpointId}/deliveries/${messageId}`;
}
