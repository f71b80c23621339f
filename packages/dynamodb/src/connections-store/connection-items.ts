import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { BucketInterval } from '@weir/alerts';
import type { TableItem, TableKey } from '../table/table-access.ts';
import { CONNECTION_KEPT_MS, type Connection, type NewConnection, type Subscription } from './connections-store.ts';

/** One partition: each batch that is pushed reads all connections. */
export const CONNECTIONS_PARTITION = 'connections';
/** Seconds in which posts were made; they are few, as they expire. */
const POSTS_PARTITION = 'posts';

export function connectionKey(id: string): TableKey {
  return { pk: CONNECTIONS_PARTITION, sk: id };
}

/** The partition of a connection's subscriptions. */
export function subscriptionsPartition(connectionId: string): string {
  return `subscriptions#${connectionId}`;
}

export function postsKey(second: number): TableKey {
  return { pk: POSTS_PARTITION, sk: `${second}` };
}

/** A connection without its key, and without subscriptions. */
export function connectionItem(connection: NewConnection): TableItem {
  const { connectedAt, keyId, keyExpiresAt, actionPrefixes } = connection;
  return {
    ...{ connectedAt: { N: `${connectedAt}` }, keyId: { S: keyId } },
    ...(keyExpiresAt !== undefined && { keyExpiresAt: { N: `${keyExpiresAt}` } }),
    ...(actionPrefixes && { actionPrefixes: textList(actionPrefixes) }),
    ...{ revision: { N: '0' }, expiresAt: expiryOf(connectedAt) },
  };
}

export function storedConnection(item: TableItem): Connection {
  const { sk, connectedAt, keyId, keyExpiresAt, actionPrefixes, revision } = item;
  return {
    ...{ id: sk?.S ?? '', connectedAt: Number(connectedAt?.N), keyId: keyId?.S ?? '' },
    keyExpiresAt: keyExpiresAt?.N === undefined ? undefined : Number(keyExpiresAt.N),
    actionPrefixes: actionPrefixes && textsOf(actionPrefixes),
    revision: Number(revision?.N ?? 0),
  };
}

/** A subscription without its key. */
export function subscriptionItem({ actions, interval }: Subscription, { connectedAt }: Connection): TableItem {
  return { actions: textList(actions), interval: { S: interval }, expiresAt: expiryOf(connectedAt) };
}

export function storedSubscription({ sk, actions, interval }: TableItem): Subscription {
  return { id: sk?.S ?? '', actions: textsOf(actions), interval: interval?.S as BucketInterval };
}

function expiryOf(connectedAt: number): AttributeValue {
  return { N: `${Math.ceil((connectedAt + CONNECTION_KEPT_MS) / 1000)}` };
}

function textList(texts: readonly string[]): AttributeValue {
  return { L: texts.map((S) => ({ S })) };
}

function textsOf(attribute: AttributeValue | undefined): string[] {
  return (attribute?.L ?? []).map(({ S = '' }) => S);
}
