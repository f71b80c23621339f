import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { keyAttributes, type TableItem, type TableKey } from '../../table/table-access.ts';
import { keptUntil } from '../messages/message-item.ts';
import type { Attempt, Delivery, DeliveryRef, DeliveryStatus, DueDelivery } from './deliveries-store.ts';
import type { StoredDelivery } from './delivery-changes.ts';

/** The sparse index of what is due: by shard, then by time. It also holds the number of the attempt. */
export const DUE_INDEX = 'due';

/** Shards of the index: one part of a table takes 1,000 writes a second. */
export const DUE_SHARDS = ['0', '1', '2', '3'] as const;

/** `leaseUntil` of a delivery that nobody has: an item always has a time, so that one condition compares it. */
export const NO_LEASE = 0;

const DELIVERIES = 'deliveries#';

/** A delivery without any attempt. */
export function deliveryItem(delivery: StoredDelivery): TableItem {
  const { messageId, type, status, attempt, scheduledFrom, createdAt, nextAttemptAt, dueAt, askedAt, data } = delivery;
  const numbers = { attempt, scheduledFrom, createdAt, nextAttemptAt, dueAt, askedAt, leaseUntil: NO_LEASE };
  return {
    ...keyAttributes(deliveryKey(delivery)),
    ...{ type: { S: type }, status: { S: status }, ...numbersOf(numbers) },
    ...(dueAt !== undefined && { dueShard: { S: dueShard(messageId) } }),
    ...(data && { data: { S: JSON.stringify(data) } }),
    expiresAt: keptUntil(messageId),
  };
}

export function deliveriesPartition(endpointId: string): string {
  return `${DELIVERIES}${endpointId}`;
}

export function deliveryKey({ endpointId, messageId }: DeliveryRef): TableKey {
  return { pk: deliveriesPartition(endpointId), sk: messageId };
}

export function storedDelivery(item: TableItem): Delivery {
  return {
    ...refOf(item),
    ...{ type: item.type?.S ?? '', status: item.status?.S as DeliveryStatus },
    reason: item.reason?.S as Delivery['reason'],
    ...{ attempt: Number(item.attempt?.N), scheduledFrom: Number(item.scheduledFrom?.N) },
    attempts: (item.attempts?.L ?? []).map(storedAttempt),
    ...{ nextAttemptAt: numberOf(item.nextAttemptAt), leaseUntil: numberOf(item.leaseUntil) || undefined },
    ...{ createdAt: Number(item.createdAt?.N), data: item.data?.S === undefined ? undefined : JSON.parse(item.data.S) },
  };
}

export function storedDue(item: TableItem): DueDelivery {
  return { ...refOf(item), attempt: Number(item.attempt?.N), dueAt: Number(item.dueAt?.N) };
}

export function attemptList(attempts: readonly Attempt[]): AttributeValue {
  return {
    L: attempts.map(({ at, status, error, durationMs, response }) => ({
      M: {
        ...numbersOf({ at, status, durationMs }),
        ...(error !== undefined && { error: { S: error } }),
        ...(response !== undefined && { response: { S: response } }),
      },
    })),
  };
}

/** The last character is one of a hash. */
export function dueShard(messageId: string): string {
  return DUE_SHARDS[messageId.charCodeAt(messageId.length - 1) % DUE_SHARDS.length] ?? DUE_SHARDS[0];
}

function refOf(item: TableItem): DeliveryRef {
  return { endpointId: item.pk?.S?.slice(DELIVERIES.length) ?? '', messageId: item.sk?.S ?? '' };
}

function storedAttempt({ M = {} }: AttributeValue): Attempt {
  return {
    ...{ at: Number(M.at?.N), status: numberOf(M.status), error: M.error?.S, durationMs: Number(M.durationMs?.N) },
    response: M.response?.S,
  };
}

function numbersOf(numbers: Readonly<Record<string, number | undefined>>): TableItem {
  return Object.fromEntries(
    Object.entries(numbers).flatMap(([name, number]) => (number === undefined ? [] : [[name, { N: `${number}` }]])),
  );
}

function numberOf(attribute: AttributeValue | undefined): number | undefined {
  return attribute?.N === undefined ? undefined : Number(attribute.N);
}
