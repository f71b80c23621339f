import { type Endpoint, type EndpointChange, GOOD_HEALTH, type NewEndpoint } from './endpoints-store.ts';

/** An endpoint as it is first written. */
export function newEndpoint(endpoint: NewEndpoint): Endpoint {
  return { ...endpoint, status: 'enabled', disabled: undefined, health: { ...GOOD_HEALTH, revision: 0 }, revision: 0 };
}

/** An endpoint after a change. A new address begins with a good health, and so does an endpoint that is enabled again. */
export function withChange(endpoint: Endpoint, change: EndpointChange): Endpoint {
  const { url = endpoint.url, events = endpoint.events, secrets = endpoint.secrets } = change;
  const disabled = change.disabled === undefined ? endpoint.disabled : (change.disabled ?? undefined);
  const isAnew = change.url !== undefined || change.disabled === null;
  return {
    ...{ ...endpoint, url, events, secrets, disabled, status: disabled ? 'disabled' : 'enabled' },
    health: isAnew ? { ...GOOD_HEALTH, revision: endpoint.health.revision + 1 } : endpoint.health,
    revision: endpoint.revision + 1,
  };
}

/** Whether an endpoint that was read may be disabled now. */
export function canDisable(stored: Endpoint, read: Pick<Endpoint, 'revision' | 'health'>): boolean {
  const isSame = stored.revision === read.revision && stored.health.revision === read.health.revision;
  return stored.status === 'enabled' && isSame;
}
