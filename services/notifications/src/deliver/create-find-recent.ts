import type { Endpoint, WebhooksStore } from '@weir/dynamodb/webhooks';

/** An endpoint is asked for again after this time. A change of it, such as another address, holds no later. */
const RECENT_MS = 1_000;

/** Finds endpoints, and asks the table for each about once a second, however many messages go to it. */
export function createFindRecent(store: Pick<WebhooksStore, 'findEndpoint'>, now: () => number) {
  const kept = new Map<string, { readonly until: number; readonly found: Promise<Endpoint | undefined> }>();
  return (endpointId: string): Promise<Endpoint | undefined> => {
    const recent = kept.get(endpointId);
    if (recent && recent.until > now()) return recent.found;
    const found = store.findEndpoint(endpointId);
    kept.set(endpointId, { until: now() + RECENT_MS, found });
    // What failed is not kept.
    found.catch(() => kept.delete(endpointId));
    return found;
  };
}
