import type { Message } from '../messages/message.ts';
import {
  ASKED_GRACE_MS,
  type Attempt,
  type Delivery,
  type DeliveryOutcome,
  type DeliveryTarget,
  EARLY_MS,
  KEPT_ATTEMPTS,
  type NewDeliveries,
} from './deliveries-store.ts';

/** A delivery with what the clock needs. */
export interface StoredDelivery extends Delivery {
  /** When the clock sends it; undefined unless it is pending. */
  readonly dueAt: number | undefined;
  /** Set while the table's stream is to have it sent. */
  readonly askedAt: number | undefined;
}

/** A delivery as it is first written. */
export function newDelivery(
  message: Message,
  { endpointId, isHeld }: DeliveryTarget,
  made: NewDeliveries,
): StoredDelivery {
  const { now, dueAt = now, isAsked } = made;
  return {
    ...{ endpointId, messageId: message.id, type: message.type, createdAt: now },
    ...{ status: isHeld ? 'held' : 'pending', reason: undefined, attempt: 0, scheduledFrom: 0, attempts: [] },
    ...{ nextAttemptAt: isHeld ? undefined : now, dueAt: isHeld ? undefined : dueAt, leaseUntil: undefined },
    ...{ askedAt: isAsked && !isHeld ? now : undefined, data: message.kept && message.data },
  };
}

export function canClaim(delivery: Delivery, attempt: number, now: number): boolean {
  const { status, nextAttemptAt = Number.POSITIVE_INFINITY } = delivery;
  return (
    status === 'pending' && delivery.attempt === attempt && nextAttemptAt <= now + EARLY_MS && isFree(delivery, now)
  );
}

/** Whether no attempt is under way. */
export function isFree({ leaseUntil }: Pick<Delivery, 'leaseUntil'>, now: number): boolean {
  return leaseUntil === undefined || leaseUntil <= now;
}

/** A delivery with the lease of an attempt. The clock looks after it when the lease is over. */
export function withLease(delivery: StoredDelivery, leaseUntil: number): StoredDelivery {
  return { ...delivery, leaseUntil, dueAt: leaseUntil, askedAt: undefined };
}

/** A claimed delivery after what came of it. */
export function withOutcome(claimed: Delivery, outcome: DeliveryOutcome): StoredDelivery {
  const { status } = outcome;
  const attempt = keptAttempt(claimed, outcome);
  const isPending = outcome.status === 'pending';
  return {
    ...claimed,
    ...{ status, reason: outcome.status === 'failed' ? outcome.reason : undefined },
    attempt: claimed.attempt + (attempt ? 1 : 0),
    attempts: attempt ? [...claimed.attempts, attempt].slice(-KEPT_ATTEMPTS) : claimed.attempts,
    nextAttemptAt: isPending ? outcome.nextAttemptAt : undefined,
    dueAt: isPending ? (outcome.dueAt ?? outcome.nextAttemptAt) : undefined,
    ...{ leaseUntil: undefined, askedAt: undefined },
    data: isOver(outcome) ? undefined : claimed.data,
  };
}

/** An answer may repeat what it was sent: where that names a person, none is kept. */
function keptAttempt({ data }: Delivery, { attempt }: DeliveryOutcome): Attempt | undefined {
  return data && attempt ? { ...attempt, response: undefined } : attempt;
}

/**
 * Whether the receiver had the message, or all of its attempts. An endpoint that is gone, or has another address by now,
 * may be mended and recovered: the message must then say what it was to say.
 */
function isOver(outcome: DeliveryOutcome): boolean {
  if (outcome.status === 'failed') return outcome.reason === 'exhausted' || outcome.reason === 'aborted';
  return outcome.status === 'delivered';
}

/** What comes of a delivery that is to be held, but whose endpoint is enabled by now: it is due as before. */
export function notHeld(claimed: Delivery, { attempt }: DeliveryOutcome): DeliveryOutcome {
  return { attempt, status: 'pending', nextAttemptAt: claimed.nextAttemptAt ?? claimed.createdAt };
}

/** A delivery that a caller wants sent again. */
export function askedAgain(delivery: Delivery, now: number): StoredDelivery {
  return {
    ...delivery,
    ...{ status: 'pending', reason: undefined, scheduledFrom: delivery.attempt, leaseUntil: undefined },
    ...{ nextAttemptAt: now, dueAt: now + ASKED_GRACE_MS, askedAt: now },
  };
}

/** Whether a recovery sends it again. What the endpoint aborted, it does not want. */
export function isRecoverable({ status, reason }: Delivery): boolean {
  return status === 'held' || (status === 'failed' && reason !== 'aborted');
}
