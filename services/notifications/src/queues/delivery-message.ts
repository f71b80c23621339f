/** A message in the queues of webhooks: an attempt of a delivery is due. */
export interface DeliveryMessage {
  readonly endpointId: string;
  readonly messageId: string;
  /** A message of an earlier attempt is of no use. */
  readonly attempt: number;
}

/** Endpoints that failed or were slow at the last attempt have a queue of their own, so that they keep nobody back. */
export type Lane = 'fast' | 'slow';

export interface QueuedDelivery extends DeliveryMessage {
  readonly lane: Lane;
  /** 15 minutes at most. */
  readonly delaySeconds?: number;
}

/** Puts messages into the queues. Each may arrive more than once, and in any order. Rejects if one was not taken. */
export type SendDeliveries = (deliveries: readonly QueuedDelivery[]) => Promise<void>;

export function writeDeliveryMessage({ endpointId, messageId, attempt }: DeliveryMessage): string {
  return JSON.stringify({ endpointId, messageId, attempt });
}

/** Throws if the text is no such message. */
export function readDeliveryMessage(text: string): DeliveryMessage {
  const { endpointId, messageId, attempt } = JSON.parse(text) as Partial<DeliveryMessage>;
  const isNamed = typeof endpointId === 'string' && typeof messageId === 'string';
  if (!isNamed || !Number.isSafeInteger(attempt)) throw new Error(`this names no delivery: ${text}`);
  return { endpointId, messageId, attempt: Number(attempt) };
}
