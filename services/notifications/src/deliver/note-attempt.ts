import type { Endpoint } from '@weir/dynamodb/webhooks';
import type { DeliverDeps } from './deliver-deps.ts';
import { type AttemptSign, isFailingForLong, nextHealth } from './next-health.ts';

/** Attempts of one endpoint that end at the same time change its health one after the other. */
const MAX_TRIES = 10;

type NoteDeps = Pick<DeliverDeps, 'store' | 'now'>;

/**
 * Notes in the endpoint's health what an attempt says of it. Nothing is written if the health, as it was read a moment
 * ago, says so already. An endpoint that has failed for five days is disabled.
 */
export async function noteAttempt({ store, now }: NoteDeps, read: Endpoint, sign: AttemptSign): Promise<void> {
  let endpoint: Endpoint | undefined = read;
  for (let tries = 0; endpoint && tries < MAX_TRIES; tries++) {
    if (await noteOnce({ store, now }, endpoint, sign)) return;
    endpoint = await store.findEndpoint(read.id);
  }
}

/** False if the endpoint has changed since it was read. */
async function noteOnce({ store, now }: NoteDeps, endpoint: Endpoint, sign: AttemptSign): Promise<boolean> {
  const next = nextHealth(endpoint.health, sign, now());
  if (next && !(await store.setHealth(endpoint, next))) return false;
  const revision = endpoint.health.revision + (next ? 1 : 0);
  const health = { ...(next ?? endpoint.health), revision };
  const isToDisable = sign.kind === 'failed' && endpoint.status === 'enabled' && isFailingForLong(health, now());
  if (!isToDisable) return true;
  return store.disableEndpoint({ ...endpoint, health }, { reason: 'failing', since: now() });
}

/** Disables an endpoint that answered 410. */
export async function noteGone({ store, now }: NoteDeps, read: Endpoint): Promise<void> {
  let endpoint: Endpoint | undefined = read;
  for (let tries = 0; endpoint?.status === 'enabled' && tries < MAX_TRIES; tries++) {
    if (await store.disableEndpoint(endpoint, { reason: 'gone', since: now() })) return;
    endpoint = await store.findEndpoint(read.id);
    // The owner has given it another address since.
    if (endpoint?.url !== read.url) return;
  }
}
