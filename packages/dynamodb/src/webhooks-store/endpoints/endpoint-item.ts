import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { keyAttributes, type TableItem, type TableKey } from '../../table/table-access.ts';
import { MESSAGE_KEPT_MS } from '../messages/message.ts';
import type { Disabled, Endpoint, EndpointHealth, EndpointSecret } from './endpoints-store.ts';

/** One partition: a list, and what reads all endpoints, is a query. */
export const ENDPOINTS_PARTITION = 'endpoints';

/** A message that was made just before the removal may still become a delivery after it. */
const REMOVED_KEPT_MS = MESSAGE_KEPT_MS + 24 * 60 * 60_000;

/** An endpoint that is enabled. */
export function endpointItem(endpoint: Endpoint): TableItem {
  const { id, url, events, format, asymmetric, secrets, createdAt, keyId, revision, health } = endpoint;
  return {
    ...keyAttributes(endpointKey(id)),
    ...{ url: { S: url }, events: textList(events), format: { S: format }, asymmetric: { BOOL: asymmetric } },
    ...{ secrets: secretList(secrets), createdAt: { N: `${createdAt}` }, keyId: { S: keyId } },
    ...{ failures: { N: `${health.failures}` }, slow: { BOOL: health.slow } },
    ...{ revision: { N: `${revision}` }, healthRevision: { N: `${health.revision}` } },
  };
}

export function endpointKey(id: string): TableKey {
  return { pk: ENDPOINTS_PARTITION, sk: id };
}

export function removedKey(id: string): TableKey {
  return { pk: 'removed-endpoints', sk: id };
}

/** Stays longer than the deliveries of an endpoint that is removed: another one with its id would get them. */
export function removedItem(id: string, now: number): TableItem {
  return { ...keyAttributes(removedKey(id)), expiresAt: { N: `${Math.ceil((now + REMOVED_KEPT_MS) / 1000)}` } };
}

export function storedEndpoint(item: TableItem): Endpoint {
  const disabled = disabledOf(item);
  return {
    ...{ id: item.sk?.S ?? '', url: item.url?.S ?? '', events: (item.events?.L ?? []).map(({ S = '' }) => S) },
    ...{ format: item.format?.S as Endpoint['format'], asymmetric: item.asymmetric?.BOOL === true },
    ...{
      secrets: (item.secrets?.L ?? []).map(secretOf),
      createdAt: Number(item.createdAt?.N),
      keyId: item.keyId?.S ?? '',
    },
    ...{
      status: disabled ? 'disabled' : 'enabled',
      disabled,
      health: healthOf(item),
      revision: Number(item.revision?.N),
    },
  };
}

export function secretList(secrets: readonly EndpointSecret[]): AttributeValue {
  return {
    L: secrets.map(({ secret, until }) => ({
      M: { secret: { S: secret }, ...(until !== undefined && { until: { N: `${until}` } }) },
    })),
  };
}

export function textList(texts: readonly string[]): AttributeValue {
  return { L: texts.map((S) => ({ S })) };
}

function secretOf({ M }: AttributeValue): EndpointSecret {
  return { secret: M?.secret?.S ?? '', until: numberOf(M?.until) };
}

function disabledOf({ disabledReason, disabledSince }: TableItem): Disabled | undefined {
  if (disabledReason === undefined) return undefined;
  return { reason: disabledReason.S as Disabled['reason'], since: Number(disabledSince?.N) };
}

function healthOf(item: TableItem): EndpointHealth {
  return {
    ...{ firstFailureAt: numberOf(item.firstFailureAt), failures: Number(item.failures?.N ?? 0) },
    ...{ slow: item.slow?.BOOL === true, pausedUntil: numberOf(item.pausedUntil) },
    revision: Number(item.healthRevision?.N ?? 0),
  };
}

function numberOf(attribute: AttributeValue | undefined): number | undefined {
  return attribute?.N === undefined ? undefined : Number(attribute.N);
}
